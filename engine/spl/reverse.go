package spl

import (
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var reverse = Command{
	Name:   "reverse",
	Syntax: "reverse",
	Doc:    "Turn the order of the rows round.",
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		p.args(c).done()
		return &plan.Reverse{In: in}
	},
}
