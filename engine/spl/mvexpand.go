package spl

import (
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var mvexpand = Command{
	Name:   "mvexpand",
	Syntax: "mvexpand <field> [limit=<count>]",
	Doc:    "Make a row of each value of a multivalue field, with copies of the other fields. Rows with one value or none stay as they are. With a limit only so many values of a row count.",
	Options: []Option{
		{Name: "limit", Value: "<count>", Default: "0", Doc: "Take only so many values of a row; 0 takes all."},
	},
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		limit := a.count("limit", 0)
		field := a.one()
		a.done()
		if field == nil {
			return in
		}
		p.checkNames(in, []*ast.Name{field})
		return &plan.Expand{In: in, Field: field.Text, Limit: limit}
	},
}
