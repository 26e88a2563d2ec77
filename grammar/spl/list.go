package spl

import (
	"github.com/antlr4-go/antlr/v4"

	"spoor/grammar/ast"
	"spoor/grammar/source"
	"spoor/grammar/spl/gen"
	"spoor/grammar/token"
)

// list builds the values of `IN (...)`, and the searches in it. Published searches hold lists with commas missing, doubled, or written as dots, and
// values in doubled quotes; these mean what their authors thought, with a warning.
func (b *builder) list(c *gen.SearchTermContext) ([]*ast.Value, []*ast.Subsearch) {
	l := &listing{builder: b, comma: true, nested: map[antlr.Token]antlr.ParserRuleContext{}}
	inside := false
	for _, child := range c.GetChildren() {
		switch x := child.(type) {
		case antlr.TerminalNode:
			inside = inside || x.GetSymbol().GetTokenType() == gen.SPLLexerLPAREN
			if x.GetSymbol().GetTokenType() == gen.SPLLexerCOMMA {
				l.items = append(l.items, x.GetSymbol())
			}
		case antlr.ParserRuleContext:
			if !inside {
				continue
			}
			l.items = append(l.items, x.GetStart())
			if _, ok := x.(*gen.SubsearchContext); ok {
				l.nested[x.GetStart()] = x
			}
		}
	}
	return l.values(c), l.searches
}

// listing reads the items of one list.
type listing struct {
	*builder
	items    []antlr.Token
	out      []*ast.Value
	nested   map[antlr.Token]antlr.ParserRuleContext // searches, by their first tokens
	searches []*ast.Subsearch
	comma    bool // the next item needs no comma before it
	warned   map[string]bool
}

func (l *listing) values(c *gen.SearchTermContext) []*ast.Value {
	for i := 0; i < len(l.items); i++ {
		tok := l.items[i]
		switch {
		case tok.GetTokenType() == gen.SPLLexerCOMMA:
			if l.comma {
				l.warn(tok, "empty-item", "a comma without a value before it")
			}
			l.comma = true
		case l.Text(tok) == "." && !l.comma && i+1 < len(l.items):
			l.warn(tok, "odd-separator", "a dot between values is read as a comma")
			l.comma = true
		default:
			if !l.comma {
				l.warn(tok, "missing-comma", "a comma is missing before this value")
			}
			l.comma = false
			if n := l.nested[tok]; n != nil {
				if s, ok := l.node(n).(*ast.Subsearch); ok {
					l.searches = append(l.searches, s)
				}
				continue
			}
			v, last := l.item(i)
			l.out, i = append(l.out, v), last
		}
	}
	if len(l.out) == 0 && len(l.searches) == 0 {
		l.builder.out.Add(source.Errorf(l.Span(c.IN().GetSymbol(), c.GetStop()), "empty-list", "the list of values is empty"))
	} else if l.comma {
		l.warn(l.items[len(l.items)-1], "empty-item", "a comma without a value after it")
	}
	return l.out
}

// item is the value at i and the index of its last token: ""x"" is three tokens and one value.
func (l *listing) item(i int) (*ast.Value, int) {
	if l.Text(l.items[i]) == `""` && i+1 < len(l.items) && token.Adjoin(l.items[i], l.items[i+1]) {
		for j := i + 2; j < len(l.items); j++ {
			if l.Text(l.items[j]) == `""` && token.Adjoin(l.items[j-1], l.items[j]) {
				l.warn(l.items[i], "doubled-quotes", "doubled quotes around a value are read as single ones")
				whole := l.Span(l.items[i], l.items[j])
				text := whole.String()
				return &ast.Value{Pos: ast.Pos{Span: whole}, Text: unescape(text[2 : len(text)-2]), Quoted: true}, j
			}
		}
	}
	return l.value(l.items[i]), i
}

// warn tells each oddity once a list.
func (l *listing) warn(tok antlr.Token, code, message string) {
	if l.warned == nil {
		l.warned = map[string]bool{}
	}
	if !l.warned[code] {
		l.warned[code] = true
		l.builder.out.Add(source.Warnf(l.Span(tok, tok), code, "%s", message))
	}
}
