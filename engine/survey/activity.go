package survey

import (
	"slices"
	"sort"
)

// span is a time from its first to its last moment, in nanoseconds since 1970.
type span struct{ from, to int64 }

// length is how long a span is; times may be as far apart as all time.
func (s span) length() uint64 { return uint64(s.to) - uint64(s.from) }

// mostSpans is how many times of activity are told apart. Beyond, the shorter half of the silences between them is forgotten; the longest are always known.
const mostSpans = 1024

// activity is when a host had events: the spans without silence in them. They do not depend on the order of the events.
type activity struct {
	silence uint64 // the longest that is none
	spans   []span // in order
	coarse  bool   // there were too many: what is no silence is longer than it was to be
}

// add adds a span to those it is not silent between.
func (a *activity) add(s span) {
	n := len(a.spans)
	if n > 0 && a.spans[n-1].from <= s.from && s.to <= a.spans[n-1].to { // most events are among the others
		return
	}
	begin := sort.Search(n, func(i int) bool { return a.spans[i].to >= s.from || span{a.spans[i].to, s.from}.length() <= a.silence })
	end := begin
	for ; end < n && (a.spans[end].from <= s.to || span{s.to, a.spans[end].from}.length() <= a.silence); end++ {
		s.from, s.to = min(s.from, a.spans[end].from), max(s.to, a.spans[end].to)
	}
	if end > begin {
		a.spans[begin] = s
		a.spans = append(a.spans[:begin+1], a.spans[end:]...)
		return
	}
	a.spans = append(a.spans, span{})
	copy(a.spans[begin+1:], a.spans[begin:])
	a.spans[begin] = s
	if len(a.spans) > mostSpans {
		a.coarsen(a.middle())
	}
}

// middle is the length that half of the silences do not exceed.
func (a *activity) middle() uint64 {
	lengths := make([]uint64, 0, len(a.spans))
	for _, s := range a.silences() {
		lengths = append(lengths, s.length())
	}
	slices.Sort(lengths)
	return lengths[len(lengths)/2]
}

// coarsen takes what is not longer for no silence.
func (a *activity) coarsen(silence uint64) {
	a.silence, a.coarse = silence, true
	if len(a.spans) == 0 {
		return
	}
	old := a.spans
	a.spans = old[:1]
	for _, s := range old[1:] {
		last := &a.spans[len(a.spans)-1]
		if (span{last.to, s.from}).length() <= a.silence {
			last.to = s.to
			continue
		}
		a.spans = append(a.spans, s)
	}
}

// addAll adds what another one knows.
func (a *activity) addAll(o *activity) {
	if a.silence < o.silence {
		a.coarsen(o.silence)
	}
	for _, s := range o.spans {
		a.add(s)
	}
}

// silences is the times between the spans.
func (a *activity) silences() (out []span) {
	for i := 1; i < len(a.spans); i++ {
		out = append(out, span{a.spans[i-1].to, a.spans[i].from})
	}
	return out
}
