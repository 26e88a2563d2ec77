package sequence

// Machine finds sequences in offers that come in order.
//
// For each key and stage one partial match is pending at most: the one whose last event is the latest. An event of the next stage takes it
// along; a later one of the same stage replaces it. What was replaced or cut short is not tried again.
type Machine[T any] struct {
	maxSpan int64
	roles   []role   // by stage
	steps   []step   // the stages that want an event
	slots   []uint16 // the stage of each event of a match
	rings   int      // how many steps are repeated
	leading bool     // an event is not wanted before the first step
	last    Offer[T]
	fed     bool
	table   table[T]
	waiting *waiting[T] // nil unless an event is not wanted behind the last step
}

// role is what a stage does: it wants the event of steps[at], or wants none before it.
type role struct {
	at      int
	missing bool
}

type step struct{ runs, ring int }

// New is a machine that has seen nothing.
func New[T any](c Config) *Machine[T] {
	m := &Machine[T]{maxSpan: c.MaxSpan}
	for i, st := range c.Stages {
		runs := max(st.Runs, 1)
		m.roles = append(m.roles, role{len(m.steps), st.Missing})
		for range runs {
			m.slots = append(m.slots, uint16(i))
		}
		if st.Missing {
			m.leading = m.leading || len(m.steps) == 0
			continue
		}
		m.steps = append(m.steps, step{runs, m.rings})
		if runs > 1 {
			m.rings++
		}
	}
	if n := len(c.Stages); n > 0 && c.Stages[n-1].Missing {
		m.waiting = newWaiting[T]()
	}
	m.table = newTable[T](max(len(m.steps)-1, 0), m.rings)
	return m
}

// Pending is of how many keys something is kept.
func (m *Machine[T]) Pending() int { return len(m.table.keys) }

// Feed takes the next offers, in the order of Compare, and emits the sequences that are complete, in the order of their last events.
func (m *Machine[T]) Feed(offers []Offer[T], emit func(Match[T])) {
	if len(m.steps) == 0 {
		return
	}
	for i := range offers {
		o := &offers[i]
		if m.fed && m.Compare(*o, m.last) == 0 {
			continue // one of several equal values of a key
		}
		m.last, m.fed = *o, true
		if m.waiting != nil {
			m.settle(emit)
		}
		if int(o.Stage) == len(m.roles) {
			m.forget(o.Key)
			continue
		}
		switch r := m.roles[o.Stage]; {
		case !r.missing:
			m.advance(r.at, o, emit)
		case r.at == 0:
			m.lead(o)
		case r.at == len(m.steps):
			m.trail(o)
		default:
			m.doom(r.at-1, o.Key)
		}
	}
}

// Flush emits what only waited for events that might still have come. Nothing may be fed after it.
func (m *Machine[T]) Flush(emit func(Match[T])) {
	if m.waiting != nil {
		m.waiting.flush(emit)
	}
}

// Advance emits what only waited for events up to a time: all of them, those of that time too, were fed.
func (m *Machine[T]) Advance(time int64, emit func(Match[T])) {
	if m.waiting != nil {
		m.waiting.sift(emit, func(c *candidate[T]) bool { return c.decided || uint64(time)-uint64(c.base) >= uint64(m.maxSpan) })
	}
}

// within says whether two times, in this order, are no farther from each other than a sequence may be long.
func (m *Machine[T]) within(from, to int64) bool {
	return m.maxSpan == 0 || uint64(to)-uint64(from) <= uint64(m.maxSpan)
}

// advance uses an event for the i-th step: behind what is pending of the step before it, or as the first.
func (m *Machine[T]) advance(i int, o *Offer[T], emit func(Match[T])) {
	t := &m.table
	s, known := t.keys[o.Key]
	if !known {
		if i > 0 {
			return
		}
		s = m.entry(o.Key)
	}
	in, ok := m.before(i, s, o)
	switch {
	case m.steps[i].runs > 1:
		m.repeat(i, s, o, in, ok, emit)
	case ok:
		in.tail = t.nodes.link(in.tail, o)
		m.reach(i, s, o.Key, in, emit)
	}
	t.tidy(o.Key, s)
}

// before is the partial match that an event continues; ok is false if there is none.
func (m *Machine[T]) before(i int, s int32, o *Offer[T]) (p partial, ok bool) {
	if i == 0 {
		return m.begin(s, o.Time), true
	}
	p, ok = m.take(i-1, s)
	if ok && !m.within(p.first, o.Time) {
		m.table.nodes.cut(p.tail)
		return partial{}, false
	}
	return p, ok
}

// begin is a partial match without an event yet, the first one of which has this time.
func (m *Machine[T]) begin(s int32, time int64) partial {
	p := partial{first: time, base: time}
	if !m.leading {
		return p
	}
	lead := m.table.leadAt(s)
	hit := lead.set && m.within(lead.time, time)
	switch {
	case m.waiting == nil:
		p.doomed = hit
	case hit:
		p.base = lead.time
	default:
		p.spared = true
	}
	return p
}

// reach keeps a partial match that got as far as the i-th step, or emits it if that is the last one.
func (m *Machine[T]) reach(i int, s int32, key Key, p partial, emit func(Match[T])) {
	if i < len(m.steps)-1 {
		m.table.put(i, s, p)
		return
	}
	if !p.doomed {
		if match := m.match(key, p.tail); m.waiting == nil {
			emit(match)
		} else {
			m.waiting.add(match, p)
		}
	}
	m.table.nodes.cut(p.tail)
}

// match writes down a chain of events.
func (m *Machine[T]) match(key Key, tail int32) Match[T] {
	events := make([]Offer[T], len(m.slots))
	for i := len(events) - 1; i >= 0; i-- {
		events[i].Stage = m.slots[i]
		if m.roles[m.slots[i]].missing {
			continue
		}
		n := &m.table.nodes.list[tail]
		events[i] = Offer[T]{n.time, n.tie, n.pos, key, m.slots[i], n.ref}
		tail = n.prev
	}
	return Match[T]{key, events}
}

// forget drops what is pending of a key.
func (m *Machine[T]) forget(key Key) {
	if s, ok := m.table.keys[key]; ok {
		m.table.clear(s)
		m.table.tidy(key, s)
	}
}

// entry is the place for a new key. So many keys are swept out at times that none of them costs more than twice.
func (m *Machine[T]) entry(key Key) int32 {
	t := &m.table
	if m.maxSpan > 0 && len(t.keys) >= t.sweep {
		for k, s := range t.keys {
			if t.newest(s, func(time int64) bool { return m.within(time, m.last.Time) }) {
				continue
			}
			t.release(k, s)
		}
		t.sweep = max(minSweep, 2*len(t.keys))
	}
	return t.add(key)
}

// minSweep is how many keys are kept before any is looked at again.
const minSweep = 1024
