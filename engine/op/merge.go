package op

import (
	"iter"

	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/engine/spill"
)

// mostParts is how many sorted streams are merged at a time: of each, a batch is held.
const mostParts = 128

// narrowed is the runs, each in the order of the keys, merged into no more than can be merged at a time. Neighbours are merged, so that
// rows with equal keys stay in their order.
func narrowed(space *spill.Space, runs []*spill.Run, keys []plan.SortKey, names []string) []*spill.Run {
	for len(runs) > mostParts-1 {
		var fewer []*spill.Run
		for from := 0; from < len(runs); from += mostParts {
			some := runs[from:min(from+mostParts, len(runs))]
			run := space.Run()
			for b, err := range merge(streams(some), keys, names, piece(some)) {
				if err != nil {
					return nil // the space keeps it
				}
				run.Add(b)
			}
			for _, r := range some {
				r.Free()
			}
			fewer = append(fewer, run)
		}
		runs = fewer
	}
	return runs
}

// piece is how many rows the batches of runs have.
func piece(runs []*spill.Run) int {
	rows, batches := 0, 0
	for _, r := range runs {
		rows, batches = rows+r.Rows(), batches+r.Len()
	}
	return max(1, rows/max(batches, 1))
}

// merge is the rows of sorted streams in the order of the keys, those of an earlier stream first where rows are equal, under the given
// columns and size at a time.
func merge(in []column.Stream, keys []plan.SortKey, names []string, size int) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		m := &heads{keys: keys}
		defer m.stop()
		for i, s := range in {
			if err := m.open(i, s); err != nil {
				yield(nil, err)
				return
			}
		}
		m.order()
		for len(m.parts) > 0 {
			b, err := m.take(names, size)
			if !yield(b, err) || err != nil {
				return
			}
		}
	}
}

// heads is sorted streams of which the one with the first row is on top of a heap.
type heads struct {
	keys  []plan.SortKey
	parts []*part
	stops []func()
}

// part is one of the streams, at a row of a batch.
type part struct {
	next   func() (*column.Batch, error, bool)
	number int
	batch  *column.Batch
	keys   []keyed
	row    int
	base   int // of the batch among the rows that are gathered; negative: it is not among them
}

// keyed is a key of a batch.
type keyed struct {
	vector column.Vector
	kind   column.Kind
	ints   []int64 // if it is nothing but integers or times
	values []column.Value
}

func (m *heads) open(number int, s column.Stream) error {
	next, stop := iter.Pull2(s)
	m.stops = append(m.stops, stop)
	p := &part{next: next, number: number}
	more, err := m.load(p)
	if more {
		m.parts = append(m.parts, p)
	}
	return err
}

func (m *heads) stop() {
	for _, stop := range m.stops {
		stop()
	}
}

// load goes to the next batch of a part that has rows.
func (m *heads) load(p *part) (more bool, err error) {
	for {
		b, err, ok := p.next()
		if !ok || err != nil {
			return false, err
		}
		if b.Rows == 0 {
			continue
		}
		p.batch, p.row, p.base = b, 0, -1
		p.keys = make([]keyed, len(m.keys))
		for i, k := range m.keys {
			p.keys[i] = keyedBy(b.Col(k.Name), k)
		}
		return true, nil
	}
}

func keyedBy(v column.Vector, k plan.SortKey) keyed {
	if ints, ok := plainInts(v); ok && k.By <= plan.Num {
		return keyed{vector: v, kind: v.Value(0).Kind(), ints: ints}
	}
	return keyed{vector: v, values: column.ToValues(v)}
}

func (k *keyed) value(row int) column.Value {
	if k.values == nil {
		return k.vector.Value(row)
	}
	return k.values[row]
}

func (m *heads) less(p, q *part) bool {
	for i, k := range m.keys {
		x, y := &p.keys[i], &q.keys[i]
		d := 0
		if x.ints != nil && y.ints != nil && x.kind == y.kind {
			a, b := x.ints[p.row], y.ints[q.row]
			d = direction(a < b, a > b, k.Desc)
		} else {
			d = compareKey(x.value(p.row), y.value(q.row), k)
		}
		if d != 0 {
			return d < 0
		}
	}
	return p.number < q.number
}

func (m *heads) order() {
	for i := len(m.parts)/2 - 1; i >= 0; i-- {
		m.sink(i)
	}
}

// sink moves a part down to its place.
func (m *heads) sink(i int) {
	for {
		best := i
		for c := 2*i + 1; c <= 2*i+2 && c < len(m.parts); c++ {
			if m.less(m.parts[c], m.parts[best]) {
				best = c
			}
		}
		if best == i {
			return
		}
		m.parts[i], m.parts[best] = m.parts[best], m.parts[i]
		i = best
	}
}

// take is the next rows.
func (m *heads) take(names []string, size int) (*column.Batch, error) {
	from := &rows{names: names}
	order := make([]uint32, 0, size)
	for _, p := range m.parts {
		p.base = -1
	}
	for len(order) < size && len(m.parts) > 0 {
		p := m.parts[0]
		if p.base < 0 {
			p.base = from.n
			from.batches, from.starts = append(from.batches, p.batch), append(from.starts, from.n)
			from.n += p.batch.Rows
		}
		order = append(order, uint32(p.base+p.row))
		if err := m.advance(p); err != nil {
			return nil, err
		}
	}
	return from.gather(order), nil
}

// advance goes on in the part on top.
func (m *heads) advance(p *part) error {
	if p.row++; p.row == p.batch.Rows {
		more, err := m.load(p)
		if err != nil {
			return err
		}
		if !more {
			last := len(m.parts) - 1
			m.parts[0] = m.parts[last]
			m.parts = m.parts[:last]
		}
	}
	m.sink(0)
	return nil
}
