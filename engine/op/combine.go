package op

import (
	"slices"
	"strconv"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// combining is the sink of plan.Combine, which keeps the rows in their order.
type combining struct {
	collector
	node *plan.Combine
}

func (s *combining) Merge(from Sink) { s.collector.Merge(&from.(*combining).collector) }

func (s *combining) Result() column.Stream {
	if len(s.batches) == 0 {
		return nothing
	}
	b := s.table().all()
	others := slices.DeleteFunc(b.Schema.Visible(), func(name string) bool { return name == s.node.Field || name == "_file" || name == "_offset" })
	v := b.Col(s.node.Field)
	at := map[string]int{} // the place in kept of a combination
	var kept []uint32
	var items [][]column.Value
	for r := range b.Rows {
		key := rowKey(b, others, r)
		i, seen := at[key]
		if !seen {
			i = len(kept)
			at[key] = i
			kept, items = append(kept, uint32(r)), append(items, nil)
		}
		items[i] = append(items[i], v.Value(r).Items()...)
	}
	values := make([]column.Value, len(items))
	for i, list := range items {
		values[i] = column.Multi(list)
	}
	b = b.Pick(kept)
	if b.Schema.Slot(s.node.Field) >= 0 {
		b = b.With(s.node.Field, column.FromValues(values))
	}
	return pieces(b, s.size)
}

// rowKey is the values of a row's fields as one text; a missing one differs from any.
func rowKey(b *column.Batch, fields []string, r int) string {
	var key []byte
	for _, f := range fields {
		v := b.Col(f).Value(r)
		for _, x := range v.Items() {
			text := x.String()
			key = append(strconv.AppendInt(key, int64(len(text)), 10), ':') // the text may hold any byte
			key = append(key, text...)
		}
		key = append(key, ',')
	}
	return string(key)
}
