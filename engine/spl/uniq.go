package spl

import (
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var uniq = Command{
	Name:   "uniq",
	Syntax: "uniq",
	Doc:    "Drop rows that equal the row before in all fields.",
	Notes:  "_file and _offset, which say where a row stands in the logs, make no difference.",
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		p.args(c).done()
		return &plan.Uniq{In: in}
	},
}
