package input

import (
	"slices"
	"time"

	"spoor/engine/column"
)

// deal is what the worker of a lane does with events: each goes into one batch, and to everyone who may want it.
type deal struct {
	worker     *worker
	seats      []*seat
	candidates []*seat // those that may want the record, beside those that want all
	open       bool    // somebody wants all
	lane       *lane
	scratch    *File   // takes what is counted already
	host       *worker // of the lane that reads for the members too; nil: none does
}

// seat is a member of a lane in one of its workers.
type seat struct {
	member *member
	deal   *deal
	index  int // in the deal
	take   Consumer
	seeks  bool  // only records that hold a needle
	record int64 // the last one of which the seat was a candidate
	full   bool
	taken  Taken
	other  *seat // of the same share, in its own lane or as a guest; nil: there is none
}

// hand is what a seat gets of the events of one kind.
type hand struct {
	seat   *seat
	names  []string // of the columns; nil: all
	slots  []int    // where they are in the lane's batches
	schema *column.Schema
	rows   []uint32 // its rows of the batch, if it does not get all
	sought []string // it gets only rows that hold a needle in one of these columns, as a sieve finds them; nil: others
	held   []uint64 // by row of the batch, a bit: it holds a needle
}

// eligible is the rows of a batch that are in a window.
type eligible struct {
	wanted bool     // somebody wants all of them, or all that hold a needle
	gaps   bool     // some rows are not in it
	rows   []uint32 // those that are, if there are gaps
}

func newDeal(w *worker, l *lane, number int, seeks []bool) *deal {
	d := &deal{worker: w, lane: l, scratch: newFile()}
	for i, m := range l.members {
		s := &seat{member: m, deal: d, index: i, take: m.share.Consumers[number], seeks: seeks[i], taken: Taken{Kinds: map[string]int64{}}}
		d.seats = append(d.seats, s)
		d.open = d.open || s.whole()
	}
	return d
}

// whole says whether the seat wants every record.
func (s *seat) whole() bool { return !s.seeks && s.member.places == nil }

// sit gives hands to those who want events of the builder's kind, and names the columns that they need together.
func (d *deal) sit(b *builder) (names []string) {
	b.hands = make([]*hand, len(d.seats))
	b.eligible = make([]eligible, len(d.worker.windows))
	for i, s := range d.seats {
		if !s.member.wants(b.kind) {
			continue
		}
		h := &hand{seat: s}
		b.hands[i] = h
		if s.whole() {
			b.eligible[s.member.window].wanted = true
		}
		if demand := &s.member.share.Demand; !demand.All {
			h.names = distinct(slices.Concat(demand.Fields, demand.Kinds[b.kind]))
			for _, name := range h.names {
				names = append(names, s.column(name))
			}
		}
	}
	if d.lane.sifts {
		b.sieve = newSieve(d.lane, b.kind, b.hands)
	}
	return names
}

// column is the name under which the lane has a column of the seat's.
func (s *seat) column(name string) string {
	if name == "_time" {
		return timeBy(s.member.clock)
	}
	return name
}

// row deals the event in the record as the next row of the builder, and says whether anybody takes it.
func (d *deal) row(b *builder) (taken bool) {
	takes := d.worker.takes
	for _, s := range d.candidates {
		if h := b.hands[s.index]; h != nil && takes[s.member.window] {
			h.rows, taken = append(h.rows, uint32(b.rows)), true
		}
	}
	for i := range b.eligible {
		taken = taken || takes[i] && b.eligible[i].wanted
	}
	if !taken {
		return false
	}
	for i := range b.eligible {
		b.eligible[i].add(b.rows, takes[i])
	}
	return true
}

// add notes whether the next row is in the window.
func (e *eligible) add(row int, in bool) {
	if !in && !e.gaps {
		e.gaps = true
		for r := range row {
			e.rows = append(e.rows, uint32(r))
		}
	}
	if in && e.gaps {
		e.rows = append(e.rows, uint32(row))
	}
}

// flush gives everybody what was dealt, and says whether nobody wants more.
func (d *deal) flush(b *builder) (full bool) {
	d.before(b.kind)
	kind, batch := b.kind, b.batch()
	if b.sieve != nil {
		b.sieve.sift(batch)
	}
	for _, h := range b.hands {
		if h == nil {
			continue
		}
		if s := h.seat; !s.full {
			if rows, some := b.handed(h); some {
				s.give(kind, h.batch(batch, rows), d.worker.scan.config.Clock)
			}
		}
		h.rows = h.rows[:0]
	}
	for i := range b.eligible {
		b.eligible[i].gaps, b.eligible[i].rows = false, b.eligible[i].rows[:0]
	}
	return !slices.ContainsFunc(d.seats, func(s *seat) bool { return !s.full })
}

// give hands a batch to the seat's consumer.
func (s *seat) give(kind string, b *column.Batch, clock func() time.Time) {
	if s.full = s.member.share.Err() != nil; s.full {
		return
	}
	defer func() {
		if s.other != nil {
			s.other.full = s.full
		}
	}()
	s.taken.Batches++
	s.taken.Kinds[kind] += int64(b.Rows)
	if clock != nil {
		begin := clock()
		defer func() { s.taken.Time += clock().Sub(begin) }()
	}
	s.full = s.member.share.guarded(func() (bool, error) { return s.take(kind, b) })
}

// handed is the rows of a hand, nil for all; some is false if there are none.
func (b *builder) handed(h *hand) (rows []uint32, some bool) {
	e := &b.eligible[h.seat.member.window]
	switch {
	case h.sought != nil:
		h.sifted(e)
	case h.seat.whole() && !e.gaps:
		return nil, true
	case h.seat.whole():
		return e.rows, len(e.rows) > 0
	}
	return h.rows, len(h.rows) > 0
}

// batch is the hand's columns of some rows of a batch, nil for all.
func (h *hand) batch(of *column.Batch, rows []uint32) *column.Batch {
	if h.names == nil && rows == nil {
		return of
	}
	if h.names == nil {
		return of.Pick(rows)
	}
	if h.schema == nil {
		h.schema = column.NewSchema(h.names...)
		for _, name := range h.names {
			h.slots = append(h.slots, of.Schema.Slot(h.seat.column(name)))
		}
	}
	cols, n := make([]column.Vector, len(h.slots)), of.Rows
	if rows != nil {
		n = len(rows)
	}
	for i, slot := range h.slots {
		if cols[i] = of.Cols[slot]; rows != nil {
			cols[i] = cols[i].Pick(rows)
		}
	}
	return column.NewBatch(h.schema, cols, n)
}

// packed is the position of a record of a chunk.
func packed(c *chunk, start int) int64 { return column.PackPosition(c.ordinal, c.base+int64(start)) }
