package spl

import (
	"math"

	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var makecontinuous = Command{
	Name:   "makecontinuous",
	Syntax: "makecontinuous [span=<span>] [bins=<count>] [start=<number>] [end=<number>] [aligntime=(earliest|latest|<time>)] [<field>]",
	Doc:    "Fill the gaps of a field, which is _time unless one is named: its values become the starts of ranges, as wide as span says or so that there are at most 100, or as many as bins says. The rows come in their order, with a row that has nothing else for each range between them without any.",
	Notes:  "Rows without a number or a time in the field come last. Where more than 50000 ranges would have to be filled in, they are not, with a warning. All rows are held in memory.",
	Options: []Option{
		{Name: "span", Value: "<span>", Doc: "The width of a range: 5m or 1d for times and for seconds, a number for numbers."},
		{Name: "bins", Value: "<count>", Default: "100", Doc: "How many ranges there may be at most, if there is no span."},
		{Name: "start", Value: "<number>", Doc: "Where the ranges begin, if the least number is greater."},
		{Name: "end", Value: "<number>", Doc: "Where the ranges end, if the greatest number is less."},
		{Name: "aligntime", Value: "earliest|latest|<time>", Doc: "A time at which a range begins, if the ranges are shorter than a day."},
	},
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		n := &plan.Continuous{In: in, Field: "_time", N: max(1, a.count("bins", 100)), Start: a.number("start", math.NaN()), End: a.number("end", math.NaN()), Align: p.alignment(a)}
		if v := a.option("span"); v != nil {
			n.Span, _ = literal(v)
			if _, diag := function.ParseSpan(n.Span, v.At()); diag != nil {
				p.report(diag)
			}
		}
		names := a.names()
		a.done()
		if len(names) > 1 {
			p.errorf(names[1].Span, "argument-count", "makecontinuous takes one field")
		}
		if len(names) > 0 {
			n.Field = names[0].Text
			p.checkNames(in, names)
		}
		return n
	},
}
