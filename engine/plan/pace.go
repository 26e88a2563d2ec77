package plan

import "time"

// Pace says how rows can be told while the logs that are searched grow.
type Pace uint8

// The paces: only over a time as a whole, since rows depend on what may yet come; an event after the other; a sequence after the other.
const (
	Whole Pace = iota
	ByEvent
	BySequence
)

// PaceOf is the pace of a plan.
func PaceOf(n Node) Pace {
	switch n := n.(type) {
	case *Scan:
		return ByEvent
	case *Enrich:
		return PaceOf(n.In)
	case *Sequence:
		if len(n.Picks) > 0 || PaceOf(n.In) != ByEvent {
			return Whole
		}
		return BySequence
	case *Sort:
		if n.Limit > 0 {
			return Whole
		}
		return PaceOf(n.In)
	}
	if !RowWise(n) || len(n.Inputs()) != 1 {
		return Whole
	}
	return PaceOf(n.Inputs()[0])
}

// OldestFirst is a plan of events with its rows in the order of time.
func OldestFirst(n Node) Node {
	sorted := []SortKey{{Name: EventTime, By: Num}, {Name: Position, By: Num}}
	switch n := n.(type) {
	case *Sort:
		if len(n.Keys) == len(newestFirst) && n.Keys[0] == newestFirst[0] {
			return &Sort{In: n.In, Keys: sorted}
		}
		return n
	case *Scan, *View:
		return n
	}
	if in := n.Inputs(); RowWise(n) && len(in) == 1 {
		return n.With(OldestFirst(in[0]))
	}
	return n
}

// SequenceOf is the sequence whose events are the rows of a plan, if there is one.
func SequenceOf(n Node) (*Sequence, bool) {
	if s, ok := n.(*Sequence); ok {
		return s, true
	}
	if in := n.Inputs(); len(in) == 1 {
		return SequenceOf(in[0])
	}
	return nil, false
}

// Lookback is how long before an event others may stand that decide about its sequences; without a MaxSpan it means nothing.
func (n *Sequence) Lookback() time.Duration {
	if n.Stages[0].Missing {
		return 2 * n.MaxSpan
	}
	return n.MaxSpan
}
