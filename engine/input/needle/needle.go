// Package needle finds any of several short texts in large blocks of bytes, ASCII letters in either case.
//
// Of each text a window of the shortest text's length is cut into grams of a few bytes, which are hashed into a table. A block is
// probed once per stride, where the stride is the most that cannot step over a window: most bytes are never looked at.
package needle

import (
	"encoding/binary"
	"math/bits"
	"strings"
)

// Set is a set of texts to look for. It is read-only and may be shared.
type Set struct {
	texts  []string // folded
	gram   int      // bytes of a gram
	stride int
	mask   uint32 // selects a gram's bytes and folds letters
	fold   uint32
	shift  uint
	table  []uint32 // hash of a gram: 1 + index of its first entry, or 0
	places []place
}

// place is one gram of one text.
type place struct {
	text, offset int32
	next         uint32 // 1 + index of the next entry with this hash
}

// window bounds the part of a text that is hashed: longer strides gain nothing.
const window = 16

// The table has a slot for each hash of so many bits: enough that most are empty, and no more than a core's cache holds.
const (
	leastBits = 12
	mostBits  = 18
)

// multiplier spreads grams over the table: 2^32 by the golden ratio.
const multiplier = 0x9E3779B1

// NewSet makes a set. It is nil if there is no text or if one of them is empty, since then everything matches.
func NewSet(texts []string) *Set {
	if len(texts) == 0 {
		return nil
	}
	s := &Set{}
	least := window
	for _, t := range texts {
		if t == "" {
			return nil
		}
		least = min(least, len(t))
		s.texts = append(s.texts, foldText(t))
	}
	s.gram = min(1+least/2, 3)
	if least >= 8 {
		s.gram = 4 // of identifiers, which are hexadecimal, three bytes are found everywhere
	}
	s.stride = least - s.gram + 1
	s.mask = uint32(1<<(8*s.gram) - 1)
	s.fold = 0x20202020 & s.mask
	s.shift = 32 - uint(min(max(bits.Len(uint(16*len(texts)*s.stride)), leastBits), mostBits))
	s.table = make([]uint32, 1<<(32-s.shift))
	for i, t := range s.texts {
		for o := range s.stride {
			h := s.hash(pad(t[o : o+s.gram]))
			s.places = append(s.places, place{int32(i), int32(o), s.table[h]})
			s.table[h] = uint32(len(s.places))
		}
	}
	return s
}

func pad(gram string) uint32 {
	var b [4]byte
	copy(b[:], gram)
	return binary.LittleEndian.Uint32(b[:])
}

func (s *Set) hash(x uint32) uint32 {
	return ((x & s.mask) | s.fold) * multiplier >> s.shift
}

// Next is where the first text found at from or behind it begins, or -1. Successive calls with a growing from find places in their order.
func (s *Set) Next(b []byte, from int) int {
	i := from + s.stride - 1 // every window that begins at from or later holds a gram at from+stride-1 + n*stride
	mask, fold, shift, table, stride := s.mask, s.fold, s.shift, s.table, s.stride
	for last := len(b) - 3*stride - 4; i <= last; {
		p := b[i : i+3*stride+4]
		a := table[((binary.LittleEndian.Uint32(p)&mask)|fold)*multiplier>>shift]
		c := table[((binary.LittleEndian.Uint32(p[stride:])&mask)|fold)*multiplier>>shift]
		d := table[((binary.LittleEndian.Uint32(p[2*stride:])&mask)|fold)*multiplier>>shift]
		e := table[((binary.LittleEndian.Uint32(p[3*stride:])&mask)|fold)*multiplier>>shift]
		if a|c|d|e == 0 {
			i += 4 * stride
			continue
		}
		for _, entry := range [4]uint32{a, c, d, e} {
			if entry != 0 {
				if at := s.verify(b, from, i, entry); at >= 0 {
					return at
				}
			}
			i += stride
		}
	}
	for ; i+s.gram <= len(b); i += stride {
		var tail [4]byte
		copy(tail[:], b[i:])
		if entry := table[s.hash(binary.LittleEndian.Uint32(tail[:]))]; entry != 0 {
			if at := s.verify(b, from, i, entry); at >= 0 {
				return at
			}
		}
	}
	return -1
}

// verify is the leftmost beginning of a text that has a gram at b[i], or -1.
func (s *Set) verify(b []byte, from, i int, entry uint32) int {
	best := -1
	for entry != 0 {
		p := s.places[entry-1]
		at := i - int(p.offset)
		if at >= from && (best < 0 || at < best) && hasPrefix(b[at:], s.texts[p.text]) {
			best = at
		}
		entry = p.next
	}
	return best
}

func hasPrefix(b []byte, folded string) bool {
	if len(b) < len(folded) {
		return false
	}
	for i := range len(folded) {
		if lower[b[i]] != folded[i] {
			return false
		}
	}
	return true
}

// lower folds ASCII letters and nothing else.
var lower = func() (t [256]byte) {
	for i := range t {
		t[i] = byte(i)
		if i >= 'A' && i <= 'Z' {
			t[i] += 'a' - 'A'
		}
	}
	return t
}()

func foldText(s string) string {
	b := []byte(s)
	for i, c := range b {
		b[i] = lower[c]
	}
	return string(b)
}

// Cut is the longest piece of each text that every log format writes as it is: between bytes that a format may escape.
// It is nil if a text has no such piece, since then no byte of a record can be relied on.
func Cut(texts []string) []string {
	var out []string
	for _, t := range texts {
		best := ""
		for piece := range strings.FieldsFuncSeq(t, func(r rune) bool { return r >= 0x80 || !plain[r] }) {
			if len(piece) > len(best) {
				best = piece
			}
		}
		if best == "" {
			return nil
		}
		out = append(out, best)
	}
	return out
}

var plain = func() (t [128]bool) {
	for i := range t {
		t[i] = i >= 'a' && i <= 'z' || i >= 'A' && i <= 'Z' || i >= '0' && i <= '9' || i > 0 && strings.IndexByte(" _.,:=+@%~^()*!?$|{}-", byte(i)) >= 0
	}
	return t
}()
