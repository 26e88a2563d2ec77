package spl

import (
	"strings"

	"github.com/antlr4-go/antlr/v4"

	"spoor/grammar/ast"
	"spoor/grammar/spl/gen"
)

// sortKey is a field with a sign and a function, or the number of rows to keep.
func (b *builder) sortKey(c *gen.SortKeyContext) ast.Node {
	fields := c.AllField()
	name := b.name(fields[0].GetStart())
	key := &ast.SortKey{Pos: b.pos(c)}
	if c.SIGN() != nil {
		key.Sign, key.Loose = b.Text(c.GetStart())[0], true
	} else if name.Quote == 0 && len(fields) == 1 && digits(name.Text) {
		return &ast.Number{Pos: name.Pos, Text: name.Text}
	} else if name.Quote == 0 && len(name.Text) > 1 && (name.Text[0] == '-' || name.Text[0] == '+') {
		key.Sign = name.Text[0]
		name.Text, name.Span = name.Text[1:], name.Span.Sub(1, int(name.Span.End-name.Span.Start))
	}
	key.Desc = key.Sign == '-'
	key.Field = name
	if len(fields) == 2 {
		key.Func, key.Field = strings.ToLower(name.Span.String()), b.name(fields[1].GetStart())
	}
	return key
}

func (b *builder) aggregate(c *gen.AggregateContext) ast.Node {
	call := b.call(c.Call())
	if c.Column() == nil {
		return call
	}
	return &ast.Alias{Pos: b.pos(c), What: call, As: b.column(c.Column())}
}

// call is an aggregate function with or without arguments, or an argument of one.
func (b *builder) call(ctx antlr.ParserRuleContext) ast.Node {
	var inner []gen.ICallArgumentContext
	var open antlr.TerminalNode
	var eval gen.IExpressionContext
	argument := false
	switch c := ctx.(type) {
	case *gen.CallContext:
		inner, open, eval = c.AllCallArgument(), c.LPAREN(), c.Expression()
	case *gen.CallArgumentContext:
		inner, open, eval, argument = c.AllCallArgument(), c.LPAREN(), c.Expression(), true
	}
	if eval != nil {
		return b.evalCall(ctx, eval)
	}
	if argument && open == nil {
		return b.name(ctx.GetStart())
	}
	call := &ast.Call{Pos: b.pos(ctx), Name: b.name(ctx.GetStart()).Text, Bare: open == nil}
	for _, a := range inner {
		call.Args = append(call.Args, b.call(a))
	}
	return call
}
