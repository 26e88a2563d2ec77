package spl

import (
	"time"

	"spoor/engine/plan"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

var streamstats = Command{
	Name:   "streamstats",
	Syntax: "streamstats [<option>...] <aggregate>... [by <field>...]",
	Doc: "Give each row the aggregates of the rows up to it, in their order: events come newest first. By counts each group for itself; a row that lacks a field after by is passed over. " +
		"window=<count> lets only the last rows count, of all groups together or, with global=false, of each group; time_window=<span> only those whose _time is less than the span away, which wants rows in the order of time. " +
		"current=false leaves out the row itself. " +
		"reset_on_change=true begins anew when the fields after by change, reset_before at a row for which the expression is true, reset_after behind one: that expression may read the aggregates. It stands in parentheses, reset_before=(x==1), or in quotes within or around them: reset_before=\"(x==1)\", reset_before=(\"x==1\").",
	Notes: "Windows may be of any size; Splunk's, and those with --splunk-limits, hold 10,000 rows. A row exactly a time_window away does not count, and with time_window rows without _time are passed over. A row with a multivalue after by counts for each value, and gets the results of all of them.",
	Options: []Option{
		{Name: "window", Value: "<count>", Default: "0", Doc: "Let only the last so many rows count; 0 lets all."},
		{Name: "time_window", Value: "<span>", Doc: "Let only rows count whose _time is less than this away."},
		{Name: "current", Value: "<bool>", Default: "true", Doc: "Let the row itself count."},
		{Name: "global", Value: "<bool>", Default: "true", Doc: "Count the window over all groups together."},
		{Name: "allnum", Value: "<bool>", Default: "false", Doc: "Give a function of numbers no result if the field holds anything else."},
		{Name: "reset_on_change", Value: "<bool>", Default: "false", Doc: "Begin anew when the fields after by change."},
		{Name: "reset_before", Value: "(<expression>)", Doc: "Begin anew at a row for which this is true."},
		{Name: "reset_after", Value: "(<expression>)", Doc: "Begin anew behind a row for which this is true."},
	},
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		list, _, _ := a.clause("by", "groupby")
		list = a.behindBy(list)
		g := &aggregates{p: p, field: p.columnNamed(in), eval: p.knownFields(in), wild: true, allnum: a.flag("allnum", false)}
		n := &plan.Window{In: in, Rows: a.count("window", 0), Before: !a.flag("current", true), Own: !a.flag("global", true)}
		if l := p.limit("limit-window"); l != nil && n.Rows > l.Most {
			p.warnf(commandSpan(c), l.Name, "a window of streamstats holds %d rows (%s), not %d", l.Most, l.Name, n.Rows).WithHint("%s", l.cure())
			n.Rows = l.Most
		}
		n.OnChange, n.Span = a.flag("reset_on_change", false), p.timeWindow(a)
		before, after := a.option("reset_before"), a.option("reset_after")
		n.Aggs = g.take(a)
		a.done()
		n.Keys = g.keys(in, list)
		if !g.some(c, n.Aggs) {
			return in
		}
		n.In = evenFor(in, n.Aggs)
		n.Reset, n.ResetNext = p.condition(before, p.knownFields(in)), p.condition(after, p.knownFields(n))
		return g.computed(p.shortened(n, n.Aggs, commandSpan(c)), n.Keys)
	},
}

// timeWindow is the option time_window.
func (p *planner) timeWindow(a *args) time.Duration {
	v := a.option("time_window")
	if v == nil {
		return 0
	}
	span, _ := p.fixedSpan(v, "time_window")
	return span
}

// condition lowers an option that holds an eval expression: in parentheses or in double quotes.
func (p *planner) condition(v ast.Node, fields func(*ast.Field) plan.Expr) plan.Expr {
	switch v := v.(type) {
	case nil:
		return nil
	case *ast.Call:
		return p.eval(v.Args[0], fields)
	case *ast.String:
		var b source.Builder
		b.Insert(v.Text, v.Span)
		return p.expression(b.Text("").All(), fields)
	}
	p.errorf(v.At(), "not-a-condition", "this is no condition: write it in parentheses")
	return nil
}
