package spl

import (
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var tail = Command{
	Name:   "tail",
	Syntax: "tail [<count>]",
	Doc:    "Keep the last rows: ten, unless told otherwise. The last one comes first.",
	Options: []Option{
		{Name: "limit", Value: "<count>", Default: "10", Doc: "How many rows to keep; the count alone says the same."},
	},
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		n := a.count("limit", 10)
		a.done()
		return &plan.Tail{In: in, N: n}
	},
}
