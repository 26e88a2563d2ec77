package aggregate

import (
	"bufio"
	"cmp"

	"spoor/engine/column"
)

// event is a value with its place in time.
type event struct {
	ns, position int64
	value        column.Value
}

// compare orders by time, then by position, then by value, so that no two events that differ are equal.
func (e *event) compare(f *event) int {
	c := cmp.Or(cmp.Compare(e.ns, f.ns), cmp.Compare(e.position, f.position))
	if c != 0 {
		return c
	}
	return cmp.Or(column.Compare(e.value, f.value), cmp.Compare(e.value.Kind(), f.value.Kind()), cmp.Compare(e.value.Int(), f.value.Int()))
}

// moves is the first and the last event of each group.
type moves struct {
	groups []move
	bytes  int
	result func(first, last event) column.Value
}

type move struct {
	first, last event
	ok          bool
}

// Add takes the field, the time, and the position, which may be null.
func (s *moves) Add(groups []uint32, args []column.Vector) {
	s.groups = extend(s.groups, groups)
	times, positions := args[1], args[2]
	for i, g := range groups {
		ns, ok := nanos(times, i)
		if !ok || args[0].IsNull(i) {
			continue
		}
		m := &s.groups[g]
		if m.ok && ns > m.first.ns && ns < m.last.ns {
			continue
		}
		position := positionOf(positions, i)
		v := args[0].Value(i)
		if v.Kind() != column.List {
			s.offer(m, event{ns, position, v})
			continue
		}
		for _, x := range v.Items() {
			s.offer(m, event{ns, position, x})
		}
	}
}

func nanos(v column.Vector, i int) (int64, bool) {
	if t, ok := v.(*column.Times); ok {
		return int64(t.Values[i]), !t.IsNull(i)
	}
	return v.Value(i).Instant()
}

func positionOf(v column.Vector, i int) int64 {
	if p, ok := v.(*column.Ints); ok {
		return p.Values[i]
	}
	return v.Value(i).Int()
}

func (s *moves) offer(m *move, e event) {
	if !m.ok || e.compare(&m.first) < 0 {
		s.bytes += len(e.value.Text()) - len(m.first.value.Text())
		m.first = event{e.ns, e.position, e.value.Clone()}
	}
	if !m.ok || e.compare(&m.last) > 0 {
		s.bytes += len(e.value.Text()) - len(m.last.value.Text())
		m.last = event{e.ns, e.position, e.value.Clone()}
	}
	m.ok = true
}

func (s *moves) Merge(from State, groups []uint32) {
	s.groups = extend(s.groups, groups)
	f := from.(*moves).groups
	for i := range f {
		if f[i].ok {
			s.offer(&s.groups[groups[i]], f[i].first)
			s.offer(&s.groups[groups[i]], f[i].last)
		}
	}
}

func (s *moves) Result(n int) column.Vector {
	return results(n, func(g int) column.Value {
		if m := at(s.groups, g); m.ok {
			return s.result(m.first, m.last)
		}
		return column.Value{}
	})
}

func (s *moves) Size() int { return 120*cap(s.groups) + s.bytes }

func (s *moves) Save(w *bufio.Writer, groups []uint32) {
	saveSlice(writer{w}, s.groups, groups, func(w writer, m *move) {
		if w.flag(m.ok); m.ok {
			m.first.save(w)
			m.last.save(w)
		}
	})
}

func (s *moves) Load(from *bufio.Reader) error {
	r := &reader{Reader: from}
	s.groups = loadSlice(r, func(r *reader, m *move) {
		if m.ok = r.flag(); m.ok {
			m.first.load(r)
			m.last.load(r)
			s.bytes += len(m.first.value.Text()) + len(m.last.value.Text())
		}
	})
	return r.err
}

func (e *event) save(w writer) {
	w.int(e.ns)
	w.int(e.position)
	w.value(e.value)
}

func (e *event) load(r *reader) { e.ns, e.position, e.value = r.int(), r.int(), r.value() }
