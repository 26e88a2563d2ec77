package spl

import (
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var where = Command{
	Name:   "where",
	Syntax: "where <eval expression>",
	Doc:    "Keep the rows for which the expression is true. Comparisons regard case; where a value is missing the expression is not true.",
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		if len(a.left) != 1 {
			p.errorf(commandSpan(c), "missing-expression", "where needs an expression")
			return in
		}
		cond := p.eval(a.left[0], p.knownFields(in))
		p.tellNulls(in, cond)
		return &plan.Filter{In: in, Cond: cond}
	},
}
