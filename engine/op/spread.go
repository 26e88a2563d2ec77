package op

import (
	"slices"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// spread sets the columns that the rows name. It must get all rows at once: they say which columns there are. New ones come by name.
func (bd *binder) spread(n *plan.Spread) step {
	name, expr := bd.bind(n.Name), bd.bind(n.Expr)
	return func(b *column.Batch) *column.Batch {
		names, values := name.eval(b), expr.eval(b)
		set := map[string][]column.Value{}
		var order []string
		for r := range b.Rows {
			if names.IsNull(r) {
				continue
			}
			to := names.Value(r).String()
			if to == "" || column.Hidden(to) {
				continue
			}
			if set[to] == nil {
				set[to] = column.ToValues(b.Col(to))
				order = append(order, to)
			}
			set[to][r] = values.Value(r)
		}
		slices.Sort(order)
		for _, to := range order {
			b = b.With(to, column.FromValues(set[to]))
		}
		return b
	}
}
