package needle

import (
	"encoding/binary"
	"math/bits"
	"slices"

	"spoor/engine/input/bitmap"
)

// Text is what Few looks for.
type Text struct {
	Text  string
	Exact bool                           // letters as they are; else ASCII letters in either case
	If    func(data []byte, at int) bool // if not nil, whether the text at a place of data counts
}

// Few finds any of a few texts in one reading, with vector instructions. It looks for three neighbouring bytes of each, which are those that were the
// rarest in what it saw first: what all lines have in common tells nothing. It belongs to one worker.
type Few struct {
	texts    []Text // folded, unless exact
	triples  bitmap.Triples
	groups   [bitmap.Groups][]part
	data     []byte
	piece    bitmap.Piece
	behind   int // how far data was looked through
	next     int // the text that was found last, or the end of data
	vain     int // triples that belonged to no text
	patience int // how many of them make it choose triples anew
}

// part is where the three bytes of a text stand in it.
type part struct {
	of     *Text
	offset int
	head   uint32 // the bytes from there on, up to four: those of mask, with fold set
	mask   uint32
	fold   uint32
}

func newPart(of *Text, offset int) part {
	p := part{of: of, offset: offset}
	for i, c := range []byte(of.Text[offset:min(len(of.Text), offset+4)]) {
		p.mask |= 0xff << (8 * i)
		p.head |= uint32(c) << (8 * i)
		if !of.Exact && c >= 'a' && c <= 'z' {
			p.fold |= 0x20 << (8 * i)
		}
	}
	return p
}

// NewFew takes the texts, none of which is empty.
func NewFew(texts []Text) *Few {
	f := &Few{texts: slices.Clone(texts)}
	for i, t := range f.texts {
		if !t.Exact {
			f.texts[i].Text = foldText(t.Text)
		}
	}
	return f
}

// Open begins with other data.
func (f *Few) Open(data []byte) {
	f.data, f.piece.Places, f.behind = data, 0, 0
	if f.vain >= f.patience {
		f.choose(data[:min(len(data), sample)])
		f.vain, f.patience = 0, max(2*f.patience, patience)
	}
	f.seek(0)
}

const (
	sample   = 64 << 10
	patience = 4 << 10
)

// choose takes the three bytes of each text that are rarest in a sample, and divides them among the groups.
func (f *Few) choose(sample []byte) {
	counts := countTriples(sample)
	parts := make([]part, len(f.texts))
	for i := range f.texts {
		text, best, least := f.texts[i].Text, 0, -1
		for o := range max(len(text)-2, 1) {
			if n := int(counts[tripleAt(text, o)]); least < 0 || n < least {
				best, least = o, n
			}
		}
		parts[i] = newPart(&f.texts[i], best)
	}
	f.triples, f.groups = bitmap.Triples{}, [bitmap.Groups][]part{}
	for group, c := range divide(parts) {
		f.groups[group] = c.parts
		for _, p := range c.parts {
			f.triples.Add(group, p.of.Text[p.offset:], !p.of.Exact)
		}
	}
}

// tripleBits is how many bits number three bytes; several have the same number.
const tripleBits = 16

func countTriples(sample []byte) *[1 << tripleBits]uint16 {
	var counts [1 << tripleBits]uint16
	for i := range len(sample) - 2 {
		counts[tripleOf(sample[i], sample[i+1], sample[i+2])]++
	}
	return &counts
}

func tripleOf(a, b, c byte) uint32 {
	return (uint32(lower[a]) | uint32(lower[b])<<8 | uint32(lower[c])<<16) * multiplier >> (32 - tripleBits)
}

func tripleAt(text string, o int) uint32 {
	var b [3]byte
	copy(b[:], text[o:])
	return tripleOf(b[0], b[1], b[2])
}

// From is where a text begins, at a place or behind it, or the end of the data: no text ends between the place and there. Places must not go back.
func (f *Few) From(at int) int {
	if f.next < at {
		f.seek(at)
	}
	return f.next
}

// seek finds the first text that begins at a place or behind it.
func (f *Few) seek(at int) {
	switch passed := at - f.piece.At; {
	case passed >= 64:
		f.piece.Places = 0
	case passed > 0:
		f.piece.Places &= ^uint64(0) << passed
	}
	for {
		for ; f.piece.Places != 0; f.piece.Places &= f.piece.Places - 1 {
			i := bits.TrailingZeros64(f.piece.Places)
			if f.next = f.begin(f.piece.At+i, f.piece.Groups[i], at); f.next >= 0 {
				return // the place stays: another text may have its triple there
			}
			f.vain++
		}
		if !f.triples.Next(f.data, max(at, f.behind), &f.piece) {
			f.next, f.behind = len(f.data), len(f.data)
			return
		}
		f.behind = f.piece.At + 64
	}
}

// begin is where the first text with a triple at a place begins, of those that begin at from or behind it, or -1.
func (f *Few) begin(at int, groups uint8, from int) int {
	head, best := wordAt(f.data, at), -1
	for ; groups != 0; groups &= groups - 1 {
		parts := f.groups[bits.TrailingZeros8(groups)]
		for i := range parts {
			p := &parts[i]
			if (head|p.fold)&p.mask != p.head {
				continue
			}
			if start := at - p.offset; start >= from && (best < 0 || start < best) && p.of.stands(f.data, start) {
				best = start
			}
		}
	}
	return best
}

// wordAt is the four bytes at a place; behind the end there are zeros.
func wordAt(data []byte, at int) uint32 {
	if len(data)-at >= 4 {
		return binary.LittleEndian.Uint32(data[at:])
	}
	var word [4]byte
	copy(word[:], data[at:])
	return binary.LittleEndian.Uint32(word[:])
}

func (t *Text) stands(data []byte, at int) bool {
	b := data[at:]
	if t.Exact && (len(b) < len(t.Text) || string(b[:len(t.Text)]) != t.Text) || !t.Exact && !hasPrefix(b, t.Text) {
		return false
	}
	return t.If == nil || t.If(data, at)
}
