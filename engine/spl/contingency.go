package spl

import (
	"slices"

	"spoor/engine/aggregate"
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var contingency = Command{
	Name: "contingency", Aliases: []string{"counttable", "ctable"},
	Syntax: "contingency [usetotal=<bool>] [totalstr=<text>] [maxcols=<count>] <field> <field>",
	Doc:    "Count how often values of two fields come together: a row for each value of the first, a column for each value of the second, and totals of both.",
	Notes:  "Rows that lack one of the fields do not count. Rows and columns come in the order of their values. All rows of the table are given.",
	Options: slices.Concat([]Option{
		{Name: "usetotal", Value: "<bool>", Default: "true", Doc: "Add a row and a column with totals."},
		{Name: "totalstr", Value: "<text>", Default: "TOTAL", Doc: "What these are called."},
		{Name: "maxcols", Value: "<count>", Default: "0", Doc: "How many columns there may be, those that count most; 0 gives all. The others are not in the totals."},
	}, idle("maxrows", "mincolcover", "minrowcover")),
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		count, _, _ := aggregate.Lookup("count")
		n := &plan.Chart{In: in, Aggs: []plan.Agg{{Func: count, As: "count"}}, Limit: p.countOption(a, "maxcols"), Titles: plan.Titles{Sep: ": "}}
		usetotal, total := a.flag("usetotal", true), a.text("totalstr", "TOTAL")
		names := a.names()
		a.done()
		if len(names) != 2 || names[0].Text == names[1].Text {
			p.errorf(commandSpan(c), "argument-count", "contingency takes two fields")
			return in
		}
		p.checkNames(in, names)
		n.Row, n.Split = names[0].Text, names[1].Text
		if !usetotal {
			return n
		}
		return &plan.Totals{In: n, Row: total, Column: true, Label: total, LabelField: n.Row}
	},
}
