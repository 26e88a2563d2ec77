package spl

import (
	"github.com/antlr4-go/antlr/v4"

	"spoor/grammar/source"
	"spoor/grammar/spl/gen"
	"spoor/grammar/token"
)

// tokens are the words of a span, hidden ones included.
type tokens struct {
	token.Places
	all    []antlr.Token
	what   string // what an error calls the whole: a search or an expression
	terms  bool   // the text begins with a search expression
	stream *antlr.CommonTokenStream
}

func lex(s source.Span, mode int) *tokens {
	t := &tokens{Places: token.PlacesIn(s), what: "search", terms: mode == gen.SPLLexerTERMS}
	if mode == gen.SPLLexerEXPRESSION {
		t.what = "expression"
	}
	lexer := gen.NewSPLLexer(antlr.NewInputStream(t.Letters()))
	lexer.RemoveErrorListeners()
	g := &guarded{SPLLexer: lexer}
	sim := lexer.Interpreter.(*antlr.LexerATNSimulator)
	lexer.Interpreter = antlr.NewLexerATNSimulator(g, sim.ATN(), sim.DecisionToDFA(), sim.SharedContextCache())
	lexer.SetMode(mode)
	t.stream = antlr.NewCommonTokenStream(lexer, antlr.TokenDefaultChannel)
	t.stream.Fill()
	t.all = t.stream.GetAllTokens()
	choosers(t.all)
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
