package op

import (
	"github.com/zeebo/xxh3"

	"spoor/engine/column"
)

// facts is rows of values that repeat: each distinct value is held once. Of texts it holds no pointers, so that the collector of garbage need not look
// at the process tables of days.
type facts struct {
	width  int
	rows   int
	codes  []uint32 // width of them per row
	texts  *column.Lexicon
	others []column.Value // that are no texts; their codes have the bit other
	known  map[digest]uint32
	buf    []byte
}

const other = 1 << 31

func newFacts(width int) facts {
	return facts{width: width, texts: &column.Lexicon{}, known: map[digest]uint32{}}
}

// add appends a row, and gives its number.
func (f *facts) add(row []column.Vector, at int) uint32 {
	for _, v := range row {
		f.codes = append(f.codes, f.code(v.Value(at)))
	}
	return f.grown()
}

func (f *facts) grown() uint32 {
	f.rows++
	return uint32(f.rows - 1)
}

func (f *facts) code(v column.Value) uint32 {
	if v.Kind() == column.String {
		return f.texts.Number(v.Text())
	}
	f.buf = appendValue(f.buf[:0], v)
	id := xxh3.Hash128(f.buf)
	code, ok := f.known[id]
	if !ok {
		code = other | uint32(len(f.others))
		f.known[id] = code
		f.others = append(f.others, v.Clone())
	}
	return code
}

// perOther is about what a value takes that is no text: itself and its place in the map.
const perOther = 48 + 40

// bytes is about what is held.
func (f *facts) bytes() int {
	return 4*cap(f.codes) + f.texts.Size() + perOther*len(f.others)
}

// copy appends a row of another table of the same width.
func (f *facts) copy(from *facts, row uint32) uint32 {
	for i := range f.width {
		f.codes = append(f.codes, f.code(from.value(row, i)))
	}
	return f.grown()
}

func (f *facts) value(row uint32, i int) column.Value {
	code := f.codes[int(row)*f.width+i]
	if code&other != 0 {
		return f.others[code&^other]
	}
	return column.Str(f.texts.Text(code))
}
