package eql

import (
	"github.com/antlr4-go/antlr/v4"

	"spoor/grammar/eql/gen"
	"spoor/grammar/source"
	"spoor/grammar/token"
)

// tokens are the words and signs of a query.
type tokens struct {
	token.Places
	all    []antlr.Token // hidden ones included
	seen   []antlr.Token // without the hidden ones; the last is the end of the text
	stream *antlr.CommonTokenStream
}

func lex(s source.Span) *tokens {
	t := &tokens{Places: token.PlacesIn(s)}
	lexer := gen.NewEQLLexer(antlr.NewInputStream(t.Letters()))
	lexer.RemoveErrorListeners()
	t.stream = antlr.NewCommonTokenStream(lexer, antlr.TokenDefaultChannel)
	t.stream.Fill()
	t.all = t.stream.GetAllTokens()
	for _, tok := range t.all {
		if tok.GetChannel() == antlr.TokenDefaultChannel {
			t.seen = append(t.seen, tok)
		}
	}
	return t
}

// at is the kind of the i-th visible token; beyond both ends it is the end of the text.
func (t *tokens) at(i int) int {
	if i < 0 || i >= len(t.seen) {
		return antlr.TokenEOF
	}
	return t.seen[i].GetTokenType()
}

// word is the text of the i-th visible token if it is a name, and empty otherwise.
func (t *tokens) word(i int) string {
	if t.at(i) != gen.EQLLexerNAME {
		return ""
	}
	return t.Text(t.seen[i])
}

// here is the place of the i-th visible token.
func (t *tokens) here(i int) source.Span { return t.Span(t.seen[i], t.seen[i]) }

// indexes says that the i-th visible token opens an index such as [0], not an item.
func (t *tokens) indexes(i int) bool {
	return t.at(i) == gen.EQLLexerLBRACK && t.at(i+1) == gen.EQLLexerNUMBER && t.at(i+2) == gen.EQLLexerRBRACK
}

// parts numbers the pieces of a query whose errors are told apart: the condition of each item, what stands behind each item, each pipe.
func (t *tokens) parts() []int {
	parts := make([]int, len(t.all))
	part, from := 0, 0
	fill := func(to int) {
		for ; from < to; from++ {
			parts[from] = part
		}
	}
	for i := 0; i < len(t.seen); i++ {
		switch at := t.seen[i].GetTokenIndex(); {
		case t.indexes(i):
			i += 2
		case t.at(i) == gen.EQLLexerLBRACK, t.at(i) == gen.EQLLexerPIPE:
			fill(at)
			part++
		case t.at(i) == gen.EQLLexerRBRACK:
			fill(at + 1)
			part++
		}
	}
	fill(len(parts))
	return parts
}
