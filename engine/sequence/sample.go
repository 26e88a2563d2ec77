package sequence

import (
	"math/bits"
	"slices"
)

// Filters is the most filters of a sample.
const Filters = 64

// Assign chooses a document for each filter, no document twice. masks says for each document, in order, which filters it satisfies: bit f
// stands for filter f. The first filter gets the earliest document with which the others can still have theirs, then the second, and so
// on. ok is false if there are not enough documents for all.
//
// Of the documents that satisfy a filter no more than the first ones matter, as many as there are filters.
func Assign(filters int, masks []uint64) (chosen []int, ok bool) {
	a := assignment{docs: make([][]int, filters), chosen: make([]int, filters), owner: map[int]int{}}
	short := filters
	for doc, mask := range masks {
		for ; mask != 0; mask &= mask - 1 {
			f := bits.TrailingZeros64(mask)
			if f >= filters || len(a.docs[f]) == filters {
				continue
			}
			if a.docs[f] = append(a.docs[f], doc); len(a.docs[f]) == filters {
				short--
			}
		}
		if short == 0 {
			break
		}
	}
	for f := range filters {
		if !a.place(f, 0, map[int]bool{}) {
			return nil, false
		}
	}
	for f := range filters {
		a.improve(f)
	}
	return a.chosen, true
}

// assignment gives documents to filters.
type assignment struct {
	docs   [][]int     // of each filter, in order
	chosen []int       // by filter
	owner  map[int]int // by document
}

// place finds a document for a filter; others may have to take another one for it, but not those before fixed.
func (a *assignment) place(f, fixed int, tried map[int]bool) bool {
	for _, doc := range a.docs[f] {
		if tried[doc] {
			continue
		}
		tried[doc] = true
		g, taken := a.owner[doc]
		if !taken || g >= fixed && a.place(g, fixed, tried) {
			a.chosen[f], a.owner[doc] = doc, f
			return true
		}
	}
	return false
}

// improve gives a filter the earliest document it can have without touching the filters before it.
func (a *assignment) improve(f int) {
	old := a.chosen[f]
	for _, doc := range a.docs[f][:slices.Index(a.docs[f], old)] {
		g, taken := a.owner[doc]
		if taken && g < f {
			continue
		}
		delete(a.owner, old)
		if !taken || a.place(g, f+1, map[int]bool{doc: true}) {
			a.chosen[f], a.owner[doc] = doc, f
			return
		}
		a.owner[old] = f
	}
}
