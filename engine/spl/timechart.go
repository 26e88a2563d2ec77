package spl

import (
	"slices"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var timechart = Command{
	Name: "timechart", Aliases: []string{"sitimechart"},
	Syntax: "timechart [<option>...] <aggregate>... [by <field>] [where <function> (in|notin) (top|bottom)<count> | where <function> (<|>) <number>]",
	Doc: "Aggregate the rows into a table with a row for each span of time and, with a by clause, a column for each value of a field. Without span it is the least of 1s, 5s, 10s, 30s, 1m, 5m, 10m, 30m, 1h, 1d, 1mon, 1y that gives at most 100 rows, or as many as bins says, for the time searched or, if that has no bounds, for the times found. " +
		"Spans without rows have a row too, over the whole time searched, or with fixedrange=false from the first to the last one that has any; cont=false leaves them out. partial=false leaves out spans that the bounds of the search cut. per_second(f), per_minute, per_hour and per_day are sums by the length of the span." + seriesDoc,
	Notes: "With a where clause limit= does not count. aligntime=earliest and latest are the bounds of the time searched, and change nothing where there are none. Where more than 50000 spans would have to be filled in, they are not, with a warning. Without a span and without bounds of the time searched all rows are kept until the last has come, in a file beyond --max-memory. sitimechart, which prepares rows for a summary index in Splunk, gives the same rows here as timechart.",
	Options: slices.Concat([]Option{
		{Name: "span", Value: "<span>", Doc: "The length of time of a row."},
		{Name: "bins", Value: "<count>", Default: "100", Doc: "How many rows there may be at most, if there is no span."},
		{Name: "minspan", Value: "<span>", Doc: "The least length of time that may be chosen."},
		{Name: "cont", Value: "<bool>", Default: "true", Doc: "Give rows for spans without events."},
		{Name: "fixedrange", Value: "<bool>", Default: "true", Doc: "Give such rows for all of the time searched, not only between the first event and the last."},
		{Name: "partial", Value: "<bool>", Default: "true", Doc: "Give spans that the bounds of the search cut."},
		{Name: "aligntime", Value: "earliest|latest|<time>", Doc: "A time at which a span begins, if the spans are shorter than a day."},
	}, seriesTable),
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		by, _, _ := a.clause("by", "groupby")
		by = a.behindBy(by)
		s := &plan.Spans{From: p.scan.Earliest, To: p.scan.Latest, Most: min(p.bins(a, 100), 50_000)}
		s.Fill, s.Window, s.Whole = a.flag("cont", true), a.flag("fixedrange", true), !a.flag("partial", true)
		s.Width, s.Least, s.Align = p.spanOption(a, "span"), p.spanOption(a, "minspan"), p.alignment(a)
		n := &plan.Chart{In: in, Row: "_time", Spans: s}
		p.series(a, n, &plan.Field{Name: plan.SpanSeconds})
		fields, _ := p.byList(by)
		if len(fields) > 1 {
			p.errorf(fields[1].Span, "argument-count", "timechart splits by one field").WithHint("join two with eval first")
		}
		if len(fields) > 0 {
			n.Split = fields[0].Text
			p.checkNames(in, fields)
		}
		if s.Width == "" && s.From != column.Beginning && s.To != column.End {
			s.Width = function.FittingSpan(s.From, s.To-1, s.Most, s.Least, p.Env.Zone)
		}
		p.checkNames(in, []*ast.Name{{Pos: ast.Pos{Span: commandSpan(c)}, Text: "_time"}})
		return p.charted(c, n)
	},
}

// spanOption is the width of time that an option gives; empty without it.
func (p *planner) spanOption(a *args, name string) string {
	v := a.option(name)
	if v == nil {
		return ""
	}
	width, _ := literal(v)
	if _, diag := function.ParseSpan(width, v.At()); diag != nil {
		p.report(diag)
	}
	return width
}

// bins is the option of that name: at least one range.
func (p *planner) bins(a *args, otherwise int) int {
	n := a.count("bins", otherwise)
	if n == 0 {
		p.errorf(commandSpan(a.c), "bad-number", "%s needs at least one range", a.c.Name).WithHint("leave bins= out, or write a number from 1 on")
		return otherwise
	}
	return n
}
