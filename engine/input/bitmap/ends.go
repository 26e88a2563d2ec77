package bitmap

// Ends is where the lines of a text end. Of the bits it keeps those around the place that was asked about last.
type Ends struct {
	text []byte
	from int // where the bits begin
	bits [stride / each]uint64
}

// stride is of how many bytes that is.
const stride = 512

// Open begins with another text.
func (e *Ends) Open(text []byte) {
	e.text, e.from = text, 0
	e.fill()
}

// Next is the first place at or behind i where a line ends: at its line feed, or at the end of the text.
func (e *Ends) Next(i int) int {
	if i < e.from || i >= e.from+stride {
		e.from = min(i, len(e.text))
		e.fill()
	}
	for {
		if at := Bitmap(e.bits[:]).Next(i - e.from); at >= 0 {
			return e.from + at
		}
		if e.from += stride; e.from >= len(e.text) {
			return len(e.text)
		}
		i = e.from
		e.fill()
	}
}

// fill finds the bits of the text from its place on.
func (e *Ends) fill() {
	piece := e.text[e.from:min(e.from+stride, len(e.text))]
	n := (len(piece) + each - 1) / each
	clear(e.bits[n:])
	find(piece, '\n', '\n', e.bits[:n])
}
