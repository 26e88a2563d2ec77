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
	tree := p.searchText("searchmatch", text.Text, text.Span)
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

// searchText parses a search expression that is no part of the query's text but stands at a place in it; nil if it is none.
func (p *planner) searchText(name, text string, at source.Span) ast.Node {
	var b source.Builder
	b.Insert(text, at)
	tree, errs := grammar.ParseSearchSpan(b.Text(name).All())
	for _, e := range errs {
		p.report(e)
	}
	return tree
}
