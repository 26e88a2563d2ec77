package op

import (
	"slices"

	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/engine/spill"
)

// aggregator is the sink of plan.Aggregate: one running state per aggregate, indexed by group.
type aggregator struct {
	node   *plan.Aggregate
	bd     *binder
	rows   int // batch size of the result
	keys   []evaluator
	groups *groups
	states []state
	wild   bool

	space   *spill.Space
	account *spill.Account
	leaving func()      // is called before groups are put away; may be nil
	away    *partitions // nil: nothing was put away
	depth   int         // how often the groups were divided before
	frames  [][]byte    // what concerns all groups that were divided, by aggregate; nil: they were not
}

func newAggregator(n *plan.Aggregate, bd *binder, rows int) *aggregator {
	a := &aggregator{node: n, bd: bd, rows: rows, groups: newGroups(len(n.Keys))}
	for _, k := range n.Keys {
		a.keys = append(a.keys, &fieldRef{name: k})
	}
	for _, agg := range n.Aggs {
		if agg.Wild != "" {
			a.wild = true
			continue
		}
		a.states = append(a.states, a.state(agg))
	}
	a.lay()
	return a
}

// aggregator is one that may put groups away.
func (r *runner) aggregator(n *plan.Aggregate, bd *binder) *aggregator {
	a := newAggregator(n, bd, r.BatchRows)
	if a.space = r.Space; len(n.Keys) > 0 {
		a.account = r.Space.Account()
	}
	return a
}

func (a *aggregator) Add(b *column.Batch) bool {
	a.take(b)
	return a.space.Err() != nil
}

// take adds rows, and says what grouped says of them.
func (a *aggregator) take(b *column.Batch) (in *column.Batch, group []uint32) {
	if a.wild {
		a.expand(b.Schema.Names)
	}
	b, group = a.grouped(b)
	var whole wholes
	for _, s := range a.states {
		args := make([]column.Vector, len(s.args))
		for i, ev := range s.args {
			args[i] = spread(ev.eval(b))
		}
		if s.whole {
			args[0] = whole.of(args[0])
		}
		s.Add(group, args)
	}
	a.settle()
	return b, group
}

// grouped is the rows that are in a group, each as often as it is in one, and their groups.
func (a *aggregator) grouped(b *column.Batch) (in *column.Batch, group []uint32) {
	b, keys := a.keyed(b)
	if len(keys) > 1 { // of a row that lacks a key, the other keys must not count
		b, keys = whole(b, keys)
	}
	group, kept := a.groups.number(keys, b.Rows)
	if kept != nil {
		b = b.Pick(kept)
	}
	return b, group
}

// keyed is the rows, each as often as it has combinations of keys, and the keys.
func (a *aggregator) keyed(b *column.Batch) (*column.Batch, []column.Vector) {
	keys := make([]column.Vector, len(a.keys))
	for i, k := range a.keys {
		keys[i] = spread(k.eval(b))
		if _, ok := keys[i].(*column.Multis); ok {
			return a.keyed(explode(b, a.node.Keys[i]))
		}
	}
	return b, keys
}

// whole is the rows that have all keys, and their keys.
func whole(b *column.Batch, keys []column.Vector) (*column.Batch, []column.Vector) {
	kept := complete(keys, b.Rows)
	if kept == nil {
		return b, keys
	}
	out := make([]column.Vector, len(keys))
	for i, k := range keys {
		out[i] = k.Pick(kept)
	}
	return b.Pick(kept), out
}

// complete is the rows that have a value in all columns; nil if all have.
func complete(cols []column.Vector, rows int) []uint32 {
	lacking, any := make([]bool, rows), false
	for _, c := range cols {
		any = column.Lacking(c, lacking) || any
	}
	if !any {
		return nil
	}
	kept := make([]uint32, 0, rows)
	for r, lacks := range lacking {
		if !lacks {
			kept = append(kept, uint32(r))
		}
	}
	return kept
}

// spread is the vector in a form that shows whether it holds lists.
func spread(v column.Vector) column.Vector {
	switch d := v.(type) {
	case *column.Dict:
		if d.Dictionary.Lists() {
			return column.Flatten(v)
		}
	case *column.Const:
		return column.Flatten(v)
	}
	return v
}

// explode gives each value of a field a row of its own; rows without a value stay.
func explode(b *column.Batch, field string) *column.Batch {
	v := b.Col(field)
	var rows []uint32
	var values []column.Value
	for r := range b.Rows {
		items := v.Value(r).Items()
		if len(items) == 0 {
			items = []column.Value{{}}
		}
		for _, x := range items {
			rows, values = append(rows, uint32(r)), append(values, x)
		}
	}
	b = b.With(field, column.Nulls(b.Rows)) // do not repeat every list for each of its values
	return b.Pick(rows).With(field, column.FromValues(values))
}

func (a *aggregator) Merge(from Sink) { a.merge(from.(*aggregator)) }

// merge takes the groups of another one: group i is to[i] then, or keeps its number if there is no such list.
func (a *aggregator) merge(f *aggregator) (to []uint32) {
	if f.wild { // it got no rows, and so does not know its columns
		return nil
	}
	if a.wild {
		a.wild, a.groups, a.states, a.away = false, f.groups, f.states, f.away
		a.account.Take(f.account)
		return nil
	}
	if a.away != nil || f.away != nil {
		a.divided()
		f.putAway()
		a.away.join(f.away)
		return nil
	}
	to = a.groups.merge(f.groups)
	a.mergeStates(f, to)
	f.account.Release()
	f.groups, f.states = nil, nil // the sinks of all workers last as long as the result is read
	a.settle()
	return to
}

// Result is one row per group in the order of the keys: numbers by size before text by bytes.
func (a *aggregator) Result() column.Stream {
	if a.away != nil {
		return a.united(a.names(), a.rows)
	}
	return a.held(a.names(), a.rows)
}

// names is the columns of the result.
func (a *aggregator) names() []string {
	names := slices.Clone(a.node.Keys)
	for _, s := range a.states {
		if !slices.Contains(names, s.as) {
			names = append(names, s.as)
		}
	}
	return names
}

// held is the groups that are held, in batches of so many rows with the given columns.
func (a *aggregator) held(names []string, size int) column.Stream {
	n := a.groups.n
	if len(a.keys) == 0 {
		n = 1 // a row even of nothing
	}
	results := make([]column.Vector, len(a.states))
	var order []uint32
	a.together(1+len(results), func(i int) {
		if i == 0 {
			order = a.groups.sorted()
		} else {
			results[i-1] = a.states[i-1].Result(n)
		}
	})
	schema := column.NewSchema(names...)
	return func(yield func(*column.Batch, error) bool) {
		for from := 0; from < n || from == 0; from += size {
			some := order[from:min(from+size, n)]
			cols := make([]column.Vector, len(names))
			for k := range a.keys {
				cols[k] = a.groups.values(k, some)
				if i := schema.Slot(keyName(k)); i >= 0 {
					cols[i] = cols[k]
				}
			}
			for i, s := range a.states {
				cols[schema.Slot(s.as)] = results[i].Pick(some) // the later of equal names wins
			}
			if !yield(column.NewBatch(schema, cols, len(some)), nil) {
				return
			}
		}
	}
}

// together does n things that have nothing to do with each other, at once if there are many groups.
func (a *aggregator) together(n int, do func(i int)) {
	const many = 1 << 12
	if a.groups.n < many {
		for i := range n {
			do(i)
		}
		return
	}
	if err := parallel(n, do); err != nil {
		panic(err)
	}
}
