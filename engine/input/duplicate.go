package input

import (
	"sync/atomic"

	"github.com/zeebo/xxh3"

	"spoor/engine/input/format"
)

// duplicates knows the events that were met. Two events are the same if computer, record number, type and time are.
//
// Unless every event must be told apart, it is a table of the last hash that fell into each of its slots: it never takes two different
// events for the same (but by a hash of 64 bits), it may forget one of them, and it needs no lock.
type duplicates struct {
	slots []atomic.Uint64
	exact map[xxh3.Uint128]struct{} // if not nil, in place of the slots, for one worker
}

const duplicateSlots = 1 << 20

func newDuplicates(exact bool) *duplicates {
	if exact {
		return &duplicates{exact: map[xxh3.Uint128]struct{}{}}
	}
	return &duplicates{slots: make([]atomic.Uint64, duplicateSlots)}
}

// known says whether an event was met before, and remembers it.
func (d *duplicates) known(identity []byte) bool {
	if d.exact != nil {
		h := xxh3.Hash128(identity)
		_, known := d.exact[h]
		d.exact[h] = struct{}{}
		return known
	}
	h := xxh3.Hash(identity) | 1 // never 0, which is an empty slot
	return d.slots[h>>1%duplicateSlots].Swap(h) == h
}

// identity puts what makes an event that event into buf. It must have a record number.
func (s *slots) identity(buf []byte, r *format.Record, time int64) []byte {
	for _, slot := range [...]int{s.number, s.id, s.computer} {
		buf = append(append(buf, r.Cell(slot).Text...), 0)
	}
	for shift := 0; shift < 64; shift += 8 {
		buf = append(buf, byte(time>>shift))
	}
	return buf
}
