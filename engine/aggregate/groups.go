package aggregate

import (
	"math"

	"spoor/engine/column"
	"spoor/engine/pages"
)

// extend makes room for all the groups that occur, which are about to be changed.
func extend[T any](s []T, groups []uint32) []T {
	n := 0
	for _, g := range groups {
		n = max(n, int(g)+1)
	}
	if n > len(s) {
		if n > cap(s) { // twice as much: append would copy what is long again and again
			s = append(pages.Large(make([]T, 0, max(n, 2*len(s)))), s...)
		}
		s = s[:n]
	}
	pages.Touch(s, groups)
	return s
}

// at is the element of a group, or the zero value if the group has none.
func at[T any](s []T, g int) (x T) {
	if g < len(s) {
		return s[g]
	}
	return x
}

// each calls f with every value that is not null: once per value of a multivalue.
func each(groups []uint32, v column.Vector, f func(g uint32, v column.Value)) {
	switch v := v.(type) {
	case *column.Const:
		for _, x := range v.V.Items() {
			for _, g := range groups {
				f(g, x)
			}
		}
	case *column.Multis:
		for i, g := range groups {
			for _, x := range v.Items[v.Offsets[i]:v.Offsets[i+1]] {
				f(g, x)
			}
		}
	default:
		for i, g := range groups {
			if x := v.Value(i); !x.IsNull() {
				f(g, x)
			}
		}
	}
}

// results makes a column of n rows. Numbers, of which there may be millions, are held without a Value for each.
func results(n int, f func(g int) column.Value) column.Vector {
	r := numbers{kinds: make([]column.Kind, n), bits: make([]int64, n)}
	for g := range n {
		v := f(g)
		switch r.kinds[g] = v.Kind(); v.Kind() {
		case column.Null:
			r.nulls++
		case column.Int:
			r.ints++
			r.bits[g] = v.Int()
		case column.Float:
			r.bits[g] = int64(math.Float64bits(v.Float()))
		default:
			out := append(make([]column.Value, 0, n), r.values(g)...)
			for out = append(out, v); len(out) < n; {
				out = append(out, f(len(out)))
			}
			return column.FromValues(out)
		}
	}
	return r.column()
}

// numbers is results that are integers, floating point numbers and nulls.
type numbers struct {
	kinds       []column.Kind
	bits        []int64
	ints, nulls int
}

// values is the first of them.
func (r *numbers) values(n int) []column.Value {
	out := make([]column.Value, n)
	for i := range out {
		switch r.kinds[i] {
		case column.Int:
			out[i] = column.Integer(r.bits[i])
		case column.Float:
			out[i] = column.Real(math.Float64frombits(uint64(r.bits[i])))
		}
	}
	return out
}

func (r *numbers) column() column.Vector {
	n := len(r.bits)
	switch r.ints {
	case n - r.nulls:
		if r.ints > 0 {
			return &column.Ints{Values: r.bits, Null: r.null()}
		}
	case 0:
		out := &column.Floats{Values: make([]float64, n), Null: r.null()}
		for i, bits := range r.bits {
			out.Values[i] = math.Float64frombits(uint64(bits))
		}
		return out
	}
	return column.FromValues(r.values(n))
}

// null is which of them are; nil if none is.
func (r *numbers) null() []bool {
	if r.nulls == 0 {
		return nil
	}
	out := make([]bool, len(r.kinds))
	for i, k := range r.kinds {
		out[i] = k == column.Null
	}
	return out
}
