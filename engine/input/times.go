package input

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"sync"

	"spoor/engine/input/format"
	"spoor/engine/input/frame"
)

// Part is which times the records of a part of an input have, by any clock that a record may be asked by. If none has a time, First is behind Last.
type Part struct {
	Range
	First, Last int64
	Events      int64
	// Yearless says that of some it is known only in which year they were if it is known when now is.
	Yearless bool
}

// Times tells part by part which times are in an input, from where a record begins to its end, or to that of its Bounds, and says where that is. The
// last record of an input that may still grow, or is broken, is left out if it may not be whole; whole says that the input will not grow. Of c it looks
// at Now, Zone and BlockSize, the bytes of a part. What could not be read to its end may have been told as far as it was read; to is behind that.
func Times(ctx context.Context, in Input, from int64, whole bool, workers int, c Config, note func(Part) error) (to int64, err error) {
	bounds := Range{from, End}
	if in.Bounds != nil {
		bounds.To = in.Bounds.To
	}
	in.Index, in.Bounds = nil, &bounds
	if c.BlockSize <= 0 {
		c.BlockSize = 1 << 20
	}
	s := New(Inputs{in}, Config{Demand: Demand{Fields: []string{}}, BlockSize: c.BlockSize, Full: true, Again: true, Now: c.Now, Zone: c.Zone, limit: c.limit})
	sum := &timing{whole: whole, end: from, cut: End}
	err = s.run(ctx, max(workers, 1), func(int) *worker {
		w := newWorker(s, nil)
		w.timer = newTimer(s, sum)
		return w
	})
	if err != nil {
		return from, err
	}
	failed := s.ledger.Files[0].Failed
	if failed != "" {
		err = errors.New(failed)
		if len(s.work.streams) == 0 { // other workers may have read what is behind
			return from, err
		}
	}
	to = min(sum.end, sum.cut, bounds.To)
	sum.found = slices.DeleteFunc(sum.found, func(x Part) bool { return x.From >= to })
	slices.SortFunc(sum.found, func(a, b Part) int { return int(min(max(a.From-b.From, -1), 1)) })
	for i := range sum.found {
		x := &sum.found[i]
		if i == 0 {
			x.From = from
		}
		if x.To = to; i+1 < len(sum.found) {
			x.To = sum.found[i+1].From
		}
		if err := note(*x); err != nil {
			return from, err
		}
	}
	return to, err
}

// timing is what the workers found out together.
type timing struct {
	whole bool

	mu    sync.Mutex
	found []Part
	end   int64 // of what was read
	cut   int64 // where a record begins that may not be whole
}

// timer looks for the times of records, as all manners of reading them find them.
type timer struct {
	sum   *timing
	lanes []*worker
}

// manners is how searches read records. The first is the one that finds most.
var manners = []Demand{
	{JSON: true, Text: true, Braces: true}, {JSON: true, Text: true}, {JSON: true}, {}, {JSON: true, Kinds: audits}, {Kinds: audits},
}

// audits is kinds that make auditd's records be read.
var audits = map[string][]string{"auditd/": nil}

func newTimer(of *Scan, sum *timing) *timer {
	t := &timer{sum: sum}
	for _, d := range manners {
		audit := d.Kinds != nil
		d.Kinds, d.Fields, d.Earliest, d.Latest = nil, []string{}, Beginning, End
		config := of.config
		config.Demand = d
		w := wanted(&config)
		w.Audit = audit
		lane := newWorker(&Scan{inputs: of.inputs, config: config, wanted: w, hosts: map[string]drift{}}, nil)
		lane.tell([]Clock{{}, {Written: true}}, []span{{earliest: Beginning, latest: End}})
		lane.silent, lane.file, lane.ordinal = true, newFile(), 0
		t.lanes = append(t.lanes, lane)
	}
	return t
}

// records looks at the records of a chunk.
func (t *timer) records(ctx context.Context, c *chunk) {
	limit := t.lanes[0].scan.config.limit
	stop := c.base + int64(len(c.data))
	if c.last && (!t.sum.whole || c.torn) {
		stop = unfinished(c, limit)
	}
	for _, l := range t.lanes {
		l.chunk = c
	}
	out := Part{Range: Range{From: -1}, First: End, Last: Beginning}
	cut := newCuts(c, limit)
	for n := 1; ; n++ {
		start, end, ok := cut.next()
		if !ok || c.base+int64(start) >= stop || n&1023 == 0 && ctx.Err() != nil {
			break
		}
		if out.From < 0 {
			out.From = c.base + int64(start)
		}
		if end-start <= limit {
			t.look(start, end, &out)
		}
	}
	t.sum.add(out, c, stop)
}

func (s *timing) add(x Part, c *chunk, stop int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if x.From >= 0 {
		s.found = append(s.found, x)
	}
	end := c.base + int64(len(c.data))
	if s.end = max(s.end, end); stop < end {
		s.cut = min(s.cut, stop)
	}
}

// look finds the times of a record in any manner in which it is an event.
func (t *timer) look(start, end int, out *Part) {
	event := false
	for _, l := range t.lanes {
		if l.look(start, end, false) != format.Event {
			continue
		}
		event = true
		for _, at := range l.times {
			if at.known {
				out.First, out.Last = min(out.First, at.ns), max(out.Last, at.ns)
			}
		}
		if l.record.Meta.Yearless {
			if out.Yearless = true; l.scan.config.Now == 0 { // it may be asked about by somebody who knows when now is
				out.First, out.Last = Beginning, End
			}
		}
		if alike(l.last.kind) {
			break
		}
	}
	if event {
		out.Events++
	}
}

// unfinished is where a record begins that may not be whole, if a file that may still grow ends with the chunk. It may have begun before the chunk.
func unfinished(c *chunk, limit int) int64 {
	if c.listed {
		if n := len(c.records); n > 0 && c.cut {
			return c.base + int64(c.records[n-1][0])
		}
		return c.base + int64(len(c.data))
	}
	whole := bytes.LastIndexByte(c.data, '\n') + 1
	l := frame.Lines{Data: c.data[:whole], Base: c.base, Limit: limit, Part: c.part, State: c.state}
	if state := l.Through(); state.Open {
		return state.Since
	}
	return c.base + int64(whole)
}
