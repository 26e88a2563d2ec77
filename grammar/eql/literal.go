package eql

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/antlr4-go/antlr/v4"

	"spoor/grammar/ast"
	"spoor/grammar/eql/gen"
	"spoor/grammar/source"
	"spoor/grammar/token"
)

func (b *builder) literal(tok antlr.Token) ast.Node {
	at := ast.Pos{Span: b.Span(tok, tok)}
	switch tok.GetTokenType() {
	case gen.EQLLexerNUMBER:
		return b.number(at)
	case gen.EQLLexerTRUE, gen.EQLLexerFALSE:
		return &ast.Boolean{Pos: at, Value: tok.GetTokenType() == gen.EQLLexerTRUE}
	case gen.EQLLexerNULL:
		return &ast.Null{Pos: at}
	}
	return b.text(tok)
}

func (b *builder) number(at ast.Pos) *ast.Numeral {
	text := at.Span.String()
	if digits.MatchString(text) {
		if _, err := strconv.ParseInt(text, 10, 64); err != nil {
			b.errorf(at.Span, "too-large", "whole numbers go up to %d", int64(math.MaxInt64))
		}
	} else if _, err := strconv.ParseFloat(text, 64); err != nil {
		b.errorf(at.Span, "too-large", "this number is too large")
	}
	return &ast.Numeral{Pos: at, Text: text}
}

// text is a token in quotes, those of Endgame included.
func (b *builder) text(tok antlr.Token) *ast.Text {
	at := b.Span(tok, tok)
	s := at.String()
	t := &ast.Text{Pos: ast.Pos{Span: at}}
	switch tok.GetTokenType() {
	case gen.EQLLexerRAW:
		t.Text, t.Raw = s[3:len(s)-3], true
	case gen.EQLLexerSTRING:
		t.Text = b.unescape(at.Sub(1, len(s)-1))
	case gen.EQLLexerOLD_RAW:
		b.out.Add(endgame(at, "a raw text that begins with `?`", `write """%s"""`, token.Short(s[2:len(s)-1])))
	default:
		inside := strings.ReplaceAll(strings.ReplaceAll(s[1:len(s)-1], `\'`, `'`), `"`, `\"`)
		b.out.Add(endgame(at, "a text in single quotes", `write "%s"`, token.Short(inside)))
	}
	return t
}

var (
	escapes   = map[byte]byte{'n': '\n', 't': '\t', 'r': '\r', 'b': '\b', 'f': '\f', '\\': '\\', '"': '"'}
	hexEscape = regexp.MustCompile(`^\\u\{([0-9a-fA-F]{2,8})\}`)
)

// unescape undoes the escapes of a text, whose quotes are not part of s.
func (b *builder) unescape(s source.Span) string {
	body := s.String()
	if strings.IndexByte(body, '\\') < 0 {
		return body
	}
	var out strings.Builder
	for i := 0; i < len(body); i++ {
		if body[i] != '\\' {
			out.WriteByte(body[i])
			continue
		}
		if c, ok := escapes[body[i+1]]; ok {
			out.WriteByte(c)
			i++
			continue
		}
		size := b.codePoint(s, i, &out)
		i += size - 1
	}
	return out.String()
}

// codePoint writes the character of the escape at byte i, and gives the length of the escape. All others are unknown.
func (b *builder) codePoint(s source.Span, i int, out *strings.Builder) int {
	rest := s.String()[i:]
	if m := hexEscape.FindStringSubmatch(rest); m != nil {
		n, _ := strconv.ParseUint(m[1], 16, 32)
		if n <= utf8.MaxRune && utf8.ValidRune(rune(n)) {
			out.WriteRune(rune(n))
		} else {
			b.errorf(s.Sub(i, i+len(m[0])), "unknown-escape", "%s is no character", token.Tick(m[0]))
		}
		return len(m[0])
	}
	_, size := utf8.DecodeRuneInString(rest[1:])
	d := b.errorf(s.Sub(i, i+1+size), "unknown-escape", "unknown escape %s", token.Tick(rest[:1+size])).
		WithHint("a backslash is written \\\\; in a raw text it stands for itself: \"\"\"...\"\"\"")
	switch rest[1] {
	case 'u':
		d.Hint = `a character is written by two to eight hexadecimal digits, such as \u{e9}`
	case '\'':
		d.Hint = "a single quote needs no backslash"
	}
	return 1 + size
}
