package spl

import (
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var delta = Command{
	Name:   "delta",
	Syntax: "delta <field> [as <field>] [p=<count>]",
	Doc:    "Set delta(<field>), or the field behind as, to how much the field is more than in the row before, or p rows before. Where one of the two is no number nothing is set. Events come newest first, so the row before is the next event in time.",
	Options: []Option{
		{Name: "p", Value: "<count>", Default: "1", Doc: "How many rows back to look."},
	},
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		n, okn := a.steps()
		field, as, ok := a.along(in)
		if !ok || !okn {
			return in
		}
		if as == "" {
			as = "delta(" + field + ")"
		}
		return &plan.Trail{In: in, Steps: []plan.TrailStep{{Kind: plan.Difference, Field: field, As: as, N: n.last}}}
	},
}
