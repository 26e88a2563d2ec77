package op

import (
	"spoor/engine/column"
	"spoor/engine/plan"
)

// made is the rows of plan.Rows. They have positions, as events do, for what tells rows apart by them.
func made(n *plan.Rows, size int) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		schema := column.NewSchema(n.Names...).Plus(plan.Position)
		for from := 0; from == 0 || from < n.N; from += size {
			to := min(from+size, n.N)
			cols := make([]column.Vector, 0, len(n.Cols)+1)
			for _, c := range n.Cols {
				cols = append(cols, c.Slice(from, to))
			}
			places := &column.Ints{Values: make([]int64, to-from)}
			for i := range places.Values {
				places.Values[i] = int64(from + i)
			}
			if !yield(column.NewBatch(schema, append(cols, places), to-from), nil) {
				return
			}
		}
	}
}
