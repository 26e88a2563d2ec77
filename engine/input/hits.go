package input

import (
	"bytes"

	"spoor/engine/input/needle"
)

// hits finds, in one chunk, the places that make a record worth looking at: needles, and whatever may hide one.
type hits struct {
	data    []byte
	needles *needle.Set
	next    int // of the needles; -1 if there is none left
	hides   []hide
}

// hide is a text in a record that may hold a needle in another guise.
type hide struct {
	text []byte
	rare int // the byte of text that is looked for first
	next int
}

func newHits(s *needle.Set, hides [][]byte) *hits {
	h := &hits{needles: s}
	for _, text := range hides {
		h.hides = append(h.hides, hide{text: text, rare: max(bytes.IndexAny(text, `!#\[`), 0)})
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
	for p := from + x.rare; p < len(data); p++ {
		i := bytes.IndexByte(data[p:], x.text[x.rare])
		if i < 0 {
			break
		}
		p += i
		if bytes.HasPrefix(data[p-x.rare:], x.text) {
			x.next = p - x.rare
			return
		}
	}
	x.next = -1
}
