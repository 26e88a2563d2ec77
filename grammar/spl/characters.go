package spl

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/antlr4-go/antlr/v4"

	"spoor/grammar/source"
)

// curly are the quotes that word processors and web pages put in place of " and '.
const curly = "“”„‟«»‘’‚‛"

// characters reports what a paste or a keyboard put outside quotes.
func (r *report) characters(t *tokens, tok antlr.Token) {
	s := t.span(tok, tok)
	if d := badCharacter(s); d != nil {
		r.at(tok, d)
	}
}

// badCharacter is the complaint about the first character of s that cannot be meant, or nil.
func badCharacter(s source.Span) *source.Diagnostic {
	for i, c := range s.String() {
		_, size := utf8.DecodeRuneInString(s.String()[i:])
		at := s.Sub(i, i+size)
		switch {
		case strings.ContainsRune(curly, c):
			return source.Errorf(at, "curly-quote", "a typographic quote `%c` (U+%04X) does not quote", c, c).WithHint(`type a straight quote: " for values, ' for field names in eval`)
		case c < ' ' || c == 0x7f || c > 0x7f && c < 0xa0:
			return source.Errorf(at, "control-character", "a control character (U+%04X) outside quotes", c)
		}
	}
	return nil
}

func (r *report) strangeBlank(t *tokens, tok antlr.Token, told map[rune]bool) {
	s := t.span(tok, tok)
	c, size := utf8.DecodeRuneInString(s.String())
	if told[c] {
		return
	}
	told[c] = true
	name := "an unusual blank"
	if c == '\u00a0' {
		name = "a non-breaking space"
	}
	r.add(source.Warnf(s.Sub(0, size), "strange-blank", "%s (U+%04X), as pasted web pages have, is read as a blank", name, c))
}

func (r *report) zeroWidth(t *tokens, tok antlr.Token) {
	s := t.span(tok, tok)
	c, size := utf8.DecodeRuneInString(s.String())
	if c == '\ufeff' && tok.GetStart() == 0 {
		return // a byte order mark
	}
	name := "zero-width"
	if unicode.Is(unicode.Bidi_Control, c) {
		name = "bidirectional control"
	}
	r.at(tok, source.Errorf(s.Sub(0, size), "zero-width", "an invisible %s character (U+%04X)", name, c).
		WithHint("delete it: it stands between the characters shown, and came with a paste"))
}
