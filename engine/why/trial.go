package why

import (
	"maps"

	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/plan"
)

// trial is the way of an event up to where rows meet, on which no condition takes it out: each says in columns what it is of the event.
type trial struct {
	columns
	plan    plan.Node
	member  *Condition // that the event is in the dataset
	filters []*Condition
	stages  []*stageAsked
	time    string
	feeds   map[string]plan.Expr // how events of the kind fill the dataset's fields; nil if there is none
	table   []string             // the fields that the process table may fill
}

// stageAsked is a stage of a sequence and the columns of its keys.
type stageAsked struct {
	cond *Condition
	keys []string
}

// newTrial makes the trial of a path for events of a kind. ok is false if the dataset of the path has none.
func newTrial(p path, kind string) (t *trial, ok bool) {
	scan := *p.scan()
	scan.Earliest, scan.Latest, scan.Clock.Needed = column.Beginning, column.End, false
	t = &trial{plan: &scan}
	for i := 1; i < p.apart(); i++ {
		switch n := p[i].(type) {
		case *plan.View:
			if !t.enter(n, kind) {
				return nil, false
			}
		case *plan.Filter:
			if !p.weakened(i) {
				t.filters = append(t.filters, t.ask(n.Cond))
			}
		case *plan.Enrich:
			t.plan, t.table = n.With(t.plan, n.Starts), n.Fields
		default:
			t.plan = n.With(t.plan)
		}
	}
	if i := p.apart(); i < len(p) {
		t.askStages(p[i])
	}
	from := len(t.assigns)
	t.time = t.add(&plan.Field{Name: plan.EventTime})
	t.extend(from)
	t.plan = t.wanted(t.plan)
	return t, true
}

// extend gives the rows the columns from the from-th on.
func (t *trial) extend(from int) {
	if len(t.assigns) > from {
		t.plan = &plan.Extend{In: t.plan, Assigns: t.assigns[from:len(t.assigns):len(t.assigns)]}
	}
}

// ask asks a condition of the rows as they are by now.
func (t *trial) ask(cond plan.Expr) *Condition {
	from := len(t.assigns)
	c := t.condition(cond)
	t.extend(from)
	return c
}

// enter is the view without its condition for events of the kind, which is asked of the event's own fields.
func (t *trial) enter(v *plan.View, kind string) bool {
	name, kv := kind, v.Kinds[kind]
	if kv == nil {
		name, kv = "", v.Kinds[""]
	}
	if kv == nil {
		return false
	}
	t.feeds = kv.Fields
	own := *kv
	own.Where, own.Fields = nil, maps.Clone(kv.Fields)
	if own.Fields == nil {
		own.Fields = map[string]plan.Expr{}
	}
	if kv.Where != nil {
		t.member = t.condition(kv.Where)
	}
	out := *v
	out.In, out.Kinds = t.plan, maps.Clone(v.Kinds)
	out.Kinds[name] = &own
	for _, a := range t.assigns {
		own.Fields[a.Name] = a.Expr
	}
	t.plan = t.wanted(&out)
	return true
}

// askStages asks the conditions of all stages of a sequence, and what their keys are.
func (t *trial) askStages(n plan.Node) {
	from := len(t.assigns)
	for _, s := range stagesOf(n) {
		asked := &stageAsked{cond: t.condition(s.Cond)}
		for _, k := range s.Keys {
			asked.keys = append(asked.keys, t.add(&plan.Field{Name: k.Field}))
		}
		t.stages = append(t.stages, asked)
	}
	t.extend(from)
}

// stagesOf is the stages of a sequence, behind them until, or the filters of a sample; nil if the node is neither.
func stagesOf(n plan.Node) []plan.Stage {
	switch n := n.(type) {
	case *plan.Sequence:
		stages := n.Stages[:len(n.Stages):len(n.Stages)]
		if n.Until != nil {
			stages = append(stages, *n.Until)
		}
		return stages
	case *plan.Sample:
		return n.Filters
	}
	return nil
}

// row is where a row stands.
type row struct {
	batch *column.Batch
	at    int
}

// of is the row's value of a column.
func (r row) of(name string) column.Value { return r.batch.Col(name).Value(r.at) }

// most is how many rows that rest on one event are looked at.
const most = 1000

// rows runs a plan in place of the rule's own, and gives the first rows.
func (a *asking) rows(n plan.Node, o engine.RunOptions, first int) ([]row, error) {
	return a.take(a.Program.Replanned(n).Run(a.ctx, o), first, func(row) bool { return true })
}

// resting is the first rows of a plan that rest on the event.
func (a *asking) resting(n plan.Node, first int) ([]row, error) {
	marked := a.Program.Replanned(n).Marking(a.event.Position())
	return a.take(marked.Run(a.ctx, a.Run), first, func(r row) bool { return !r.of(plan.Proof).IsNull() })
}

// take is the first rows of a result that are wanted.
func (a *asking) take(result *engine.Result, first int, wanted func(row) bool) (out []row, err error) {
	for b, err := range result.Rows() {
		if err != nil {
			return nil, err
		}
		b = b.Keep()
		for i := range b.Rows {
			if r := (row{b, i}); wanted(r) {
				out = append(out, r)
			}
		}
		if len(out) >= first {
			out = out[:first]
			break
		}
	}
	a.warnings = append(a.warnings, result.Diagnostics()...)
	return out, nil
}

// fill gives the conditions the values of a row.
func (t *trial) fill(r row) {
	t.member.fill(r.of)
	for _, c := range t.filters {
		c.fill(r.of)
	}
	for _, s := range t.stages {
		s.cond.fill(r.of)
	}
}

// passes says whether all conditions are true of a row.
func (t *trial) passes(r row) bool {
	for _, c := range append(t.filters[:len(t.filters):len(t.filters)], t.member) {
		if c != nil && !r.of(c.truth).True() {
			return false
		}
	}
	return true
}

// best is the row of which most is true: that which passes, or the first.
func (t *trial) best(list []row) row {
	for _, r := range list {
		if t.passes(r) {
			return r
		}
	}
	return list[0]
}
