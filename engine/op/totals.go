package op

import (
	"slices"

	"spoor/engine/aggregate"
	"spoor/engine/column"
	"spoor/engine/plan"
)

// newSum is a running sum, which is exact: its result does not depend on the order of what is added.
func newSum() aggregate.State {
	f, _, _ := aggregate.Lookup("sum")
	return f.New(0)
}

// rowTotals adds the column with the sum of each row's numbers.
func rowTotals(n *plan.Totals) step {
	return func(b *column.Batch) *column.Batch {
		sums := newSum()
		rows := all(b.Rows)
		for i, name := range b.Schema.Names {
			if n.Adds(name) {
				sums.Add(rows, []column.Vector{spread(b.Cols[i])})
			}
		}
		values := column.ToValues(sums.Result(b.Rows))
		for i, v := range values {
			if v.IsNull() {
				values[i] = column.Integer(0)
			}
		}
		return b.With(n.Row, column.FromValues(values))
	}
}

// columnTotals gives the rows, and behind them one with the sums of their columns. Of no rows there is none.
func columnTotals(in column.Stream, n *plan.Totals) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		var names []string
		sums := map[string]aggregate.State{}
		for b, err := range in {
			if err != nil {
				yield(nil, err)
				return
			}
			if n.LabelField != "" && b.Schema.Slot(n.LabelField) < 0 {
				b = b.With(n.LabelField, column.Nulls(b.Rows))
			}
			for i, name := range b.Schema.Names {
				if !slices.Contains(names, name) {
					names = append(names, name)
				}
				if b.Rows == 0 || name != n.Row && !n.Adds(name) || name == n.LabelField {
					continue
				}
				if sums[name] == nil {
					sums[name] = newSum()
				}
				sums[name].Add(make([]uint32, b.Rows), []column.Vector{spread(b.Cols[i])})
			}
			if !yield(b, nil) {
				return
			}
		}
		if len(sums) == 0 {
			return
		}
		cols := make([]column.Vector, len(names))
		for i, name := range names {
			cols[i] = column.Nulls(1)
			if s := sums[name]; s != nil {
				cols[i] = s.Result(1)
			}
			if name == n.LabelField {
				cols[i] = &column.Const{V: column.Str(n.Label), N: 1}
			}
		}
		yield(column.NewBatch(column.NewSchema(names...), cols, 1), nil)
	}
}
