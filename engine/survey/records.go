package survey

import (
	"cmp"
	"math"
	"slices"
	"time"

	"spoor/engine/column"
)

// run is consecutive numbers of records, and when the first and the last of them were written.
type run struct{ from, to, first, last int64 }

const (
	// jitter is how far the times of records may be out of the order of their numbers.
	jitter = int64(time.Second)
	// soon is how long after a record the next one may be written to be of the same log for sure: records that are not in yet may show that a
	// new log began between them.
	soon = 10 * int64(time.Minute)
	// mostRuns is how many runs a host's records may be in: beyond they are scattered, and gaps say nothing.
	mostRuns = 1 << 16
	// mostWaiting is how many runs are held before they are known to be scattered: kinds of events come one after another.
	mostWaiting = 8 * mostRuns
	// fewRuns is how many are held before they are put together.
	fewRuns = 4096
)

// records is the numbers of the records of a host, in any order and repeated. They count up from 1, and start again when the log is made anew.
type records struct {
	runs      []run
	limit     int // how many runs are put together next
	from, to  int64
	known     bool
	scattered bool
}

// add adds a record by its number and the time when it was written.
func (r *records) add(id, at int64) { r.addRun(run{id, id, at, at}) }

func (r *records) addRun(x run) {
	if !r.known {
		r.known, r.from, r.to = true, x.from, x.to
	}
	r.from, r.to = min(r.from, x.from), max(r.to, x.to)
	if r.scattered {
		return
	}
	if n := len(r.runs); n > 0 && r.runs[n-1].follow(&x) {
		return
	}
	r.runs = append(r.runs, x)
	if len(r.runs) <= max(r.limit, fewRuns) {
		return
	}
	r.join()
	r.limit = 2 * len(r.runs)
	if len(r.runs) > mostWaiting {
		r.runs, r.scattered = nil, true
	}
}

// follow takes a run in that goes on where this one ends, and soon.
func (r *run) follow(x *run) bool {
	if r.to == column.End || x.from != r.to+1 || x.first < r.last-jitter || x.first-soon > r.last {
		return false
	}
	r.to, r.first, r.last = x.to, min(r.first, x.first), max(r.last, x.last)
	return true
}

// join puts runs together that belong together.
func (r *records) join() {
	if len(r.runs) == 0 {
		return
	}
	out := r.runs[:0:0]
	for _, log := range r.logs(uint64(soon)) {
		out = append(out, log...)
	}
	r.runs = out
}

// logs is the runs by the logs they are of, each in the order of numbers: a log ends where lower numbers were written after higher ones. Runs are put
// together that are no further apart than the time within.
func (r *records) logs(within uint64) (out [][]run) {
	slices.SortFunc(r.runs, func(a, b run) int { return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.from, b.from)) })
	begin, last, highest := 0, column.Beginning+jitter, int64(0)
	for i, x := range r.runs {
		if i > begin && x.from <= highest && x.first > last+jitter {
			out = append(out, united(r.runs[begin:i], within))
			begin, last, highest = i, column.Beginning+jitter, x.to
		}
		last, highest = max(last, x.last), max(highest, x.to)
	}
	if begin < len(r.runs) {
		out = append(out, united(r.runs[begin:], within))
	}
	return out
}

// united is the runs of one log, in the order of numbers and put together.
func united(runs []run, within uint64) []run {
	runs = slices.SortedFunc(slices.Values(runs), func(a, b run) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	out := runs[:1]
	for _, x := range runs[1:] {
		last := &out[len(out)-1]
		if x.from > last.to && x.from-1 > last.to || x.first > last.last && (span{last.last, x.first}).length() > within {
			out = append(out, x)
			continue
		}
		last.to, last.first, last.last = max(last.to, x.to), min(last.first, x.first), max(last.last, x.last)
	}
	return out
}

func (r *records) addAll(o *records) {
	if o.scattered {
		r.scattered, r.runs = true, nil
	}
	for _, x := range o.runs {
		r.addRun(x)
	}
	if o.known && !r.known {
		r.known, r.from, r.to = true, o.from, o.to
	}
	if o.known {
		r.from, r.to = min(r.from, o.from), max(r.to, o.to)
	}
}

// gap is numbers of records that are missing, and the time between the records beside them.
type gap struct {
	from, to int64
	time     span
}

func (g gap) missing() int64 { return g.to - g.from + 1 }

// restart is where a log was made anew: its last record and the first one after.
type restart struct {
	before, after int64
	time          span
}

// judge is what the numbers of the records tell.
func (r *records) judge() (gaps []gap, restarts []restart) {
	logs := r.logs(math.MaxUint64)
	runs := 0
	for i, log := range logs {
		runs += len(log)
		if i > 0 {
			old := logs[i-1]
			restarts = append(restarts, restart{old[len(old)-1].to, log[0].from, span{latest(old), earliest(log)}})
		}
		for j := 1; j < len(log); j++ {
			a, b := log[j-1], log[j]
			gaps = append(gaps, gap{a.to + 1, b.from - 1, span{min(a.last, b.first), max(a.last, b.first)}})
		}
	}
	if runs > mostRuns {
		r.scattered = true
		return nil, nil
	}
	return gaps, restarts
}

func latest(log []run) int64 {
	return slices.MaxFunc(log, func(a, b run) int { return cmp.Compare(a.last, b.last) }).last
}

func earliest(log []run) int64 {
	return slices.MinFunc(log, func(a, b run) int { return cmp.Compare(a.first, b.first) }).first
}
