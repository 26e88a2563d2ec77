package spl

import (
	"strings"
	"unicode/utf8"

	"github.com/antlr4-go/antlr/v4"

	"spoor/grammar/source"
	"spoor/grammar/spl/gen"
)

// tokens are the words of a span, hidden ones included. It is the one place where ANTLR's rune offsets become bytes.
type tokens struct {
	within source.Span
	bytes  []int32 // byte offset of each rune, and of the end; nil if they are the same
	all    []antlr.Token
	what   string // what an error calls the whole: a search or an expression
	terms  bool   // the text begins with a search expression
	stream *antlr.CommonTokenStream
}

func lex(s source.Span, mode int) *tokens {
	text := s.String()
	t := &tokens{within: s, bytes: runeOffsets(text), what: "search", terms: mode == gen.SPLLexerTERMS}
	if mode == gen.SPLLexerEXPRESSION {
		t.what = "expression"
	}
	if t.bytes != nil {
		text = strings.Map(letter, text)
	}
	lexer := gen.NewSPLLexer(antlr.NewInputStream(text))
	lexer.RemoveErrorListeners()
	g := &guarded{SPLLexer: lexer}
	sim := lexer.Interpreter.(*antlr.LexerATNSimulator)
	lexer.Interpreter = antlr.NewLexerATNSimulator(g, sim.ATN(), sim.DecisionToDFA(), sim.SharedContextCache())
	lexer.SetMode(mode)
	t.stream = antlr.NewCommonTokenStream(lexer, antlr.TokenDefaultChannel)
	t.stream.Fill()
	t.all = t.stream.GetAllTokens()
	return t
}

// guarded is the generated lexer, made safe against closing brackets that nothing opened: the runtime would panic.
type guarded struct {
	*gen.SPLLexer
	depth int
}

// PushMode counts how deep the modes are.
func (g *guarded) PushMode(mode int) {
	g.depth++
	g.SPLLexer.PushMode(mode)
}

// PopMode goes back to the first mode where nothing is left to go back to.
func (g *guarded) PopMode() int {
	if g.depth == 0 {
		return antlr.LexerDefaultMode
	}
	g.depth--
	return g.SPLLexer.PopMode()
}

// letter gives the lexer one letter for all that the grammar treats alike: its caches hold ASCII only, and anything else costs
// many times more. What a token says is read from the source.
func letter(r rune) rune {
	switch {
	case r <= 0xa0, r == 0xad, r == 0x1680, r >= 0x2000 && r <= 0x206f, r == 0x3000, r == 0xfeff:
		return r
	}
	return '_'
}

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

// byteAt is the offset within the span of a rune.
func (t *tokens) byteAt(r int) int {
	if t.bytes == nil {
		return r
	}
	return int(t.bytes[min(max(r, 0), len(t.bytes)-1)])
}

// span is the place from the first to the last token; a last one before the first makes it empty.
func (t *tokens) span(first, last antlr.Token) source.Span {
	start := t.byteAt(first.GetStart())
	if first.GetTokenType() == antlr.TokenEOF || last == nil || last.GetStop() < first.GetStart() {
		return t.within.Sub(start, start)
	}
	return t.within.Sub(start, t.byteAt(last.GetStop()+1))
}

// text is what the token covers.
func (t *tokens) text(tok antlr.Token) string { return t.span(tok, tok).String() }

// adjoin says that nothing stands between two tokens.
func adjoin(a, b antlr.Token) bool { return a.GetStop()+1 == b.GetStart() }
