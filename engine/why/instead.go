package why

import (
	"slices"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// Instead is the event that comes nearest to the stage that was waited for, of those with its keys and in its time.
type Instead struct {
	Member
	Condition *Condition // the stage's, of this event
}

// inTime is the conditions that an event has the time of one for which an ending waited.
func (e *Ending) inTime(n *plan.Sequence) []plan.Expr {
	at := &plan.Field{Name: plan.EventTime}
	bound := func(op string, ns int64) plan.Expr {
		return plan.NewCall(function.SPL, op, source.Span{}, at, &plan.Const{V: column.Nanos(ns)})
	}
	span := int64(n.MaxSpan)
	if e.End == Orphan {
		out := []plan.Expr{bound("<=", e.By.Time)}
		if span > 0 {
			out = append(out, bound(">=", e.By.Time-span))
		}
		return out
	}
	out := []plan.Expr{bound(">=", e.Events[len(e.Events)-1].Time)}
	if span > 0 {
		out = append(out, bound("<=", e.Events[0].Time+span))
	}
	return out
}

// mostStrangers is how many events of other keys are shown.
const mostStrangers = 3

// strangers finds events of the stage that was waited for which have other keys.
func (a *asking) strangers(p path, n *plan.Sequence, e *Ending) error {
	stage := n.Stages[e.Next]
	cond := plan.And(append([]plan.Expr{stage.Cond}, e.inTime(n)...)...)
	list, err := a.offersWhere(p, []plan.Expr{cond}, []plan.Stage{stage}, mostStrangers+1)
	for _, o := range list {
		if o.Stage = e.Next; o.Position != a.event.Position() && len(e.Others) < mostStrangers {
			e.Others = append(e.Others, o.Member)
		}
	}
	return err
}

// instead finds the event with the keys of the sequence that comes nearest to the stage that was waited for, if one fulfils any of its conditions.
func (a *asking) instead(p path, n *plan.Sequence, e *Ending) error {
	stage, keys := n.Stages[e.Next], e.keys()
	conds := e.inTime(n)
	for k, key := range stage.Keys {
		conds = append(conds, equals(key.Field, keys[k].Value))
	}
	var asked columns
	c := asked.condition(stage.Cond)
	at, pos := asked.add(&plan.Field{Name: plan.EventTime}), asked.add(&plan.Field{Name: plan.Position})
	in := &plan.Extend{In: &plan.Filter{In: p[p.apart()-1], Cond: plan.And(conds...)}, Assigns: asked.assigns}
	order := []plan.SortKey{{Name: plan.EventTime, By: plan.Num}, {Name: plan.Position, By: plan.Num}}
	list, err := a.rows(&plan.Sort{In: in, Keys: order, Limit: most}, a.Run, most)
	if err != nil || c == nil {
		return err
	}
	best, score := row{}, 0.0
	for _, r := range list {
		if e.has(r.of(pos).Int()) {
			continue
		}
		if c.fill(r.of); c.score() > score {
			best, score = r, c.score()
		}
	}
	if score == 0 {
		return nil
	}
	c.fill(best.of)
	c.decide()
	e.Instead = &Instead{Member{Stage: e.Next, Position: best.of(pos).Int()}, c}
	e.Instead.Time, _ = best.of(at).Instant()
	return nil
}

// keys is the keys of the events of an ending.
func (e *Ending) keys() []Seen {
	if e.By != nil && len(e.Events) == 0 {
		return e.By.Keys
	}
	return slices.Clone(e.Events[0].Keys)
}
