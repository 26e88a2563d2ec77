package column

import (
	"encoding/binary"
	"math/bits"

	"github.com/zeebo/xxh3"

	"spoor/engine/pages"
)

// Lexicon numbers distinct texts: 1, 2, ... in order of appearance. It holds no pointers but those to its chunks, so that the collector of garbage
// need not look at millions of texts. A short text lies in its entry: to find it takes two places of memory, that of its slot and that of its entry.
type Lexicon struct {
	entries []entry  // by number; the first one is that of none
	chunks  [][]byte // of all long texts, one behind the other
	bytes   int      // of the chunks
	slots   []uint64 // open addressing: half a hash and a number, or 0
}

// entry is a text, or where a long one is: its place in a chunk and the chunk's. Behind that is its length.
type entry [short + 4]byte

// The least and the most bytes of a chunk, unless it is for a text that is longer: a quarter of what there is lies between.
const (
	leastChunk = 4 << 10
	mostChunk  = 8 << 20
)

// short is the most bytes that an entry holds.
const short = 12

func (e *entry) length() int { return int(binary.LittleEndian.Uint32(e[short:])) }
func (e *entry) place() int  { return int(binary.LittleEndian.Uint32(e[:])) }
func (e *entry) chunk() int  { return int(binary.LittleEndian.Uint32(e[4:])) }

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
func (l *Lexicon) Text(number uint32) string { // neither entries nor chunks are ever changed
	e := &l.entries[number]
	if n := e.length(); n > short {
		return TextOf(l.chunks[e.chunk()][e.place():][:n])
	}
	return TextOf(e[:e.length()])
}

// Number is that of a text, which is copied if it is new.
func (l *Lexicon) Number(s string) uint32 {
	l.begin()
	w := wantedOf(s)
	number, slot := l.find(s, w)
	if number == 0 {
		return l.put(s, w, slot)
	}
	return number
}

// Find is the number of a text that was numbered before; 0: it was not.
func (l *Lexicon) Find(s string) uint32 {
	if l.slots == nil {
		return 0
	}
	w := wantedOf(s)
	number, _ := l.find(s, w)
	return number
}

// Numbers is Number for many texts, all of them new or not.
func (l *Lexicon) Numbers(list []string, numbers []uint32) {
	l.begin()
	l.each(list, func(i int, w wanted) {
		number, slot := l.find(list[i], w)
		if number == 0 {
			number = l.put(list[i], w, slot)
		}
		numbers[i] = number
	})
}

// Finds is Find for many texts. Several may look for texts at once, as long as nobody adds one.
func (l *Lexicon) Finds(list []string, numbers []uint32) {
	if l.slots == nil {
		clear(numbers[:len(list)])
		return
	}
	l.each(list, func(i int, w wanted) { numbers[i], _ = l.find(list[i], w) })
}

// each gives f every text as it is looked for, once what find reads of it is at hand.
func (l *Lexicon) each(list []string, f func(i int, w wanted)) {
	var sought [together]wanted
	for from := 0; from < len(list); from += together {
		some := sought[:min(together, len(list)-from)]
		for i := range some {
			some[i] = wantedOf(list[from+i])
		}
		l.touch(some)
		for i := range some {
			f(from+i, some[i])
		}
	}
}

// touch reads what find is about to read, if that is too much for the caches. Here no read waits for one before, so that the memory answers
// several at a time. What it returns means nothing.
//
//go:noinline
func (l *Lexicon) touch(sought []wanted) (seen byte) {
	const cached = 1 << 15
	if len(l.slots) < cached {
		return 0
	}
	mask := uint64(len(l.slots) - 1)
	for i := range sought {
		e := &l.entries[uint32(l.slots[sought[i].hash>>32&mask])]
		if e.length() > short {
			seen += l.chunks[e.chunk()][e.place()]
		} else {
			seen += e[0]
		}
	}
	return seen
}

func (l *Lexicon) begin() {
	if l.slots == nil {
		l.slots, l.entries = make([]uint64, 256), make([]entry, 1, 64)
	}
}

// find is the number of a text, or 0 and the slot where it would be.
func (l *Lexicon) find(s string, w wanted) (number uint32, slot uint64) {
	half, mask := w.hash>>32, uint64(len(l.slots)-1)
	i := half & mask
	for ; l.slots[i] != 0; i = (i + 1) & mask {
		if number := uint32(l.slots[i]); l.slots[i]>>32 == half && l.is(number, s, w) {
			return number, i
		}
	}
	return 0, i
}

// put adds a text that is not there, at the slot where it would be.
func (l *Lexicon) put(s string, w wanted, slot uint64) uint32 {
	number := uint32(len(l.entries))
	l.slots[slot] = w.hash>>32<<32 | uint64(number)
	l.add(s, w)
	if 2*len(l.entries) > len(l.slots) {
		l.grow()
	}
	return number
}

// is says whether the text of a number is this one.
func (l *Lexicon) is(number uint32, s string, w wanted) bool {
	e := &l.entries[number]
	if len(s) <= short {
		return binary.LittleEndian.Uint64(e[:]) == w.first && binary.LittleEndian.Uint64(e[8:]) == w.second
	}
	return e.length() == len(s) && string(l.chunks[e.chunk()][e.place():][:len(s)]) == s
}

func (l *Lexicon) add(s string, w wanted) {
	first := w.first
	if len(s) > short {
		first = l.keep(s)
	}
	var e entry
	binary.LittleEndian.PutUint64(e[:], first)
	binary.LittleEndian.PutUint64(e[8:], w.second)
	l.entries = append(pages.Roomy(l.entries, 1), e)
}

// keep copies a text into the last chunk, or into a new one, and says where it is.
func (l *Lexicon) keep(s string) (place uint64) {
	last := len(l.chunks) - 1
	if last < 0 || cap(l.chunks[last])-len(l.chunks[last]) < len(s) {
		size := max(len(s), min(max(l.bytes/4, leastChunk), mostChunk))
		l.chunks = append(l.chunks, pages.Large(make([]byte, 0, size)))
		l.bytes += size
		last++
	}
	chunk := l.chunks[last]
	l.chunks[last] = append(chunk, s...)
	return uint64(last)<<32 | uint64(len(chunk))
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
	return l.bytes + len(entry{})*cap(l.entries) + 8*cap(l.slots)
}
