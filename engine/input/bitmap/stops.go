package bitmap

import "slices"

// Stops is where one of two bytes stands in a text.
type Stops struct {
	Bitmap // of the text as far as it was looked through, and a zero

	text       []byte
	one, other byte
	known      int // how much was looked through
	others     [further/each + 1]uint64
}

// Open begins with another text. It looks through the first of it. Both bytes may be the same.
func (s *Stops) Open(text []byte, one, other byte) {
	s.Bitmap, s.text, s.one, s.other, s.known = s.Bitmap[:0], text, one, other, 0
	s.more()
}

// Next is the first place at or behind i where one of the bytes stands, or the end of the text.
func (s *Stops) Next(i int) int {
	for {
		if at := s.Ahead(i); at >= 0 {
			return at
		}
		if !s.more() {
			return len(s.text)
		}
	}
}

// more looks through more of the text, if there is more. A piece of it has at least 64 bytes if the text has.
func (s *Stops) more() bool {
	piece := s.text[s.known:]
	if len(piece) == 0 {
		return false
	}
	size := further
	if s.known == 0 {
		size = first
	}
	if len(piece) >= size+each {
		piece = piece[:size]
	}
	from, n := s.known/each, (len(piece)+each-1)/each
	s.Bitmap = slices.Grow(s.Bitmap[:from], n+1)[:from+n+1]
	s.Bitmap[from+n] = 0
	s.known += len(piece)
	if find(piece, s.one, s.other, s.Bitmap[from:from+n]) && s.one != s.other {
		find(piece, s.other, s.one, s.others[:n])
		for i, w := range s.others[:n] {
			s.Bitmap[from+i] |= w
		}
	}
	return true
}
