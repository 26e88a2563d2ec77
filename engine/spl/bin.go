package spl

import (
	"math"
	"strconv"
	"strings"
	"time"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/engine/timerange"
	"spoor/grammar/ast"
)

var bin = Command{
	Name:    "bin",
	Aliases: []string{"bucket", "discretize"},
	Syntax:  "bin [span=<span>] [bins=<count>] [minspan=<span>] [start=<number>] [end=<number>] [aligntime=(earliest|latest|<time>)] <field> [as <field>]",
	Doc:     "Replace values by the range that they lie in: times by the start of a span such as 5m or 1d, numbers by text such as 0-10. span=2log3 gives ranges that begin at powers of 3, times 2. Without a span, the width is a power of ten (a round time for times) that gives at most 100 ranges, or as many as bins says.",
	Notes:   "aligntime=earliest and latest are the bounds of the time searched, and change nothing where there are none. What is no number, and among times what is no time of the years 1678 to 2261, stays as it is.",
	Options: []Option{
		{Name: "span", Value: "<span>", Doc: "The width of a range: 5m or 1d for times, a number for numbers, log10 or 2log3 for logarithms."},
		{Name: "bins", Value: "<count>", Default: "100", Doc: "How many ranges there may be at most, if there is no span."},
		{Name: "minspan", Value: "<span>", Doc: "The least width that may be chosen."},
		{Name: "aligntime", Value: "earliest|latest|<time>", Doc: "A time at which a span begins, if the spans are shorter than a day."},
		{Name: "start", Value: "<number>", Doc: "Where the ranges begin, if the least value is greater."},
		{Name: "end", Value: "<number>", Doc: "Where the ranges end, if the greatest value is less."},
	},
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		span := a.option("span")
		n := &plan.Bins{In: in, N: p.bins(a, 100), Start: a.number("start", math.NaN()), End: a.number("end", math.NaN())}
		n.MinSpan = p.leastSpan(a)
		align := p.alignment(a)
		for _, alias := range take(a, every[*ast.Alias]) {
			n.Field, _ = literal(alias.What)
			n.As = alias.As.Text
		}
		for _, name := range a.names() {
			n.Field, n.As = name.Text, name.Text
			p.checkNames(in, []*ast.Name{name})
		}
		a.done()
		switch {
		case n.Field == "":
			p.errorf(commandSpan(c), "missing-field", "bin needs a field")
			return in
		case n.Start >= n.End: // of neither, or one of them, nothing is greater
			p.errorf(commandSpan(c), "bad-range", "the ranges of bin would begin at %g and end at %g: start is less than end", n.Start, n.End)
			return in
		case span != nil:
			return extend(in, plan.Assign{Name: n.As, Expr: p.aligned(p.binned(n.Field, span), align)})
		}
		return n
	},
}

// leastSpan is the option minspan: a number, or the seconds of a span of time.
func (p *planner) leastSpan(a *args) float64 {
	v := a.option("minspan")
	if v == nil {
		return 0
	}
	text, _ := literal(v)
	if n, err := strconv.ParseFloat(text, 64); err == nil && n >= 0 && !math.IsInf(n, 1) {
		return n
	}
	span, diag := function.ParseSpan(text, v.At())
	if diag != nil {
		p.report(diag)
		return 0
	}
	return column.Seconds(span.After(0, time.UTC))
}

// alignment is the option aligntime: a time in nanoseconds, 0 without one.
func (p *planner) alignment(a *args) int64 {
	v := a.option("aligntime")
	if v == nil {
		return 0
	}
	text, _ := literal(v)
	at := int64(0)
	switch strings.ToLower(text) {
	case "earliest":
		at = p.scan.Earliest
	case "latest":
		at = p.scan.Latest
	default:
		t, err := timerange.Parse(text, p.now(), p.Env.Zone)
		if err != nil {
			p.errorf(v.At(), "bad-time", "%s", err)
			return 0
		}
		at = t.UnixNano()
	}
	if at == column.Beginning || at == column.End {
		return 0
	}
	return at
}

// aligned is the call of bin with a time at which a span begins.
func (p *planner) aligned(e plan.Expr, at int64) plan.Expr {
	c, ok := e.(*plan.Call)
	if !ok || at == 0 {
		return e
	}
	return plan.NewCall(function.Command, "bin", c.Span, c.Args[0], c.Args[1], &plan.Const{V: column.Real(column.Seconds(at)), Span: c.Span})
}

// binned is a field cut to the spans that an option gives.
func (p *planner) binned(field string, span ast.Node) plan.Expr {
	s, _ := literal(span)
	return p.checked(plan.NewCall(function.Command, "bin", span.At(), &plan.Field{Name: field, Span: span.At()}, text(s, span.At())))
}
