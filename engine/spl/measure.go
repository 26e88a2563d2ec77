package spl

import (
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// measurement is a lookup that is a program elsewhere, and a function here: it makes column to of column from.
type measurement struct{ from, to, function string }

var measurements = map[string]measurement{
	"ut_shannon_lookup": {"word", "ut_shannon", "shannon"},
}

// measured is the measurement that a lookup stands for. A table of that name goes before it.
func (p *planner) measured(n *plan.Lookup) (measurement, bool) {
	m, ok := measurements[n.Table]
	if ok {
		_, diag := p.Env.Lookups.Find(n.Span, n.Table)
		ok = diag != nil
	}
	return m, ok
}

// measure sets a field to a measurement of another.
func (p *planner) measure(n *plan.Lookup, m measurement, keys, outputs []columnPair) plan.Node {
	if len(keys) != 1 || keys[0].Column != m.from {
		p.errorf(n.Span, "unknown-column", "the lookup %s looks for %s, and nothing else", n.Table, m.from)
		return n.In
	}
	var e plan.Expr = plan.NewCall(function.Command, m.function, n.Span, &plan.Field{Name: keys[0].As, Span: keys[0].at})
	as := m.to
	for _, o := range outputs {
		if o.Column != m.to {
			p.errorf(o.at, "unknown-column", "the lookup %s has no column %s", n.Table, o.Column).WithHint("%s", source.Suggest(o.Column, []string{m.to}))
		}
		as = o.As
	}
	if n.New {
		e = p.call("coalesce", n.Span, []plan.Expr{&plan.Field{Name: as, Span: n.Span}, e})
	}
	return extend(n.In, plan.Assign{Name: as, Expr: e})
}
