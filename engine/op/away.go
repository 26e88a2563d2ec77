package op

import (
	"slices"

	"spoor/engine/column"
	"spoor/engine/spill"
)

// pieceBytes is about how many bytes are read back at a time from each of the runs that are merged.
const pieceBytes = 64 << 10

// pieceRows is how many rows of a table, which weighs so much, make such a piece.
func pieceRows(rows, bytes int) int {
	return max(1, min(1024, int(int64(rows)*pieceBytes/int64(max(bytes, 1)))))
}

// inventory is the columns of rows that were put away, in the order in which they were met, and whether a row has a value in them.
type inventory struct {
	names  []string
	filled map[string]bool
}

func (v *inventory) add(name string, filled bool) {
	if v.filled == nil {
		v.filled = map[string]bool{}
	}
	old, met := v.filled[name]
	if !met {
		v.names = append(v.names, name)
	}
	v.filled[name] = old || filled
}

func (v *inventory) join(from *inventory) {
	for _, name := range from.names {
		v.add(name, from.filled[name])
	}
}

// putAway writes what is held into a run, in the order of the keys.
func (c *collector) putAway() {
	if c.rows == 0 {
		return
	}
	if c.leaving != nil {
		c.leaving()
	}
	t := c.held(nil)
	c.note(t)
	run := c.space.Run()
	for b := range c.inOrder(t) {
		run.Add(b)
		if run.Rows() == c.limit && len(c.keys) > 0 {
			c.last = keysOf(b, c.keys)
		}
	}
	c.runs = append(c.runs, run)
	c.batches, c.rows, c.bundles, c.bundled = nil, 0, nil, 0
	c.account.Release()
}

// inOrder is what is held as it is put away.
func (c *collector) inOrder(t *rows) column.Stream {
	if len(c.keys) == 0 {
		return batched(c.batches)
	}
	bytes := 0
	for _, b := range c.batches {
		bytes += spill.Weight(b)
	}
	return c.sorted(t, pieceRows(t.n, bytes))
}

// note takes the columns of a table into the inventory.
func (c *collector) note(t *rows) {
	for _, name := range t.names {
		c.away.add(name, (c.filled || c.loose) && t.any(name))
	}
}

// columns is the columns of the result.
func (c *collector) columns() []string {
	all := inventory{}
	all.join(&c.away)
	t := c.held(nil)
	for _, name := range t.names {
		all.add(name, (c.filled || c.loose) && !all.filled[name] && t.any(name))
	}
	names := all.names
	if c.arrange != nil {
		names = c.arrange(names)
	}
	names = c.read(names)
	if c.filled || c.loose {
		names = slices.DeleteFunc(names, func(name string) bool { return !column.Hidden(name) && !all.filled[name] })
	}
	return names
}

// united is the rows that were put away and those that were not, which came last.
func (c *collector) united() column.Stream {
	names := c.columns()
	var held column.Stream = nothing
	if c.rows > 0 {
		t := c.held(nil)
		held = c.sorted(t, c.size)
	}
	if len(c.keys) > 0 {
		c.runs = narrowed(c.space, c.runs, c.keys, c.away.names)
		parts := append(streams(c.runs), held)
		return first(merge(parts, c.keys, names, c.size), c.limit)
	}
	return first(under(names, chained(append(streams(c.runs), held)), c.size), c.limit)
}

// reduce leaves no more rows than there may be, and only their columns.
func (c *collector) reduce() {
	if len(c.runs) == 0 {
		if len(c.batches) > 0 {
			c.compact()
		}
		return
	}
	out := &collector{loose: c.loose, filled: c.filled, space: c.space}
	run := c.space.Run()
	for b, err := range c.united() {
		if err != nil {
			return // the space keeps it
		}
		out.note(newRows([]*column.Batch{b}, nil))
		run.Add(b)
	}
	c.release()
	c.runs, c.away, c.batches, c.rows = []*spill.Run{run}, out.away, nil, 0
}

// release forgets all.
func (c *collector) release() {
	c.account.Release()
	for _, r := range c.runs {
		r.Free()
	}
	c.runs = nil
}

func streams(runs []*spill.Run) []column.Stream {
	out := make([]column.Stream, len(runs))
	for i, r := range runs {
		out[i] = r.All()
	}
	return out
}

// under is batches with the given columns, and in pieces of at most n rows.
func under(names []string, in column.Stream, n int) column.Stream {
	schema := column.NewSchema(names...)
	return func(yield func(*column.Batch, error) bool) {
		for b, err := range in {
			if err != nil {
				yield(nil, err)
				return
			}
			cols := make([]column.Vector, len(names))
			for i, name := range names {
				cols[i] = b.Col(name)
			}
			for piece := range pieces(column.NewBatch(schema, cols, b.Rows), n) {
				if !yield(piece, nil) {
					return
				}
			}
		}
	}
}

// first is the first n rows; all if n is 0.
func first(in column.Stream, n int) column.Stream {
	if n == 0 {
		return in
	}
	return limit(in, n)
}
