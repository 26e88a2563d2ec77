package op

import (
	"iter"
	"math"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// partners finds the rows of the right side.
type partners struct {
	*plan.Join
	keys  []string
	size  int // rows at a time
	right *column.Batch
	added []string
	index *column.Index       // by keys of one value each
	lists map[string][]uint32 // by keys of which one has several
	times column.Vector       // of the right side
	found []uint32            // of the last row
}

func (j *pairing) partners(held *rows) *partners {
	p := &partners{Join: j.node, keys: j.keys, size: j.BatchRows, added: j.added, right: held.all(), lists: map[string][]uint32{}}
	p.times = p.right.Col("_time")
	if len(p.keys) == 0 {
		return p
	}
	columns, anyList := keyColumns(p.right, p.keys)
	texts := make([]column.Texts, len(columns))
	for i, c := range columns {
		texts[i] = words{c, spelled(c)}
	}
	p.index = column.NewIndex(p.right.Rows, texts)
	for row := range p.right.Rows {
		if !anyList || !severalAt(columns, row) {
			continue
		}
		if key, complete := dedupKey(p.right, p.keys, row); complete {
			p.lists[key] = append(p.lists[key], uint32(row))
		}
	}
	return p
}

// words is a column of keys as texts; a multivalue is none.
type words struct {
	column.Vector
	texts []string
}

func (w words) Text(row uint32) string { return w.texts[row] }

func (w words) Spell(firsts []uint32, to []string) {
	for i, f := range firsts {
		if f != 0 {
			to[i] = w.texts[f-1]
		}
	}
}

func (w words) Lacks(row uint32) bool { return w.IsNull(int(row)) || listAt(w.Vector, int(row)) }

// keyColumns is the columns of keys, and whether they may have multivalues.
func keyColumns(b *column.Batch, keys []string) (columns []column.Vector, anyList bool) {
	for _, k := range keys {
		c := b.Col(k)
		columns, anyList = append(columns, c), anyList || lists(c)
	}
	return columns, anyList
}

// severalAt says whether a row has a multivalue.
func severalAt(columns []column.Vector, row int) bool {
	for _, c := range columns {
		if listAt(c, row) {
			return true
		}
	}
	return false
}

func listAt(v column.Vector, row int) bool { return lists(v) && v.Value(row).Kind() == column.List }

// joined is the rows of b with those of their partners, of which there may be far more, so many at a time.
func (p *partners) joined(b *column.Batch) iter.Seq[*column.Batch] {
	return func(yield func(*column.Batch) bool) {
		var rows, with []uint32
		none := []uint32{uint32(p.right.Rows)}
		times, of := b.Col("_time"), p.of(b)
		for row := range b.Rows {
			found := of(row)
			if p.When != plan.AnyTime {
				found = p.near(times.Value(row), found)
			}
			if len(found) == 0 && p.Outer {
				found = none
			}
			for _, f := range found {
				if len(rows) == p.size {
					if !yield(p.pair(b, rows, with)) {
						return
					}
					rows, with = nil, nil
				}
				rows, with = append(rows, uint32(row)), append(with, f)
			}
		}
		yield(p.pair(b, rows, with))
	}
}

// of gives for each row of a batch the rows with the same keys, valid until the next one is asked for: as many as are wanted, if the time
// plays no part.
func (p *partners) of(b *column.Batch) func(row int) []uint32 {
	if p.index == nil {
		return func(int) []uint32 { return nil }
	}
	most := p.Max
	if most == 0 || p.When != plan.AnyTime {
		most = p.right.Rows
	}
	columns, anyList := keyColumns(b, p.keys)
	values, firsts := make([][]string, len(columns)), make([]uint32, b.Rows)
	for i, c := range columns {
		values[i] = spelled(c)
	}
	p.index.Firsts(values, firsts)
	return func(row int) []uint32 {
		p.found = p.found[:0]
		if anyList && severalAt(columns, row) {
			if key, complete := dedupKey(b, p.keys, row); complete {
				some := p.lists[key]
				p.found = append(p.found, some[:min(most, len(some))]...)
			}
			return p.found
		}
		for _, c := range columns {
			if c.IsNull(row) {
				return nil
			}
		}
		for at := firsts[row]; at != 0 && len(p.found) < most; at = p.index.Next(at) {
			p.found = append(p.found, at-1)
		}
		return p.found
	}
}

// pair puts partners beside rows of b.
func (p *partners) pair(b *column.Batch, rows, with []uint32) *column.Batch {
	return beside(b.Pick(rows), p.right, with, p.added, !p.Keep)
}

// near is those of some partners that a row of a time has. It takes the place of what is given.
func (p *partners) near(at column.Value, found []uint32) []uint32 {
	out := found[:0]
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
