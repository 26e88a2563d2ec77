package input

import (
	"slices"

	"spoor/engine/column"
)

// deal is what the worker of a lane does with events: each goes into one batch, and to everyone who may want it.
type deal struct {
	worker     *worker
	seats      []*seat
	candidates []*seat // those that may want the record, beside those that want all
	open       bool    // somebody wants all
	scratch    *File   // takes what is counted already
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
}

// hand is what a seat gets of the events of one kind.
type hand struct {
	seat   *seat
	names  []string // of the columns; nil: all
	slots  []int    // where they are in the lane's batches
	schema *column.Schema
	whole  bool     // every row but those that are outside of its window
	gaps   bool     // there are such rows
	rows   []uint32 // its rows of the batch; of a whole hand only if there are gaps
	seen   []extent // of each column
}

// extent is how much of a dictionary somebody has seen.
type extent struct {
	dictionary *column.Dictionary
	entries    int
}

func newDeal(w *worker, l *lane, number int, seeks []bool) *deal {
	d := &deal{worker: w, scratch: newFile()}
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
	for i, s := range d.seats {
		if !s.member.wants(b.kind) {
			continue
		}
		h := &hand{seat: s, whole: s.whole()}
		b.hands[i] = h
		if h.whole {
			b.whole = append(b.whole, h)
		}
		if demand := &s.member.share.Demand; !demand.All {
			h.names = distinct(slices.Concat(demand.Fields, demand.Kinds[b.kind]))
			for _, name := range h.names {
				names = append(names, s.column(name))
			}
		}
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
	for _, h := range b.whole {
		taken = taken || takes[h.seat.member.window] && !h.seat.full
	}
	if !taken {
		return false
	}
	for _, h := range b.whole {
		switch {
		case !takes[h.seat.member.window]:
			h.gap(b.rows)
		case h.gaps:
			h.rows = append(h.rows, uint32(b.rows))
		}
	}
	return true
}

// gap leaves the next row out.
func (h *hand) gap(rows int) {
	if !h.gaps {
		h.gaps = true
		for r := range rows {
			h.rows = append(h.rows, uint32(r))
		}
	}
}

// flush gives everybody what was dealt, and says whether nobody wants more.
func (d *deal) flush(b *builder) (full bool) {
	kind, batch := b.kind, b.batch()
	for _, h := range b.hands {
		if h == nil {
			continue
		}
		if s := h.seat; !s.full {
			if mine := h.batch(batch); mine != nil {
				s.taken.Batches++
				s.taken.Kinds[kind] += int64(mine.Rows)
				s.full = s.member.share.Err() != nil || s.member.share.guarded(func() (bool, error) { return s.take(kind, mine) })
			}
		}
		h.rows, h.gaps = h.rows[:0], false
	}
	return !slices.ContainsFunc(d.seats, func(s *seat) bool { return !s.full })
}

// batch is the hand's rows and columns of a batch; nil if it has no rows.
func (h *hand) batch(of *column.Batch) *column.Batch {
	rows := h.rows
	if h.whole && !h.gaps {
		rows = nil
	} else if len(rows) == 0 {
		return nil
	}
	if h.names == nil && rows == nil {
		return of
	}
	if h.names == nil {
		return of.Pick(rows)
	}
	if h.schema == nil {
		h.schema, h.seen = column.NewSchema(h.names...), make([]extent, len(h.names))
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
			cols[i] = h.pick(cols[i], i, rows)
		}
	}
	return column.NewBatch(h.schema, cols, n)
}

// pick is some rows of a column. Of a dictionary that has grown by more entries than there are rows they are plain texts: who gets them would
// evaluate its expressions over all entries.
func (h *hand) pick(v column.Vector, i int, rows []uint32) column.Vector {
	d, ok := v.(*column.Dict)
	if !ok {
		return v.Pick(rows)
	}
	seen := &h.seen[i]
	if seen.dictionary != d.Dictionary {
		*seen = extent{dictionary: d.Dictionary}
	}
	if d.Dictionary.Len()-seen.entries > len(rows) {
		return d.Texts(rows)
	}
	seen.entries = d.Dictionary.Len()
	return v.Pick(rows)
}

// packed is the position of a record of a chunk.
func packed(c *chunk, start int) int64 { return column.PackPosition(c.ordinal, c.base+int64(start)) }
