package spl

import (
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var union = Command{
	Name:      "union",
	Syntax:    "[<search> |] union [maxout=<count>] [<search>]... [datamodel:<model>.<dataset> | savedsearch:<name> | lookup:<lookup>]...",
	Doc:       "Give the rows of several searches, data models, saved searches and lookups: events newest first if all of them are events, as they are read, and otherwise one search after the other.",
	Notes:     subsearchNotes,
	Options:   subsearchOptions,
	generates: true,
	anywhere:  true,
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		limited := a.limited("limit-append")
		n := &plan.Union{Merged: in == nil || streams(in)}
		if in != nil {
			n.Ins = append(n.Ins, in)
		}
		for _, sub := range append(a.branches(0, 0), p.datasets(a)...) {
			n.Merged = n.Merged && streams(sub)
			n.Ins = append(n.Ins, limited(sub))
		}
		a.done()
		if len(n.Ins) < 2 {
			if !p.diags.Failed() {
				p.errorf(commandSpan(c), "missing-search", "union needs two searches or data models").WithHint("syntax: %s", Lookup("union").Syntax)
			}
			return in
		}
		return n
	},
}
