package sequence

import "slices"

// lead notes an event that is not wanted before a sequence.
func (m *Machine[T]) lead(o *Offer[T]) {
	s, ok := m.table.keys[o.Key]
	if !ok {
		s = m.entry(o.Key)
	}
	m.table.setLead(s, lead{o.Time, true})
}

// doom notes an event that is not wanted behind the i-th step and before the next one. What it spoils goes on nevertheless, as it still
// takes the place of what is older.
func (m *Machine[T]) doom(i int, key Key) {
	if s, ok := m.table.keys[key]; ok {
		m.table.at(i, s).doomed = true
	}
}

// trail notes an event that is not wanted behind a sequence.
func (m *Machine[T]) trail(o *Offer[T]) {
	for _, c := range m.waiting.keys[o.Key] {
		if c.decided = true; m.within(c.base, o.Time) {
			c.spoilt = true
		}
	}
	delete(m.waiting.keys, o.Key)
}

// settle emits the sequences behind which no unwanted event can come any more.
func (m *Machine[T]) settle(emit func(Match[T])) {
	m.waiting.pop(emit, func(c *candidate[T]) bool { return c.decided || !m.within(c.base, m.last.Time) })
}

// waiting is the sequences that an event may yet spoil, in the order of their last events.
type waiting[T any] struct {
	queue []*candidate[T]
	keys  map[Key][]*candidate[T] // those that are not decided
}

type candidate[T any] struct {
	match   Match[T]
	base    int64
	decided bool
	spoilt  bool
}

func newWaiting[T any]() *waiting[T] { return &waiting[T]{keys: map[Key][]*candidate[T]{}} }

func (w *waiting[T]) add(match Match[T], p partial) {
	c := &candidate[T]{match: match, base: p.base, decided: p.spared}
	w.queue = append(w.queue, c)
	if !c.decided {
		w.keys[match.Key] = append(w.keys[match.Key], c)
	}
}

// pop goes through the queue for as long as its first is decided.
func (w *waiting[T]) pop(emit func(Match[T]), decided func(*candidate[T]) bool) {
	for len(w.queue) > 0 && decided(w.queue[0]) {
		c := w.queue[0]
		w.queue[0], w.queue = nil, w.queue[1:]
		if !c.decided {
			w.drop(c.match.Key)
		}
		if !c.spoilt {
			emit(c.match)
		}
	}
}

// drop takes the first of a key off the list of those that are not decided.
func (w *waiting[T]) drop(key Key) {
	if rest := w.keys[key][1:]; len(rest) > 0 {
		w.keys[key] = rest
	} else {
		delete(w.keys, key)
	}
}

func (w *waiting[T]) flush(emit func(Match[T])) {
	w.pop(emit, func(*candidate[T]) bool { return true })
}

// sift emits those of the queue that are decided, whatever stands before them.
func (w *waiting[T]) sift(emit func(Match[T]), decided func(*candidate[T]) bool) {
	rest := w.queue[:0]
	for _, c := range w.queue {
		if !decided(c) {
			rest = append(rest, c)
			continue
		}
		if !c.decided {
			w.remove(c)
		}
		if !c.spoilt {
			emit(c.match)
		}
	}
	clear(w.queue[len(rest):])
	w.queue = rest
}

// remove takes a candidate off the list of its key.
func (w *waiting[T]) remove(c *candidate[T]) {
	key := c.match.Key
	if w.keys[key] = slices.DeleteFunc(w.keys[key], func(x *candidate[T]) bool { return x == c }); len(w.keys[key]) == 0 {
		delete(w.keys, key)
	}
}
