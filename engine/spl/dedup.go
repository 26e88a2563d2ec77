package spl

import (
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var dedup = Command{
	Name:   "dedup",
	Syntax: "dedup [<count>] <field>... [keepevents=<bool>] [keepempty=<bool>] [consecutive=<bool>] [sortby <sort keys>]",
	Doc:    "Keep the first row (or rows) of each combination of values. Rows that lack one of the fields are dropped unless keepempty=true; keepevents=true keeps the other rows without the fields; consecutive=true drops only repetitions that follow each other. sortby sorts the rows first, and so decides which one is kept.",
	Options: []Option{
		{Name: "limit", Value: "<count>", Default: "1", Doc: "How many rows of each combination to keep; the count alone says the same."},
		{Name: "keepevents", Value: "<bool>", Default: "false", Doc: "Keep the other rows too, but without the fields."},
		{Name: "keepempty", Value: "<bool>", Default: "false", Doc: "Keep rows that lack one of the fields."},
		{Name: "consecutive", Value: "<bool>", Default: "false", Doc: "Drop only repetitions that follow each other."},
	},
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		n := &plan.Dedup{
			In: in, N: a.count("limit", 1),
			KeepEvents: a.flag("keepevents", false), KeepEmpty: a.flag("keepempty", false), Consecutive: a.flag("consecutive", false),
		}
		by, _, sorted := a.clause("sortby")
		names := a.names()
		a.done()
		if len(names) == 0 {
			p.errorf(commandSpan(c), "missing-field", "dedup needs a field")
			return in
		}
		if n.N == 0 {
			p.errorf(commandSpan(c), "bad-number", "dedup keeps at least one row of each combination")
			return in
		}
		p.checkNames(in, names)
		n.Fields = texts(names)
		if !sorted {
			return n
		}
		order := &plan.Sort{In: in}
		for _, k := range by {
			if k, ok := k.(*ast.SortKey); ok {
				order.Keys = append(order.Keys, plan.SortKey{Name: k.Field.Text, Desc: k.Desc, By: p.comparison(k)})
			}
		}
		n.In = order
		return n
	},
}
