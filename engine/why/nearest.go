package why

import (
	"cmp"
	"context"
	"slices"

	"spoor/engine/aggregate"
	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// near is an event that comes near to a rule, and how many others lack the same.
type near struct {
	position int64
	score    float64 // of conditions, or of stages of a sequence
	alike    int64
}

// mostNear is how many events Nearest gives at most.
const mostNear = 1000

// Nearest answers the question for the n events of the inputs that come nearest to a result, the nearest first. Of events that lack the same only the
// first is among them.
func (q *Question) Nearest(ctx context.Context, n int) ([]*Answer, error) {
	settled, errs := q.Program.Settled(ctx, q.Run)
	if errs.Failed() {
		return nil, errs
	}
	a := &asking{Question: *q, ctx: ctx}
	a.Program = settled
	var all []near
	for _, p := range paths(settled.Lowered) {
		var found []near
		var err error
		if i := p.apart(); i < len(p) && stagesOf(p[i]) != nil {
			found, err = a.nearSequences(p)
		} else {
			found, err = a.nearConditions(p, p.conditions())
		}
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	slices.SortStableFunc(all, func(x, y near) int {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.position, y.position))
	})
	all = slices.CompactFunc(all, func(x, y near) bool { return x.position == y.position })
	var out []*Answer
	for _, x := range all[:min(len(all), n, mostNear)] {
		ordinal, offset := column.UnpackPosition(x.position)
		answer, err := q.Ask(ctx, Place{Ordinal: ordinal, Offset: offset, ByOffset: true})
		if err != nil {
			return nil, err
		}
		answer.Alike = x.alike
		answer.Warnings = append(answer.Warnings, a.warnings...)
		a.warnings = nil
		out = append(out, answer)
	}
	return out, nil
}

// conditions is the filters on the path up to where rows meet, as they were written.
func (p path) conditions() (out []placed) {
	for i := 1; i < p.apart(); i++ {
		if f, is := p[i].(*plan.Filter); is && !p.weakened(i) {
			out = append(out, placed{i, f.Cond})
		}
	}
	return out
}

// placed is a condition and which node of a path asks it.
type placed struct {
	at   int
	cond plan.Expr
}

// pattern is the column that tells of a row which of the conditions are true of it: a letter for each. The others are of all rows of a pattern.
const (
	pattern = prefix + "pattern"
	countOf = prefix + "count"
	firstOf = prefix + "first"
)

// nearConditions is the events by which of the conditions they lack, for each such set the first.
func (a *asking) nearConditions(p path, conds []placed) ([]near, error) {
	n, trees := asked(p, conds)
	var units []*Condition
	for _, c := range trees {
		units = c.units(units)
	}
	if units == nil {
		return nil, nil
	}
	list, err := a.rows(counted(n, units), a.Run, mostPatterns)
	if err != nil {
		return nil, err
	}
	out := make([]near, 0, len(list))
	for _, r := range list {
		bits := r.of(pattern).Text()
		for i, u := range units {
			u.Mark = map[bool]Mark{true: True, false: False}[bits[i] == 't']
		}
		x := near{position: r.of(firstOf).Int(), alike: r.of(countOf).Int() - 1}
		for _, c := range trees {
			x.score += c.score()
		}
		out = append(out, x)
	}
	return out, nil
}

// asked is the rows of the path up to where rows meet, with the conditions as columns instead of as filters.
func asked(p path, conds []placed) (n plan.Node, trees []*Condition) {
	var all columns
	n = p[0]
	for i := 1; i < p.apart(); i++ {
		if _, is := p[i].(*plan.Filter); !is {
			n = p.over(i, n)
		}
		from := len(all.assigns)
		for _, c := range conds {
			if c.at == i {
				trees = append(trees, all.condition(c.cond))
			}
		}
		if to := len(all.assigns); to > from {
			n = &plan.Extend{In: n, Assigns: all.assigns[from:to:to]}
		}
	}
	return n, trees
}

// counted counts rows by which of the conditions are true of them.
func counted(n plan.Node, units []*Condition) plan.Node {
	count, _, _ := aggregate.Lookup("count")
	least, _, _ := aggregate.Lookup("min")
	n = &plan.Extend{In: n, Assigns: []plan.Assign{{Name: pattern, Expr: letters(units)}}}
	return &plan.Aggregate{In: n, Keys: []string{pattern}, Aggs: []plan.Agg{
		{Func: count, As: countOf},
		{Func: least, Args: []plan.Expr{&plan.Field{Name: plan.Position}}, As: firstOf},
	}}
}

// letters is a text with a t for each condition that is true, and an f for each other one. It is put together in halves: where each letter is added
// to all before it, the expression is as deep as there are conditions.
func letters(units []*Condition) plan.Expr {
	if len(units) > 1 {
		half := len(units) / 2
		return plan.NewCall(function.SPL, ".", source.Span{}, letters(units[:half]), letters(units[half:]))
	}
	yes, no := &plan.Const{V: column.Str("t")}, &plan.Const{V: column.Str("f")}
	return plan.NewCall(function.SPL, "if", source.Span{}, &plan.Field{Name: units[0].truth}, yes, no)
}

// mostPatterns is how many sets of conditions are told apart.
const mostPatterns = 1_000_000

// units is the conditions that a score counts.
func (c *Condition) units(to []*Condition) []*Condition {
	switch {
	case c == nil:
		return to
	case c.Op == "" || c.Op == "not":
		return append(to, c)
	}
	for _, p := range c.Parts {
		to = p.units(to)
	}
	return to
}

// score is how many conjuncts are true. Of alternatives the one that is true for the most part counts.
func (c *Condition) score() (n float64) {
	switch {
	case c == nil:
		return 0
	case c.Op == "and":
		for _, p := range c.Parts {
			n += p.score()
		}
		return n
	case c.Op == "or":
		for _, p := range c.Parts {
			n = max(n, p.score()/float64(max(p.conjuncts(), 1)))
		}
		return n
	case c.Mark == True:
		return 1
	}
	return 0
}

// conjuncts is the highest score of a condition.
func (c *Condition) conjuncts() (n int) {
	if c == nil {
		return 0
	}
	if c.Op != "and" {
		return 1
	}
	for _, p := range c.Parts {
		n += p.conjuncts()
	}
	return n
}
