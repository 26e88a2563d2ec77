package input

import (
	"context"

	"spoor/engine/input/format"
)

// worker turns the records of chunks into batches, in the order of their positions.
type worker struct {
	scan    *Scan
	consume Consumer
	decoder decoder
	record  *format.Record
	slots   slots
	reader  reader
	hits    *hits // nil: every record is looked at

	clocks  []clock  // by which the time of an event is told
	times   []moment // of the event in the record, by each clock
	windows []span
	takes   []bool // whether the event is in each window
	closed  []int  // the windows in which not every event is
	open    bool   // every event is in one of the others

	// Of a pass that several queries share: who looks at each record, or what is dealt to whom.
	front *front
	deal  *deal
	timer *timer // of one that only wants to know times

	ordinal  int
	file     *File // what was counted of the current input
	silent   bool  // others have counted the event
	chunk    *chunk
	builders map[string]*builder
	last     *builder // of the last event
	kind     string   // that was its
	row      row      // the event in the record
	minute   minute
	encoders map[string]*encoder
	hosts    map[string]*drift
	full     bool
	err      error

	envelope  string // of the events that were counted last
	enveloped int64  // of those, not yet in the file's formats
}

func newWorker(s *Scan, consume Consumer) *worker {
	w := &worker{
		scan: s, consume: consume, decoder: s.config.decoder(s.wanted), record: format.NewRecord(s.wanted),
		reader: reader{limit: s.config.limit}, builders: map[string]*builder{}, encoders: map[string]*encoder{}, hosts: map[string]*drift{}, ordinal: nowhere,
	}
	w.slots = newSlots(w.record)
	d := &s.config.Demand
	w.tell([]Clock{d.Clock}, []span{{earliest: d.Earliest, latest: d.Latest, needed: d.Clock.Needed}})
	if s.needles != nil {
		w.hits = newHits(s.needles, s.many, s.config.hides)
	}
	return w
}

// run works until nothing is left to do, the consumer is full, or the context is cancelled.
func (w *worker) run(ctx context.Context) error {
	for !w.done(ctx) && w.next(ctx) {
	}
	w.leave()
	return w.err
}

// next does a piece of work; if none is left to claim, it helps others, delivers the rest and says no.
func (w *worker) next(ctx context.Context) bool {
	b, st := w.scan.work.claim()
	switch {
	case b != nil:
		w.block(ctx, b)
	case st != nil:
		w.stream(ctx, st)
	default:
		for _, st := range w.scan.work.behind(w.ordinal) {
			w.stream(ctx, st)
		}
		w.flushAll()
		w.front.flushAll()
		return false
	}
	return true
}

func (w *worker) done(ctx context.Context) bool { return w.full || w.err != nil || ctx.Err() != nil }

func (w *worker) block(ctx context.Context, b *block) {
	w.enter(b.file.ordinal)
	if c, ok := w.reader.read(ctx, b); ok {
		c.own = b.to - c.base
		w.records(ctx, &c)
	}
	b.file.release()
	n := b.to - b.from
	w.file.Bytes += n
	w.file.Stored += n
	w.scan.read.Add(n)
	if w.grown(w.reader.buf) {
		w.reader.buf = nil
	}
}

// grown says whether a buffer became too big for one long record to be used again.
func (w *worker) grown(buf []byte) bool { return cap(buf) > 8*w.scan.config.BlockSize+1<<20 }

func (w *worker) stream(ctx context.Context, st *stream) {
	for !w.done(ctx) {
		select {
		case c, ok := <-st.chunks:
			if !ok {
				return
			}
			w.enter(st.ordinal)
			c.own = int64(len(c.data))
			w.records(ctx, &c)
			if w.grown(c.data) {
				continue
			}
			select {
			case st.free <- c.data[:0]:
			default:
			}
		case <-ctx.Done():
		}
	}
}

// nowhere is the ordinal of a worker that reads no input.
const nowhere = -1

// enter hands in what was counted of the input before.
func (w *worker) enter(ordinal int) {
	if ordinal == w.ordinal {
		return
	}
	if w.ordinal != nowhere {
		w.handIn(w.file)
		w.front.handIn(w.file)
		w.scan.merge(w.ordinal, w.file)
	}
	w.ordinal, w.file = ordinal, newFile()
	w.front.enter(ordinal)
}

func newFile() *File {
	return &File{Count: Count{Kinds: map[string]int64{}, Unsupported: map[string]int64{}, Formats: map[string]int64{}}}
}

// handIn puts the events of the builders, and those of the last envelope, on the account of a file.
func (w *worker) handIn(to *File) {
	w.enclosed("", to)
	for kind, b := range w.builders {
		if b.events > 0 {
			to.Kinds[kind] += b.events
			b.events = 0
		}
	}
}

// enclosed counts an event that came in an envelope. Those of the same envelope are put on the account of a file together.
func (w *worker) enclosed(name string, to *File) {
	if name != w.envelope {
		if w.enveloped > 0 {
			to.Formats[w.envelope] += w.enveloped
		}
		w.envelope, w.enveloped = name, 0
	}
	if name != "" {
		w.enveloped++
	}
}

// leave hands in what was counted of the last input, and what is counted over all of them.
func (w *worker) leave() {
	w.enter(nowhere)
	w.scan.judge(w.hosts)
	w.front.leave(w.scan)
}

// judge takes over what a worker knows of the clocks of hosts.
func (s *Scan) judge(hosts map[string]*drift) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for host, d := range hosts {
		sum := s.hosts[host]
		s.hosts[host] = drift{sum.events + d.events, sum.wrong + d.wrong}
	}
}

// records goes through the records of a chunk.
func (w *worker) records(ctx context.Context, c *chunk) {
	w.chunk = c
	if w.front != nil {
		w.front.records(ctx, w)
		return
	}
	if w.timer != nil {
		w.timer.records(ctx, c)
		return
	}
	if at := w.scan.config.Demand.At; at != nil {
		w.named(ctx, within(at[c.ordinal], c.base, c.own))
		return
	}
	cut := newCuts(c, w.scan.config.limit)
	if w.hits == nil {
		for n := 1; ; n++ {
			start, end, ok := cut.next()
			if !ok || w.full || w.err != nil || n&1023 == 0 && ctx.Err() != nil {
				break
			}
			w.take(start, end, true)
		}
	} else {
		w.search(ctx, &cut)
	}
	if c.long >= 0 {
		w.unreadable(c.long, "longer than a record may be")
	}
}

// search looks at the records that hold a hit, and at the first and the last one for the sake of the ledger.
func (w *worker) search(ctx context.Context, cut *cuts) {
	w.hits.reset(w.chunk.data)
	for first := true; !w.full && w.err == nil && ctx.Err() == nil; first = false {
		if !first {
			w.file.PassedOver += cut.skip(w.hits.from(cut.at()))
		}
		start, end, ok := cut.next()
		if !ok {
			return
		}
		hit := w.hit(start, end)
		if hit || first || cut.ended() {
			w.take(start, end, hit)
		} else {
			w.file.PassedOver++
		}
	}
}

// hit says whether what may be asked for of a record holds a hit.
func (w *worker) hit(start, end int) bool {
	at := w.hits.from(start)
	if at >= end || w.scan.whole {
		return at < end
	}
	head := start + w.decoder.Head(w.chunk.data[start:end], w.record)
	return at >= head || w.hits.from(head) < end
}
