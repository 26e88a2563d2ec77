package aggregate

import (
	"slices"

	"spoor/engine/column"
)

// extend makes room for all the groups that occur.
func extend[T any](s []T, groups []uint32) []T {
	n := 0
	for _, g := range groups {
		n = max(n, int(g)+1)
	}
	if n > len(s) {
		s = slices.Grow(s, n-len(s))[:n]
	}
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

// results makes a column of n rows.
func results(n int, f func(g int) column.Value) column.Vector {
	out := make([]column.Value, n)
	for g := range out {
		out[g] = f(g)
	}
	return column.FromValues(out)
}
