package function

import "spoor/engine/column"

// view reads an argument, constant or not, as Go values of one type.
type view[T any] struct {
	values []T
	null   []bool
	mask   int // 0 for a constant, whose only value stands for every row; -1 otherwise
}

func (v view[T]) at(i int) (x T, ok bool) {
	i &= v.mask
	if v.null != nil && v.null[i] {
		return x, false
	}
	return v.values[i], true
}

// reader makes a view of an argument.
type reader[T any] func(column.Vector) view[T]

// texts reads an argument as text: numbers as they print.
func texts(v column.Vector) view[string] {
	if s, ok := v.(*column.Strings); ok {
		return view[string]{s.Values, s.Null, -1}
	}
	return convert(v, func(v column.Value) (string, bool) { return v.String(), !v.IsNull() })
}

// numbers reads an argument as numbers; what is none is null.
func numbers(v column.Vector) view[float64] {
	switch v := v.(type) {
	case *column.Floats:
		return view[float64]{v.Values, v.Null, -1}
	case *column.Ints:
		out := make([]float64, len(v.Values))
		for i, x := range v.Values {
			out[i] = float64(x)
		}
		return view[float64]{out, v.Null, -1}
	}
	return convert(v, column.Value.Number)
}

// truths reads an argument as truth values; what is none is null.
func truths(v column.Vector) view[bool] {
	if b, ok := v.(*column.Bools); ok {
		return view[bool]{b.Values, b.Null, -1}
	}
	return convert(v, func(v column.Value) (bool, bool) { return v.True(), v.Kind() == column.Bool })
}

// cells reads an argument as it is; null is a null value, and never missing.
func cells(v column.Vector) view[column.Value] {
	switch v := v.(type) {
	case *column.Mixed:
		return view[column.Value]{v.Values, nil, -1}
	case *column.Const:
		return view[column.Value]{[]column.Value{v.V}, nil, 0}
	}
	return view[column.Value]{column.ToValues(v), nil, -1}
}

func convert[T any](v column.Vector, get func(column.Value) (T, bool)) view[T] {
	n, mask := v.Len(), -1
	if _, ok := v.(*column.Const); ok {
		n, mask = min(n, 1), 0
	}
	out := view[T]{values: make([]T, n), mask: mask}
	for i := range n {
		x, ok := get(v.Value(i))
		if !ok {
			if out.null == nil {
				out.null = make([]bool, n)
			}
			out.null[i] = true
		}
		out.values[i] = x
	}
	return out
}

// build makes a result row by row; a row for which f says false is null.
func build[R column.Element](rows int, f func(i int) (R, bool)) column.Vector {
	out := &column.Flat[R]{Values: make([]R, rows)}
	for i := range rows {
		x, ok := f(i)
		if !ok {
			if out.Null == nil {
				out.Null = make([]bool, rows)
			}
			out.Null[i] = true
			continue
		}
		out.Values[i] = x
	}
	return out
}
