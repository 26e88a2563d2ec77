package op

import (
	"maps"
	"slices"

	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/engine/spill"
)

// attacher is the sink of plan.Attach: it keeps the rows, and the aggregates of their groups.
type attacher struct {
	*collector
	keeper
	of       *aggregator
	found    *spill.Run // the results for the rows in their order, if groups were put away
	renumber bool       // the groups of rows that were put away are those of another worker
}

// groupOf is the hidden column of the rows' groups. It is in batches of which each row is in one group.
const groupOf = "\x00group"

func (r *runner) attach(n *plan.Attach, need plan.Need) func(*binder) Sink {
	collect := r.collect(n, nil, 0)
	keep := plan.Need{All: need.All, Names: maps.Clone(need.Names)}
	for _, name := range n.Keys { // by which groups are looked up again
		keep.Names[name] = true
	}
	for _, agg := range n.Aggs {
		keep.All = keep.All || agg.Wild != ""
		keep.Names[agg.As] = true
	}
	return func(bd *binder) Sink {
		return &attacher{collector: collect(bd).(*collector), keeper: keeper{&keep}, of: r.aggregator(&plan.Aggregate{Keys: n.Keys, Aggs: n.Aggs}, bd)}
	}
}

func (a *attacher) Add(b *column.Batch) bool {
	in, group := a.of.take(b)
	known := in == b
	if b = a.keeper.wanted(b); known {
		numbers := make([]int64, b.Rows)
		for i, g := range group {
			numbers[i] = int64(g)
		}
		b = b.With(groupOf, &column.Ints{Values: numbers})
	}
	return a.collector.Add(b) || a.space.Err() != nil
}

func (a *attacher) Merge(from Sink) {
	f := from.(*attacher)
	if to := a.of.merge(f.of); to != nil {
		a.renumber = a.renumber || len(f.runs) > 0
		for i, b := range f.batches {
			f.batches[i] = regrouped(b, to)
		}
	}
	a.renumber = a.renumber || f.renumber
	a.collector.Merge(f.collector)
}

// regrouped is rows whose group i is to[i].
func regrouped(b *column.Batch, to []uint32) *column.Batch {
	old, ok := plainInts(b.Col(groupOf))
	if !ok {
		return without(b, groupOf)
	}
	numbers := make([]int64, len(old))
	for i, g := range old {
		numbers[i] = int64(to[g])
	}
	return b.With(groupOf, &column.Ints{Values: numbers})
}

func without(b *column.Batch, name string) *column.Batch {
	i := b.Schema.Slot(name)
	if i < 0 {
		return b
	}
	names, cols := slices.Delete(slices.Clone(b.Schema.Names), i, i+1), slices.Delete(slices.Clone(b.Cols), i, i+1)
	return column.NewBatch(column.NewSchema(names...), cols, b.Rows)
}

// Result is the rows with the aggregates.
func (a *attacher) Result() column.Stream {
	if a.of.away != nil {
		return a.answered()
	}
	return func(yield func(*column.Batch, error) bool) {
		n := a.of.groups.n
		if len(a.of.keys) == 0 {
			n = 1
		}
		results := make([]column.Vector, len(a.of.states))
		for i, s := range a.of.states {
			results[i] = s.Result(n)
		}
		for b, err := range a.collector.Result() {
			if err == nil {
				b = a.attached(b, results)
			}
			if !yield(b, err) || err != nil {
				return
			}
		}
	}
}

// attached is rows with the results of their groups, which are looked up again if they are not known.
func (a *attacher) attached(b *column.Batch, results []column.Vector) *column.Batch {
	known, ok := plainInts(b.Col(groupOf))
	b = without(b, groupOf)
	if ok && !a.renumber {
		group := make([]uint32, len(known))
		for i, g := range known {
			group[i] = uint32(g)
		}
		for i, s := range a.of.states {
			b = b.With(s.as, results[i].Pick(group))
		}
		return b
	}
	in, group := a.of.grouped(numbered(b))
	of := ordinals(in)
	plain := len(of) == b.Rows
	for i, row := range of {
		plain = plain && i == row
	}
	for i, s := range a.of.states {
		if plain {
			b = b.With(s.as, results[i].Pick(group))
		} else {
			b = b.With(s.as, scattered(b.Col(s.as), results[i], of, group))
		}
	}
	return b
}

// scattered is a column in which row of[i] gets the result of group[i], or a multivalue of the results of several groups.
func scattered(old, results column.Vector, of []int, group []uint32) column.Vector {
	values := column.ToValues(old)
	for i := 0; i < len(of); {
		var items []column.Value
		row := of[i]
		for ; i < len(of) && of[i] == row; i++ {
			items = append(items, results.Value(int(group[i])))
		}
		values[row] = column.Multi(items)
	}
	return column.FromValues(values)
}

// ordinal is the hidden column that numbers the rows of a batch while they are put into groups.
const ordinal = "\x00ordinal"

func numbered(b *column.Batch) *column.Batch {
	rows := make([]int64, b.Rows)
	for i := range rows {
		rows[i] = int64(i)
	}
	return b.With(ordinal, &column.Ints{Values: rows})
}

// ordinals is the numbers that numbered gave to rows.
func ordinals(b *column.Batch) []int {
	v := b.Col(ordinal)
	rows := make([]int, b.Rows)
	for i := range rows {
		rows[i] = int(v.Value(i).Int())
	}
	return rows
}
