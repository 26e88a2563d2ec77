package op

import (
	"math"
	"slices"
	"strings"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// table is all rows of a stream.
func (r *runner) table(in column.Stream) (*rows, error) {
	var batches []*column.Batch
	for b, err := range in {
		if err != nil {
			return nil, err
		}
		batches = append(batches, b.Keep())
	}
	return newRows(batches, nil), nil
}

// join gives every row of the left side the columns of its partners. The right side is read first, and held.
func (r *runner) join(n *plan.Join, need plan.Need) column.Stream {
	left, right := r.stream(n.Left, need.Of(n, 0)), r.stream(n.Right, need.Of(n, 1))
	return func(yield func(*column.Batch, error) bool) {
		held, err := r.table(right)
		if err != nil {
			yield(nil, err)
			return
		}
		keys := n.Keys
		if len(keys) == 0 {
			all, err := r.table(left)
			if err != nil {
				yield(nil, err)
				return
			}
			keys = common(all, held)
			left = func(yield func(*column.Batch, error) bool) {
				for _, b := range all.batches {
					if !yield(b, nil) {
						return
					}
				}
			}
		}
		p := newPartners(n, keys, held)
		for b, err := range left {
			if err == nil {
				b = p.joined(b)
			}
			if !yield(b, err) || err != nil {
				return
			}
		}
	}
}

// common is the columns in which both sides have values.
func common(left, right *rows) []string {
	return slices.DeleteFunc(slices.Clone(left.names), func(name string) bool {
		return internal(name) || !slices.Contains(right.names, name) || !left.any(name) || !right.any(name)
	})
}

// internal says whether a column is one that joins and appended columns leave alone unless it is named.
func internal(name string) bool { return strings.HasPrefix(name, "_") || column.Hidden(name) }

// partners finds the rows of the right side.
type partners struct {
	*plan.Join
	keys  []string
	right *column.Batch
	added []string // columns that the right side brings
	byKey map[string][]uint32
	times column.Vector // of the right side
}

func newPartners(n *plan.Join, keys []string, held *rows) *partners {
	p := &partners{Join: n, keys: keys, right: held.all(), byKey: map[string][]uint32{}}
	p.times = p.right.Col("_time")
	for _, name := range held.names {
		if !column.Hidden(name) && !slices.Contains(keys, name) {
			p.added = append(p.added, name)
		}
	}
	for row := range p.right.Rows {
		key, complete := dedupKey(p.right, keys, row)
		if complete && len(keys) > 0 && (p.Max == 0 || p.When != plan.AnyTime || len(p.byKey[key]) < p.Max) {
			p.byKey[key] = append(p.byKey[key], uint32(row))
		}
	}
	return p
}

// joined is the rows of b with those of their partners.
func (p *partners) joined(b *column.Batch) *column.Batch {
	var rows, with []uint32
	none := uint32(p.right.Rows)
	for row := range b.Rows {
		key, complete := dedupKey(b, p.keys, row)
		var found []uint32
		if complete {
			found = p.near(b.Col("_time").Value(row), p.byKey[key])
		}
		if len(found) == 0 && p.Outer {
			rows, with = append(rows, uint32(row)), append(with, none)
		}
		for _, f := range found {
			rows, with = append(rows, uint32(row)), append(with, f)
		}
	}
	return beside(b.Pick(rows), p.right, with, p.added, !p.Keep)
}

// near is those of some partners that a row of a time has.
func (p *partners) near(at column.Value, found []uint32) []uint32 {
	if p.When == plan.AnyTime {
		return found
	}
	var out []uint32
	for _, f := range found {
		own, ok := at.Number()
		other, known := p.times.Value(int(f)).Number()
		behind := math.Floor(own) - math.Floor(other)
		if !ok || !known || p.When == plan.NoLater && behind < 0 || p.When == plan.NoEarlier && behind > 0 {
			continue
		}
		if out = append(out, f); len(out) == p.Max {
			break
		}
	}
	return out
}

// beside is b with columns of other rows: of row with[i] of right beside row i, of none if there is no such row. Where both have a value,
// override says which one counts.
func beside(b, right *column.Batch, with []uint32, names []string, override bool) *column.Batch {
	for _, name := range names {
		own, from := b.Col(name), right.Col(name)
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
		held, err := r.table(right)
		if err != nil {
			yield(nil, err)
			return
		}
		other := held.all()
		names := slices.DeleteFunc(slices.Clone(held.names), internal)
		next := 0
		for b, err := range left {
			if err == nil {
				with := make([]uint32, b.Rows)
				for i := range with {
					with[i] = uint32(next + i)
				}
				next += b.Rows
				b = beside(b, other, with, names, n.Override)
			}
			if !yield(b, err) || err != nil {
				return
			}
		}
		if next < other.Rows { // Splunk gives the rows that are left over, too
			rest := other.Slice(next, other.Rows)
			yield(beside(column.NewBatch(column.NewSchema(), nil, rest.Rows), rest, all(rest.Rows), names, true), nil)
		}
	}
}

// set compares the rows of two streams.
func (r *runner) set(n *plan.Set, need plan.Need) column.Stream {
	left, right := r.stream(n.Left, need.Of(n, 0)), r.stream(n.Right, need.Of(n, 1))
	return func(yield func(*column.Batch, error) bool) {
		l, err := r.table(left)
		if err != nil {
			yield(nil, err)
			return
		}
		t, err := r.table(right)
		if err != nil {
			yield(nil, err)
			return
		}
		both := newRows(append(l.batches, t.batches...), nil).all()
		if both.Rows > 0 {
			pieces(both.Pick(setRows(both, l.n, n.Mode)), r.BatchRows)(yield)
		}
	}
}

// setRows is the rows that a Set gives of two tables, of which the first has n rows.
func setRows(both *column.Batch, n int, mode plan.SetMode) []uint32 {
	const first, second = 1, 2
	in := map[string]int{}
	texts := make([]string, both.Rows)
	names := both.Schema.Visible()
	for row := range both.Rows {
		texts[row] = rowText(both, names, row)
		if row < n {
			in[texts[row]] |= first
		} else {
			in[texts[row]] |= second
		}
	}
	var out []uint32
	given := map[string]bool{}
	for row, text := range texts {
		sides := in[text]
		if given[text] || mode == plan.Both && sides != first|second || mode == plan.Differing && sides == first|second {
			continue
		}
		given[text] = true
		out = append(out, uint32(row))
	}
	return out
}

// rowText is the names and values of a row as one text. Columns without a value do not count.
func rowText(b *column.Batch, names []string, row int) string {
	var text strings.Builder
	for _, name := range names {
		if key, ok := dedupKey(b, []string{name}, row); ok {
			text.WriteString(name)
			text.WriteByte(0)
			text.WriteString(key)
		}
	}
	return text.String()
}
