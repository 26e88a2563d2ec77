package plan

import (
	"time"

	"spoor/engine/column"
)

// Reach is how a search for sequences goes beyond the time that it is asked about.
type Reach struct {
	MaxSpan time.Duration // from the first to the last event; 0: any
	// Open says that a sequence ends with an event that must not be there, so that it is found only when MaxSpan has gone by since its first one.
	Open bool
}

// ReachOf is the reach of a plan, if its rows are the events of sequences.
func ReachOf(n Node) (r Reach, ok bool) {
	if s, ok := n.(*Sequence); ok {
		return Reach{s.MaxSpan, s.Stages[len(s.Stages)-1].Missing}, true
	}
	if ins := n.Inputs(); len(ins) == 1 && Carries(n) {
		return ReachOf(ins[0])
	}
	return Reach{}, false
}

// Earlier is the plan over a time that begins so much earlier, if it has a beginning.
func Earlier(n Node, by time.Duration) Node {
	return rewrite(func(n Node) (Node, bool) {
		s, ok := n.(*Scan)
		if !ok || s.Earliest == column.Beginning {
			return n, false
		}
		out := *s
		out.Earliest -= int64(by)
		return &out, true
	}).once(n)
}

// once applies a rewrite to each node a single time.
func (r rewrite) once(n Node) Node {
	if ins := n.Inputs(); len(ins) > 0 {
		with := make([]Node, len(ins))
		for i, in := range ins {
			with[i] = r.once(in)
		}
		n = n.With(with...)
	}
	m, _ := r(n)
	return m
}
