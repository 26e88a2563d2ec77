package bitmap

import "slices"

// How much of a text is looked through at first, and at a time later: of many only the beginning is needed.
const (
	first   = 128
	further = 4096
)

// pieces is a text that is looked through a piece at a time, and its bitmap.
type pieces struct {
	Bitmap     // of the text as far as it was looked through, and a zero
	First  int // how much is looked through at first, if that is more than little

	text  []byte
	known int // how much was looked through
}

// begin begins with another text.
func (p *pieces) begin(text []byte) { p.Bitmap, p.text, p.known = p.Bitmap[:0], text, 0 }

// piece is what of the text is to be looked through next, and its bits, which are to be set; nil at the end of the text. It has at least 64 bytes if
// the text has.
func (p *pieces) piece() (text []byte, bits Bitmap) {
	text = p.text[p.known:]
	if len(text) == 0 {
		return nil, nil
	}
	size := further
	if p.known == 0 {
		size = max(first, p.First/each*each)
	}
	if len(text) >= size+each {
		text = text[:size]
	}
	from, n := p.known/each, (len(text)+each-1)/each
	p.Bitmap = slices.Grow(p.Bitmap[:from], n+1)[:from+n+1]
	p.Bitmap[from+n] = 0
	p.known += len(text)
	return text, p.Bitmap[from : from+n]
}
