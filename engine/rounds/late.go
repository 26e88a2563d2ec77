package rounds

import (
	"time"

	"spoor/engine/column"
	"spoor/engine/detect"
	"spoor/engine/rules"
	"spoor/engine/state"
	"spoor/engine/timeindex"
)

// span is moments from one to another, both included, in nanoseconds since 1970.
type span struct{ first, last int64 }

// look finds out up to where each file was read by the runs that the rules go on from.
func (r *round) look() error {
	r.seen, r.last = map[uint64][]int64{}, map[string]state.Position{}
	fresh := false
	for _, rule := range append(r.rules[:len(r.rules):len(r.rules)], listening) {
		run := r.marks[detect.NameOf(rule)].Run
		fresh = fresh || run == 0
		if _, known := r.seen[run]; known || run == 0 {
			continue
		}
		positions, err := r.store.Positions(run)
		if err != nil {
			return err
		}
		byKey := map[timeindex.Key][]state.Position{}
		for _, p := range positions {
			byKey[p.Key] = append(byKey[p.Key], p)
			if before, known := r.last[p.Path]; !known || p.Offset < before.Offset {
				r.last[p.Path] = p
			}
		}
		offsets := make([]int64, len(r.files))
		for i, f := range r.files {
			likely := positions
			if f.Keys != nil {
				likely = nil
				for _, k := range f.Keys {
					likely = append(likely, byKey[k]...)
				}
			}
			for _, p := range likely {
				if offset, ok := f.Seen(p); ok {
					offsets[i] = max(offsets[i], offset)
				}
			}
		}
		r.seen[run] = offsets
	}
	if fresh {
		clear(r.last)
	}
	return nil
}

// late is the times, before those up to which a rule was evaluated, of events that were written since; ok is false if there are none.
func (r *round) late(rule *rules.Rule) (out span, ok bool) {
	mark := r.marks[detect.NameOf(rule)]
	if mark.Run == 0 {
		return out, false
	}
	out = span{column.End, column.Beginning}
	for i, f := range r.files {
		if first, last, timed := f.Since(r.seen[mark.Run][i]); timed && first < mark.Until {
			out.first, out.last = min(out.first, first), max(out.last, min(last, mark.Until-1))
		}
	}
	return out, out.first <= out.last
}

// reaching is the times of all results that an event of the span may be part of.
func (s span) reaching(by time.Duration) span {
	return span{s.first, s.last + int64(by)}
}
