package why

import (
	"slices"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// mostOffers is how many events with the keys of one are looked at.
const mostOffers = 100_000

// offered is an event of some stages.
type offered struct {
	Member
	stages []int
}

// offers is the events that any of the stages wants and that have the keys, in their order.
func (a *asking) offers(p path, stages []plan.Stage, keys []Seen) ([]offered, error) {
	var conds []plan.Expr
	for _, s := range stages {
		same := []plan.Expr{s.Cond}
		for k, key := range s.Keys {
			same = append(same, equals(key.Field, keys[k].Value))
		}
		conds = append(conds, plan.And(same...))
	}
	return a.offersWhere(p, conds, stages, mostOffers)
}

// equals is the condition that a field has a value, which may be none.
func equals(field string, v column.Value) plan.Expr {
	f := &plan.Field{Name: field}
	if v.IsNull() {
		return plan.NewCall(function.SPL, "isnull", source.Span{}, f)
	}
	return plan.Holds(plan.NewCall(function.EQL, "==", source.Span{}, f, &plan.Const{V: v}))
}

// offersWhere is the first events that satisfy any of the conditions, one for each stage, with their keys.
func (a *asking) offersWhere(p path, conds []plan.Expr, stages []plan.Stage, first int) (out []offered, err error) {
	n, offer := offering(p, conds, stages)
	n.Limit = first
	list, err := a.rows(n, a.Run, first)
	for _, r := range list {
		out = append(out, offer(r)...)
	}
	return out, err
}

// eachOffer visits all events that are one of the stages and can be joined.
func (a *asking) eachOffer(p path, stages []plan.Stage, visit func(offered)) error {
	var conds []plan.Expr
	for _, s := range stages {
		joinable := []plan.Expr{s.Cond}
		for _, k := range s.Keys {
			if !k.Optional {
				joinable = append(joinable, plan.NewCall(function.SPL, "isnotnull", source.Span{}, &plan.Field{Name: k.Field}))
			}
		}
		conds = append(conds, plan.And(joinable...))
	}
	n, offer := offering(p, conds, stages)
	result := a.Program.Replanned(n).Run(a.ctx, a.Run)
	for b, err := range result.Rows() {
		if err != nil {
			return err
		}
		for i := range b.Rows {
			for _, o := range offer(row{b, i}) {
				visit(o)
			}
		}
	}
	return nil
}

// offering is the events that satisfy any of the conditions, in order, and what reads them out of the rows: for each combination of keys one.
func offering(p path, conds []plan.Expr, stages []plan.Stage) (*plan.Sort, func(row) []offered) {
	var asked columns
	truths := make([]string, len(conds))
	keys := make([][]string, len(conds))
	for i, c := range conds {
		truths[i] = asked.add(c)
		for _, key := range stages[i].Keys {
			keys[i] = append(keys[i], asked.add(&plan.Field{Name: key.Field}))
		}
	}
	at, pos := asked.add(&plan.Field{Name: plan.EventTime}), asked.add(&plan.Field{Name: plan.Position})
	order := []plan.SortKey{{Name: plan.EventTime, By: plan.Num}, {Name: plan.Position, By: plan.Num}}
	if s, is := p[p.apart()].(*plan.Sequence); is && s.Tiebreaker != "" {
		order = slices.Insert(order, 1, plan.SortKey{Name: s.Tiebreaker, By: plan.Num})
	}
	in := &plan.Extend{In: &plan.Filter{In: p[p.apart()-1], Cond: plan.Or(conds...)}, Assigns: asked.assigns}
	return &plan.Sort{In: in, Keys: order}, func(r row) (out []offered) {
		for i := range conds {
			if !r.of(truths[i]).True() {
				continue
			}
			var own []Seen
			for k, name := range keys[i] {
				own = append(own, Seen{Name: stages[i].Keys[k].Field, Value: r.of(name).Clone()})
			}
			if k := slices.IndexFunc(out, func(o offered) bool { return keyOf(o.Keys) == keyOf(own) }); k >= 0 {
				out[k].stages = append(out[k].stages, i)
				continue
			}
			o := offered{Member: Member{Position: r.of(pos).Int(), Keys: own}, stages: []int{i}}
			o.Time, _ = r.of(at).Instant()
			out = append(out, o)
		}
		return out
	}
}
