package input

import (
	"context"

	"spoor/engine/input/format"
)

// front is a worker of a pass: it finds who may want a record, and lets the workers of their lanes look at it.
type front struct {
	pass   *Pass
	lanes  []*worker
	seats  []*seat // of all members
	hides  []*hits // by lane: what may hide a needle; nil where nobody looks for one
	search search
	record int64             // number of the record
	at     map[int64][]*seat // by packed position: who asked for that record
}

func newFront(p *Pass, w *worker, number int) *front {
	f := &front{pass: p, search: search{finder: p.finder}}
	for _, l := range p.lanes {
		lane := newWorker(l.scan, nil)
		lane.tell(l.clocks, l.windows)
		lane.deal = newDeal(lane, l, number, p.seeks[len(f.seats):])
		f.lanes = append(f.lanes, lane)
		var hides *hits
		for _, s := range lane.deal.seats {
			if s.seeks && hides == nil {
				hides = newHits(nil, nil, format.Hides(l.scan.wanted))
			}
			for place := range s.member.places {
				if f.at == nil {
					f.at = map[int64][]*seat{}
				}
				f.at[place] = append(f.at[place], s)
			}
		}
		f.hides = append(f.hides, hides)
		f.seats = append(f.seats, lane.deal.seats...)
	}
	f.acquaint()
	return f
}

// enter makes the lanes count the records of another input.
func (f *front) enter(ordinal int) {
	if f == nil {
		return
	}
	for _, l := range f.lanes {
		l.ordinal = ordinal
	}
}

func (f *front) handIn(to *File) {
	if f == nil {
		return
	}
	for _, l := range f.lanes {
		l.handIn(to)
	}
}

// leave hands in what is known of all inputs.
func (f *front) leave(to *Scan) {
	if f == nil {
		return
	}
	for _, l := range f.lanes {
		to.judge(l.hosts)
		for _, s := range l.deal.seats {
			s.member.share.took(s.taken)
		}
	}
}

func (f *front) flushAll() {
	if f == nil {
		return
	}
	for _, l := range f.lanes {
		l.flushAll()
	}
}

// records goes through the records of the worker's chunk.
func (f *front) records(ctx context.Context, w *worker) {
	c := w.chunk
	for i, l := range f.lanes {
		l.chunk = c
		if f.hides[i] != nil {
			f.hides[i].reset(c.data)
		}
	}
	cut := newCuts(c, w.scan.config.limit)
	if at := w.scan.config.Demand.At; at != nil {
		for n, offset := range within(at[c.ordinal], c.base, c.own) {
			if w.full || n&1023 == 0 && ctx.Err() != nil {
				return
			}
			cut.jump(int(offset - c.base))
			if start, end, ok := cut.next(); ok && int64(start)+c.base == offset {
				f.take(w, start, end, false)
			}
		}
		return
	}
	if w.hits != nil {
		f.skim(ctx, w, &cut)
	} else {
		for n := 0; ; n++ {
			start, end, ok := cut.next()
			if !ok || w.full || n&1023 == 0 && ctx.Err() != nil {
				break
			}
			f.take(w, start, end, n == 0 || cut.ended())
		}
	}
	if c.long >= 0 {
		w.unreadable(c.long, "longer than a record may be")
	}
}

// take lets the lanes look at a record whose members may want it. One that nobody may want is passed over, but for those at the edges of a chunk.
func (f *front) take(w *worker, start, end int, edge bool) {
	if w.tooLong(start, end) {
		return
	}
	f.seek(w.chunk, start, end)
	var by *worker // who looked and found no event
	outcome, counted, full, shared := format.Event, false, true, false
	for i, l := range f.lanes {
		full = full && l.full
		if shared && l.deal.host != nil {
			continue
		}
		if !l.full && (l.deal.open || len(l.deal.candidates) > 0) || edge && i == 0 && !f.wanted() {
			l.begin(w, counted)
			got := l.look(start, end, true)
			if l.found(got) {
				if shared = shared || i == 0; l.deal.host != nil {
					l.flush(l.last)
				}
			}
			counted = counted || got == format.Event
			if got != format.Event && (by == nil || outcome == format.Unwanted) {
				by, outcome = l, got
			}
		}
	}
	w.full = full
	switch {
	case counted:
	case by == nil:
		w.file.PassedOver++
	default:
		by.begin(w, false)
		by.count(outcome, start, end)
	}
}

// wanted says whether a lane will look at the record.
func (f *front) wanted() bool {
	for _, l := range f.lanes {
		if !l.full && (l.deal.open || len(l.deal.candidates) > 0) {
			return true
		}
	}
	return false
}

// begin makes the lane's worker count on the account of another one, or on none if the record is counted.
func (w *worker) begin(of *worker, counted bool) {
	w.silent, w.file = counted, of.file
	if counted {
		w.file = w.deal.scratch
	}
}

// seek finds the members that may want a record.
func (f *front) seek(c *chunk, start, end int) {
	f.record++
	for i, l := range f.lanes {
		l.deal.candidates = l.deal.candidates[:0]
		if h := f.hides[i]; h != nil && h.from(start) < end {
			for _, s := range l.deal.seats {
				if s.seeks {
					f.candidate(s)
				}
			}
		}
	}
	f.search.within(c.data[start:end], func(n int) { f.candidate(f.seats[n]) })
	if f.at != nil {
		for _, s := range f.at[packed(c, start)] {
			f.candidate(s)
		}
	}
}

func (f *front) candidate(s *seat) {
	if s.record == f.record || s.full {
		return
	}
	s.record = f.record
	s.deal.candidates = append(s.deal.candidates, s)
}
