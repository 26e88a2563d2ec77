package spl

import (
	"github.com/antlr4-go/antlr/v4"

	"spoor/grammar/spl/gen"
)

// command is the kind of the word of the command in which the mistake stands; an implied search is one, too.
func (m mistake) command() int {
	first := m.tok
	for tok := m.prev; tok != nil; tok = m.before(tok) {
		if k := tok.GetTokenType(); k == gen.SPLLexerPIPE || k == gen.SPLLexerLBRACK {
			break
		}
		first = tok
	}
	if kind := first.GetTokenType(); kind < gen.SPLLexerUNKNOWN_COMMAND {
		return kind
	}
	return gen.SPLLexerSEARCH
}

// inExpression and inSearch say in which kind of expression the mistake is: eval's or a search's.
func (m mistake) inExpression() bool {
	switch m.command() {
	case gen.SPLLexerWHERE, gen.SPLLexerEVAL, gen.SPLLexerFIELDFORMAT, gen.SPLLexerHEAD:
		return true
	}
	return m.inside(isExpression)
}

func isExpression(t antlr.Tree) bool {
	switch t.(type) {
	case *gen.ExpressionContext, *gen.LoneExpressionContext:
		return true
	}
	return false
}

func (m mistake) inSearch() bool {
	return m.command() == gen.SPLLexerSEARCH || m.inside(func(t antlr.Tree) bool {
		switch t.(type) {
		case *gen.SearchExpressionContext, *gen.WhereClauseContext:
			return true
		}
		return false
	})
}

// inside says whether the parser is in a rule of a kind, within the same command.
func (m mistake) inside(kind func(antlr.Tree) bool) bool {
	for ctx := antlr.Tree(m.parser.GetParserRuleContext()); ctx != nil; ctx = ctx.GetParent() {
		if kind(ctx) {
			return true
		}
		if _, ok := ctx.(*gen.CommandContext); ok {
			return false
		}
	}
	return false
}

// context follows the tokens to know where a search expression stands: in search, and behind where of commands that take names.
type context struct {
	terms bool
	outer []bool
}

func (c *context) pass(tok antlr.Token) {
	switch tok.GetTokenType() {
	case gen.SPLLexerSEARCH, gen.SPLLexerMETASEARCH, gen.SPLLexerWHERE_CLAUSE:
		c.terms = true
	case gen.SPLLexerPIPE, gen.SPLLexerBY, gen.SPLLexerGROUPBY:
		c.terms = false
	case gen.SPLLexerLBRACK:
		c.outer, c.terms = append(c.outer, c.terms), false
	case gen.SPLLexerRBRACK:
		if n := len(c.outer); n > 0 {
			c.outer, c.terms = c.outer[:n-1], c.outer[n-1]
		}
	}
}
