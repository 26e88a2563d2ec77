package column

// Vector is a column of a batch. The encodings are Const, Flat (one per type), Dict, Multis and Packed; nothing outside this
// package adds one. A vector is never changed after it was made.
type Vector interface {
	// Len is the number of rows.
	Len() int
	// Value is the cell of row i. It is for output, tests and rare cases: operators work on whole vectors.
	Value(i int) Value
	// IsNull says whether row i has no value, without making one.
	IsNull(i int) bool
	// Pick is the vector of the given rows, in their order.
	Pick(rows []uint32) Vector
	// Slice is the vector of rows from up to, not including, to.
	Slice(from, to int) Vector
	sealed()
}

// Const is one value for every row.
type Const struct {
	V Value
	N int
}

// Nulls is a column without values.
func Nulls(n int) *Const { return &Const{N: n} }

func (c *Const) Len() int                  { return c.N }
func (c *Const) Value(int) Value           { return c.V }
func (c *Const) IsNull(int) bool           { return c.V.IsNull() }
func (c *Const) Pick(rows []uint32) Vector { return &Const{c.V, len(rows)} }
func (c *Const) Slice(from, to int) Vector { return &Const{c.V, to - from} }
func (c *Const) sealed()                   {}

// Element is a Go type that a Flat vector may hold. A Flat of Value holds rows of differing types.
type Element interface {
	string | int64 | float64 | bool | Instant | Value | uint32
}

// Instant is a point in time in nanoseconds since 1970 UTC.
type Instant int64

// Flat is one Go value per row.
type Flat[T Element] struct {
	Values []T
	Null   []bool // true where the row has no value; nil if every row has one. Never set for a Flat of Value, which holds null values.
}

// The flat vectors by type.
type (
	Strings = Flat[string]
	Ints    = Flat[int64]
	Floats  = Flat[float64]
	Bools   = Flat[bool]
	Times   = Flat[Instant]
	Mixed   = Flat[Value]
	Numbers = Flat[uint32] // small integers that are held for millions of rows
)

func (f *Flat[T]) Len() int { return len(f.Values) }
func (f *Flat[T]) sealed()  {}

func (f *Flat[T]) IsNull(i int) bool {
	if f.Null != nil {
		return f.Null[i]
	}
	if v, ok := any(&f.Values[i]).(*Value); ok {
		return v.IsNull()
	}
	return false
}

func (f *Flat[T]) Value(i int) Value {
	if f.Null != nil && f.Null[i] {
		return Value{}
	}
	return valueOf(f.Values[i])
}

func valueOf[T Element](x T) Value {
	switch x := any(x).(type) {
	case string:
		return Str(x)
	case int64:
		return Integer(x)
	case uint32:
		return Integer(int64(x))
	case float64:
		return Real(x)
	case bool:
		return Boolean(x)
	case Instant:
		return Nanos(int64(x))
	case Value:
		return x
	}
	return Value{}
}

func (f *Flat[T]) Pick(rows []uint32) Vector {
	out := &Flat[T]{Values: make([]T, len(rows))}
	for i, r := range rows {
		out.Values[i] = f.Values[r]
	}
	if f.Null != nil {
		out.Null = make([]bool, len(rows))
		for i, r := range rows {
			out.Null[i] = f.Null[r]
		}
	}
	return out
}

func (f *Flat[T]) Slice(from, to int) Vector {
	out := &Flat[T]{Values: f.Values[from:to]}
	if f.Null != nil {
		out.Null = f.Null[from:to]
	}
	return out
}

// Dict is a code per row into a dictionary.
type Dict struct {
	Codes      []uint32
	Dictionary *Dictionary
}

func (d *Dict) Len() int          { return len(d.Codes) }
func (d *Dict) Value(i int) Value { return d.Dictionary.Value(d.Codes[i]) }
func (d *Dict) IsNull(i int) bool { return d.Dictionary.null(d.Codes[i]) }
func (d *Dict) sealed()           {}

func (d *Dict) Pick(rows []uint32) Vector {
	codes := make([]uint32, len(rows))
	for i, r := range rows {
		codes[i] = d.Codes[r]
	}
	return &Dict{codes, d.Dictionary}
}

