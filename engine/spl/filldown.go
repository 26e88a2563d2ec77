package spl

import (
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var filldown = Command{
	Name:   "filldown",
	Syntax: "filldown [<field>...]",
	Doc:    "Where fields have no value, give them that of the last row before which had one. Names may hold wildcards, which do not stand for internal fields such as _time; without names, all fields are filled.",
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		names := a.names()
		a.done()
		p.checkNames(in, names)
		if len(names) == 0 {
			return &plan.Trail{In: in, Steps: []plan.TrailStep{{Kind: plan.Fill, Field: "*"}}}
		}
		t := &plan.Trail{In: in}
		for _, n := range names {
			t.Steps = append(t.Steps, plan.TrailStep{Kind: plan.Fill, Field: n.Text})
		}
		return t
	},
}
