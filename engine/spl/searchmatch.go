package spl

import (
	"spoor/engine/plan"
	"spoor/grammar"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

// searchMatch lowers searchmatch: its text is a search expression, of which it makes the condition that `search` would.
func (p *planner) searchMatch(n *ast.Call, fields func(*ast.Field) plan.Expr) plan.Expr {
	text, ok := n.Args[0].(*ast.String)
	if !ok {
		p.errorf(n.Args[0].At(), "not-constant", "searchmatch wants a search in double quotes")
		return null
	}
	var b source.Builder
	b.Insert(text.Text, text.Span)
	tree, errs := grammar.ParseSearchSpan(b.Text("searchmatch").All())
	for _, e := range errs {
		p.report(e)
	}
	if tree == nil {
		return null
	}
	m := &matcher{p: p, terms: func(*ast.Term) bool { return true }, field: func(n *ast.Name) plan.Expr {
		if fields != nil {
			return fields(&ast.Field{Pos: n.Pos, Text: n.Text, Quoted: true})
		}
		return &plan.Field{Name: n.Text, Span: n.Span}
	}}
	return m.lower(tree)
}
