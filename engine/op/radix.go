package op

import (
	"cmp"
	"math/bits"
	"slices"
)

// digit is how many bits of a code are looked at in one pass.
const digit = 11

// radix sorts by code, a digit after the other from the last one on. Equal codes stay in their order.
func radix(list, spare []coded) {
	if len(list) < 4*fewRows {
		slices.SortStableFunc(list, func(x, y coded) int { return cmp.Compare(x.code, y.code) })
		return
	}
	least, most, sorted := extremes(list)
	if sorted {
		return
	}
	from, to := list, spare
	for shift := 0; shift < bits.Len64(most-least); shift += digit {
		var places [1 << digit]uint32
		for i := range from {
			places[(from[i].code-least)>>shift&(1<<digit-1)]++
		}
		at := uint32(0)
		for i, n := range places {
			places[i], at = at, at+n
		}
		for _, c := range from {
			place := &places[(c.code-least)>>shift&(1<<digit-1)]
			to[*place] = c
			*place++
		}
		from, to = to, from
	}
	if &from[0] != &list[0] {
		copy(list, from)
	}
}

// extremes is the least code and the greatest one. sorted says whether each is at least as great as the one before it.
func extremes(list []coded) (least, most uint64, sorted bool) {
	least, most, sorted = list[0].code, list[0].code, true
	last := least
	for i := range list {
		code := list[i].code
		least, most = min(least, code), max(most, code)
		sorted = sorted && last <= code
		last = code
	}
	return least, most, sorted
}
