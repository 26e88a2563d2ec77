package op

import (
	"slices"

	"spoor/engine/aggregate"
	"spoor/engine/column"
	"spoor/engine/plan"
)

// window is plan.Window at work.
type window struct {
	node        *plan.Window
	bd          *binder
	of          *aggregator // only puts rows into groups
	aggs        []plan.Agg  // without wildcards, once the columns are known
	args        [][]evaluator
	reset, next evaluator      // nil: there is no such condition
	reads       *column.Schema // what next reads

	sets []*set // by group
	line queue  // of the rows of all groups
	age  int    // how often it began anew
	last []uint32
}

// set is the windows of one group, one for each aggregate.
type set struct {
	windows []aggregate.Window
	line    queue
	age     int // of the window when the set was made: a set of another age is of no use
}

// queue is rows in windows, the oldest first. They are kept only where rows leave the windows again.
type queue struct {
	rows []inside
	seen int64 // rows that came, whether or not they are still inside
}

// inside is a row in a window.
type inside struct {
	set  *set
	row  int64
	time int64
	args [][]column.Value // of each aggregate
}

func (r *runner) window(in column.Stream, n *plan.Window) column.Stream {
	w := &window{node: n, bd: r.bd, of: newAggregator(&plan.Aggregate{Keys: n.Keys}, r.bd, 0)}
	if !slices.ContainsFunc(n.Aggs, func(a plan.Agg) bool { return a.Wild != "" }) {
		w.prepare(n.Aggs)
	}
	if n.Reset != nil {
		w.reset = r.bd.bind(n.Reset)
	}
	if n.ResetNext != nil {
		w.next, w.reads = r.bd.bind(n.ResetNext), column.NewSchema(plan.Fields(n.ResetNext, nil)...)
	}
	return func(yield func(*column.Batch, error) bool) {
		w.anew()
		w.last = nil
		for b, err := range in {
			if err == nil {
				b = w.over(b)
			}
			if !yield(b, err) || err != nil {
				return
			}
		}
	}
}

func (w *window) prepare(aggs []plan.Agg) {
	w.aggs = aggs
	w.args = make([][]evaluator, len(aggs))
	for i, a := range aggs {
		w.args[i] = w.bd.arguments(a)
	}
}

func (w *window) sliding() bool { return w.node.Rows > 0 || w.node.Span > 0 }

// anew forgets all rows.
func (w *window) anew() {
	w.age++
	w.line = queue{}
}

// over is a batch with the aggregates.
func (w *window) over(b *column.Batch) *column.Batch {
	if w.args == nil {
		w.prepare(plan.Concrete(w.node.Aggs, w.node.Keys, b.Schema.Names))
	}
	in, group := w.of.grouped(numbered(b))
	of := ordinals(in)
	args := make([][]column.Vector, len(w.aggs))
	for i, evs := range w.args {
		for _, ev := range evs {
			args[i] = append(args[i], ev.eval(in))
		}
	}
	out := make([][]column.Value, len(w.aggs))
	for i, a := range w.aggs {
		out[i] = column.ToValues(b.Col(a.As))
	}
	var reset []column.Truth
	if w.reset != nil {
		reset = column.Truths(w.reset.eval(b))
	}
	times := b.Col("_time")
	for i := 0; i < len(of); {
		row, from := of[i], i
		for i < len(of) && of[i] == row {
			i++
		}
		at, timed := times.Value(row).Instant()
		if w.node.Span > 0 && !timed {
			continue
		}
		if reset != nil && reset[row] == column.True || w.node.OnChange && w.last != nil && !slices.Equal(w.last, group[from:i]) {
			w.anew()
		}
		w.last = append(w.last[:0], group[from:i]...)
		w.row(inside{time: at}, group[from:i], args, from, row, out)
		if w.next != nil && w.ends(b, row, out) {
			w.anew()
		}
	}
	for i, a := range w.aggs {
		b = b.With(a.As, column.FromValues(out[i]))
	}
	return b
}

// row takes a row into its groups and writes down what these say; the arguments of the i-th group are at from+i.
func (w *window) row(r inside, group []uint32, args [][]column.Vector, from, to int, out [][]column.Value) {
	sets := make([]*set, len(group))
	for i, g := range group {
		sets[i] = w.set(g)
		w.expire(w.queue(sets[i]), r.time)
	}
	if w.node.Before {
		note(sets, to, out)
	}
	for i, s := range sets {
		q := w.queue(s)
		if i == 0 || w.node.Own {
			q.seen++
		}
		r.set, r.row = s, q.seen
		r.args = make([][]column.Value, len(args))
		for a, vecs := range args {
			for _, v := range vecs {
				r.args[a] = append(r.args[a], v.Value(from+i))
			}
			s.windows[a].Add(r.args[a])
		}
		if w.sliding() {
			q.rows = append(q.rows, r.kept())
		}
		for w.node.Rows > 0 && q.rows[0].row <= q.seen-int64(w.node.Rows) {
			q.drop()
		}
	}
	if !w.node.Before {
		note(sets, to, out)
	}
}

// note writes down what the groups of a row say.
func note(sets []*set, row int, out [][]column.Value) {
	for a := range out {
		items := make([]column.Value, len(sets))
		for i, s := range sets {
			items[i] = s.windows[a].Value()
		}
		out[a][row] = column.Multi(items)
	}
}

// queue is the rows among which those of a group are counted.
func (w *window) queue(s *set) *queue {
	if w.node.Own {
		return &s.line
	}
	return &w.line
}

// set is the windows of a group.
func (w *window) set(group uint32) *set {
	for len(w.sets) <= int(group) {
		w.sets = append(w.sets, nil)
	}
	s := w.sets[group]
	if s == nil || s.age != w.age {
		s = &set{age: w.age}
		for _, a := range w.aggs {
			s.windows = append(s.windows, a.Func.Window(a.Param, w.sliding()))
		}
		w.sets[group] = s
	}
	return s
}

// expire drops the rows that are too far away in time.
func (w *window) expire(q *queue, now int64) {
	for span := int64(w.node.Span); span > 0 && len(q.rows) > 0; q.drop() {
		if d := now - q.rows[0].time; d > -span && d < span {
			return
		}
	}
}

// ends says whether a row, with its aggregates, is the last before the window begins anew.
func (w *window) ends(b *column.Batch, row int, out [][]column.Value) bool {
	cols := make([]column.Vector, len(w.reads.Names))
	for i, name := range w.reads.Names {
		v := b.Col(name).Value(row)
		if a := slices.IndexFunc(w.aggs, func(a plan.Agg) bool { return a.As == name }); a >= 0 {
			v = out[a][row]
		}
		cols[i] = &column.Const{V: v, N: 1}
	}
	return column.Truths(w.next.eval(column.NewBatch(w.reads, cols, 1)))[0] == column.True
}

// kept is the row with copies of its values.
func (r inside) kept() inside {
	for _, row := range r.args {
		for i, v := range row {
			row[i] = v.Clone()
		}
	}
	return r
}

// drop takes the oldest row out of its windows.
func (q *queue) drop() {
	r := q.rows[0]
	q.rows[0] = inside{}
	q.rows = q.rows[1:]
	for a, w := range r.set.windows {
		w.Remove(r.args[a])
	}
}
