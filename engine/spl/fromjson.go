package spl

import (
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var fromjson = Command{
	Name:   "fromjson",
	Syntax: "fromjson <field> [prefix=<text>]",
	Doc:    "Make a field of each member of the JSON object in a field. Arrays become multivalues; objects inside stay JSON. prefix stands before the names.",
	Options: []Option{
		{Name: "prefix", Value: "<text>", Doc: "What stands before the names of the new fields."},
	},
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		n := &plan.Unpack{In: in, From: plan.Members, Prefix: a.text("prefix", "")}
		names := a.names()
		a.done()
		if len(names) != 1 {
			p.errorf(commandSpan(c), "missing-field", "fromjson needs one field")
			return in
		}
		p.checkNames(in, names)
		n.Field = names[0].Text
		return n
	},
}
