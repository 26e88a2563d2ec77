package op

import (
	"github.com/zeebo/xxh3"

	"spoor/engine/column"
	"spoor/engine/pages"
)

// lexicon numbers distinct texts: 1, 2, ... in order of appearance. It holds no pointers, so that the collector of garbage need not look at
// millions of them.
type lexicon struct {
	bytes  []byte   // of all texts, one behind the other
	ends   []int    // by number, where a text ends in bytes; the first one is that of none
	slots  []uint64 // open addressing: half a hash and a number, or 0
	hashes []uint64 // of the texts that are numbered now
	seen   uint64   // of touch
}

// len is how many texts there are.
func (l *lexicon) len() int { return max(0, len(l.ends)-1) }

func (l *lexicon) text(number uint32) string {
	return column.TextOf(l.bytes[l.ends[number-1]:l.ends[number]]) // bytes is only ever appended to
}

// number is that of a text, which is copied if it is new.
func (l *lexicon) number(s string) uint32 {
	l.begin()
	return l.find(s, xxh3.HashString(s))
}

// numbers is number for many texts, all of them new or not.
func (l *lexicon) numbers(list []string, numbers []uint32) {
	l.begin()
	l.hashes = l.hashes[:0]
	for _, s := range list {
		l.hashes = append(l.hashes, xxh3.HashString(s))
	}
	l.touch()
	for i, s := range list {
		numbers[i] = l.find(s, l.hashes[i])
	}
}

// touch reads what find is about to read, if that is too much for the caches. Here no read waits for one before, so that the memory answers
// several at a time.
func (l *lexicon) touch() {
	const cached = 1 << 15
	if len(l.slots) < cached {
		return
	}
	mask, last := uint64(len(l.slots)-1), len(l.bytes)-1
	for _, h := range l.hashes {
		l.seen += uint64(l.bytes[min(last, l.ends[uint32(l.slots[h>>32&mask])])])
	}
}

func (l *lexicon) begin() {
	if l.slots == nil {
		l.slots, l.ends = make([]uint64, 256), make([]int, 1, 64)
	}
}

func (l *lexicon) find(s string, hash uint64) uint32 {
	half, mask := hash>>32, uint64(len(l.slots)-1)
	i := half & mask
	for ; l.slots[i] != 0; i = (i + 1) & mask {
		if number := uint32(l.slots[i]); l.slots[i]>>32 == half && l.text(number) == s {
			return number
		}
	}
	number := uint32(len(l.ends))
	l.slots[i] = half<<32 | uint64(number)
	l.bytes = append(roomy(l.bytes, len(s)), s...)
	l.ends = append(roomy(l.ends, 1), len(l.bytes))
	if 2*len(l.ends) > len(l.slots) {
		l.grow()
	}
	return number
}

func (l *lexicon) grow() {
	slots := pages.Large(make([]uint64, 2*len(l.slots)))
	mask := uint64(len(slots) - 1)
	for _, s := range l.slots {
		if s == 0 {
			continue
		}
		i := s >> 32 & mask
		for slots[i] != 0 {
			i = (i + 1) & mask
		}
		slots[i] = s
	}
	l.slots = slots
}

// size is the number of bytes that are held.
func (l *lexicon) size() int { return cap(l.bytes) + 8*(cap(l.ends)+cap(l.slots)+cap(l.hashes)) }

// roomy has room for more, and twice as much as there is: append would copy what is long again and again.
func roomy[T any](s []T, more int) []T {
	if cap(s)-len(s) >= more {
		return s
	}
	return append(pages.Large(make([]T, 0, max(64, 2*len(s), len(s)+more))), s...)
}
