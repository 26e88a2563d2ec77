package op

import (
	"strings"

	"github.com/zeebo/xxh3"

	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/engine/spill"
)

// set compares the rows of two streams. If they cannot be held, they are divided: equal rows come into one part.
func (r *runner) set(n *plan.Set, need plan.Need) column.Stream {
	left, right := r.stream(n.Left, need.Of(n, 0)), r.stream(n.Right, need.Of(n, 1))
	return func(yield func(*column.Batch, error) bool) {
		both := r.newPile()
		s := &setter{runner: r, node: n}
		for i, side := range []column.Stream{left, right} {
			for b, err := range side {
				if err != nil {
					yield(nil, err)
					return
				}
				both.add(b)
			}
			if i == 0 {
				s.first = both.n
			}
		}
		for _, name := range both.all.names {
			if !column.Hidden(name) {
				s.names = append(s.names, name)
			}
		}
		if both.n > 0 {
			s.rows(both, 0)(yield)
		}
	}
}

// setter is plan.Set at work.
type setter struct {
	*runner
	node  *plan.Set
	names []string
	first int // rows of the first side
}

// rows is those of some rows that the node gives, of which those of the first side come first.
func (s *setter) rows(in *pile, depth int) column.Stream {
	if in.run == nil && !in.account.Grow(2*in.bytes+100*in.n) {
		in.putAway()
	}
	if in.run == nil || depth == mostDepth {
		return s.held(in)
	}
	return func(yield func(*column.Batch, error) bool) {
		d := newDivided(s.Space, depth)
		for b, err := range in.stream() {
			if err != nil {
				yield(nil, err)
				return
			}
			b = d.numbered(b)
			hashes := map[uint32]uint64{}
			for row := range b.Rows {
				hashes[uint32(row)] = xxh3.HashString(rowText(b, s.names, row))
			}
			d.add(nothingOf(b), b, hashes)
		}
		n := in.n
		in.free()
		d.merged(func(part *spill.Run, _ int) column.Stream {
			some, err := s.pile(part.All())
			if err != nil {
				return failing(err)
			}
			if some.n == n { // they are all equal, or nearly so
				return s.held(some)
			}
			return s.rows(some, depth+1)
		})(yield)
	}
}

// held is rows of what is held as a whole.
func (s *setter) held(in *pile) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		var batches []*column.Batch
		for b, err := range in.stream() {
			if err != nil {
				yield(nil, err)
				return
			}
			batches = append(batches, b)
		}
		both := newRows(batches, nil).all()
		first := s.first
		if places := both.Col(rowPlace); both.Schema.Slot(rowPlace) >= 0 {
			for first = 0; first < both.Rows && places.Value(first).Int() < int64(s.first); first++ {
			}
		}
		pieces(both.Pick(setRows(both, first, s.node.Mode)), s.BatchRows)(yield)
		in.free()
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
