package spl

import (
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var accum = Command{
	Name:   "accum",
	Syntax: "accum <field> [as <field>]",
	Doc:    "Set a field, or another one, to the sum of its numbers in the rows so far. Where it is no number nothing is set.",
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		field, as, ok := p.args(c).along(in)
		if !ok {
			return in
		}
		if as == "" {
			as = field
		}
		return &plan.Trail{In: in, Steps: []plan.TrailStep{{Kind: plan.Total, Field: field, As: as}}}
	},
}

// along is the field whose values a command follows from row to row, and the name that was given to the result, or none. It takes the
// last arguments.
func (a *args) along(in plan.Node) (field, as string, ok bool) {
	var names []*ast.Name
	for _, alias := range take(a, every[*ast.Alias]) {
		text, _ := literal(alias.What)
		names = append(names, &ast.Name{Pos: ast.Pos{Span: alias.What.At()}, Text: text})
		as = alias.As.Text
	}
	names = append(names, a.names()...)
	a.done()
	if len(names) != 1 {
		a.p.errorf(commandSpan(a.c), "one-field", "%s takes one field", a.c.Name).WithHint("syntax: %s", Lookup(a.c.Name).Syntax)
		return "", "", false
	}
	a.p.checkNames(in, names)
	return names[0].Text, as, true
}
