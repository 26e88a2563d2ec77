package op

import (
	"slices"

	"github.com/zeebo/xxh3"

	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/engine/spill"
)

// join gives every row of the left side the columns of its partners. The right side is held; what cannot be held of it is divided by the keys,
// and so is the left side then.
func (r *runner) join(n *plan.Join, need plan.Need) column.Stream {
	left, right := r.stream(n.Left, need.Of(n, 0)), r.stream(n.Right, need.Of(n, 1))
	return func(yield func(*column.Batch, error) bool) {
		j := &pairing{runner: r, node: n, keys: n.Keys}
		left, held, err := j.sides(left, right, need)
		if err != nil {
			yield(nil, err)
			return
		}
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
