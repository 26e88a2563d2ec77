package op

import (
	"slices"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// format makes one row of the rows of a stream: a search expression.
func format(in column.Stream, n *plan.Format) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		var texts []string
		for b, err := range in {
			if err != nil {
				yield(nil, err)
				return
			}
			for r := 0; r < b.Rows && (n.Max == 0 || len(texts) < n.Max); r++ {
				if text := formatRow(b, r, n); text != "" {
					texts = append(texts, text)
				}
			}
			if n.Max > 0 && len(texts) == n.Max {
				break
			}
		}
		text := &column.Const{V: column.Str(n.All(texts)), N: 1}
		yield(column.NewBatch(column.NewSchema("search"), []column.Vector{text}, 1), nil)
	}
}

func formatRow(b *column.Batch, r int, n *plan.Format) string {
	fields := n.Fields
	if fields == nil {
		names := slices.DeleteFunc(slices.Clone(b.Schema.Names), internal)
		slices.Sort(names)
		for _, name := range names {
			fields = append(fields, plan.FormatField{Name: name, As: name})
		}
	}
	values := make([][]string, len(fields))
	for i, f := range fields {
		v := b.Col(f.Name).Value(r)
		if v.IsNull() {
			continue
		}
		for _, item := range v.Items() {
			values[i] = append(values[i], item.String())
		}
	}
	return n.Row(fields, values)
}
