package input

import (
	"bytes"
	"slices"
	"strings"

	"spoor/engine/input/format"
	"spoor/engine/input/needle"
)

// hits finds, in one chunk, the places that make a record worth looking at: needles, and whatever may hide one.
type hits struct {
	data    []byte
	needles *needle.Set // nil: none
	next    int         // of the needles; -1 if there is none left
	hides   []hide
}

// hide is texts in a record that may hold a needle in another guise. They have a byte in common that is rare in logs.
type hide struct {
	rare  byte
	texts []format.Hide
	next  int
}

// rarest is the bytes by which hides are looked for, the best first.
const rarest = `!#\[(UG`

func rare(text string) byte {
	for _, c := range []byte(rarest) {
		if strings.IndexByte(text, c) >= 0 {
			return c
		}
	}
	return text[0]
}

func newHits(s *needle.Set, hides []format.Hide) *hits {
	h := &hits{needles: s}
	for _, text := range hides {
		rare := rare(text.Text)
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
	h.data, h.next = data, -1
	if h.needles != nil {
		h.next = h.needles.Next(data, 0)
	}
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
			at := p - strings.IndexByte(text.Text, x.rare)
			if at >= from && hasText(data[at:], text.Text) && (text.If == nil || text.If(data, at)) {
				x.next = at
				return
			}
		}
	}
	x.next = -1
}

func hasText(b []byte, text string) bool { return len(b) >= len(text) && string(b[:len(text)]) == text }
