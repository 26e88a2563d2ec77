package spl

import (
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

const subsearchNotes = "There is no limit on a subsearch's rows or time unless maxout sets one or --splunk-limits is given; maxtime and timeout change nothing. A subsearch has the time range of --earliest and --latest, unless it names its own."

var appendCommand = Command{
	Name:    "append",
	Syntax:  "append [maxout=<count>] [<search>]",
	Doc:     "Give the rows of a subsearch after those that there are.",
	Notes:   subsearchNotes,
	Options: subsearchOptions,
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		limited := a.limited("limit-append")
		sub := a.branches(1, 1)
		a.done()
		if sub == nil {
			return in
		}
		return &plan.Union{Ins: []plan.Node{in, limited(sub[0])}}
	},
}
