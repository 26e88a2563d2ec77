package bitmap

// Triples is groups of three neighbouring bytes to look for, of which a group has many or one. A byte is known by its two halves: for each of the
// three places there is a table of the lower half and one of the upper, and what both have of a byte is the groups in which it may stand there.
// So a group holds a few triples more than were added, where several share it.
type Triples struct {
	halves [3][2][16]byte // by place, lower or upper half, and its value: a bit for each group
	whole  [256]uint32    // the same by byte, a place in eight bits, for processors without vectors
}

// Groups is how many groups there are.
const Groups = 8

// Add adds the first three bytes of a text to a group, letters in either case if fold says so. Behind a shorter text any bytes may stand.
func (t *Triples) Add(group int, text string, fold bool) {
	for place := range t.halves {
		for c := range 256 {
			if place >= len(text) || byte(c) == text[place] || fold && lower(byte(c)) == lower(text[place]) {
				t.halves[place][0][c&15] |= 1 << group
				t.halves[place][1][c>>4] |= 1 << group
			}
		}
	}
	for c := range t.whole {
		t.whole[c] = 0
		for place := range t.halves {
			t.whole[c] |= uint32(t.halves[place][0][c&15]&t.halves[place][1][c>>4]) << (8 * place)
		}
	}
}

// lower folds ASCII letters and nothing else.
func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		c += 'a' - 'A'
	}
	return c
}

// Piece is up to 64 bytes of a text in which triples begin.
type Piece struct {
	At     int         // where it begins
	Places uint64      // a bit for each place of it where a triple of some group begins
	Groups [each]uint8 // by place, a bit for each of the groups
}

// Next finds the first piece of a text that begins at or behind a place, and says whether there is one. A triple that the end of the text cuts off is
// found if what is missing may be any bytes, or zeros.
func (t *Triples) Next(text []byte, from int, to *Piece) bool {
	if size := (len(text) - from - 2) / each * each; size > 0 {
		at, places := nextTriples(t, text[from:], size, &to.Groups)
		if to.At, to.Places = from+at, places; places != 0 {
			return true
		}
		from += size
	}
	for ; from < len(text); from += each { // at most twice
		var last [each + 2]byte
		n := copy(last[:], text[from:])
		_, places := nextTriples(t, last[:], each, &to.Groups)
		if n < each {
			places &= 1<<n - 1
		}
		if to.At, to.Places = from, places; places != 0 {
			return true
		}
	}
	return false
}

// nextBytes finds the first 64 bytes in which triples begin, of as many as size says, and the places in them; none: there are none. The text has two
// bytes more.
func nextBytes(t *Triples, text []byte, size int, groups *[each]uint8) (at int, places uint64) {
	for ; at < size; at += each {
		piece, any := (*[each + 2]byte)(text[at:]), uint32(0)
		first, second := t.whole[piece[0]], t.whole[piece[1]]
		for _, c := range piece[2:] {
			third := t.whole[c]
			any |= first & (second >> 8) & (third >> 16)
			first, second = second, third
		}
		if any&0xff == 0 {
			continue
		}
		for i := range each {
			groups[i] = uint8(t.whole[piece[i]] & (t.whole[piece[i+1]] >> 8) & (t.whole[piece[i+2]] >> 16))
			if groups[i] != 0 {
				places |= 1 << i
			}
		}
		return at, places
	}
	return size, 0
}
