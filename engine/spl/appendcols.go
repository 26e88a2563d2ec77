package spl

import (
	"slices"

	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var appendcols = Command{
	Name:   "appendcols",
	Syntax: "appendcols [override=<bool>] [maxout=<count>] [<search>]",
	Doc:    "Put the fields of a subsearch's first row beside those of the first row, those of the second beside the second and so on, without internal fields such as _time. Where both rows have a field the value of the first search stays, unless override is true.",
	Notes:  subsearchNotes + " Rows that the subsearch has more are given, too.",
	Options: slices.Concat([]Option{
		{Name: "override", Value: "<bool>", Default: "false", Doc: "Where both rows have a field, take the value of the subsearch."},
	}, subsearchOptions),
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		limited := a.limited("limit-append")
		override := a.flag("override", false)
		sub := a.branches(1, 1)
		a.done()
		if sub == nil {
			return in
		}
		return &plan.AppendColumns{Left: in, Right: limited(sub[0]), Override: override}
	},
}
