package op

import (
	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/engine/spill"
)

// attacher is the sink of plan.Attach: it keeps the rows, and the aggregates of their groups.
type attacher struct {
	*collector
	of    *aggregator
	found *spill.Run // the results for the rows in their order, if groups were put away
}

func (r *runner) attach(n *plan.Attach) func(*binder) Sink {
	collect := r.collect(n, nil, 0)
	return func(bd *binder) Sink {
		return &attacher{collector: collect(bd).(*collector), of: r.aggregator(&plan.Aggregate{Keys: n.Keys, Aggs: n.Aggs}, bd)}
	}
}

func (a *attacher) Add(b *column.Batch) bool {
	a.collector.Add(b)
	return a.of.Add(b)
}

func (a *attacher) Merge(from Sink) {
	f := from.(*attacher)
	a.collector.Merge(f.collector)
	a.of.Merge(f.of)
}

// Result is the rows with the aggregates. Their groups are looked up once more: to remember them would take as much as a column.
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

// attached is rows with the results of their groups.
func (a *attacher) attached(b *column.Batch, results []column.Vector) *column.Batch {
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
