package spl

import (
	"strings"

	"github.com/antlr4-go/antlr/v4"

	"spoor/grammar/ast"
	"spoor/grammar/source"
	"spoor/grammar/spl/gen"
	"spoor/grammar/token"
)

// expression builds an eval expression. A rule with one child is that child; any other is operands joined from the left.
func (b *builder) expression(t antlr.Tree) ast.Node {
	for {
		switch c := t.(type) {
		case *gen.NegationContext:
			children := c.GetChildren()
			return b.prefixed(children, b.expression(children[len(children)-1]))
		case *gen.UnaryContext:
			children := c.GetChildren()
			return b.prefixed(children, b.expression(children[len(children)-1]))
		case *gen.RelationContext:
			return b.relation(c)
		case *gen.PrimaryContext:
			return b.primary(c)
		case *gen.FunctionContext:
			return b.function(c)
		}
		ctx := t.(antlr.ParserRuleContext)
		if ctx.GetChildCount() > 1 {
			return b.joined(ctx)
		}
		t = ctx.GetChild(0)
	}
}

func (b *builder) joined(ctx antlr.ParserRuleContext) ast.Node {
	children := b.chain(ctx)
	left := b.expression(children[0])
	for i := 2; i < len(children); i += 2 {
		op := b.Text(children[i-1].(antlr.TerminalNode).GetSymbol())
		left = join(left, b.expression(children[i]), strings.ToUpper(op))
	}
	return left
}

// relation is comparisons, LIKE and IN, from the left; `x NOT IN (...)` is NOT around it.
func (b *builder) relation(c *gen.RelationContext) ast.Node {
	children := b.chain(c)
	left := b.expression(children[0])
	for i := 1; i < len(children); i++ {
		not := false
		if t, ok := children[i].(antlr.TerminalNode); ok && t.GetSymbol().GetTokenType() == gen.SPLLexerNOT {
			not = true
			i++
		}
		switch op := children[i].(type) {
		case *gen.ComparatorContext:
			i++
			left = join(left, b.expression(children[i]), b.Text(op.GetStart()))
		case antlr.TerminalNode:
			if op.GetSymbol().GetTokenType() == gen.SPLLexerLIKE {
				i++
				left = join(left, b.expression(children[i]), "LIKE")
			} else {
				left, i = b.in(left, children, i+2)
			}
		}
		if not {
			left = &ast.Unary{Pos: ast.Pos{Span: left.At()}, Op: "NOT", X: left}
		}
	}
	return left
}

// in is `x IN (list)`, the list beginning at child i; it gives the index of the closing parenthesis, too.
func (b *builder) in(x ast.Node, children []antlr.Tree, i int) (ast.Node, int) {
	n := &ast.In{X: x}
	if list, ok := children[i].(*gen.ArgumentsContext); ok {
		n.List = b.arguments(list)
		i++
	}
	end := children[i].(antlr.TerminalNode).GetSymbol()
	n.Span = x.At().To(b.Span(end, end))
	return n, i
}

func (b *builder) arguments(ctx gen.IArgumentsContext) []ast.Node {
	var nodes []ast.Node
	if ctx != nil {
		for _, e := range ctx.AllExpression() {
			nodes = append(nodes, b.expression(e))
		}
	}
	return nodes
}

func (b *builder) primary(c *gen.PrimaryContext) ast.Node {
	switch {
	case c.Expression() != nil:
		return b.expression(c.Expression())
	case c.Function() != nil:
		return b.expression(c.Function())
	case c.Subsearch() != nil:
		return b.node(c.Subsearch())
	}
	at := b.pos(c)
	text := at.Span.String()
	switch c.GetStart().GetTokenType() {
	case gen.SPLLexerSTRING:
		return &ast.String{Pos: at, Text: unquote(text)}
	case gen.SPLLexerNUMBER:
		return &ast.Number{Pos: at, Text: text}
	case gen.SPLLexerQUOTED_NAME:
		return &ast.Field{Pos: at, Text: text[1 : len(text)-1], Quoted: true}
	}
	return &ast.Field{Pos: at, Text: text}
}

// function is a call or a field; `a.lower(b)` is the field a, joined with a call.
func (b *builder) function(c *gen.FunctionContext) ast.Node {
	if c.LPAREN() == nil {
		return &ast.Field{Pos: b.pos(c), Text: b.Text(c.GetStart())}
	}
	call := &ast.Call{Pos: b.pos(c), Name: b.Text(c.GetStart()), Args: b.arguments(c.Arguments())}
	dot := strings.LastIndexByte(call.Name, '.')
	if c := call.Name[dot+1:]; c == "" || c[0] < 0x80 && c[0] != '_' && (c[0]|0x20 < 'a' || c[0]|0x20 > 'z') {
		b.out.Add(source.Errorf(call.Span, "not-a-function", "%s is no name of a function: it does not begin with a letter", token.Tick(token.Short(c))))
	}
	if dot < 0 {
		return call
	}
	field := &ast.Field{Pos: ast.Pos{Span: call.Span.Sub(0, dot)}, Text: call.Name[:dot]}
	call.Span, call.Name = call.Span.Sub(dot+1, int(call.Span.End-call.Span.Start)), call.Name[dot+1:]
	return join(field, call, ".")
}

// join is x op y of an eval expression.
func join(x, y ast.Node, op string) ast.Node {
	return &ast.Binary{Pos: ast.Pos{Span: x.At().To(y.At())}, Op: op, X: x, Y: y}
}
