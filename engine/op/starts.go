package op

import (
	"cmp"
	"slices"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// What is kept of the starts and ends of processes where the input can be read only once, in all workers together. The oldest go first.
const (
	mostStarts     = 1 << 20
	mostStartBytes = 256 << 20
)

// starts is the sink of events that start or end processes.
type starts struct {
	asked     *questions // nil: all are kept
	most      int        // starts, and ends; 0: any number
	mostBytes int

	table *processes
	rows  []column.Vector
}

func newStarts(fields []string, asked *questions, most, mostBytes int) *starts {
	return &starts{asked: asked, most: most, mostBytes: mostBytes, table: &processes{fields: fields, facts: newFacts(len(fields))},
		rows: make([]column.Vector, len(fields))}
}

func (s *starts) Add(b *column.Batch) bool {
	for i, f := range s.table.fields {
		s.rows[i] = b.Col(f)
	}
	id, at, pos := newIdentities(b), b.Col(plan.EventTime), b.Col(plan.Position)
	started, ended := column.Truths(b.Col(plan.Starts)), column.Truths(b.Col(plan.Ends))
	for r := range b.Rows {
		if at.IsNull(r) {
			continue
		}
		l := life{time: at.Value(r).Int(), pos: pos.Value(r).Int()}
		if started[r] == column.True {
			s.start(l, id, r)
		}
		if who, ok := id.byNumber(r); ok && ended[r] == column.True && s.asked.has(who) {
			l.process = who
			s.table.ends = append(s.table.ends, l)
		}
	}
	if s.most > 0 && (max(s.table.facts.rows, len(s.table.ends)) > s.most || s.table.bytes() > s.mostBytes) {
		s.table.forget()
	}
	clear(s.rows)
	return false
}

// start keeps the start of a process, under each of its names that is asked for.
func (s *starts) start(l life, id *identities, row int) {
	entity, named := id.byEntity(row)
	number, numbered := id.byNumber(row)
	named, numbered = named && s.asked.has(entity), numbered && s.asked.has(number)
	if !named && !numbered {
		return
	}
	l.fact = s.table.facts.add(s.rows, row)
	if l.process = entity; named {
		s.table.starts = append(s.table.starts, l)
	}
	if l.process = number; numbered {
		s.table.starts = append(s.table.starts, l)
	}
}

func (s *starts) Merge(from Sink) {
	f := from.(*starts).table
	s.table.copy(f, f.starts)
	s.table.ends = append(s.table.ends, f.ends...)
	s.table.forgotten += f.forgotten
}

func (s *starts) Result() column.Stream { return nothing }

// finish makes the table that answers the questions.
func (s *starts) finish(q *questions) *processes {
	unasked := func(l life) bool { return !q.has(l.process) }
	t := s.table
	t.starts, t.ends = slices.DeleteFunc(t.starts, unasked), slices.DeleteFunc(t.ends, unasked)
	t.sort()
	return t
}

func (t *processes) sort() {
	order := func(x, y life) int { return x.compare(&y) }
	slices.SortFunc(t.starts, order)
	slices.SortFunc(t.ends, order)
}

// with is a table that answers what either does. Nil answers nothing.
func (t *processes) with(other *processes) *processes {
	if t == nil || other == nil {
		return cmp.Or(t, other)
	}
	out := &processes{fields: t.fields, facts: newFacts(t.facts.width)}
	for _, from := range []*processes{t, other} {
		out.copy(from, from.starts)
		out.ends = append(out.ends, from.ends...)
	}
	out.sort()
	return out
}

// perLife is the size of a life.
const perLife = 40

func (t *processes) bytes() int { return t.facts.bytes() + perLife*(len(t.starts)+len(t.ends)) }

// copy takes over starts of another table.
func (t *processes) copy(from *processes, list []life) {
	facts := map[uint32]uint32{}
	for _, l := range list {
		fact, ok := facts[l.fact]
		if !ok {
			fact = t.facts.copy(&from.facts, l.fact)
			facts[l.fact] = fact
		}
		l.fact = fact
		t.starts = append(t.starts, l)
	}
}

// forget drops the older half of what is there.
func (t *processes) forget() {
	age := func(x, y life) int { return cmp.Or(cmp.Compare(x.time, y.time), cmp.Compare(x.pos, y.pos)) }
	both := slices.Concat(t.starts, t.ends)
	slices.SortFunc(both, age)
	oldest := both[len(both)/2]
	older := func(l life) bool { return age(l, oldest) < 0 }
	kept := &processes{fields: t.fields, facts: newFacts(t.facts.width)}
	kept.copy(t, slices.DeleteFunc(t.starts, older))
	t.forgotten += t.facts.rows - kept.facts.rows
	t.facts, t.starts, t.ends = kept.facts, kept.starts, slices.DeleteFunc(t.ends, older)
}

// startsWhere is the chain that brings the starts and ends of processes for which a condition holds; nil is none.
func (r *runner) startsWhere(e *plan.Enrich, cond plan.Expr) chain {
	conds := []plan.Expr{plan.Or(&plan.Field{Name: plan.Starts}, &plan.Field{Name: plan.Ends})}
	if cond != nil {
		conds = append(conds, cond)
	}
	return r.startsOf(e, conds, plan.Everything().Of(e, 1))
}

// startsOf is the chain that brings events, for which conditions hold, of those that start or end processes.
func (r *runner) startsOf(e *plan.Enrich, conds []plan.Expr, need plan.Need) chain {
	return r.chain(r.lowerStarts(e, conds), need)
}

// lowerStarts is what such a chain is made of.
func (r *runner) lowerStarts(e *plan.Enrich, conds []plan.Expr) plan.Lower {
	f := flow{}
	var ok bool
	if f.lower, ok = plan.Cut(e.Starts); !ok {
		r.bd.fail(source.Errorf(source.Span{}, "internal", "the starts of processes do not come from a scan"))
		return plan.Lower{Scan: &plan.Scan{}}
	}
	for _, cond := range conds {
		f = f.where(cond)
	}
	return f.lower
}

// among is the condition that a field has one of the values. A whole number in a field of decimals may be written in many ways: events are
// not looked for by its digits.
func (r *runner) among(field string, values []column.Value) plan.Expr {
	var any []plan.Expr
	for some := range slices.Chunk(values, mostAlternatives) {
		args := []plan.Expr{&plan.Field{Name: field}}
		for _, v := range some {
			args = append(args, &plan.Const{V: v})
			if v.Kind() == column.Int && r.Types[field] == column.Float {
				args = append(args, &plan.Const{V: column.Real(float64(v.Int()))}) // which has no digits to look for
			}
		}
		any = append(any, plan.Holds(plan.NewCall(function.EQL, "in", source.Span{}, args...)))
	}
	return plan.Or(any...)
}

// mostAlternatives is how many values one call may compare with and still give the scan texts to look for.
const mostAlternatives = 256

// findStarts reads the inputs once more, for the starts of the processes that are asked for.
func (r *runner) findStarts(e *plan.Enrich, q *questions) (*starts, error) {
	found := newStarts(e.Fields, q, 0, 0)
	if len(q.asked) == 0 {
		return found, nil
	}
	at, placed := r.places(e, q)
	var cond plan.Expr
	if q.few() && !placed { // the scan can look for their names
		cond = plan.Or(r.among(plan.EntityID, q.entities), r.among(plan.ProcessID, q.numbers))
	}
	chains := []chain{r.startsWhere(e, cond)}
	workers := make([]*worker, r.Workers)
	for i := range workers {
		workers[i] = r.newWorker(chains)
		workers[i].lines[0].sink = newStarts(e.Fields, q, 0, 0)
	}
	if err := r.failed(); err != nil {
		return nil, err
	}
	d := demand(chains)
	d.At = at
	if err := r.consume(r.Rescan, d, workers); err != nil {
		return nil, err
	}
	for _, w := range workers {
		found.Merge(w.lines[0].sink)
	}
	return found, nil
}
