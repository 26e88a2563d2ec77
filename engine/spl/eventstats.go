package spl

import (
	"slices"
	"strings"

	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var eventstats = Command{
	Name:   "eventstats",
	Syntax: "eventstats [allnum=<bool>] <aggregate>... [by <field>...]",
	Doc:    "Give each row the aggregates of all rows or, with by, of its group: as stats, but the rows stay. A row that lacks a field after by stays without the aggregates; one with a multivalue there counts for each value, and gets the results of all of them. The rows keep their order.",
	Notes:  "All rows are kept until the last has come, in a file beyond --max-memory.",
	Options: []Option{
		{Name: "allnum", Value: "<bool>", Default: "false", Doc: "Give a function of numbers no result if the field holds anything else."},
	},
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		list, _, _ := a.clause("by", "groupby")
		list = a.behindBy(list)
		g := &aggregates{p: p, field: p.columnNamed(in), eval: p.knownFields(in), wild: true, allnum: a.flag("allnum", false)}
		aggs := g.take(a)
		a.done()
		keys := g.keys(in, list)
		if !g.some(c, aggs) {
			return in
		}
		return g.computed(p.shortened(&plan.Attach{In: evenFor(in, aggs), Keys: keys, Aggs: aggs}, aggs, commandSpan(c)), keys)
	},
}

// keys is the fields of a by clause that takes nothing else.
func (g *aggregates) keys(in plan.Node, list []ast.Node) []string {
	fields, spans := g.p.byList(list)
	g.apart(texts(fields))
	g.p.checkNames(in, fields)
	var keys []string
	for _, f := range fields {
		if strings.Contains(f.Text, "*") {
			g.p.errorf(f.Span, "no-wildcards", "a by clause takes no wildcards")
		}
		if span := spans[f.Text]; span != nil {
			g.p.errorf(span.At(), "no-span", "only stats and its kin cut fields behind by into spans").WithHint("use `bin` before")
		}
		if !slices.Contains(keys, f.Text) {
			keys = append(keys, f.Text)
		}
	}
	return keys
}

// some says whether there is an aggregate, and reports if there is none.
func (g *aggregates) some(c *ast.Command, aggs []plan.Agg) bool {
	if len(aggs) == 0 && !g.p.diags.Failed() {
		g.p.errorf(commandSpan(c), "missing-aggregate", "%s needs an aggregate function such as count", c.Name)
	}
	return len(aggs) > 0
}

// evenFor sees to it that wildcard aggregates get rows that all have the same columns.
func evenFor(in plan.Node, aggs []plan.Agg) plan.Node {
	wild := slices.ContainsFunc(aggs, func(a plan.Agg) bool { return a.Wild != "" })
	if _, exact := plan.Columns(in); wild && !exact {
		return &plan.Unify{In: in}
	}
	return in
}
