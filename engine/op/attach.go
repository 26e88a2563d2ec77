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
	keys  []string // that nobody reads of the result; a row is kept without them as long as its group is known
	of    *aggregator
	found *spill.Run // the results for the rows in their order, if groups were put away
	again bool       // groups are looked up again: a row is in several, or was put away with the number that another worker gave its group
}

// groupOf is the hidden column of the rows' groups, null for rows in none.
const groupOf = "\x00group"

func (r *runner) attach(n *plan.Attach, need plan.Need) func(*binder) Sink {
	collect := r.collect(n, nil, 0)
	keep := plan.Need{All: need.All, Names: maps.Clone(need.Names)}
	for _, agg := range n.Aggs {
		keep.All = keep.All || agg.Wild != ""
		keep.Names[agg.As] = true
	}
	var keys []string
	for _, name := range n.Keys {
		if !keep.All && !keep.Names[name] {
			keys = append(keys, name)
		}
	}
	return func(bd *binder) Sink {
		a := &attacher{collector: collect(bd).(*collector), keeper: keeper{&keep}, keys: keys}
		a.of = r.aggregator(&plan.Aggregate{Keys: n.Keys, Aggs: n.Aggs}, bd)
		a.of.leaving, a.collector.leaving = a.recall, a.recall
		return a
	}
}

func (a *attacher) Add(b *column.Batch) bool {
	in, group := a.of.take(b)
	var null []bool
	if in != b && a.of.away == nil {
		in, group = a.of.grouped(numbered(b))
		group, null = perRow(b.Rows, ordinals(in), group)
	}
	kept := a.keeper.wanted(b)
	if group != nil && a.of.away == nil {
		kept = kept.With(groupOf, &column.Numbers{Values: group, Null: null})
	} else {
		a.again = true
		kept = a.with(kept, func(k int) column.Vector { return b.Col(a.of.node.Keys[k]) })
	}
	return a.collector.Add(kept) || a.space.Err() != nil
}

// perRow is the group of each row, if row of[i] is in group[i], and which rows are in none; nil if one is in several.
func perRow(rows int, of []int, group []uint32) (out []uint32, null []bool) {
	out, null = make([]uint32, rows), make([]bool, rows)
	for i := range null {
		null[i] = true
	}
	for i, row := range of {
		if !null[row] {
			return nil, nil
		}
		out[row], null[row] = group[i], false
	}
	return out, null
}

// recall gives all rows that are held their keys: their groups are about to go, or they themselves.
func (a *attacher) recall() {
	for i, b := range a.batches {
		group, null := groupsOf(b.Col(groupOf))
		a.batches[i] = a.with(b, func(k int) column.Vector {
			if null == nil {
				return a.of.groups.values(k, group)
			}
			values := make([]column.Value, b.Rows)
			for row, lacks := range null {
				if !lacks {
					values[row] = a.of.groups.key(int(group[row]), k)
				}
			}
			return column.FromValues(values)
		})
	}
}

// with is rows with the keys that they lack.
func (a *attacher) with(b *column.Batch, values func(k int) column.Vector) *column.Batch {
	for k, name := range a.of.node.Keys {
		if slices.Contains(a.keys, name) && b.Schema.Slot(name) < 0 {
			b = b.With(name, values(k))
		}
	}
	return b
}

func (a *attacher) Merge(from Sink) {
	f := from.(*attacher)
	if to := a.of.merge(f.of); to != nil {
		a.again = a.again || len(f.runs) > 0
		for i, b := range f.batches {
			f.batches[i] = regrouped(b, to)
		}
	}
	a.again = a.again || f.again
	a.collector.Merge(f.collector)
}

// regrouped is rows whose group i is to[i].
func regrouped(b *column.Batch, to []uint32) *column.Batch {
	if b.Schema.Slot(groupOf) < 0 {
		return b
	}
	old, null := groupsOf(b.Col(groupOf))
	out := make([]uint32, len(old))
	for i, g := range old {
		if null == nil || !null[i] {
			out[i] = to[g]
		}
	}
	return b.With(groupOf, &column.Numbers{Values: out, Null: null})
}

// groupsOf is the values of a column of numbers, and which rows have none.
func groupsOf(v column.Vector) (values []uint32, null []bool) {
	switch v := v.(type) {
	case *column.Numbers:
		return v.Values, v.Null
	case *column.Ints:
		values = make([]uint32, len(v.Values))
		for i, n := range v.Values {
			values[i] = uint32(n)
		}
		return values, v.Null
	}
	return make([]uint32, v.Len()), slices.Repeat([]bool{true}, v.Len())
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
		if a.again {
			a.recall()
		}
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

// attached is rows with the results of their groups.
func (a *attacher) attached(b *column.Batch, results []column.Vector) *column.Batch {
	group, null := groupsOf(b.Col(groupOf))
	b = without(b, groupOf)
	var of []int
	every := false // each row is in one group
	switch {
	case a.again:
		var in *column.Batch
		in, group = a.of.grouped(numbered(b))
		of = ordinals(in)
	case null != nil:
		of, group = present(group, null)
	default:
		every = true
	}
	for i, s := range a.of.states {
		if every {
			b = b.With(s.as, results[i].Pick(group))
		} else {
			b = b.With(s.as, scattered(b.Col(s.as), results[i], of, group))
		}
	}
	return b
}

// present is the rows that are in a group, and their groups.
func present(group []uint32, null []bool) (rows []int, of []uint32) {
	for row, lacks := range null {
		if !lacks {
			rows, of = append(rows, row), append(of, group[row])
		}
	}
	return rows, of
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
