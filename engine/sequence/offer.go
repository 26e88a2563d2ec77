// Package sequence finds events that follow each other, and sets of events, for each key. It sees numbers only: whoever feeds it has
// evaluated the conditions and hashed the keys.
package sequence

import "cmp"

// Key is the hash of the values by which events are joined.
type Key [2]uint64

// Offer is an event that satisfies a stage, under one combination of its key values. Events are ordered by Time, Tie and Pos; no two
// events have all three in common.
type Offer[T any] struct {
	Time, Tie, Pos int64
	Key            Key
	Stage          uint16 // index in Config.Stages; their number stands for until
	Ref            T
}

// Stage is one event of a sequence.
type Stage struct {
	Missing bool // no such event may be there
	Runs    int  // how many such events in a row, each offered once; 0 is 1
}

// Config says what a sequence is.
type Config struct {
	Stages  []Stage
	MaxSpan int64 // nanoseconds from the first to the last event, both included; 0: any
}

// Match is a sequence that was found. Events holds Runs offers per stage, in the order of the stages; where an event is missing, as it
// must be, the offer has nothing but its Stage.
type Match[T any] struct {
	Key    Key
	Events []Offer[T]
}

// Compare is the order in which a machine wants its offers.
func (m *Machine[T]) Compare(a, b Offer[T]) int { return Compare(a, b, len(m.roles)) }

// Compare is the order in which a machine of so many stages wants offers: the stages of one event from the last to the first, until behind all of
// them.
func Compare[T any](a, b Offer[T], stages int) int {
	switch {
	case a.Time != b.Time:
		return cmp.Compare(a.Time, b.Time)
	case a.Tie != b.Tie:
		return cmp.Compare(a.Tie, b.Tie)
	case a.Pos != b.Pos:
		return cmp.Compare(a.Pos, b.Pos)
	case a.Stage != b.Stage:
		return cmp.Compare(turn(a.Stage, stages), turn(b.Stage, stages))
	case a.Key[0] != b.Key[0]:
		return cmp.Compare(a.Key[0], b.Key[0])
	}
	return cmp.Compare(a.Key[1], b.Key[1])
}

func turn(stage uint16, stages int) int {
	if int(stage) == stages {
		return 1
	}
	return -int(stage)
}
