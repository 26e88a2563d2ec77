package op

import (
	"encoding/binary"
	"math"

	"github.com/zeebo/xxh3"

	"spoor/engine/column"
)

// digest tells values apart: equal values, and only they, have the same, but for one chance in 2^128. Whole numbers are equal whether
// or not they were integers; a text that reads as a number is none.
type digest = xxh3.Uint128

// appendValue writes a value such that different sequences of values give different bytes.
func appendValue(to []byte, v column.Value) []byte {
	switch v.Kind() {
	case column.String:
		to = binary.AppendUvarint(append(to, 's'), uint64(len(v.Text())))
		return append(to, v.Text()...)
	case column.Int:
		return appendBits(to, 'i', uint64(v.Int()))
	case column.Float:
		f := v.Float()
		if f == math.Trunc(f) && math.Abs(f) < 1<<63 {
			return appendBits(to, 'i', uint64(int64(f)))
		}
		return appendBits(to, 'f', math.Float64bits(f))
	case column.Bool:
		return appendBits(to, 'b', uint64(v.Int()))
	case column.Time:
		return appendBits(to, 't', uint64(v.Int()))
	case column.List:
		to = binary.AppendUvarint(append(to, 'l'), uint64(len(v.Items())))
		for _, x := range v.Items() {
			to = appendValue(to, x)
		}
		return to
	}
	return append(to, 0)
}

func appendBits(to []byte, tag byte, bits uint64) []byte {
	return binary.LittleEndian.AppendUint64(append(to, tag), bits)
}

// facts is rows of values that repeat: each distinct value is held once.
type facts struct {
	width  int
	rows   int
	codes  []uint32 // width of them per row
	values []column.Value
	known  map[digest]uint32
	bytes  int
	buf    []byte
}

func newFacts(width int) facts { return facts{width: width, known: map[digest]uint32{}} }

// add appends a row, and gives its number.
func (f *facts) add(row []column.Vector, at int) uint32 {
	for _, v := range row {
		f.codes = append(f.codes, f.code(v.Value(at)))
	}
	return f.grown()
}

func (f *facts) grown() uint32 {
	f.rows++
	f.bytes += 4 * f.width
	return uint32(f.rows - 1)
}

func (f *facts) code(v column.Value) uint32 {
	f.buf = appendValue(f.buf[:0], v)
	id := xxh3.Hash128(f.buf)
	code, ok := f.known[id]
	if !ok {
		code = uint32(len(f.values))
		f.known[id] = code
		f.values = append(f.values, v.Clone())
		f.bytes += len(f.buf) + perFact
	}
	return code
}

// perFact is about what a value costs besides its text: itself and its place in the map.
const perFact = 40 + 32

// copy appends a row of another table of the same width.
func (f *facts) copy(from *facts, row uint32) uint32 {
	for _, c := range from.codes[int(row)*f.width:][:f.width] {
		f.codes = append(f.codes, f.code(from.values[c]))
	}
	return f.grown()
}

func (f *facts) value(row uint32, i int) column.Value { return f.values[f.codes[int(row)*f.width+i]] }
