package why

import (
	"slices"
	"time"

	"spoor/engine/plan"
)

// End is how a partial sequence ended.
type End string

// The ends: it was completed; no event of the next stage came, or one that was too late; a newer event of its last stage took its place; an event of
// until, or one that must not be there, came; or an event came for which there was nothing to continue.
const (
	Completed End = "completed"
	Missed    End = "missed"
	Late      End = "late"
	Replaced  End = "replaced"
	Stopped   End = "until"
	Unwanted  End = "unwanted"
	Orphan    End = "orphan"
)

// Ending is a partial sequence and how it ended.
type Ending struct {
	End     End
	Events  []Member
	Next    int           // the stage that was waited for, counted from 0
	By      *Member       // the event that ended it; nil if none did
	Late    time.Duration // beyond maxspan
	Gap     time.Duration // from the first event to the one that was too late
	Others  []Member      // events of the stage that was waited for, which have other keys
	Instead *Instead      // nil if there is none
	Because string
}

// Member is an event of a sequence.
type Member struct {
	Stage    int // counted from 0
	Time     int64
	Position int64
	File     string
	Line     int64
	Keys     []Seen
}

// has says whether the event at a position has a part in the ending.
func (e *Ending) has(position int64) bool {
	at := func(m Member) bool { return m.Position == position }
	return slices.ContainsFunc(e.Events, at) || e.By != nil && at(*e.By)
}

// tracer follows partial sequences of one combination of keys as the engine does, and remembers how each of them ended.
type tracer struct {
	stages  []plan.Stage
	steps   []int // the stages of the events that are waited for: one that comes several times in a row is several
	maxSpan int64
	pending []*partial // by step, what has got so far
	lead    *Member    // the last event that must not be there before the first
	done    *Ending    // the last that was completed
	newest  int64      // the time of the last event
	ended   func(*Ending)
}

type partial struct {
	events []Member
	spoilt *Member
}

func newTracer(n *plan.Sequence, ended func(*Ending)) *tracer {
	t := &tracer{stages: n.Stages, maxSpan: int64(n.MaxSpan), ended: ended}
	for i, s := range n.Stages {
		for range max(s.Runs, 1) {
			if !s.Missing {
				t.steps = append(t.steps, i)
			}
		}
	}
	t.pending = make([]*partial, len(t.steps))
	return t
}

// offer takes the next event, which is of these stages.
func (t *tracer) offer(m Member, stages []int) {
	t.newest = m.Time
	for _, s := range slices.Backward(stages) {
		m.Stage = s
		switch {
		case s == len(t.stages):
			t.stop(m)
		case t.stages[s].Missing:
			t.spoil(m)
		default:
			t.advance(m)
		}
	}
}

// advance moves on what waits for an event of the stage.
func (t *tracer) advance(m Member) {
	used := false
	for i := len(t.steps) - 1; i >= 0; i-- {
		if t.steps[i] != m.Stage {
			continue
		}
		if i == 0 {
			p := &partial{}
			if t.lead != nil && t.within(t.lead.Time, m.Time) {
				p.spoilt = t.lead
			}
			t.put(0, p, m)
			used = true
			continue
		}
		p := t.pending[i-1]
		if p == nil {
			continue
		}
		used, t.pending[i-1] = true, nil
		if first := p.events[0].Time; !t.within(first, m.Time) {
			t.end(i, p, &Ending{End: Late, By: &m, Gap: time.Duration(m.Time - first), Late: time.Duration(m.Time - first - t.maxSpan)})
			continue
		}
		t.put(i, p, m)
	}
	if !used {
		t.ended(&Ending{End: Orphan, By: &m, Next: max(m.Stage-1, 0)})
	}
}

// put adds an event to a partial sequence, which now has got to the i-th step.
func (t *tracer) put(i int, p *partial, m Member) {
	p = &partial{append(slices.Clone(p.events), m), p.spoilt}
	if i == len(t.steps)-1 {
		if p.spoilt != nil {
			t.end(i, p, &Ending{End: Unwanted, By: p.spoilt})
		} else {
			t.done = &Ending{End: Completed, Events: p.events}
			t.ended(t.done)
		}
		return
	}
	if old := t.pending[i]; old != nil {
		t.end(i+1, old, &Ending{End: Replaced, By: &m})
	}
	t.pending[i] = p
}

// end tells how a partial sequence that waited for the i-th step ended.
func (t *tracer) end(i int, p *partial, e *Ending) {
	e.Events, e.Next = p.events, t.steps[min(i, len(t.steps)-1)]
	t.ended(e)
}

// spoil notes an event that must not be there.
func (t *tracer) spoil(m Member) {
	next := slices.IndexFunc(t.steps, func(s int) bool { return s > m.Stage })
	switch {
	case next == 0:
		t.lead = &m
	case next > 0 && t.pending[next-1] != nil:
		t.pending[next-1].spoilt = &m
	case next < 0 && t.done != nil && t.within(t.done.Events[0].Time, m.Time):
		t.ended(&Ending{End: Unwanted, Events: t.done.Events, Next: m.Stage, By: &m})
		t.done = nil
	}
}

// stop ends all that waits.
func (t *tracer) stop(m Member) {
	for i, p := range t.pending {
		if p != nil {
			t.end(i+1, p, &Ending{End: Stopped, By: &m})
			t.pending[i] = nil
		}
	}
}

// finish ends all that still waits: there are no more events.
func (t *tracer) finish() {
	for i, p := range t.pending {
		if p != nil {
			t.end(i+1, p, &Ending{End: Missed})
		}
	}
}

func (t *tracer) within(from, to int64) bool { return t.maxSpan == 0 || to-from <= t.maxSpan }
