package spl

import (
	"cmp"

	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var nomv = Command{
	Name:   "nomv",
	Syntax: "nomv <field>",
	Doc:    "Make one text of the values of a field, with line breaks between them, or what delim of a mvcombine before said.",
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		field := a.one()
		a.done()
		if field == nil {
			return in
		}
		p.checkNames(in, []*ast.Name{field})
		between := cmp.Or(delimiter(in, field.Text), "\n")
		joined := plan.NewCall(function.SPL, "mvjoin", c.At(), &plan.Field{Name: field.Text, Span: field.Span}, text(between, c.At()))
		return extend(in, plan.Assign{Name: field.Text, Expr: joined})
	},
}

// delimiter is what the last mvcombine of a field said of what stands between its values; "" if there is none.
func delimiter(n plan.Node, field string) string {
	for n != nil && len(n.Inputs()) > 0 {
		if c, ok := n.(*plan.Combine); ok && c.Field == field {
			return c.Delim
		}
		n = n.Inputs()[0]
	}
	return ""
}
