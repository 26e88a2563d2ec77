package op

import (
	"spoor/engine/column"
	"spoor/engine/spill"
)

// divided is rows that were put away: some as they are, and the others in parts by a hash. They are numbered, so that they come together in
// their order.
type divided struct {
	space  *spill.Space
	depth  int // how often they were divided before
	plain  *spill.Run
	parts  [fan]*spill.Run
	row    int
	all    inventory
	schema *column.Schema // that was noted last
}

func newDivided(space *spill.Space, depth int) *divided {
	d := &divided{space: space, depth: depth, plain: space.Run()}
	for p := range d.parts {
		d.parts[p] = space.Run()
	}
	return d
}

// numbered is rows with their places, which those that were divided before have already.
func (d *divided) numbered(b *column.Batch) *column.Batch {
	if b.Schema.Slot(rowPlace) < 0 {
		places := &column.Ints{Values: make([]int64, b.Rows)}
		for i := range places.Values {
			places.Values[i] = int64(d.row + i)
		}
		d.row += b.Rows
		b = b.With(rowPlace, places)
	}
	return b
}

// add puts numbered rows away: a batch as it is, and of another one the rows that have hashes.
func (d *divided) add(plain, b *column.Batch, hashes map[uint32]uint64) {
	d.note(b.Schema)
	if plain.Rows > 0 {
		d.plain.Add(plain)
	}
	if len(hashes) == 0 {
		return
	}
	var rows [fan][]uint32
	for r := range uint32(b.Rows) {
		if h, ok := hashes[r]; ok {
			p := h >> (fanBits * d.depth) % fan
			rows[p] = append(rows[p], r)
		}
	}
	for p, some := range rows {
		if len(some) > 0 {
			d.parts[p].Add(b.Pick(some))
		}
	}
}

func (d *divided) note(s *column.Schema) {
	if s == d.schema {
		return
	}
	d.schema = s
	for _, name := range s.Names {
		d.all.add(name, false)
	}
}

// nothingOf is no row of a batch.
func nothingOf(b *column.Batch) *column.Batch { return b.Slice(0, 0) }

// merged is all rows in their order, those of the parts as a function gives them. Only what was divided before keeps its numbers.
func (d *divided) merged(of func(part *spill.Run, p int) column.Stream) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		parts := []*spill.Run{d.plain}
		for p, part := range d.parts {
			if part.Len() == 0 {
				continue
			}
			out := d.space.Run()
			for b, err := range of(part, p) {
				if err != nil {
					yield(nil, err)
					return
				}
				d.note(b.Schema)
				out.Add(b)
			}
			part.Free()
			parts = append(parts, out)
		}
		names := make([]string, 0, len(d.all.names))
		for _, name := range d.all.names {
			if name != rowPlace || d.depth > 0 {
				names = append(names, name)
			}
		}
		empty := true
		for b, err := range merge(streams(parts), byPlace, names, 1024) {
			empty = false
			if !yield(b, err) || err != nil {
				return
			}
		}
		if empty && len(names) > 0 { // for the sake of the columns
			yield((&rows{names: names}).gather(nil), nil)
		}
	}
}
