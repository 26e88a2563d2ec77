package spl

import (
	"slices"

	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var xyseries = Command{
	Name:   "xyseries",
	Syntax: `xyseries [grouped=<bool>] <x field> <name field> <value field>... [sep="<text>"] [format="<text>"]`,
	Doc: "Make a table of rows: a row for each value of the x field, in their order, and a column for each value of the name field, which holds the value field. Of several values for a cell the last one counts. " +
		"With several value fields a column is called <value field>: <name>, with sep between them instead, or as format says with $AGG$ for the one and $VAL$ for the other.",
	Notes: "grouped changes nothing: all rows of one x are brought together.",
	Options: slices.Concat([]Option{
		{Name: "sep", Value: "<text>", Default: ": ", Doc: "What stands between field and name in the name of a column, if there are several value fields."},
		{Name: "format", Value: "<text>", Doc: "The name of a column, with $AGG$ for the field and $VAL$ for the name, instead of sep."},
	}, idle("grouped")),
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		titles := plan.Titles{Sep: a.text("sep", ": "), Format: a.titleForm()}
		names := a.names()
		a.done()
		if len(names) < 3 {
			p.errorf(commandSpan(c), "argument-count", "xyseries takes at least three fields, not %d", len(names)).WithHint("name the field of the rows, the one that names columns, and those with the values")
			return in
		}
		p.checkNames(in, names)
		return &plan.Series{In: in, X: names[0].Text, Name: names[1].Text, Values: texts(names[2:]), Titles: titles}
	},
}
