package op

import (
	"iter"
	"slices"
	"strings"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// internal says whether a column is one that joins and appended columns leave alone unless it is named.
func internal(name string) bool { return strings.HasPrefix(name, "_") || column.Hidden(name) }

// beside is b with columns of other rows: of row with[i] of right beside row i, of none if there is no such row. Where both have a value,
// override says which one counts.
func beside(b, right *column.Batch, with []uint32, names []string, override bool) *column.Batch {
	alone := slices.ContainsFunc(with, func(row uint32) bool { return int(row) >= right.Rows })
	for _, name := range names {
		own, from := b.Col(name), right.Col(name)
		if empty(own) && !alone {
			b = b.With(name, from.Pick(with))
			continue
		}
		values := make([]column.Value, b.Rows)
		for i, row := range with {
			values[i] = own.Value(i)
			if int(row) >= right.Rows || !override && !values[i].IsNull() {
				continue
			}
			if v := from.Value(int(row)); !v.IsNull() {
				values[i] = v
			}
		}
		b = b.With(name, column.FromValues(values))
	}
	return b
}

// appendColumns puts the rows of two streams beside each other.
func (r *runner) appendColumns(n *plan.AppendColumns, need plan.Need) column.Stream {
	left, right := r.stream(n.Left, need.Of(n, 0)), r.stream(n.Right, need.Of(n, 1))
	return func(yield func(*column.Batch, error) bool) {
		held, err := r.pile(right)
		if err != nil {
			yield(nil, err)
			return
		}
		names := slices.DeleteFunc(slices.Clone(held.all.names), internal)
		next, stop := iter.Pull2(under(names, held.stream(), r.BatchRows))
		defer stop()
		other := &rowReader{next: next}
		for b, err := range left {
			var beneath *column.Batch
			if err == nil {
				beneath, err = other.take(b.Rows, names)
			}
			if err == nil {
				b = beside(b, beneath, all(b.Rows), names, n.Override)
			}
			if !yield(b, err) || err != nil {
				return
			}
		}
		for { // Splunk gives the rows that are left over, too
			rest, err := other.take(r.BatchRows, names)
			if err != nil {
				yield(nil, err)
				return
			}
			if rest.Rows == 0 || !yield(beside(column.NewBatch(column.NewSchema(), nil, rest.Rows), rest, all(rest.Rows), names, true), nil) {
				return
			}
		}
	}
}

// rowReader reads as many rows of a stream at a time as are asked for.
type rowReader struct {
	next  func() (*column.Batch, error, bool)
	batch *column.Batch // what is left of the last one; may be nil
}

// take is the next n rows, or fewer at the end.
func (p *rowReader) take(n int, names []string) (*column.Batch, error) {
	var parts []*column.Batch
	for n > 0 {
		if p.batch == nil || p.batch.Rows == 0 {
			b, err, more := p.next()
			if err != nil {
				return nil, err
			}
			if !more {
				break
			}
			p.batch = b
			continue
		}
		some := min(n, p.batch.Rows)
		parts = append(parts, p.batch.Slice(0, some))
		p.batch, n = p.batch.Slice(some, p.batch.Rows), n-some
	}
	t := newRows(parts, nil)
	t.names = names
	return t.all(), nil
}
