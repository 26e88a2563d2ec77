package rounds

import (
	"time"

	"spoor/engine/column"
	"spoor/engine/detect"
	"spoor/engine/rules"
)

// span is moments from one to another, both included, in nanoseconds since 1970.
type span struct{ first, last int64 }

// late is the times, before those up to which a rule was evaluated, of events that were written since; ok is false if there are none.
func (r *round) late(rule *rules.Rule) (out span, ok bool) {
	mark := r.marks[detect.NameOf(rule)]
	if mark.Run == 0 {
		return out, false
	}
	out = span{column.End, column.Beginning}
	for i, f := range r.files {
		if first, last, timed := f.Since(r.before[mark.Run].offsets[i]); timed && first < mark.Until {
			out.first, out.last = min(out.first, first), max(out.last, min(last, mark.Until-1))
		}
	}
	return out, out.first <= out.last
}

// reaching is the times of all results that an event of the span may be part of.
func (s span) reaching(by time.Duration) span {
	return span{s.first, s.last + int64(by)}
}
