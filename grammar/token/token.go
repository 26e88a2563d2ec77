// Package token holds what the readers of both languages share: the places of tokens, complaints told once, characters that came
// with a paste.
package token

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"spoor/grammar/source"
)

// Token is a word or a sign, as ANTLR's lexers make them: Start and Stop are its first and last rune.
type Token interface {
	GetTokenType() int
	GetStart() int
	GetStop() int
	GetTokenIndex() int
}

// endOfText is ANTLR's kind of the token behind the last one.
const endOfText = -1

// Places finds the bytes of tokens. It is the one place where ANTLR's rune offsets become bytes.
type Places struct {
	Within source.Span
	bytes  []int32 // byte offset of each rune, and of the end; nil if they are the same
}

// PlacesIn prepares the places of a text.
func PlacesIn(s source.Span) Places { return Places{Within: s, bytes: runeOffsets(s.String())} }

func runeOffsets(s string) []int32 {
	ascii := true
	for i := 0; i < len(s) && ascii; i++ {
		ascii = s[i] < utf8.RuneSelf
	}
	if ascii {
		return nil
	}
	at := make([]int32, 0, len(s)+1)
	for i := range s { // an invalid byte is one rune, here as in ANTLR's stream
		at = append(at, int32(i))
	}
	return append(at, int32(len(s)))
}

// Letters is the text for the lexer, with one letter for all that the grammars treat alike: the lexer's caches hold ASCII only, and
// anything else costs many times more. What a token says is read from the source.
func (p Places) Letters() string {
	if p.bytes == nil {
		return p.Within.String()
	}
	return strings.Map(letter, p.Within.String())
}

func letter(r rune) rune {
	switch {
	case r <= 0xa0, r == 0xad, r == 0x1680, r >= 0x2000 && r <= 0x206f, r == 0x3000, r == 0xfeff:
		return r
	}
	return '_'
}

// byteAt is the offset within the span of a rune.
func (p Places) byteAt(r int) int {
	if p.bytes == nil {
		return r
	}
	return int(p.bytes[min(max(r, 0), len(p.bytes)-1)])
}

// Span is the place from the first to the last token; a last one before the first makes it empty.
func (p Places) Span(first, last Token) source.Span {
	start := p.byteAt(first.GetStart())
	if first.GetTokenType() == endOfText || last == nil || last.GetStop() < first.GetStart() {
		return p.Within.Sub(start, start)
	}
	return p.Within.Sub(start, p.byteAt(last.GetStop()+1))
}

// Text is what the token covers.
func (p Places) Text(tok Token) string { return p.Span(tok, tok).String() }

// Adjoin says that nothing stands between two tokens.
func Adjoin(a, b Token) bool { return a.GetStop()+1 == b.GetStart() }

// NotUTF8 is where the text ceases to be UTF-8, or -1.
func NotUTF8(text string) int {
	for at, r := range text {
		if _, n := utf8.DecodeRuneInString(text[at:]); r == utf8.RuneError && n == 1 {
			return at
		}
	}
	return -1
}

// Short is s, cut if it is long.
func Short(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return s
}

// Tick is s as messages name pieces of the text.
func Tick(s string) string { return fmt.Sprintf("`%s`", Short(s)) }
