package spl

import (
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var untable = Command{
	Name:   "untable",
	Syntax: "untable <x field> <name field> <value field>",
	Doc:    "Turn a table into rows of three fields, as xyseries wants them: for each row and each of its other fields that has a value, the row's x field, the name of the other field, and the value. Rows without the x field, and fields that begin with _, are left out.",
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		names := a.names()
		a.done()
		if len(names) != 3 {
			p.errorf(commandSpan(c), "argument-count", "untable takes three fields, not %d", len(names)).WithHint("name the field that stays, one for the names of the others, and one for their values")
			return in
		}
		p.checkNames(in, names[:1])
		return &plan.Untable{In: in, X: names[0].Text, Name: names[1].Text, Value: names[2].Text}
	},
}
