package spill

import (
	"encoding/binary"
	"errors"
	"math"

	"spoor/engine/column"
)

// The encodings of a column. A bit beside them says that a mask of the rows without a value comes first.
const (
	constant byte = iota
	texts
	ints
	floats
	bools
	times
	mixed
	dictionary
	lists

	nulls byte = 0x80
)

// encode appends a batch without its schema.
func encode(out []byte, b *column.Batch) []byte {
	for _, v := range b.Cols {
		out = encodeVector(out, v)
	}
	return out
}

func encodeVector(out []byte, v column.Vector) []byte {
	switch v := v.(type) {
	case *column.Const:
		return appendValue(append(out, constant), v.V)
	case *column.Strings:
		out = head(out, texts, v.Null)
		for _, s := range v.Values {
			out = binary.AppendUvarint(out, uint64(len(s)))
		}
		for _, s := range v.Values {
			out = append(out, s...)
		}
	case *column.Packed:
		out = head(out, texts, v.Null)
		for i := range v.Len() {
			out = binary.AppendUvarint(out, uint64(len(v.Row(i))))
		}
		for i := range v.Len() {
			out = append(out, v.Row(i)...)
		}
	case *column.Ints:
		out = head(out, ints, v.Null)
		for _, i := range v.Values {
			out = binary.LittleEndian.AppendUint64(out, uint64(i))
		}
	case *column.Numbers: // which are integers when they are read back
		out = head(out, ints, v.Null)
		for _, i := range v.Values {
			out = binary.LittleEndian.AppendUint64(out, uint64(i))
		}
	case *column.Floats:
		out = head(out, floats, v.Null)
		for _, f := range v.Values {
			out = binary.LittleEndian.AppendUint64(out, math.Float64bits(f))
		}
	case *column.Bools:
		out = mask(head(out, bools, v.Null), v.Values)
	case *column.Times:
		out = head(out, times, v.Null)
		for _, t := range v.Values {
			out = binary.LittleEndian.AppendUint64(out, uint64(t))
		}
	case *column.Dict:
		return encodeDict(append(out, dictionary), v)
	case *column.Multis:
		out = append(out, lists)
		for i := range v.Len() {
			items := v.Items[v.Offsets[i]:v.Offsets[i+1]]
			out = binary.AppendUvarint(out, uint64(len(items)))
			for _, x := range items {
				out = appendValue(out, x)
			}
		}
	default:
		out = append(out, mixed)
		for i := range v.Len() {
			out = appendValue(out, v.Value(i))
		}
	}
	return out
}

// encodeDict writes the entries that occur, in the order in which they do, and the place among them for each row.
func encodeDict(out []byte, v *column.Dict) []byte {
	places := make(map[uint32]uint64, 16)
	var entries []uint32
	for _, c := range v.Codes {
		if _, ok := places[c]; !ok {
			places[c] = uint64(len(entries))
			entries = append(entries, c)
		}
	}
	out = binary.AppendUvarint(out, uint64(len(entries)))
	for _, c := range entries {
		out = appendValue(out, v.Dictionary.Value(c))
	}
	for _, c := range v.Codes {
		out = binary.AppendUvarint(out, places[c])
	}
	return out
}

func head(out []byte, encoding byte, null []bool) []byte {
	if null == nil {
		return append(out, encoding)
	}
	return mask(append(out, encoding|nulls), null)
}

// mask is a bit per row.
func mask(out []byte, set []bool) []byte {
	at := len(out)
	out = append(out, make([]byte, (len(set)+7)/8)...)
	for i, s := range set {
		if s {
			out[at+i/8] |= 1 << (i % 8)
		}
	}
	return out
}

func appendValue(out []byte, v column.Value) []byte {
	out = append(out, byte(v.Kind()))
	switch v.Kind() {
	case column.Null:
	case column.String:
		out = append(binary.AppendUvarint(out, uint64(len(v.Text()))), v.Text()...)
	case column.Float:
		out = binary.LittleEndian.AppendUint64(out, math.Float64bits(v.Float()))
	case column.List:
		out = binary.AppendUvarint(out, uint64(len(v.Items())))
		for _, x := range v.Items() {
			out = appendValue(out, x)
		}
	default:
		out = binary.AppendVarint(out, v.Int())
	}
	return out
}

var errDamaged = errors.New("what was put away there has changed")

// decode reads a batch of so many rows.
func decode(p []byte, schema *column.Schema, rows int) (*column.Batch, error) {
	d := &decoder{rest: p, rows: rows}
	cols := make([]column.Vector, len(schema.Names))
	for i := range cols {
		cols[i] = d.vector()
	}
	if d.damaged || len(d.rest) > 0 {
		return nil, errDamaged
	}
	return column.NewBatch(schema, cols, rows), nil
}
