package spl

import (
	"slices"

	"spoor/engine/aggregate"
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

// topTable is the options of top and rare.
var topTable = []Option{
	{Name: "limit", Value: "<count>", Default: "10", Doc: "How many combinations to show; the count alone says the same. 0 shows all."},
	{Name: "showcount", Value: "<bool>", Default: "true", Doc: "Give the column with the count."},
	{Name: "showperc", Value: "<bool>", Default: "true", Doc: "Give the column with the percentage."},
	{Name: "countfield", Value: "<name>", Default: "count", Doc: "The name of the column with the count."},
	{Name: "percentfield", Value: "<name>", Default: "percent", Doc: "The name of the column with the percentage."},
	{Name: "useother", Value: "<bool>", Default: "false", Doc: "Add a row for all combinations beyond the limit."},
	{Name: "otherstr", Value: "<text>", Default: "OTHER", Doc: "The text in that row."},
}

const topDoc = " Rows that lack one of the fields are left out. limit=0 shows all. percent is the share in per cent, rounded to six decimals, of the rows that have the fields; with a by clause, of those with the same values there. " +
	"useother=true adds a row for all that is beyond the limit, with the text OTHER or what otherstr says. What occurs equally often comes in the order of its values."

const topNotes = "percent is a number: 25, not 25.000000. sitop and sirare, which prepare rows for a summary index in Splunk, give the same rows here as top and rare."

var top = Command{
	Name: "top", Aliases: []string{"sitop"}, Syntax: "top [<count>] [<option>...] <field>... [by <field>...]", Notes: topNotes,
	Doc:     "Show the ten most frequent combinations of values, or as many as the limit says, with their count and percent." + topDoc,
	Options: topTable,
	lower:   func(p *planner, c *ast.Command, in plan.Node) plan.Node { return p.ranking(c, in, false) },
}

var rare = Command{
	Name: "rare", Aliases: []string{"sirare"}, Syntax: "rare [<count>] [<option>...] <field>... [by <field>...]", Notes: topNotes,
	Doc:     "Show the ten rarest combinations of values, or as many as the limit says, with their count and percent." + topDoc,
	Options: topTable,
	lower:   func(p *planner, c *ast.Command, in plan.Node) plan.Node { return p.ranking(c, in, true) },
}

// ranking lowers top and rare.
func (p *planner) ranking(c *ast.Command, in plan.Node, least bool) plan.Node {
	a := p.args(c)
	list, _, _ := a.clause("by")
	list = a.behindBy(list)
	n := &plan.Top{Least: least, Limit: a.count("limit", 10), Count: a.text("countfield", "count"), Percent: a.text("percentfield", "percent")}
	other := a.text("otherstr", "OTHER")
	if a.flag("useother", false) {
		n.Other = other
	}
	if !a.flag("showcount", true) {
		n.Count = ""
	}
	if !a.flag("showperc", true) {
		n.Percent = ""
	}
	fields := a.names()
	by, _ := p.byList(list)
	a.done()
	if len(fields) == 0 {
		p.errorf(commandSpan(c), "missing-field", "%s needs a field", c.Name)
		return in
	}
	p.checkNames(in, slices.Concat(fields, by))
	n.By, n.Fields = texts(by), texts(fields)
	for _, name := range []string{n.Count, n.Percent} {
		if slices.Contains(n.By, name) || slices.Contains(n.Fields, name) {
			p.errorf(commandSpan(c), "name-taken", "%s is a field already: the column of %s needs another name", name, c.Name).
				WithHint("give it one with countfield= or percentfield=")
		}
	}
	count, _, _ := aggregate.Lookup("count")
	sum := &plan.Aggregate{In: in, Aggs: []plan.Agg{{Func: count, As: plan.Frequency}}}
	for _, k := range slices.Concat(n.By, n.Fields) {
		if !slices.Contains(sum.Keys, k) {
			sum.Keys = append(sum.Keys, k)
		}
	}
	n.In = sum
	return p.capped(n, "limit-top", commandSpan(c))
}
