package input

import (
	"bytes"
	"slices"

	"spoor/engine/input/needle"
)

// hits finds, in one chunk, the places that make a record worth looking at: needles, and whatever may hide one.
type hits struct {
	data    []byte
	needles *needle.Set
	next    int // of the needles; -1 if there is none left
	hides   []hide
}

// hide is texts in a record that may hold a needle in another guise. They have a byte in common that is rare in logs.
type hide struct {
	rare  byte
	texts [][]byte
	next  int
}

// rarest is the bytes by which hides are looked for.
const rarest = `!#\[`

func newHits(s *needle.Set, hides [][]byte) *hits {
	h := &hits{needles: s}
	for _, text := range hides {
		rare := text[max(bytes.IndexAny(text, rarest), 0)]
		i := slices.IndexFunc(h.hides, func(x hide) bool { return x.rare == rare })
		if i < 0 {
			i = len(h.hides)
			h.hides = append(h.hides, hide{rare: rare})
		}
		h.hides[i].texts = append(h.hides[i].texts, text)
	}
	return h
}

// reset begins a new chunk.
func (h *hits) reset(data []byte) {
	h.data, h.next = data, h.needles.Next(data, 0)
	for i := range h.hides {
		h.hides[i].find(data, 0)
	}
}

// from is the first hit at or behind a place, or the end of the data. Places must not go back.
func (h *hits) from(at int) int {
	if h.next >= 0 && h.next < at {
		h.next = h.needles.Next(h.data, at)
	}
	first := len(h.data)
	if h.next >= 0 {
		first = h.next
	}
	for i := range h.hides {
		x := &h.hides[i]
		if x.next >= 0 && x.next < at {
			x.find(h.data, at)
		}
		if x.next >= 0 {
			first = min(first, x.next)
		}
	}
	return first
}

func (x *hide) find(data []byte, from int) {
	for p := from; p < len(data); p++ {
		i := bytes.IndexByte(data[p:], x.rare)
		if i < 0 {
			break
		}
		p += i
		for _, text := range x.texts {
			if at := p - bytes.IndexByte(text, x.rare); at >= from && bytes.HasPrefix(data[at:], text) {
				x.next = at
				return
			}
		}
	}
	x.next = -1
}