func (d *Dict) Slice(from, to int) Vector { return &Dict{d.Codes[from:to], d.Dictionary} }

// Multis is a column in which some rows hold more than one value: row i holds Items[Offsets[i]:Offsets[i+1]], and is null if that is empty.
type Multis struct {
	Offsets []uint32
	Items   []Value
}

func (m *Multis) Len() int          { return len(m.Offsets) - 1 }
func (m *Multis) IsNull(i int) bool { return m.count(i) == 0 }
func (m *Multis) sealed()           {}

func (m *Multis) Value(i int) Value {
	return Multi(m.Items[m.Offsets[i]:m.Offsets[i+1]:m.Offsets[i+1]])
}

func (m *Multis) Pick(rows []uint32) Vector {
	out := &Multis{Offsets: make([]uint32, 1, len(rows)+1)}
	for _, r := range rows {
		out.Items = append(out.Items, m.Items[m.Offsets[r]:m.Offsets[r+1]]...)
		out.Offsets = append(out.Offsets, uint32(len(out.Items)))
	}
	return out
}

func (m *Multis) Slice(from, to int) Vector { return &Multis{m.Offsets[from : to+1], m.Items} }

// FromValues makes the narrowest vector that holds the values: typed if they are of one type, Multis if one of them is a list,
// a null Const if there are none.
func FromValues(values []Value) Vector {
	kind, nulls := Null, false
	for _, v := range values {
		switch {
		case v.kind == Null:
			nulls = true
		case v.kind == List:
			return multis(values)
		case kind == Null:
			kind = v.kind
		case kind != v.kind:
			return mixed(values)
		}
	}
	switch kind {
	case String:
		return flatten(values, nulls, func(v Value) string { return v.str })
	case Int:
		return flatten(values, nulls, func(v Value) int64 { return int64(v.bits) })
	case Float:
		return flatten(values, nulls, Value.Float)
	case Bool:
		return flatten(values, nulls, Value.True)
	case Time:
		return flatten(values, nulls, func(v Value) Instant { return Instant(v.bits) })
	}
	return Nulls(len(values))
}

func flatten[T Element](values []Value, nulls bool, get func(Value) T) Vector {
	out := &Flat[T]{Values: make([]T, len(values))}
	for i, v := range values {
		out.Values[i] = get(v)
	}
	if nulls {
		out.Null = make([]bool, len(values))
		for i, v := range values {
			out.Null[i] = v.kind == Null
		}
	}
	return out
}

// mixed finishes FromValues once two types were met: a later list still decides.
func mixed(values []Value) Vector {
	for _, v := range values {
		if v.kind == List {
			return multis(values)
		}
	}
	return &Mixed{Values: append([]Value(nil), values...)}
}

func multis(values []Value) Vector {
	items := 0
	for i := range values {
		if values[i].kind == List {
			items += len(*values[i].items)
		} else {
			items++
		}
	}
	out := &Multis{Offsets: make([]uint32, 1, len(values)+1), Items: make([]Value, 0, items)}
	for _, v := range values {
		switch v.kind {
		case Null:
		case List:
			out.Items = append(out.Items, *v.items...)
		default:
			out.Items = append(out.Items, v)
		}
		out.Offsets = append(out.Offsets, uint32(len(out.Items)))
	}
	return out
}

// ToValues is the cells of a vector.
func ToValues(v Vector) []Value {
	out := make([]Value, v.Len())
	for i := range out {
		out[i] = v.Value(i)
	}
	return out
}

// Concat is the rows of all the vectors, one after another. Equal dictionaries and equal constants stay as they are.
func Concat(vs []Vector) Vector {
	if len(vs) == 1 {
		return vs[0]
	}
	if out := concatDicts(vs); out != nil {
		return out
	}
	var all []Value
	for _, v := range vs {
		for i := range v.Len() {
			all = append(all, v.Value(i))
		}
	}
	return FromValues(all)
}

func concatDicts(vs []Vector) Vector {
	var out *Dict
	for _, v := range vs {
		d, ok := v.(*Dict)
		if !ok || out != nil && d.Dictionary != out.Dictionary {
			return nil
		}
		if out == nil {
			out = &Dict{Dictionary: d.Dictionary}
		}
		out.Codes = append(out.Codes, d.Codes...)
	}
	return out
}
