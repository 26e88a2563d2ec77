package spl

import (
	"math"

	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var bin = Command{
	Name:    "bin",
	Aliases: []string{"bucket", "discretize"},
	Syntax:  "bin [span=<span>] [bins=<count>] [minspan=<span>] [start=<number>] [end=<number>] <field> [as <field>]",
	Doc:     "Replace values by the range that they lie in: times by the start of a span such as 5m or 1d, numbers by text such as 0-10. Without a span, the width is a power of ten (a round time for times) that gives at most 100 ranges, or as many as bins says.",
	Notes:   "span=log, and aligntime, cannot run.",
	Options: []Option{
		{Name: "span", Value: "<span>", Doc: "The width of a range: 5m or 1d for times, a number for numbers."},
		{Name: "bins", Value: "<count>", Default: "100", Doc: "How many ranges there may be at most, if there is no span."},
		{Name: "minspan", Value: "<number>", Doc: "The least width that may be chosen."},
		{Name: "start", Value: "<number>", Doc: "Where the ranges begin, if the least value is greater."},
		{Name: "end", Value: "<number>", Doc: "Where the ranges end, if the greatest value is less."},
	},
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		span := a.option("span")
		n := &plan.Bins{In: in, N: a.count("bins", 100), Start: a.number("start", math.NaN()), End: a.number("end", math.NaN())}
		n.MinSpan = a.number("minspan", 0)
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
		case span != nil:
			return extend(in, plan.Assign{Name: n.As, Expr: p.binned(n.Field, span)})
		case n.N < 1:
			p.errorf(commandSpan(c), "bad-number", "bin needs at least one range")
		}
		return n
	},
}

// binned is a field cut to the spans that an option gives.
func (p *planner) binned(field string, span ast.Node) plan.Expr {
	s, _ := literal(span)
	return p.checked(plan.NewCall(function.Command, "bin", span.At(), &plan.Field{Name: field, Span: span.At()}, text(s, span.At())))
}
