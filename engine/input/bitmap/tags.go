package bitmap

import "math/bits"

// Tags is where the lines of a text end, and where tags of elements of one name may begin: places of < or of the / behind it, before a name that begins
// with the same letter and is as long. Of the bits it keeps those around the place that was asked about last.
type Tags struct {
	text   []byte
	letter byte
	size   int
	from   int // where the bits begin
	bits   [far / each]uint64
}

// far is how much of a text is looked through at a time.
const far = 4096

// longestName is how long the name may be.
const longestName = each

// Open begins with another text.
func (t *Tags) Open(text []byte, name string) {
	t.text, t.letter, t.size, t.from = text, name[0], len(name), -far
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

// fill finds the bits of the text from its place on. Behind the text a name ends.
func (t *Tags) fill() {
	text := t.text[t.from:]
	whole := min(far, max(len(text)-1-t.size, 0)/each*each) // places behind each of which there is a name and one byte more
	findTags(text, t.letter, t.size, t.bits[:whole/each])
	for at := whole; at < far; at += each {
		if t.bits[at/each] = 0; at >= len(text) {
			continue
		}
		var last [each + 1 + longestName]byte
		n := copy(last[:], text[at:])
		findTags(last[:], t.letter, t.size, t.bits[at/each:at/each+1])
		if n < each {
			t.bits[at/each] &= 1<<n - 1
		}
	}
}

// findTagsWords sets the bits of the first bytes of text, 64 to a number. The text goes on for the length of a name and one byte more.
func findTagsWords(text []byte, letter byte, size int, to Bitmap) {
	for i := range to {
		first, second := (*[each]byte)(text[i*each:]), (*[each]byte)(text[i*each+1:])
		tags := (equal(first, '<'*ones) | equal(first, '/'*ones)) & equal(second, uint64(letter)*ones)
		to[i] = equal(first, '\n'*ones)
		for at := i * each; tags != 0; tags &= tags - 1 {
			if bit := tags & -tags; endsName(text[at+bits.TrailingZeros64(tags)+1+size]) {
				to[i] |= bit
			}
		}
	}
}

// endsName says whether the name of an element ends before a byte: at the end of its tag, a blank, or what is less than one.
func endsName(c byte) bool { return c <= ' ' || c == '>' || c == '/' }
