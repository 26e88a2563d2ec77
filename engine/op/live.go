package op

import (
	"math"
	"slices"
	"sync"

	"spoor/engine/column"
	"spoor/engine/input"
	"spoor/engine/plan"
	"spoor/engine/sequence"
)

// Live is what a program keeps where its inputs are read as they grow, round after round: the events of its sequence, and those that wait for the
// starts of their processes.
type Live struct {
	// Register knows processes by their starts; nil if the program asks for none.
	Register *Register
	// Most is how many offers of events to stages are held, and MostBytes how many bytes of these events; 0: any number.
	Most, MostBytes int

	low      int64 // the time up to which all events have come, those of that time too, as far as is known
	order    int64 // the time up to which events are put in order, if none must be missing
	standing *sequence.Standing[*held]
	events   holder
	found    int // sequences
	late     int // as far as it was said
	lost     int

	readings []*reading // of a round, in the order in which they are prepared, which is always the same
	prepared int        // of this round

	waiting []*column.Batch // events whose processes are not known, but may yet be
}

// reading is what lasts of how events are read: expressions that are bound.
type reading struct {
	chains []chain
	demand *input.Demand // of the chains
	work   []*worker
}

// Begin begins a round; low is the time up to which all events have come, ripe that up to which they are put in order nevertheless. Whether its events can be read again is to be as before.
func (l *Live) Begin(low, ripe int64) { l.low, l.order, l.prepared = low, max(low, ripe), 0 }

// Forget lets everything be read anew that lasts of how events are read.
func (l *Live) Forget() { l.readings = nil }

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
	out := LiveSize{Bytes: l.events.bytes}
	for _, h := range l.events.list {
		out.Batches += len(h.batches)
	}
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
		if p, any := l.standing.Earliest(func(o heldOffer) int64 { return o.Pos }); any {
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

// heldOffer is an offer of a round that may be needed in later ones.
type heldOffer = sequence.Offer[*held]

// arrivals is the offers of a round, and their events.
type arrivals struct {
	mu     sync.Mutex
	offers []heldOffer
	events []*held
}

func (a *arrivals) take(_ *int, c chunk) {
	a.mu.Lock()
	defer a.mu.Unlock()
	h := &held{batches: c.kept}
	a.events = append(a.events, h)
	for i := range c.offers {
		w := &c.offers[i]
		o := heldOffer{Time: w.Time, Tie: w.Tie, Pos: w.Pos, Key: w.Key, Stage: w.Stage}
		if w.Ref > 0 {
			o.Ref = h
			h.offers++
		}
		a.offers = append(a.offers, o)
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
		list, kept := h.r.Live.sequences(h.node, fresh)
		rows, err := h.whole(list, kept)
		if err != nil {
			yield(nil, err)
			return
		}
		h.r.Live.tell(h.r)
		h.r.warnCombinations(h.cut)
		first := h.r.Live.found + 1
		h.r.Live.found += len(list)
		newEvidence(h.node, h.node.Stages, rows).numbered(list, h.r.BatchRows, first)(yield)
	}
}

// sequences is those that are complete with what a round brought, and their events.
func (l *Live) sequences(n *plan.Sequence, fresh *arrivals) (list []finding, events []*column.Batch) {
	if l.standing == nil {
		l.standing = sequence.NewStanding[*held](machinery(n))
		l.standing.Most, l.standing.Gone = l.Most, func(o heldOffer) { l.events.release(o.Ref) }
	}
	l.events.take(fresh.events)
	found := &findings{stages: n.Stages}
	var within [][]*column.Batch // where the events of sequences are
	known := map[*held]bool{}
	upTo := l.low
	if n.Until == nil && !slices.ContainsFunc(n.Stages, func(s plan.Stage) bool { return s.Missing }) {
		upTo = l.order
	}
	l.standing.Round(fresh.offers, upTo, func(m sequence.Match[*held]) {
		events := make([]offer, len(m.Events))
		for i, e := range m.Events {
			events[i] = offer{Time: e.Time, Tie: e.Tie, Pos: e.Pos, Key: e.Key, Stage: e.Stage}
			if e.Ref == nil {
				continue
			}
			if h := e.Ref.where(); !known[h] {
				known[h], within = true, append(within, h.batches)
			}
		}
		found.add(sequence.Match[*column.Batch]{Key: m.Key, Events: events})
	})
	list = found.picked()
	events = eventsAt(list, slices.Concat(within...))
	for l.MostBytes > 0 && l.Bytes() > l.MostBytes && l.Halve() {
	}
	return list, events
}

// Bytes is about how much memory is taken by what is held.
func (l *Live) Bytes() int {
	if l.standing == nil {
		return 0
	}
	offers, _ := l.standing.Held()
	return l.events.bytes + offerBytes*offers
}

// Halve forgets the older half of the events that are held; done is false if there is none.
func (l *Live) Halve() (done bool) { return l.standing != nil && l.standing.Halve() }

// eventsAt picks the events of findings out of what is held.
func eventsAt(list []finding, from []*column.Batch) []*column.Batch {
	var places []int64
	for _, x := range list {
		for _, e := range x.events {
			if e.pos != nowhere {
				places = append(places, e.pos)
			}
		}
	}
	p := newPicker(places)
	for _, b := range from {
		p.Add(b)
	}
	return p.kept
}

// tell warns of what was lost, and again when it has doubled.
func (l *Live) tell(r *runner) {
	if n := l.standing.Late; n > 2*l.late {
		l.late = n
		r.warn("events that came too late to complete a sequence: %d by now; those before them are no longer held", n)
	}
	if n := l.standing.Lost; n > 2*l.lost {
		l.lost = n
		r.warn("events that a sequence may have waited with were forgotten: %d by now; no more than %d, or %d MiB, are held", n, l.Most, l.MostBytes>>20)
	}
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
