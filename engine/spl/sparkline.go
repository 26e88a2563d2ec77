package spl

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"spoor/engine/aggregate"
	"spoor/engine/plan"
	"spoor/engine/timerange"
	"spoor/grammar/ast"
)

// sparkline lowers `sparkline`, `sparkline(count, 1h)` and `sparkline(avg(x), 5m)`.
func (g *aggregates) sparkline(agg *plan.Agg, c *ast.Call) bool {
	if len(c.Args) == 0 {
		return true
	}
	if len(c.Args) > 2 {
		g.p.errorf(c.Span, "argument-count", "sparkline takes a function and a span").WithHint("syntax: %s", agg.Func.Syntax)
		return false
	}
	inner, ok := g.inner(c.Args[0])
	if !ok {
		return false
	}
	var span time.Duration
	if len(c.Args) == 2 {
		if span, ok = g.p.fixedSpan(c.Args[1], "sparkline"); !ok {
			return false
		}
	}
	agg.Func, agg.Args = aggregate.Sparkline(inner.Func, inner.Param, span), inner.Args
	return true
}

// inner is the aggregate that a sparkline draws.
func (g *aggregates) inner(n ast.Node) (agg plan.Agg, ok bool) {
	call, ok := n.(*ast.Call)
	if !ok {
		name, _ := literal(n)
		call = &ast.Call{Pos: ast.Pos{Span: n.At()}, Name: name}
	}
	f, param, ok := g.function(call)
	if !ok {
		return agg, false
	}
	agg = plan.Agg{Func: f, Param: param}
	switch {
	case !f.Sparks():
		g.p.errorf(n.At(), "no-sparkline", "sparkline cannot draw %s", f.Name).WithHint("it draws counts, sums, means, deviations, percentiles, min, max and range")
		return agg, false
	case len(call.Args) == 0 && f.NoArg:
		return agg, true
	case len(call.Args) != 1:
		g.p.errorf(n.At(), "argument-count", "%s takes one field", f.Name).WithHint("syntax: %s", f.Syntax)
		return agg, false
	}
	if name, ok := call.Args[0].(*ast.Name); ok && strings.Contains(name.Text, "*") && name.Quote != '\'' {
		g.p.errorf(n.At(), "no-wildcards", "sparkline takes no wildcards")
		return agg, false
	}
	return agg, g.argument(&agg, call.Args[0])
}

var fixedSpan = regexp.MustCompile(`^([0-9]*)([a-z]+)$`)

// fixedSpan is a span of time that is always as long.
func (p *planner) fixedSpan(n ast.Node, of string) (time.Duration, bool) {
	text, _ := literal(n)
	if m := fixedSpan.FindStringSubmatch(strings.ToLower(text)); m != nil {
		count, err := 1.0, error(nil)
		if m[1] != "" {
			count, err = strconv.ParseFloat(m[1], 64)
		}
		unit, _ := timerange.UnitNamed(m[2])
		length := unit.Length()
		switch unit {
		case timerange.Day:
			length = 24 * time.Hour
		case timerange.Week:
			length = 7 * 24 * time.Hour
		}
		if total := count * float64(length); err == nil && total >= float64(time.Millisecond) && total <= math.MaxInt64/4 {
			return time.Duration(total), true
		}
	}
	p.errorf(n.At(), "bad-span", "%q is no span for %s", text, of).WithHint("write a span from 1ms on, such as 30s, 5m, 1h, 1d or 1w")
	return 0, false
}
