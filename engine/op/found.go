package op

import (
	"cmp"
	"slices"

	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/engine/sequence"
)

// spot is where an event is found again.
type spot struct {
	pos  int64 // nowhere if an event is missing, as it must be
	kept *column.Batch
}

const nowhere = -1

// finding is a sequence or a sample: an event, or none, for each stage.
type finding struct {
	key    digest
	events []spot
}

// findings gathers what a machine emits, in an order that does not depend on how the offers came: by the last event, then the one before
// it and so on, then by key. It keeps no more than the first of the picks lets through.
type findings struct {
	stages []plan.Stage
	picks  []plan.Pick
	group  []sequence.Match[*column.Batch] // with one last event
	list   []finding
}

func (f *findings) add(m sequence.Match[*column.Batch]) {
	if len(f.group) > 0 && f.newest(f.group[0], m) != 0 {
		f.close()
	}
	f.group = append(f.group, m)
}

// close puts the sequences with one last event into the list.
func (f *findings) close() {
	slices.SortFunc(f.group, f.compare)
	for _, m := range f.group {
		x := finding{key: digest{Hi: m.Key[0], Lo: m.Key[1]}, events: make([]spot, len(m.Events))}
		for i, e := range m.Events {
			if x.events[i] = (spot{e.Pos, e.Ref}); f.stages[e.Stage].Missing {
				x.events[i] = spot{pos: nowhere}
			}
		}
		f.keep(x)
	}
	f.group = f.group[:0]
}

func (f *findings) keep(x finding) {
	if len(f.picks) == 0 {
		f.list = append(f.list, x)
		return
	}
	switch p := f.picks[0]; {
	case p.Last:
		if f.list = append(f.list, x); len(f.list) > 2*p.N+chunkSize {
			f.list = slices.Delete(f.list, 0, len(f.list)-p.N)
		}
	case len(f.list) < p.N:
		f.list = append(f.list, x)
	}
}

// picked is what the picks leave of all.
func (f *findings) picked() []finding {
	f.close()
	return pickFindings(f.list, f.picks)
}

func pickFindings(list []finding, picks []plan.Pick) []finding {
	for _, p := range picks {
		if n := min(p.N, len(list)); p.Last {
			list = list[len(list)-n:]
		} else {
			list = list[:n]
		}
	}
	return list
}

// compare orders sequences by their last events, the ones before, and then by key.
func (f *findings) compare(a, b sequence.Match[*column.Batch]) int {
	for i := len(a.Events) - 1; i >= 0; i-- {
		if c := compareOffers(a.Events[i], b.Events[i]); c != 0 {
			return c
		}
	}
	return cmp.Or(cmp.Compare(a.Key[0], b.Key[0]), cmp.Compare(a.Key[1], b.Key[1]))
}

// newest compares the last events of sequences.
func (f *findings) newest(a, b sequence.Match[*column.Batch]) int {
	for i := len(a.Events) - 1; i >= 0; i-- {
		if !f.stages[a.Events[i].Stage].Missing {
			return compareOffers(a.Events[i], b.Events[i])
		}
	}
	return 0
}

func compareOffers(a, b offer) int {
	return cmp.Or(cmp.Compare(a.Time, b.Time), cmp.Compare(a.Tie, b.Tie), cmp.Compare(a.Pos, b.Pos))
}
