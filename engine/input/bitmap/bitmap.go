// Package bitmap finds bytes in text, and says where they stand with one bit for each byte of the text: 64 bytes become one number, of which
// the next bit that is set takes an instruction to find.
//
// The bits come from vector instructions where the processor has them (find_amd64.s), and else from words of eight bytes (words.go). Both give
// the same. With the build tag purego there is only the second.
package bitmap

import (
	"math/bits"
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

// Quotes is where the double quotes stand in a text of JSON, but for those that a backslash escapes.
type Quotes struct {
	pieces
	Escapes bool // a backslash was met

	escaped uint64 // 1: the byte behind what was looked through is
	slashes [further/each + 1]uint64
}

// Open begins with another text. It looks through the first of it.
func (q *Quotes) Open(text []byte) {
	q.begin(text)
	q.Escapes, q.escaped = false, 0
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

// more looks through more of the text, if there is more.
func (q *Quotes) more() bool {
	piece, quotes := q.piece()
	if quotes == nil {
		return false
	}
	if find(piece, '"', '\\', quotes) || q.escaped != 0 {
		q.Escapes = true
		slashes := q.slashes[:len(quotes)]
		find(piece, '\\', '"', slashes)
		q.unescape(quotes)
	}
	return true
}

// unescape takes the bits of quotes behind a backslash away. A backslash behind a backslash escapes nothing.
func (q *Quotes) unescape(quotes Bitmap) {
	for i := range quotes {
		slashes := q.slashes[i] &^ q.escaped
		quotes[i] &^= q.escaped
		if slashes&(slashes<<1) == 0 { // none behind another, as nearly everywhere
			q.escaped = slashes >> (each - 1)
			quotes[i] &^= slashes << 1
			continue
		}
		for q.escaped = 0; slashes != 0; {
			slash := slashes & -slashes
			q.escaped = slash >> (each - 1)
			quotes[i] &^= slash << 1
			slashes &^= slash | slash<<1
		}
	}
}
