package op

import (
	"math"
	"sync"

	"spoor/engine/column"
	"spoor/engine/input"
	"spoor/engine/plan"
	"spoor/engine/sequence"
	"spoor/engine/spill"
)

// Live is what a program keeps where its inputs are read as they grow, round after round: the events of its sequence, and those that wait for the
// starts of their processes.
type Live struct {
	// Register knows processes by their starts; nil if the program asks for none.
	Register *Register
	// Most is how many offers of events to stages are held, and MostBytes how many bytes of these events; 0: any number.
	Most, MostBytes int

	low      int64 // the time up to which all events have come, those of that time too, as far as is known
	standing *sequence.Standing[*column.Batch]
	kept     map[*column.Batch]*kept
	bytes    int
	found    int // sequences
	late     int // as far as it was said
	lost     int

	readings []*reading // of a round, in the order in which they are prepared, which is always the same
	prepared int        // of this round

	waiting []*column.Batch // events whose processes are not known, but may yet be
}

// kept is a batch of events that offers hold.
type kept struct{ offers, bytes int }

// reading is what lasts of how events are read: expressions that are bound.
type reading struct {
	chains []chain
	demand *input.Demand // of the chains
	work   []*worker
}

// Begin begins a round; low is the time up to which all events have come.
func (l *Live) Begin(low int64) { l.low, l.prepared = low, 0 }

// reading is what lasts of the next reading of this round, by so many workers.
func (l *Live) reading(workers int) *reading {
	if l == nil {
		return &reading{}
	}
	if l.prepared == len(l.readings) || len(l.readings[l.prepared].work) != workers {
		l.readings = append(l.readings[:l.prepared], &reading{})
	}
	l.prepared++
	return l.readings[l.prepared-1]
}

func (b *reading) worker(i int) *worker {
	if i >= len(b.work) {
		return nil
	}
	return b.work[i]
}

// keep makes what was prepared ready to be used again.
func (b *reading) keep(in *intake) {
	if b.chains == nil {
		d := demand(in.chains)
		b.demand = &d
	}
	b.chains, b.work, in.demand = in.chains, in.work, b.demand
	for _, w := range in.work {
		w.lines[0].full = false
	}
}

// LiveSize is how much is held.
type LiveSize struct{ Offers, Sequences, Batches, Bytes, Waiting int }

// Size is how much is held.
func (l *Live) Size() LiveSize {
	out := LiveSize{Batches: len(l.kept), Bytes: l.bytes}
	if l.standing != nil {
		out.Offers, out.Sequences = l.standing.Held()
	}
	for _, b := range l.waiting {
		out.Waiting += b.Rows
	}
	return out
}

// Oldest is the least position of the events that are held; ok is false if none are.
func (l *Live) Oldest() (least int64, ok bool) {
	least = math.MaxInt64
	if l.standing != nil {
		if p, any := l.standing.Earliest(func(o offer) int64 { return o.Pos }); any {
			least, ok = p, true
		}
	}
	for _, b := range l.waiting {
		pos := b.Col(plan.Position)
		for r := range b.Rows {
			least, ok = min(least, pos.Value(r).Int()), true
		}
	}
	return least, ok
}

// arrivals is the offers of a round.
type arrivals struct {
	mu     sync.Mutex
	offers []offer
}

func (a *arrivals) take(_ *int, c chunk) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for i := range c.offers {
		a.offers = append(a.offers, c.offer(i))
	}
}

// stand is the rows of the sequences that become complete in this round.
func (h *hunt) stand() column.Stream {
	fresh := &arrivals{}
	h.to = fresh
	all := h.everything()
	return func(yield func(*column.Batch, error) bool) {
		if _, err := h.offer(all, h.r.Scan); err != nil {
			yield(nil, err)
			return
		}
		list, rows := h.r.Live.sequences(h.node, fresh.offers)
		h.r.Live.tell(h.r)
		h.r.warnCombinations(h.cut)
		first := h.r.Live.found + 1
		h.r.Live.found += len(list)
		newEvidence(h.node, h.node.Stages, rows).numbered(list, h.r.BatchRows, first)(yield)
	}
}

