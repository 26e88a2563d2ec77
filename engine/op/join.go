package op

import (
	"iter"
	"math"
	"slices"

	"github.com/zeebo/xxh3"

	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/engine/spill"
)

// join gives every row of the left side the columns of its partners. The right side is read first, and held; what cannot be held of it is
// divided by the keys, and so is the left side then.
func (r *runner) join(n *plan.Join, need plan.Need) column.Stream {
	left, right := r.stream(n.Left, need.Of(n, 0)), r.stream(n.Right, need.Of(n, 1))
	return func(yield func(*column.Batch, error) bool) {
		held, err := r.pile(right)
		if err != nil {
			yield(nil, err)
			return
		}
		j := &pairing{runner: r, node: n, keys: n.Keys}
		if len(j.keys) == 0 {
			all, err := r.pile(left)
			if err != nil {
				yield(nil, err)
				return
			}
			j.keys, left = common(&all.all, &held.all), all.stream()
		}
		j.added = slices.DeleteFunc(slices.Clone(held.all.names), func(name string) bool {
			return column.Hidden(name) || slices.Contains(j.keys, name)
		})
		j.rows(left, held, 0)(yield)
	}
}

// common is the columns in which both sides have values.
func common(left, right *inventory) []string {
	return slices.DeleteFunc(slices.Clone(left.names), func(name string) bool {
		return internal(name) || !left.filled[name] || !right.filled[name]
	})
}

// pairing is plan.Join at work.
type pairing struct {
	*runner
	node  *plan.Join
	keys  []string
	added []string // columns that the right side brings
}

// rows is the rows of the left side with those of the right side, which were divided a number of times.
func (j *pairing) rows(left column.Stream, right *pile, depth int) column.Stream {
	if right.run == nil && !right.account.Grow(right.bytes+100*right.n) {
		right.putAway()
	}
	if right.run == nil || depth == mostDepth {
		return j.held(left, right)
	}
	return func(yield func(*column.Batch, error) bool) {
		l, r := newDivided(j.Space, depth), newDivided(j.Space, depth)
		for b, err := range right.stream() {
			if err != nil {
				yield(nil, err)
				return
			}
			r.add(nothingOf(b), b, j.hashes(b, false))
		}
		n := right.n
		right.free()
		for b, err := range left {
			if err != nil {
				yield(nil, err)
				return
			}
			b = l.numbered(b)
			l.add(nothingOf(b), b, j.hashes(b, j.node.Outer))
		}
		for _, name := range j.added {
			l.all.add(name, false)
		}
		l.merged(func(part *spill.Run, p int) column.Stream {
			some, err := j.pile(r.parts[p].All())
			if err != nil {
				return failing(err)
			}
			r.parts[p].Free()
			if some.n == n { // all have the same keys, or nearly so
				return j.held(part.All(), some)
			}
			return j.rows(part.All(), some, depth+1)
		})(yield)
	}
}

// hashes is the hashes of rows that have the keys; of the others they are 0, if these count too.
func (j *pairing) hashes(b *column.Batch, others bool) map[uint32]uint64 {
	out := map[uint32]uint64{}
	for row := range b.Rows {
		if key, complete := dedupKey(b, j.keys, row); complete {
			out[uint32(row)] = xxh3.HashString(key)
		} else if others {
			out[uint32(row)] = 0
		}
	}
	return out
}

// held is rows by a right side that is held as a whole.
func (j *pairing) held(left column.Stream, right *pile) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		var batches []*column.Batch
		for b, err := range right.stream() {
			if err != nil {
				yield(nil, err)
				return
			}
			batches = append(batches, b)
		}
		p := j.partners(newRows(batches, nil))
		defer right.free()
		for b, err := range left {
			if err != nil {
				yield(nil, err)
				return
			}
			for piece := range p.joined(b) {
				if !yield(piece, nil) {
					return
				}
			}
		}
	}
}

// partners finds the rows of the right side.
type partners struct {
	*plan.Join
	keys  []string
	size  int // rows at a time
	right *column.Batch
	added []string
	byKey map[string][]uint32
	times column.Vector // of the right side
}

func (j *pairing) partners(held *rows) *partners {
	p := &partners{Join: j.node, keys: j.keys, size: j.BatchRows, added: j.added, right: held.all(), byKey: map[string][]uint32{}}
	p.times = p.right.Col("_time")
	keys := j.keys
	for row := range p.right.Rows {
		key, complete := dedupKey(p.right, keys, row)
		if complete && len(keys) > 0 && (p.Max == 0 || p.When != plan.AnyTime || len(p.byKey[key]) < p.Max) {
			p.byKey[key] = append(p.byKey[key], uint32(row))
		}
	}
	return p
}

// joined is the rows of b with those of their partners, of which there may be far more, so many at a time.
func (p *partners) joined(b *column.Batch) iter.Seq[*column.Batch] {
	return func(yield func(*column.Batch) bool) {
		var rows, with []uint32
		none := []uint32{uint32(p.right.Rows)}
		for row := range b.Rows {
			key, complete := dedupKey(b, p.keys, row)
			var found []uint32
			if complete {
				found = p.near(b.Col("_time").Value(row), p.byKey[key])
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

// pair puts partners beside rows of b.
func (p *partners) pair(b *column.Batch, rows, with []uint32) *column.Batch {
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
