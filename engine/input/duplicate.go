package input

import (
	"sync/atomic"

	"github.com/zeebo/xxh3"

	"spoor/engine/column"
	"spoor/engine/input/format"
)

// duplicates knows the events that were met. Two events are the same if computer, record number, type and time are.
//
// Unless every event must be told apart, it is a table of the last hash that fell into each of its slots: it never takes two different
// events for the same (but by a hash of 64 bits), it may forget one of them, and it needs no lock.
type duplicates struct {
	slots []atomic.Uint64
	exact map[xxh3.Uint128]struct{} // if not nil, in place of the slots, for one worker
	text  []byte                    // of the identity that is looked for in exact
}

const duplicateSlots = 1 << 20

func newDuplicates(exact bool) *duplicates {
	if exact {
		return &duplicates{exact: map[xxh3.Uint128]struct{}{}}
	}
	return &duplicates{slots: make([]atomic.Uint64, duplicateSlots)}
}

// known says whether the event in the record, which must have a record number, was met before, and remembers it.
func (d *duplicates) known(s *slots, r *format.Record, time int64) bool {
	if d.exact != nil {
		d.text = s.identity(d.text[:0], r, time)
		h := xxh3.Hash128(d.text)
		_, known := d.exact[h]
		d.exact[h] = struct{}{}
		return known
	}
	computer, number := hashOf(r.Cell(s.computer).Text), numberOf(r.Cell(s.number).Text)
	event := scatter(scatter(scatter(computer)^number)^hashOf(r.Cell(s.id).Text)) ^ uint64(time)
	return d.met(computer+number, scatter(scatter(event))<<numbered|scatter(computer+number)>>(64-numbered)|1)
}

// numbered is how many bits of an event's hash are those of its computer and number alone.
const numbered = 16

// met says whether the hash of an event, which is never 0, is in its slot, and puts it there. Those that a computer numbers one after the other have
// slots side by side: one answer of the memory brings many. If a computer uses a number again, in another log, that event's slot is found by its hash.
func (d *duplicates) met(at, hash uint64) bool {
	slot := &d.slots[at%duplicateSlots]
	for {
		switch before := slot.Load(); {
		case before == hash:
			return true
		case uint16(before) == uint16(hash):
			return d.slots[hash>>numbered%duplicateSlots].Swap(hash) == hash
		case slot.CompareAndSwap(before, hash):
			return false
		}
	}
}

// numberOf is a whole number, or a hash of any other text.
func numberOf(text []byte) uint64 {
	if n, ok := column.ParseWhole(column.TextOf(text)); ok {
		return uint64(n)
	}
	return hashOf(text)
}

func hashOf(text []byte) uint64 {
	if len(text) > mostShort {
		return xxh3.Hash(text)
	}
	x, ok := shortOf(text)
	if !ok {
		x, _ = shortOf(append(make([]byte, 0, mostShort), text...))
	}
	return scatter(scatter(x.first+uint64(x.size)) ^ x.last)
}

// scatter is another number for each number, with its bits all over it.
func scatter(x uint64) uint64 {
	x *= 0x9e3779b97f4a7c15
	return x ^ x>>32
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
