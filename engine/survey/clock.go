package survey

import (
	"maps"
	"slices"
)

// mostReadings is how many differences of a clock are told apart.
const mostReadings = 512

// readings is by how much a clock was wrong, in milliseconds. If there are too many differences neighbours are counted together.
type readings struct {
	counts map[int64]int64 // by the difference, without its lowest bits
	shift  uint            // how many bits
	total  int64
}

func (r *readings) add(ms, count int64) {
	if r.counts == nil {
		r.counts = map[int64]int64{}
	}
	r.total += count
	r.counts[ms>>r.shift] += count
	for len(r.counts) > mostReadings {
		r.coarsen()
	}
}

// coarsen counts each two neighbours together.
func (r *readings) coarsen() {
	old := r.counts
	r.counts = make(map[int64]int64, len(old))
	r.shift++
	for at, n := range old {
		r.counts[at>>1] += n
	}
}

func (r *readings) addAll(o *readings) {
	for r.shift < o.shift {
		r.coarsen()
	}
	for at, n := range o.counts {
		r.add(at<<o.shift, n)
	}
}

// median is the difference in the middle, the lower one of two; ok is false if there is none.
func (r *readings) median() (ms int64, ok bool) {
	left := (r.total + 1) / 2
	for _, at := range slices.Sorted(maps.Keys(r.counts)) {
		if left -= r.counts[at]; left <= 0 {
			return at<<r.shift + int64(1)<<r.shift/2, true
		}
	}
	return 0, false
}

// milliseconds is nanoseconds rounded.
func milliseconds(ns int64) int64 {
	const one = int64(1e6)
	ms, rest := ns/one, ns%one
	switch {
	case rest >= one/2:
		ms++
	case rest < -one/2:
		ms--
	}
	return ms
}