// sequences is those that are complete with further offers, and their events.
func (l *Live) sequences(n *plan.Sequence, fresh []offer) (list []finding, events []*column.Batch) {
	if l.standing == nil {
		l.standing, l.kept = sequence.NewStanding[*column.Batch](machinery(n)), map[*column.Batch]*kept{}
		l.standing.Most, l.standing.Gone = l.Most, l.release
	}
	for _, o := range fresh {
		l.hold(o)
	}
	found := &findings{stages: n.Stages}
	var refs []*column.Batch
	l.standing.Round(fresh, l.low, func(m sequence.Match[*column.Batch]) {
		found.add(m)
		for _, e := range m.Events {
			if e.Ref != nil {
				refs = append(refs, e.Ref)
			}
		}
	})
	list = found.picked()
	for l.MostBytes > 0 && l.bytes > l.MostBytes && l.standing.Halve() {
	}
	return list, pickedOf(list, refs)
}

// pickedOf picks the events of findings out of batches that hold them.
func pickedOf(list []finding, from []*column.Batch) []*column.Batch {
	var places []int64
	for _, x := range list {
		for _, e := range x.events {
			if e.pos != nowhere {
				places = append(places, e.pos)
			}
		}
	}
	p, seen := newPicker(places), map[*column.Batch]bool{}
	for _, b := range from {
		if !seen[b] {
			seen[b] = true
			p.Add(b)
		}
	}
	return p.kept
}

func (l *Live) hold(o offer) {
	if o.Ref == nil {
		return
	}
	k := l.kept[o.Ref]
	if k == nil {
		k = &kept{bytes: spill.Weight(o.Ref)}
		l.kept[o.Ref] = k
		l.bytes += k.bytes
	}
	k.offers++
}

func (l *Live) release(o offer) {
	k := l.kept[o.Ref]
	if k == nil {
		return
	}
	if k.offers--; k.offers == 0 {
		delete(l.kept, o.Ref)
		l.bytes -= k.bytes
	}
}

// tell warns of what was lost in this round.
func (l *Live) tell(r *runner) {
	if n := l.standing.Late - l.late; n > 0 {
		r.warn("events that came too late to complete a sequence: %d; those before them are no longer held", n)
	}
	if n := l.standing.Lost - l.lost; n > 0 {
		r.warn("events that a sequence may have waited with were forgotten: %d; no more than %d, or %d MiB, are held", n, l.Most, l.MostBytes>>20)
	}
	l.late, l.lost = l.standing.Late, l.standing.Lost
}

// mostWaiting is how many events wait for the starts of their processes.
const mostWaiting = 1 << 16

// answer lets the events pass whose processes are known, and those for which no start can come any more.
func (l *Live) answer(in *intake) error {
	in.ends[0].asker.waiting = append(l.waiting, in.ends[0].asker.waiting...)
	l.waiting = nil
	q := newQuestions(nil)
	for _, e := range in.ends {
		q.add(e.asker.waiting)
	}
	in.table = l.Register.table(in.flow.enrich.Fields, q)
	for _, e := range in.ends {
		e.asker.waiting = l.ripe(in.table, e.asker.waiting)
	}
	l.Register.warn(in.r, in.table)
	return parallel(len(in.ends), func(i int) { in.ends[i].asker.answer(in.table) })
}

// ripe is the events that need not wait; the others wait for the next round.
func (l *Live) ripe(t *processes, list []*column.Batch) (out []*column.Batch) {
	held := 0
	for _, b := range list {
		id, at := newIdentities(b), b.Col(plan.EventTime)
		found := t.find(b, all(b.Rows))
		var now []uint32
		for r := range b.Rows {
			_, _, asks := id.asked(r)
			if !asks || found != nil && found[r] >= 0 || at.IsNull(r) || at.Value(r).Int() <= l.low || held >= mostWaiting {
				now = append(now, uint32(r))
			} else {
				held++
			}
		}
		if len(now) < b.Rows {
			l.waiting = append(l.waiting, b.Pick(others(now, b.Rows)).Keep())
		}
		if len(now) > 0 {
			out = append(out, pick(b, now))
		}
	}
	return out
}

// Add adds what another program holds.
func (s *LiveSize) Add(more LiveSize) {
	s.Offers, s.Sequences, s.Batches = s.Offers+more.Offers, s.Sequences+more.Sequences, s.Batches+more.Batches
	s.Bytes, s.Waiting = s.Bytes+more.Bytes, s.Waiting+more.Waiting
}
