package spl

import (
	"slices"

	"spoor/engine/plan"
	"spoor/grammar/ast"
)

const addtotalsNotes = "Numbers that stand in text count; the values of a multivalue are added up too."

// labelOptions is the options that say how a last row is called.
var labelOptions = []Option{
	{Name: "labelfield", Value: "<field>", Doc: "The field that has the label in the last row."},
	{Name: "label", Value: "<text>", Default: "Total", Doc: "The label of the last row."},
}

var addtotals = Command{
	Name:   "addtotals",
	Syntax: "addtotals [row=<bool>] [col=<bool>] [fieldname=<name>] [labelfield=<field>] [label=<text>] [<field>...]",
	Doc: "Add to every row the sum of its numbers, as Total or under the name that fieldname gives: of the fields named, which may hold wildcards, or of all but those that begin with _. " +
		"col=true adds a last row with the sum of each column, and row=false leaves the sums of rows out. In the last row labelfield has the label, which is Total unless told otherwise.",
	Notes: addtotalsNotes,
	Options: slices.Concat([]Option{
		{Name: "row", Value: "<bool>", Default: "true", Doc: "Add to every row the sum of its numbers."},
		{Name: "col", Value: "<bool>", Default: "false", Doc: "Add a last row with the sum of every column."},
		{Name: "fieldname", Value: "<name>", Default: "Total", Doc: "The name of the field with the sum of the row."},
	}, labelOptions),
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		n := &plan.Totals{In: in, Column: a.flag("col", false), Row: a.text("fieldname", "Total")}
		if !a.flag("row", true) {
			n.Row = ""
		}
		return p.totals(a, n)
	},
}

var addcoltotals = Command{
	Name:    "addcoltotals",
	Syntax:  "addcoltotals [labelfield=<field>] [label=<text>] [<field>...]",
	Doc:     "Add a last row with the sum of each column: of the fields named, which may hold wildcards, or of all but those that begin with _. In it labelfield has the label, which is Total unless told otherwise.",
	Notes:   addtotalsNotes,
	Options: labelOptions,
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		return p.totals(p.args(c), &plan.Totals{In: in, Column: true})
	},
}

func (p *planner) totals(a *args, n *plan.Totals) plan.Node {
	label, field := a.text("label", "Total"), a.text("labelfield", "")
	names := a.names()
	a.done()
	p.checkNames(n.In, names)
	n.Fields = texts(names)
	if n.Column {
		n.Label, n.LabelField = label, field
	}
	if n.Row == "" && !n.Column {
		return n.In
	}
	return n
}
