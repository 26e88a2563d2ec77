package sequence

// table is what is kept of each key, in few large slices.
type table[T any] struct {
	keys    map[Key]int32
	entries int32
	steps   int
	rings   int
	pending []partial // steps per key: nothing is pending behind the last step, so it does not count
	ring    []ring[T] // rings per key
	leads   []lead    // empty if no event is unwanted before the first step
	unused  []int32
	nodes   nodes[T]
	sweep   int // how many keys there may be before those without hope are looked for
}

// partial is a match that lacks events at its end.
type partial struct {
	tail   int32 // its last event; 0: none
	raw    bool  // the events of its last step are those in the ring
	doomed bool  // an event was there that should not be
	spared bool  // an event behind the end does no harm
	first  int64 // time of its first event
	base   int64 // what the distance of an unwanted event behind the end is measured from
}

func (p *partial) held() bool { return p.raw || p.tail != 0 }

// lead is the last event that is not wanted before the first step.
type lead struct {
	time int64
	set  bool
}

func newTable[T any](steps, rings int) table[T] {
	return table[T]{keys: map[Key]int32{}, steps: steps, rings: rings, sweep: minSweep, nodes: nodes[T]{list: make([]node[T], 1)}}
}

// add makes room for a key.
func (t *table[T]) add(key Key) int32 {
	var s int32
	if n := len(t.unused); n > 0 {
		s, t.unused = t.unused[n-1], t.unused[:n-1]
	} else {
		s = t.entries
		t.entries++
		for range t.steps {
			t.pending = append(t.pending, partial{})
		}
		for range t.rings {
			t.ring = append(t.ring, ring[T]{})
		}
	}
	t.keys[key] = s
	return s
}

func (t *table[T]) at(i int, s int32) *partial { return &t.pending[int(s)*t.steps+i] }

func (t *table[T]) ringAt(i int, s int32) *ring[T] { return &t.ring[int(s)*t.rings+i] }

// leadAt is what is known of unwanted events before the first step.
func (t *table[T]) leadAt(s int32) lead {
	if int(s) < len(t.leads) {
		return t.leads[s]
	}
	return lead{}
}

func (t *table[T]) setLead(s int32, l lead) {
	for len(t.leads) <= int(s) {
		t.leads = append(t.leads, lead{})
	}
	t.leads[s] = l
}

// raw says whether what is pending of a step needs the events of its ring.
func (t *table[T]) raw(i int, s int32) bool { return i < t.steps && t.at(i, s).raw }

// put keeps a partial match in the place of an older one.
func (t *table[T]) put(i int, s int32, p partial) {
	at := t.at(i, s)
	t.nodes.cut(at.tail)
	*at = p
}

// clear drops the partial matches of a key.
func (t *table[T]) clear(s int32) {
	for i := range t.steps {
		t.put(i, s, partial{})
	}
	for i := range t.rings {
		r := t.ringAt(i, s)
		for j := range r.slots {
			if r.slots[j].began {
				t.nodes.cut(r.slots[j].in.tail)
			}
		}
		r.reset()
	}
}

func (t *table[T]) release(key Key, s int32) {
	t.clear(s)
	if t.leadAt(s).set {
		t.leads[s] = lead{}
	}
	delete(t.keys, key)
	t.unused = append(t.unused, s)
}

// tidy forgets a key of which nothing is pending.
func (t *table[T]) tidy(key Key, s int32) {
	if !t.newest(s, func(int64) bool { return true }) {
		t.release(key, s)
	}
}

// newest says whether something of a key is kept whose time is good.
func (t *table[T]) newest(s int32, good func(time int64) bool) bool {
	for i := range t.steps {
		if p := t.at(i, s); p.held() && good(p.first) {
			return true
		}
	}
	for i := range t.rings {
		if r := t.ringAt(i, s); r.open > 0 && good(r.newest) {
			return true
		}
	}
	l := t.leadAt(s)
	return l.set && good(l.time)
}

// nodes is the events of partial matches, each chained to the one before it. The first node is none.
type nodes[T any] struct {
	list []node[T]
	free int32
}

type node[T any] struct {
	event[T]
	prev int32
}

type event[T any] struct {
	time, tie, pos int64
	ref            T
}

// link puts an event behind a chain and returns its new end.
func (n *nodes[T]) link(tail int32, o *Offer[T]) int32 {
	return n.chain(tail, event[T]{o.Time, o.Tie, o.Pos, o.Ref})
}

func (n *nodes[T]) chain(tail int32, e event[T]) int32 {
	at := n.free
	if at == 0 {
		at = int32(len(n.list))
		n.list = append(n.list, node[T]{})
	} else {
		n.free = n.list[at].prev
	}
	n.list[at] = node[T]{e, tail}
	return at
}

// cut frees a whole chain: no two partial matches have an event in common.
func (n *nodes[T]) cut(tail int32) {
	for tail != 0 {
		at := &n.list[tail]
		next := at.prev
		*at = node[T]{prev: n.free}
		n.free, tail = tail, next
	}
}
