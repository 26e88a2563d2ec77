package sequence

// ring is the last events of a repeated step, as many as it is repeated, and which of them began a partial match. Each event continues
// all of these, so that they differ in nothing but where they begin.
type ring[T any] struct {
	slots  []slot[T] // the next event goes to at, once there are as many as may be
	at     int
	open   int   // how many partial matches it holds
	newest int64 // the first time of the last one of them
}

type slot[T any] struct {
	event[T]
	in    partial // what the partial match was before this step
	began bool
}

func (r *ring[T]) reset() { r.slots, r.at, r.open = r.slots[:0], 0, 0 }

// add takes an event in, over the oldest one.
func (r *ring[T]) add(runs int, s slot[T]) {
	if len(r.slots) < runs {
		r.slots = append(r.slots, s)
	} else {
		r.slots[r.at] = s
	}
	r.at = (r.at + 1) % runs
	if s.began {
		r.open++
		r.newest = s.in.first
	}
}

// ready is the slot where a partial match begins that is whole with the next event, or nil.
func (r *ring[T]) ready(runs int) *slot[T] {
	if len(r.slots) < runs-1 {
		return nil
	}
	if s := &r.slots[(r.at+1)%runs]; s.began {
		return s
	}
	return nil
}

// repeat uses an event for the i-th step, which wants several of them in a row.
func (m *Machine[T]) repeat(i int, s int32, o *Offer[T], in partial, ok bool, emit func(Match[T])) {
	t, runs := &m.table, m.steps[i].runs
	r := t.ringAt(m.steps[i].ring, s)
	if !ok && r.open == 0 {
		return
	}
	whole := r.ready(runs) != nil
	if !whole && t.raw(i, s) {
		m.unroll(i, s, t.at(i, s))
	}
	r.add(runs, slot[T]{event[T]{o.Time, o.Tie, o.Pos, o.Ref}, in, ok})
	if whole {
		begun := &r.slots[r.at]
		begun.began = false
		r.open--
		m.whole(i, s, o, begun.in, emit)
	}
	m.rest(i, s)
}

// whole goes on with a partial match whose last step has all its events with o, in the ring.
func (m *Machine[T]) whole(i int, s int32, o *Offer[T], p partial, emit func(Match[T])) {
	switch {
	case !m.within(p.first, o.Time):
		m.table.nodes.cut(p.tail)
		if i < m.table.steps {
			m.table.put(i, s, partial{}) // it began even earlier
		}
	case i == m.table.steps:
		m.unroll(i, s, &p)
		m.reach(i, s, o.Key, p, emit)
	default:
		p.raw = true
		m.table.put(i, s, p)
	}
}

// rest forgets the events of a ring that nothing needs.
func (m *Machine[T]) rest(i int, s int32) {
	if r := m.table.ringAt(m.steps[i].ring, s); r.open == 0 && !m.table.raw(i, s) {
		r.reset()
	}
}

// unroll puts the events of a ring behind a partial match.
func (m *Machine[T]) unroll(i int, s int32, p *partial) {
	r := m.table.ringAt(m.steps[i].ring, s)
	for j := range r.slots {
		p.tail = m.table.nodes.chain(p.tail, r.slots[(r.at+j)%len(r.slots)].event)
	}
	p.raw = false
}

// take is the partial match that got as far as the i-th step, which is no longer pending then.
func (m *Machine[T]) take(i int, s int32) (p partial, ok bool) {
	at := m.table.at(i, s)
	if !at.held() {
		return partial{}, false
	}
	p, *at = *at, partial{}
	if p.raw {
		m.unroll(i, s, &p)
		m.rest(i, s)
	}
	return p, true
}
