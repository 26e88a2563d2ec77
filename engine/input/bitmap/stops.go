package bitmap

// Stops is where one of two bytes stands in a text.
type Stops struct {
	pieces

	one, other byte
	others     [further/each + 1]uint64
}

// Open begins with another text. It looks through the first of it. Both bytes may be the same.
func (s *Stops) Open(text []byte, one, other byte) {
	s.begin(text)
	s.one, s.other = one, other
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

// more looks through more of the text, if there is more.
func (s *Stops) more() bool {
	piece, bits := s.piece()
	if bits == nil {
		return false
	}
	if find(piece, s.one, s.other, bits) && s.one != s.other {
		others := s.others[:len(bits)]
		find(piece, s.other, s.one, others)
		for i, w := range others {
			bits[i] |= w
		}
	}
	return true
}
