package token

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"spoor/grammar/source"
)

// curly are the quotes that word processors and web pages put in place of " and '.
const curly = "“”„‟«»‘’‚‛"

// BadCharacter is the complaint about the first character of s that cannot be meant outside quotes, or nil.
func BadCharacter(s source.Span, hint string) *source.Diagnostic {
	for i, c := range s.String() {
		_, size := utf8.DecodeRuneInString(s.String()[i:])
		at := s.Sub(i, i+size)
		switch {
		case strings.ContainsRune(curly, c):
			return source.Errorf(at, "curly-quote", "a typographic quote `%c` (U+%04X) does not quote", c, c).WithHint("type a straight quote: %s", hint)
		case c < ' ' || c == 0x7f || c > 0x7f && c < 0xa0:
			return source.Errorf(at, "control-character", "a control character (U+%04X) outside quotes", c)
		}
	}
	return nil
}

// Blanks warns of unusual blanks, of each kind once.
type Blanks map[rune]bool

// Warning is about the first character of s, or nil if its kind was told.
func (told Blanks) Warning(s source.Span) *source.Diagnostic {
	c, size := utf8.DecodeRuneInString(s.String())
	if told[c] {
		return nil
	}
	told[c] = true
	name := "an unusual blank"
	if c == '\u00a0' {
		name = "a non-breaking space"
	}
	return source.Warnf(s.Sub(0, size), "strange-blank", "%s (U+%04X), as pasted web pages have, is read as a blank", name, c)
}

// Invisible is the complaint about an invisible character, or nil for a byte order mark at the start.
func Invisible(s source.Span, first bool) *source.Diagnostic {
	c, size := utf8.DecodeRuneInString(s.String())
	if c == '\ufeff' && first {
		return nil
	}
	name := "zero-width"
	if unicode.Is(unicode.Bidi_Control, c) {
		name = "bidirectional control"
	}
	return source.Errorf(s.Sub(0, size), "zero-width", "an invisible %s character (U+%04X)", name, c).
		WithHint("delete it: it stands between the characters shown, and came with a paste")
}
