// Package bitmap finds bytes in text, and says where they stand with one bit for each byte of the text: 64 bytes become one number, of which
// the next bit that is set takes an instruction to find.
//
// The bits come from vector instructions where the processor has them (find_amd64.s), and else from words of eight bytes (words.go). Both give
// the same. With the build tag purego there is only the second.
package bitmap

import (
	"math/bits"
	"slices"
	"sync/atomic"
)

// without says that no vector instructions are to be used.
var without atomic.Bool

// Vectors says whether vector instructions are to be used where the processor has them, as they are unless somebody says no, and returns what
// was said before. It is for comparing both ways.
func Vectors(use bool) (before bool) { return !without.Swap(!use) }

// HasVectors says whether vector instructions are used.
func HasVectors() bool { return vectors() }

// Bitmap has a bit for each byte of a text, 64 to a number, the lowest first. Behind the text none is set.
type Bitmap []uint64

// each is how many bytes have their bits in one number.
const each = 64

// Next is the first place at or behind i whose bit is set, or -1.
func (m Bitmap) Next(i int) int {
	n := uint(i) / each
	if n >= uint(len(m)) {
		return -1
	}
	if w := m[n] >> (uint(i) % each); w != 0 {
		return i + bits.TrailingZeros64(w)
	}
	return m.behind(n)
}

// behind is the first place whose bit is set in the numbers behind the one at n, or -1.
func (m Bitmap) behind(n uint) int {
	for n++; n < uint(len(m)); n++ {
		if m[n] != 0 {
			return int(n*each) + bits.TrailingZeros64(m[n])
		}
	}
	return -1
}

// Ahead is the first place at or behind i whose bit is set, or -1. It looks at the 64 bits from i on, wherever in a number i is: that most texts end
// within so many bytes can be foreseen, where a number ends cannot. The last number is taken to be zero.
func (m Bitmap) Ahead(i int) int {
	for n := uint(i)/each + 1; n < uint(len(m)); n++ {
		if w := m[n-1]>>(uint(i)%each) | m[n]<<1<<(^uint(i)%each); w != 0 {
			return i + bits.TrailingZeros64(w)
		}
		i += each
	}
	return -1
}

// How much of a text is looked through at first, and at a time later: of many only the beginning is needed.
const (
	first   = 128
	further = 4096
)

// Quotes is where the double quotes stand in a text of JSON, but for those that a backslash escapes.
type Quotes struct {
	Bitmap       // of the text as far as it was looked through, and a zero
	Escapes bool // a backslash was met

	text    []byte
	known   int    // how much was looked through
	escaped uint64 // 1: the byte behind that is
	slashes [further/each + 1]uint64
}

// Open begins with another text. It looks through the first of it.
func (q *Quotes) Open(text []byte) {
	q.Bitmap, q.Escapes, q.text, q.known, q.escaped = q.Bitmap[:0], false, text, 0, 0
	q.more()
}

// Next is the first place at or behind i where a quote stands, or -1.
func (q *Quotes) Next(i int) int {
	for {
		if at := q.Ahead(i); at >= 0 || !q.more() {
			return at
		}
	}
}

// more looks through more of the text, if there is more. A piece of it has at least 64 bytes if the text has.
func (q *Quotes) more() bool {
	piece := q.text[q.known:]
	if len(piece) == 0 {
		return false
	}
	size := further
	if q.known == 0 {
		size = first
	}
	if len(piece) >= size+each {
		piece = piece[:size]
	}
	from, n := q.known/each, (len(piece)+each-1)/each
	q.Bitmap = slices.Grow(q.Bitmap[:from], n+1)[:from+n+1]
	quotes := q.Bitmap[from : from+n]
	q.Bitmap[from+n] = 0
	q.known += len(piece)
	if find(piece, '"', '\\', quotes) || q.escaped != 0 {
		q.Escapes = true
		find(piece, '\\', '"', q.slashes[:n])
		q.unescape(quotes)
	}
	return true
}

// unescape takes the bits of quotes behind a backslash away. A backslash behind a backslash escapes nothing.
func (q *Quotes) unescape(quotes Bitmap) {
	for i := range quotes {
		slashes := q.slashes[i] &^ q.escaped
		quotes[i] &^= q.escaped
		for q.escaped = 0; slashes != 0; {
			slash := slashes & -slashes
			q.escaped = slash >> (each - 1)
			quotes[i] &^= slash << 1
			slashes &^= slash | slash<<1
		}
	}
}
