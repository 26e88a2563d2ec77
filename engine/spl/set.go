package spl

import (
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var set = Command{
	Name:      "set",
	Syntax:    "| set (union|intersect|diff) [<search>] [<search>]",
	Doc:       "Compare the rows of two searches as a whole: union gives the rows of both, intersect those that both have and diff those that only one has. Each row is given once.",
	Notes:     "Every field counts, internal ones too: leave out with fields what differs. A field without a value is as good as none.",
	generates: true,
	lower: func(p *planner, c *ast.Command, _ plan.Node) plan.Node {
		a := p.args(c)
		modes := map[string]plan.SetMode{"union": plan.Either, "intersect": plan.Both, "diff": plan.Differing}
		names := a.names()
		subs := a.branches(2, 2)
		a.done()
		if len(names) == 1 {
			if mode, ok := modes[names[0].Text]; ok && subs != nil {
				for i := range subs {
					subs[i] = p.capped(subs[i], "limit-append", commandSpan(c))
				}
				return &plan.Set{Left: subs[0], Right: subs[1], Mode: mode}
			} else if ok {
				return nil
			}
		}
		p.errorf(commandSpan(c), "bad-mode", "set needs union, intersect or diff").WithHint("syntax: %s", Lookup("set").Syntax)
		return nil
	},
}
