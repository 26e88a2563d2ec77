package eql

import (
	"slices"
	"strings"

	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

// events lowers `category where condition`: its events in order of time.
func (l *lowerer) events(e *ast.EventQuery, pipes []*ast.Pipe) plan.Node {
	timed := plan.NewCall(function.EQL, "exists", source.Span{}, &plan.Field{Name: plan.EventTime})
	cond := plan.And(timed, l.event(e))
	v, open := l.view([]*ast.EventQuery{e}, []plan.Stage{{Cond: cond}})
	var n plan.Node = v
	if len(open) > 0 {
		n = &plan.Filter{In: n, Cond: plan.Weaken(cond, open)}
		n = l.enriched(n, open)
	}
	n = &plan.Sort{In: &plan.Filter{In: n, Cond: cond}, Keys: l.order()}
	for _, p := range l.picks(pipes) {
		if p.Last {
			n = &plan.Reverse{In: &plan.Tail{In: n, N: p.N}}
		} else {
			n = &plan.Limit{In: n, N: p.N}
		}
	}
	return n
}

// event is the condition that an event is of the category and fulfils what stands after `where`.
func (l *lowerer) event(e *ast.EventQuery) plan.Expr {
	where := l.condition(e.Where, true)
	switch c, constant := where.(*plan.Const); {
	case e.Any:
		return where
	case constant && c.V.True():
		return l.ofCategory(e)
	}
	return plan.And(l.ofCategory(e), where)
}

func (l *lowerer) ofCategory(e *ast.EventQuery) plan.Expr {
	l.checkCategory(e)
	field := &plan.Field{Name: l.category, Span: e.CategoryAt}
	return plan.Holds(plan.NewCall(function.EQL, "==", e.CategoryAt, field, text(e.Category, e.CategoryAt)))
}

// checkCategory warns of a category that the schema does not have, unless the events are the user's own.
func (l *lowerer) checkCategory(e *ast.EventQuery) {
	var names []string
	for _, k := range l.feeds() {
		if name, ok := strings.CutPrefix(k.Name, "ecs/"); ok {
			names = append(names, name)
		}
	}
	if l.custom || slices.Contains(names, e.Category) {
		return
	}
	hint := or(source.Suggest(e.Category, names), "`any where` takes events of all categories; --category-field names another field of the category")
	l.warnf(e.CategoryAt, "unknown-category", "the Elastic Common Schema has no category %s: there are no such events unless they bring it", e.Category).
		WithHint("%s", hint)
}

// order is how events follow each other: those that lack the tiebreaker come last among those of one time.
func (l *lowerer) order() []plan.SortKey {
	by := plan.Auto
	if t := l.declared(l.tiebreaker); t == long || t == double {
		by = plan.Num
	}
	return []plan.SortKey{{Name: plan.EventTime, By: plan.Num}, {Name: l.tiebreaker, By: by}, {Name: plan.Position, By: plan.Num}}
}

// picks is the pipes, and after them the size that the caller set.
func (l *lowerer) picks(pipes []*ast.Pipe) []plan.Pick {
	var out []plan.Pick
	for _, p := range pipes {
		out = append(out, plan.Pick{N: p.Count, Last: p.Name == "tail"})
	}
	if l.Size > 0 {
		out = append(out, plan.Pick{N: l.Size, Last: true})
	}
	return out
}
