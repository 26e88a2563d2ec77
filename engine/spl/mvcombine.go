package spl

import (
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var mvcombine = Command{
	Name:   "mvcombine",
	Syntax: `mvcombine [delim="<text>"] <field>`,
	Doc:    "Make one row of the rows that differ in one field only, which becomes a multivalue of their values. The row stands where the first of them stood. delim, a blank unless told otherwise, is what a nomv behind it puts between the values.",
	Notes:  "_file and _offset, which differ in all events, may differ. All rows are held in memory.",
	Options: []Option{
		{Name: "delim", Value: "<text>", Default: " ", Doc: "What nomv puts between the values."},
	},
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		delim := a.text("delim", " ")
		field := a.one()
		a.done()
		if field == nil {
			return in
		}
		p.checkNames(in, []*ast.Name{field})
		return &plan.Combine{In: in, Field: field.Text, Delim: delim}
	},
}
