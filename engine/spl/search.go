package spl

import (
	"slices"

	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var search = Command{
	Name:   "search",
	Syntax: "search <search expression>",
	Doc:    "Keep the rows that match. At the start it reads events, newest first, under the source's own field names; words are looked for in _raw. sourcetype=X matches every name that add-ons give events of X. earliest= and latest= bound the time searched, in place of the bounds that the search was given; earliest= alone means until now.",
	Notes:  "There are no indexes: index= is ignored, with a warning. host::web1 is host=web1, and so for source and sourcetype.",
	Options: []Option{
		{Name: "<field>", Value: "[<search>]", Doc: "The field has the value that a subsearch returns."},
	},
	generates: true,
	anywhere:  true,
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		from := in
		var window *plan.Scan
		if in == nil {
			from, window = p.scan, p.scan
			p.scan.Raw = true
		}
		m := &matcher{p: p, window: window, terms: p.rawTerms(in), field: p.searchField(in), events: in == nil}
		for _, n := range a.left {
			cond := m.lower(n)
			from = &plan.Filter{In: from, Cond: cond}
		}
		return from
	},
}

// searchField lowers the field of a comparison in `search`.
func (p *planner) searchField(in plan.Node) func(*ast.Name) plan.Expr {
	var names []string
	exact := false
	if in != nil {
		names, exact = plan.Columns(in)
	}
	return func(n *ast.Name) plan.Expr {
		if exact && !slices.Contains(names, n.Text) {
			p.unknownField(n.Span, n.Text, names)
		}
		return &plan.Field{Name: n.Text, Span: n.Span}
	}
}
