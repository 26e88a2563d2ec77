package spl

import (
	"regexp"
	"strconv"
	"strings"

	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var trendline = Command{
	Name:   "trendline",
	Syntax: "trendline (sma|ema|wma)<count>(<field>) [as <field>]...",
	Doc: "Set fields to moving means of others: sma is the mean of the last numbers, as many as the count says; wma that mean with the newest number counted as often as the count says, the one before once less, and so on; " +
		"ema takes two parts in count+1 of each number and the rest of what it was, and begins as the first number. There is none before as many numbers have come. The result is called as it was written, such as sma5(x), unless as names it.",
	Notes: "Rows without a number get no mean, and do not count.",
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		t := &plan.Trail{In: in}
		for _, alias := range take(a, every[*ast.Alias]) {
			if call, ok := alias.What.(*ast.Call); ok {
				p.trend(t, call, alias.As.Text)
			} else {
				p.errorf(alias.Span, "not-a-trend", "this is no trend").WithHint("write sma5(field), ema5(field) or wma5(field)")
			}
		}
		for _, call := range take(a, every[*ast.Call]) {
			p.trend(t, call, "")
		}
		a.done()
		if len(t.Steps) == 0 {
			if !p.diags.Failed() {
				p.errorf(commandSpan(c), "missing-trend", "trendline needs a trend such as sma5(field)")
			}
			return in
		}
		return t
	},
}

var (
	trendName  = regexp.MustCompile(`^(?i:(sma|ema|wma)([0-9]+))$`)
	trendKinds = map[string]plan.TrailKind{"sma": plan.SimpleMean, "ema": plan.ExponentialMean, "wma": plan.WeightedMean}
)

// trend adds a step for one trend.
func (p *planner) trend(t *plan.Trail, c *ast.Call, as string) {
	m := trendName.FindStringSubmatch(c.Name)
	if m == nil || len(c.Args) != 1 {
		p.errorf(c.Span, "not-a-trend", "this is no trend").WithHint("write sma5(field), ema5(field) or wma5(field)")
		return
	}
	n, err := strconv.Atoi(m[2])
	if err != nil || n < 2 || n > mostSteps {
		p.errorf(c.Span, "bad-number", "a trend goes over 2 to %d rows, not %s", mostSteps, m[2])
		return
	}
	field, _ := literal(c.Args[0])
	p.checkNames(t.In, []*ast.Name{{Pos: ast.Pos{Span: c.Args[0].At()}, Text: field}})
	if as == "" {
		as = writtenName(c)
	}
	t.Steps = append(t.Steps, plan.TrailStep{Kind: trendKinds[strings.ToLower(m[1])], Field: field, As: as, N: n})
}
