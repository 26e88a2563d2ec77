package aggregate

import "spoor/engine/column"

// readings is the numbers that the entries of a dictionary read as.
type readings struct {
	numbers column.PerCode[column.Value] // an Int, a Float, or null
}

// each calls f with every value that is a number or reads as one, as an Int or a Float: once per value of a multivalue.
func (r *readings) each(groups []uint32, v column.Vector, f func(g uint32, v column.Value)) {
	d, ok := v.(*column.Dict)
	if !ok || d.Dictionary.Lists() {
		each(groups, v, func(g uint32, v column.Value) {
			if x := reading(v); !x.IsNull() {
				f(g, x)
			}
		})
		return
	}
	numbers := r.numbers.Of(d.Dictionary)
	for code := len(*numbers); code < d.Dictionary.Len(); code++ {
		*numbers = append(*numbers, reading(d.Dictionary.Value(uint32(code))))
	}
	for i, g := range groups {
		if x := (*numbers)[d.Codes[i]]; !x.IsNull() {
			f(g, x)
		}
	}
}

// mostExact is the size up to which floating point numbers hold every integer.
const mostExact = 1 << 53

// exactly is the integer that a text is written as, if a floating point number holds it as well.
func exactly(s string) (int64, bool) {
	n, ok := column.ParseWhole(s)
	return n, ok && n <= mostExact && n >= -mostExact
}

// Wholes is texts as integers; nil if one of them is none, or none that a floating point number holds as well.
func Wholes(s *column.Strings) *column.Ints {
	out := &column.Ints{Values: make([]int64, len(s.Values)), Null: s.Null}
	for i, text := range s.Values {
		if s.Null != nil && s.Null[i] {
			continue
		}
		n, ok := exactly(text)
		if !ok {
			return nil
		}
		out.Values[i] = n
	}
	return out
}

// reading is the number of a value: an Int as it is, all else as a Float, and null if there is none.
func reading(v column.Value) column.Value {
	if v.Kind() == column.Int {
		return v
	}
	x, ok := v.Number()
	if !ok {
		return column.Value{}
	}
	return column.Real(x)
}

// real is the number of a reading.
func real(v column.Value) float64 {
	x, _ := v.Number()
	return x
}
