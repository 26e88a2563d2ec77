package op

import (
	"sort"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// rows is the rows of many batches, numbered through, under the columns of all of them. Nothing is copied before it is asked for.
type rows struct {
	batches []*column.Batch
	starts  []int // number of each batch's first row
	names   []string
	n       int

	near    []uint32                 // by a row's number without its last bits: the batch of the first of these rows
	strands map[string]*column.Parts // the columns that rows were picked of
}

// nearBits is the last bits of a row's number.
const nearBits = 10

// newRows puts batches together. Their columns are in the order in which they are met, unless arrange says otherwise.
func newRows(batches []*column.Batch, arrange func(names []string) []string) *rows {
	t := &rows{batches: batches}
	seen := map[string]bool{}
	var last *column.Schema
	for _, b := range batches {
		t.starts = append(t.starts, t.n)
		t.n += b.Rows
		if b.Schema == last {
			continue
		}
		last = b.Schema
		for _, name := range b.Schema.Names {
			if !seen[name] {
				seen[name] = true
				t.names = append(t.names, name)
			}
		}
	}
	if arrange != nil {
		t.names = arrange(t.names)
	}
	return t
}

// column is one column of all rows.
func (t *rows) column(name string) column.Vector { return column.Concat(t.parts(name)) }

// parts is one column by batch.
func (t *rows) parts(name string) []column.Vector {
	parts := make([]column.Vector, len(t.batches))
	for i, b := range t.batches {
		parts[i] = b.Col(name)
	}
	return parts
}

// strand is one column to pick rows of.
func (t *rows) strand(name string) *column.Parts {
	s := t.strands[name]
	if s == nil {
		if t.strands == nil {
			t.strands = map[string]*column.Parts{}
		}
		s = column.NewParts(t.parts(name))
		t.strands[name] = s
	}
	return s
}

// prepare makes the rows ready for several who ask at once, for their keys and the columns.
func (t *rows) prepare(keys []plan.SortKey) {
	for _, name := range t.names {
		t.strand(name)
	}
	for _, k := range keys {
		t.strand(k.Name)
	}
	if t.n > 0 {
		t.find(0)
	}
}

// cells gives the cells of a column. It is fastest where rows are asked for one after another.
func (t *rows) cells(name string) func(row uint32) column.Value {
	strand, near := t.strand(name), neighbours{t: t}
	return func(row uint32) column.Value { return strand.Value(near.find(row)) }
}

// wholes gives the cells of a column as column.Ordinal has them.
func (t *rows) wholes(name string) func(row uint32) (int64, column.Kind) {
	strand, near := t.strand(name), neighbours{t: t}
	return func(row uint32) (int64, column.Kind) { return strand.Ordinal(near.find(row)) }
}

// neighbours finds rows that are in the batch of the last one at once.
type neighbours struct {
	t            *rows
	at, from, to int // the batch of the last row, and its rows
}

func (n *neighbours) find(row uint32) (batch, at int) {
	if r := int(row); r < n.from || r >= n.to {
		n.at, _ = n.t.find(row)
		n.from, n.to = n.t.starts[n.at], n.t.starts[n.at]+n.t.batches[n.at].Rows
	}
	return n.at, int(row) - n.from
}

// any says whether one of the rows has a value in a column.
func (t *rows) any(name string) bool {
	for _, b := range t.batches {
		v := b.Col(name)
		if c, ok := v.(*column.Const); ok && c.V.IsNull() {
			continue
		}
		for i := range v.Len() {
			if !v.IsNull(i) {
				return true
			}
		}
	}
	return false
}

// find is the batch that a row is in, and its number there.
func (t *rows) find(row uint32) (batch, at int) {
	if t.near == nil {
		t.near = make([]uint32, t.n>>nearBits+1)
		for i := range t.near {
			t.near[i] = uint32(sort.SearchInts(t.starts, i<<nearBits+1) - 1)
		}
	}
	batch = int(t.near[row>>nearBits])
	for batch+1 < len(t.starts) && t.starts[batch+1] <= int(row) {
		batch++
	}
	return batch, int(row) - t.starts[batch]
}

// gather is a batch of the given rows, in their order.
func (t *rows) gather(order []uint32) *column.Batch {
	batch, row := t.places(order)
	cols := make([]column.Vector, len(t.names))
	for c, name := range t.names {
		cols[c] = t.strand(name).Gather(batch, row)
	}
	return column.NewBatch(column.NewSchema(t.names...), cols, len(order))
}

// pack is gather for rows that will be held.
func (t *rows) pack(order []uint32) *column.Batch {
	batch, row := t.places(order)
	strands := make([]*column.Parts, len(t.names))
	for c, name := range t.names {
		strands[c] = t.strand(name)
	}
	return column.NewBatch(column.NewSchema(t.names...), column.PackRows(strands, batch, row), len(order)).PackTexts()
}

// places is the batches that rows are in, and their numbers there.
func (t *rows) places(order []uint32) (batch, row []uint32) {
	batch, row = make([]uint32, len(order)), make([]uint32, len(order))
	for i, r := range order {
		b, at := t.find(r)
		batch[i], row[i] = uint32(b), uint32(at)
	}
	return batch, row
}

// all is the rows as one batch.
func (t *rows) all() *column.Batch { return t.gather(all(t.n)) }
