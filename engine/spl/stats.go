package spl

import (
	"slices"
	"strings"

	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var stats = Command{
	Name: "stats", Aliases: []string{"sistats"},
	Syntax: "stats [allnum=<bool>] <aggregate>... [by <field>... [span=<span>]] [dedup_splitvals=<bool>]",
	Doc: "Aggregate the rows, into one row or into one for each combination of the fields after by. Rows that lack one of these are left out; one with a multivalue counts for each value; span=1h behind a field cuts it into spans, as bin does. `spoor help aggregates` lists the aggregates; count(eval(<expression>)) counts the rows for which it is true, and any other aggregate takes an expression likewise. eval(sum(a)/max(b)) as c computes with aggregates. A wildcard stands for every field that matches, but for internal ones such as _time only if it begins with _; a function without a field is one of all fields. " +
		"With allnum=true a function of numbers has no result if the field holds anything else, in any row; with dedup_splitvals=true a row counts once for each different value of a field after by.",
	Notes: "partitions and delim change nothing: delim says how Splunk joins values() and list() where it flattens them. sistats, which prepares rows for a summary index in Splunk, gives the same rows here as stats.",
	Options: slices.Concat([]Option{
		{Name: "allnum", Value: "<bool>", Default: "false", Doc: "Give a function of numbers no result if the field holds anything else."},
		{Name: "dedup_splitvals", Value: "<bool>", Default: "false", Doc: "Count a row once for each different value of a field after by."},
	}, idle("partitions", "delim")),
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		list, _, _ := a.clause("by", "groupby")
		list = a.behindBy(list, "span")
		distinct := a.flag("dedup_splitvals", false)
		g := &aggregates{p: p, field: p.columnNamed(in), eval: p.knownFields(in), wild: true, allnum: a.flag("allnum", false)}
		n := &plan.Aggregate{In: in, Aggs: g.take(a)}
		a.done()
		fields, spans := p.byList(list)
		g.apart(texts(fields))
		p.checkNames(in, fields)
		for _, f := range fields {
			if strings.Contains(f.Text, "*") {
				p.errorf(f.Span, "no-wildcards", "a by clause takes no wildcards")
			}
			if !slices.Contains(n.Keys, f.Text) {
				n.Keys = append(n.Keys, f.Text)
			}
			if span := spans[f.Text]; span != nil {
				n.In = extend(n.In, plan.Assign{Name: f.Text, Expr: p.binned(f.Text, span)})
			}
			if distinct {
				n.In = extend(n.In, plan.Assign{Name: f.Text, Expr: plan.NewCall(function.SPL, "mvdedup", f.Span, &plan.Field{Name: f.Text, Span: f.Span})})
			}
		}
		if len(n.Aggs) == 0 {
			if !p.diags.Failed() {
				p.errorf(commandSpan(c), "missing-aggregate", "stats needs an aggregate function such as count")
			}
			return in
		}
		n.In = evenFor(n.In, n.Aggs)
		return g.computed(p.shortened(n, n.Aggs, commandSpan(c)), n.Keys)
	},
}

// columnNamed lowers a plain field and warns if no row has it.
func (p *planner) columnNamed(in plan.Node) func(*ast.Name) plan.Expr {
	return func(n *ast.Name) plan.Expr {
		p.checkNames(in, []*ast.Name{n})
		return &plan.Field{Name: n.Text, Span: n.Span}
	}
}
