package bitmap

// Tags is where tags of elements may begin whose names begin with a letter: places of < or of the / behind it, before that letter. Of the bits it
// keeps those around the place that was asked about last.
type Tags struct {
	text   []byte
	letter byte
	from   int // where the bits begin
	bits   [far / each]uint64
}

// far is how much of a text is looked through at a time.
const far = 4096

// Open begins with another text.
func (t *Tags) Open(text []byte, letter byte) {
	t.text, t.letter, t.from = text, letter, -far
}

// Next is the first such place at or behind i, or the end of the text.
func (t *Tags) Next(i int) int {
	if i < t.from || i >= t.from+far {
		t.from = min(i, len(t.text))
		t.fill()
	}
	for {
		if at := Bitmap(t.bits[:]).Next(i - t.from); at >= 0 {
			return t.from + at
		}
		if t.from += far; t.from >= len(t.text) {
			return len(t.text)
		}
		i = t.from
		t.fill()
	}
}

// fill finds the bits of the text from its place on. The last byte has no other behind it.
func (t *Tags) fill() {
	places := min(far, max(len(t.text)-t.from-1, 0))
	n := (places + each - 1) / each
	clear(t.bits[n:])
	if places > 0 {
		findTags(t.text[t.from:t.from+places+1], t.letter, t.bits[:n])
	}
}

// findTagsWords sets the bits of the < and / before the letter, and clears the others. The last byte of the text has no bit.
func findTagsWords(text []byte, letter byte, to Bitmap) {
	for i := range to {
		piece := text[i*each:]
		if len(piece) > each {
			to[i] = tags(piece, letter)
			continue
		}
		var last [each + 1]byte
		n := copy(last[:], piece)
		to[i] = tags(last[:], letter) & (1<<(n-1) - 1)
	}
}

// tags is the bits of the first 64 places of more bytes.
func tags(b []byte, letter byte) uint64 {
	first, second := (*[each]byte)(b), (*[each]byte)(b[1:])
	return (equal(first, '<'*ones) | equal(first, '/'*ones)) & equal(second, uint64(letter)*ones)
}
