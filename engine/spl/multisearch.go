package spl

import (
	"slices"

	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var multisearch = Command{
	Name:      "multisearch",
	Syntax:    "| multisearch [<search>] [<search>]...",
	Doc:       "Give the events of several searches, newest first. The searches may hold only commands that look at each event on its own, such as eval, where, fields and rex.",
	generates: true,
	lower: func(p *planner, c *ast.Command, _ plan.Node) plan.Node {
		a := p.args(c)
		subs := take(&args{left: slices.Clone(a.left)}, every[*ast.Subsearch])
		ins := a.branches(2, 0)
		a.done()
		for i, n := range ins {
			if !streams(n) && len(subs) == len(ins) {
				p.errorf(subs[i].Span, "not-streaming", "a search of multisearch may hold only commands that look at each event on its own").
					WithHint("append and union take any search")
			}
		}
		if ins == nil {
			return nil
		}
		return &plan.Union{Ins: ins, Merged: true}
	},
}
