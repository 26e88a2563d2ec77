package op

import (
	"spoor/engine/column"
	"spoor/engine/plan"
)

// expand gives each value of a field a row of its own.
func expand(n *plan.Expand) step {
	return func(b *column.Batch) *column.Batch {
		v := spread(b.Col(n.Field))
		if _, lists := v.(*column.Multis); !lists {
			return b
		}
		if n.Limit > 0 {
			values := column.ToValues(v)
			for i, x := range values {
				if items := x.Items(); len(items) > n.Limit {
					values[i] = column.Multi(items[:n.Limit])
				}
			}
			b = b.With(n.Field, column.FromValues(values))
		}
		return explode(b, n.Field)
	}
}
