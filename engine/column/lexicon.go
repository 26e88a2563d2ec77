package column

import (
	"encoding/binary"
	"math/bits"

	"github.com/zeebo/xxh3"

	"spoor/engine/pages"
)

// Lexicon numbers distinct texts: 1, 2, ... in order of appearance. It holds no pointers, so that the collector of garbage need not look at
// millions of them. A short text lies in its entry: to find it takes two places of memory, that of its slot and that of its entry.
type Lexicon struct {
	entries []entry  // by number; the first one is that of none
	bytes   []byte   // of all long texts, one behind the other
	slots   []uint64 // open addressing: half a hash and a number, or 0
	sought  []wanted // the texts that are numbered now
	seen    byte     // of touch
}

// entry is a text, or where a long one begins in bytes, and behind that its length.
type entry [short + 4]byte

// short is the most bytes that an entry holds.
const short = 12

func (e *entry) length() int { return int(binary.LittleEndian.Uint32(e[short:])) }
func (e *entry) start() int  { return int(binary.LittleEndian.Uint64(e[:])) }

// wanted is a text that is looked for: its entry as two numbers, if it is short, and a hash.
type wanted struct{ first, second, hash uint64 }

func wantedOf(s string) (w wanted) {
	w.second = uint64(len(s)) << 32
	if len(s) > short {
		w.hash = xxh3.HashString(s)
		return w
	}
	switch n, b := len(s), []byte(s); {
	case n >= 8:
		w.first = binary.LittleEndian.Uint64(b)
		w.second |= uint64(binary.LittleEndian.Uint32(b[n-4:]) >> (8 * (short - n)))
	case n >= 4:
		w.first = uint64(binary.LittleEndian.Uint32(b)) | uint64(binary.LittleEndian.Uint32(b[n-4:]))>>(8*(8-n))<<32
	default:
		for i := range n {
			w.first |= uint64(b[i]) << (8 * i)
		}
	}
	high, low := bits.Mul64(w.first^0x9e3779b97f4a7c15, w.second^0xd6e8feb86659fd93)
	w.hash = high ^ low
	return w
}

// Len is how many texts there are.
func (l *Lexicon) Len() int { return max(0, len(l.entries)-1) }

// Text is the one with a number.
func (l *Lexicon) Text(number uint32) string { // neither entries nor bytes are ever changed
	e := &l.entries[number]
	if n := e.length(); n > short {
		return TextOf(l.bytes[e.start():][:n])
	}
	return TextOf(e[:e.length()])
}

// Number is that of a text, which is copied if it is new.
func (l *Lexicon) Number(s string) uint32 {
	l.begin()
	w := wantedOf(s)
	return l.find(s, &w)
}

// Numbers is Number for many texts, all of them new or not.
func (l *Lexicon) Numbers(list []string, numbers []uint32) {
	l.begin()
	l.sought = l.sought[:0]
	for _, s := range list {
		l.sought = append(l.sought, wantedOf(s))
	}
	l.touch()
	for i, s := range list {
		numbers[i] = l.find(s, &l.sought[i])
	}
}

// touch reads what find is about to read, if that is too much for the caches. Here no read waits for one before, so that the memory answers
// several at a time.
func (l *Lexicon) touch() {
	const cached = 1 << 15
	if len(l.slots) < cached {
		return
	}
	mask := uint64(len(l.slots) - 1)
	for i := range l.sought {
		e := &l.entries[uint32(l.slots[l.sought[i].hash>>32&mask])]
		if e.length() > short {
			l.seen += l.bytes[e.start()]
		} else {
			l.seen += e[0]
		}
	}
}

func (l *Lexicon) begin() {
	if l.slots == nil {
		l.slots, l.entries = make([]uint64, 256), make([]entry, 1, 64)
	}
}

func (l *Lexicon) find(s string, w *wanted) uint32 {
	half, mask := w.hash>>32, uint64(len(l.slots)-1)
	i := half & mask
	for ; l.slots[i] != 0; i = (i + 1) & mask {
		if number := uint32(l.slots[i]); l.slots[i]>>32 == half && l.is(number, s, w) {
			return number
		}
	}
	number := uint32(len(l.entries))
	l.slots[i] = half<<32 | uint64(number)
	l.add(s, w)
	if 2*len(l.entries) > len(l.slots) {
		l.grow()
	}
	return number
}

// is says whether the text of a number is this one.
func (l *Lexicon) is(number uint32, s string, w *wanted) bool {
	e := &l.entries[number]
	if len(s) <= short {
		return binary.LittleEndian.Uint64(e[:]) == w.first && binary.LittleEndian.Uint64(e[8:]) == w.second
	}
	return e.length() == len(s) && string(l.bytes[e.start():][:len(s)]) == s
}

func (l *Lexicon) add(s string, w *wanted) {
	first := w.first
	if len(s) > short {
		first = uint64(len(l.bytes))
		l.bytes = append(pages.Roomy(l.bytes, len(s)), s...)
	}
	var e entry
	binary.LittleEndian.PutUint64(e[:], first)
	binary.LittleEndian.PutUint64(e[8:], w.second)
	l.entries = append(pages.Roomy(l.entries, 1), e)
}

func (l *Lexicon) grow() {
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

// Size is the number of bytes that are held.
func (l *Lexicon) Size() int {
	return cap(l.bytes) + len(entry{})*cap(l.entries) + 8*cap(l.slots) + 24*cap(l.sought)
}
