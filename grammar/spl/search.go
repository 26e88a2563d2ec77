package spl

import (
	"regexp"
	"strings"

	"github.com/antlr4-go/antlr/v4"

	"spoor/grammar/ast"
	"spoor/grammar/source"
	"spoor/grammar/spl/gen"
	"spoor/grammar/token"
)

// search builds a search expression; an empty one keeps every row and is nil.
func (b *builder) search(ctx gen.ISearchExpressionContext) ast.Node {
	if ctx == nil {
		return nil
	}
	var left ast.Node
	implied := true
	for _, child := range b.chain(ctx) {
		switch c := child.(type) {
		case antlr.TerminalNode:
			implied = false
		case *gen.SearchOrContext:
			left = both(left, b.searchOr(c), "AND", implied)
			implied = true
		}
	}
	return left
}

func (b *builder) searchOr(ctx *gen.SearchOrContext) ast.Node {
	var left ast.Node
	for _, child := range b.chain(ctx) {
		if c, ok := child.(*gen.SearchNotContext); ok {
			left = both(left, b.searchNot(c), "OR", false)
		}
	}
	return left
}

// chain is the children of a rule, unless there are more operands than any tree should be deep.
func (b *builder) chain(ctx antlr.ParserRuleContext) []antlr.Tree {
	children := ctx.GetChildren()
	if len(children) > 2*token.MaxChain {
		b.out.Add(source.Errorf(b.Span(ctx.GetStart(), ctx.GetStart()), "too-long", "more than %d operands in one expression", token.MaxChain).
			WithHint("write the values as a list: `field IN (...)`"))
		return children[:1]
	}
	return children
}

// both is x op y of a search expression, or y if there is no x yet.
func both(x, y ast.Node, op string, implied bool) ast.Node {
	if x == nil {
		return y
	}
	return &ast.Binary{Pos: ast.Pos{Span: x.At().To(y.At())}, Op: op, X: x, Y: y, Implied: implied, Search: true}
}

func (b *builder) searchNot(ctx *gen.SearchNotContext) ast.Node {
	n := b.searchPrimary(ctx.SearchPrimary().(*gen.SearchPrimaryContext))
	return b.prefixed(ctx.GetChildren(), n)
}

// prefixed puts the prefix operators among the children before n, the last one innermost.
func (b *builder) prefixed(children []antlr.Tree, n ast.Node) ast.Node {
	end := children[len(children)-1].(antlr.ParserRuleContext).GetStop() // behind parentheses, which are no nodes
	for i := len(children) - 2; i >= 0; i-- {
		tok := children[i].(antlr.TerminalNode).GetSymbol()
		n = &ast.Unary{Pos: ast.Pos{Span: b.Span(tok, end)}, Op: strings.ToUpper(b.Text(tok)), X: n}
	}
	return n
}

func (b *builder) searchPrimary(ctx *gen.SearchPrimaryContext) ast.Node {
	switch {
	case ctx.SearchExpression() != nil:
		return b.search(ctx.SearchExpression())
	case ctx.Subsearch() != nil:
		return b.node(ctx.Subsearch())
	}
	return b.searchTerm(ctx.SearchTerm().(*gen.SearchTermContext))
}

// searchTerm is a word, a comparison or `field IN (list)`.
func (b *builder) searchTerm(c *gen.SearchTermContext) ast.Node {
	at, field := b.pos(c), c.GetStart()
	if field.GetTokenType() == gen.SPLLexerCASED && (c.IN() != nil || c.Comparator() != nil) {
		b.out.Add(source.Errorf(b.Span(field, field), "not-a-field", "CASE() and TERM() stand around a value, not a field"))
	}
	if text := b.Text(field); (c.IN() != nil || c.Comparator() != nil) && len(text) > 2 && text[0] == '\'' && field.GetTokenType() == gen.SPLLexerWORD {
		b.out.Add(source.Warnf(b.Span(field, field), "apostrophes", "single quotes are part of the name in a search expression").WithHint("write %s", strings.Trim(text, "'")))
	}
	switch {
	case c.IN() != nil:
		values, searches := b.list(c)
		return &ast.Among{Pos: at, Field: b.name(field), Values: values, Searches: searches}
	case c.Comparator() == nil:
		return b.term(field)
	case c.Subsearch(0) != nil:
		return &ast.Option{Pos: at, Name: b.Text(field), Value: b.node(c.Subsearch(0))}
	}
	op := b.Text(c.Comparator().GetStart())
	if op == "==" {
		b.out.Add(source.Warnf(b.Span(c.Comparator().GetStart(), c.Comparator().GetStart()), "double-equals", "a search expression compares by a single `=`"))
		op = "="
	}
	return &ast.Compare{Pos: at, Field: b.name(field), Op: op, Value: b.value(c.GetStop())}
}

// term is a word to look for; the operators in lower case are such words, too, to the surprise of many.
func (b *builder) term(tok antlr.Token) *ast.Term {
	v := b.value(tok)
	if !v.Quoted {
		switch upper := strings.ToUpper(v.Text); upper {
		case "AND", "OR", "NOT":
			b.out.Add(source.Warnf(v.Span, "lower-case-operator", "%s is a word to look for here, not an operator", token.Tick(v.Text)).WithHint("write %s", upper))
		}
	}
	return &ast.Term{Pos: v.Pos, Value: v}
}

// oneQuoted is a single text in double quotes and nothing else.
var oneQuoted = regexp.MustCompile(`(?s)^"(?:[^"\\]|\\.)*"$`)

// value is a literal of a search expression.
func (b *builder) value(tok antlr.Token) *ast.Value {
	at := ast.Pos{Span: b.Span(tok, tok)}
	text := at.Span.String()
	switch tok.GetTokenType() {
	case gen.SPLLexerSTRING:
		return &ast.Value{Pos: at, Text: unquote(text), Quoted: true}
	case gen.SPLLexerCASED:
		inner := strings.TrimSpace(text[len("CASE(") : len(text)-1])
		if oneQuoted.MatchString(inner) {
			return &ast.Value{Pos: at, Text: unquote(inner), Quoted: true, Func: text[:len("CASE")]}
		}
		if strings.Contains(inner, `"`) {
			b.out.Add(source.Errorf(at.Span, "one-value", "%s() takes one value", text[:len("CASE")]).WithHint("quote it as a whole or not at all"))
		} else if d := token.BadCharacter(at.Span, quoteHint); d != nil {
			b.out.Add(d)
		}
		return &ast.Value{Pos: at, Text: inner, Func: text[:len("CASE")]}
	}
	if text[0] == '\'' {
		b.out.Add(source.Warnf(at.Span, "apostrophes", "single quotes are part of the value in a search expression").WithHint("quote values in double quotes"))
	}
	return &ast.Value{Pos: at, Text: unescape(text)}
}
