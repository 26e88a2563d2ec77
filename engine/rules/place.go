package rules

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"spoor/grammar/source"
)

// style is how a text is written in a file.
type style uint8

const (
	bare    style = iota // as it is; lines may be folded
	block                // YAML's | and >, below a line of their own
	single               // '...', where a quote is doubled
	literal              // TOML's '...' and '''...'''
	escaped              // "...", with backslashes
)

// placed is a text that was written in the file at a place in a style, each letter with its own place. What cannot be found there has the
// place of all of it.
func placed(at source.Span, text string, s style) source.Span {
	m := mapper{file: at.Text, at: int(at.Start), style: s}
	m.open()
	for i := 0; i < len(text); {
		n := m.next(text[i:])
		if n == 0 {
			m.flush()
			m.out.Insert(text[i:], at)
			break
		}
		i += n
	}
	m.flush()
	return m.out.Text(at.Text.Name).All()
}

// mapper follows a text through the file.
type mapper struct {
	file  *source.Text
	at    int
	style style
	out   source.Builder
	from  int // the begin of what is not yet copied
	to    int
}

func (m *mapper) rest() string { return m.file.Body[m.at:] }

// open goes to the first letter of the text.
func (m *mapper) open() {
	for strings.HasPrefix(m.rest(), "&") || strings.HasPrefix(m.rest(), "!") { // YAML's anchors and tags
		word := max(strings.IndexAny(m.rest(), " \t\r\n"), 1)
		m.at += len(m.rest()) - len(strings.TrimLeft(m.rest()[word:], " \t\r\n"))
	}
	switch rest := m.rest(); {
	case m.style == block:
		m.at += strings.IndexByte(rest, '\n') + 1
	case m.style != bare && m.style != single && (strings.HasPrefix(rest, `"""`) || strings.HasPrefix(rest, "'''")):
		m.at += 3
	case m.style != bare && rest != "":
		m.at++
	}
	m.from, m.to = m.at, m.at
}

// next finds the beginning of text in the file and says how many bytes of it; none if it is not there.
func (m *mapper) next(text string) int {
	for {
		rest := m.rest()
		if rest == "" {
			return 0
		}
		if n, length := m.escape(rest, text); length > 0 {
			if n > 0 {
				m.insert(text[:n], length)
				return n
			}
			m.at += length
			continue
		}
		switch {
		case rest[0] == text[0]:
			if m.to != m.at {
				m.flush()
			}
			m.at++
			m.to = m.at
			return 1
		case blank(text[0]) && blank(rest[0]):
			m.insert(text[:1], 1)
			return 1
		case blank(rest[0]):
			m.at++
		default:
			return 0
		}
	}
}

// escape is how many bytes of text are written as the length bytes at the beginning of rest, if that is an escape. One that goes on to the
// next line writes nothing.
func (m *mapper) escape(rest, text string) (n, length int) {
	switch {
	case m.style == single && strings.HasPrefix(rest, "''") && text[0] == '\'':
		return 1, 2
	case m.style != escaped || rest[0] != '\\' || len(rest) < 2:
		return 0, 0
	case blank(rest[1]):
		return 0, len(rest) - len(strings.TrimLeft(rest[1:], " \t\r\n"))
	}
	r, length := unescaped(rest)
	if got, n := utf8.DecodeRuneInString(text); got == r && length > 0 {
		return n, length
	}
	return 0, 0
}

// unescaped is the character that an escape writes, and the escape's length.
func unescaped(rest string) (rune, int) {
	if i := strings.IndexByte(`bfnrte0"\/' N_`, rest[1]); i >= 0 {
		return []rune("\b\f\n\r\t\x1b\x00\"\\/' \u0085\u00a0")[i], 2
	}
	digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[rest[1]]
	if digits == 0 || len(rest) < 2+digits {
		return 0, 0
	}
	code, err := strconv.ParseUint(rest[2:2+digits], 16, 32)
	if err != nil {
		return 0, 0
	}
	if r := rune(code); !utf16.IsSurrogate(r) {
		return r, 2 + digits
	}
	if len(rest) < 12 || rest[6:8] != `\u` {
		return 0, 0
	}
	low, err := strconv.ParseUint(rest[8:12], 16, 32)
	if err != nil {
		return 0, 0
	}
	return utf16.DecodeRune(rune(code), rune(low)), 12
}

// insert adds text that the next length bytes of the file stand for.
func (m *mapper) insert(text string, length int) {
	m.flush()
	m.out.Insert(text, m.file.Span(m.at, m.at+length))
	m.at += length
	m.from, m.to = m.at, m.at
}

// flush copies what was found in one piece.
func (m *mapper) flush() {
	if m.to > m.from {
		m.out.Copy(m.file.Span(m.from, m.to))
	}
	m.from, m.to = m.at, m.at
}

func blank(b byte) bool { return b == ' ' || b == '\t' || b == '\n' || b == '\r' }
