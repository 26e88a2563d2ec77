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
