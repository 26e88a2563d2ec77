package op

import (
	"slices"
	"strings"

	"spoor/engine/column"
	"spoor/engine/lookup"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// toLookup writes the rows of a node into a table, and gives them on.
func (r *runner) toLookup(n *plan.ToLookup, need plan.Need) column.Stream {
	in := r.below(n, need)
	return func(yield func(*column.Batch, error) bool) {
		kept := &collector{size: r.BatchRows, limit: 0}
		for b, err := range in {
			if err != nil {
				yield(nil, err)
				return
			}
			kept.Add(b)
		}
		if diag := r.write(n, kept); diag != nil {
			yield(nil, diag)
			return
		}
		kept.Result()(yield)
	}
}

// write puts the rows that were kept into the table.
func (r *runner) write(n *plan.ToLookup, kept *collector) *source.Diagnostic {
	if kept.rows == 0 && n.KeepEmpty {
		return nil
	}
	definition, diag := r.Env.Lookups.Target(n.Span, n.Table)
	if diag != nil {
		return diag
	}
	columns := stored(newRows(kept.batches, nil).names)
	rows := func(yield func([]string) bool) {
		left := kept.rows
		if n.Max > 0 {
			left = min(left, n.Max)
		}
		for b := range kept.Result() {
			cols := make([]column.Vector, len(columns))
			for i, name := range columns {
				cols[i] = b.Col(name)
			}
			for at := 0; at < b.Rows && left > 0; at++ {
				left--
				cells := make([]string, len(cols))
				for i, c := range cols {
					cells[i] = cell(c.Value(at))
				}
				if !yield(cells) {
					return
				}
			}
		}
	}
	dropped, diag := r.Env.Lookups.Write(n.Span, definition, lookup.Output{Append: n.Append, Key: n.Key}, columns, rows)
	if diag == nil && len(dropped) > 0 && r.Env.Warn != nil {
		r.Env.Warn(source.Warnf(n.Span, "dropped-columns", "the lookup %s has no column %s: not written", n.Table, strings.Join(dropped, ", ")))
	}
	return diag
}

// stored is the columns that a lookup keeps: of the internal ones only the time and the key of a collection.
func stored(names []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		return column.Hidden(name) || strings.HasPrefix(name, "_") && name != "_time" && name != "_key"
	})
}

// cell is a value as a lookup holds it: times in seconds, so that they are numbers when they are read, and several values line by line.
func cell(v column.Value) string {
	items := v.Items()
	lines := make([]string, len(items))
	for i, x := range items {
		lines[i] = x.String()
	}
	return strings.Join(lines, "\n")
}
