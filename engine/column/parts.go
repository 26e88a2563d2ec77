package column

// Parts is one column in pieces, of which rows are picked here and there.
type Parts struct {
	vectors []Vector
	flat    gatherer // if all pieces are of one Go type
}

// gatherer makes a vector of the given rows of pieces.
type gatherer interface {
	gather(piece, row []uint32) Vector
}

// NewParts prepares the pieces of a column.
func NewParts(vectors []Vector) *Parts {
	p := &Parts{vectors: vectors}
	switch first(vectors).(type) {
	case *Strings, *Packed, *Dict:
		p.flat = textParts(vectors)
	case *Ints:
		p.flat = flatParts[int64](vectors)
	case *Floats:
		p.flat = flatParts[float64](vectors)
	case *Times:
		p.flat = flatParts[Instant](vectors)
	}
	return p
}

// first is the first of the vectors that is no column of nulls.
func first(vectors []Vector) Vector {
	for _, v := range vectors {
		if c, ok := v.(*Const); !ok || !c.V.IsNull() {
			return v
		}
	}
	return nil
}

// Value is the cell of a row of a piece.
func (p *Parts) Value(piece, row int) Value { return p.vectors[piece].Value(row) }

// Ordinal is the whole number that a cell is, as WholeNumber has it, or the nanoseconds of a time. The kind is Int or Time; Null where there is no
// value, and String where it is another.
func (p *Parts) Ordinal(piece, row int) (n int64, kind Kind) {
	switch v := p.vectors[piece].(type) {
	case *Packed:
		if !v.IsNull(row) {
			return wholeText(v.Row(row))
		}
	case *Strings:
		if !v.IsNull(row) {
			return wholeText(v.Values[row])
		}
	case *Times:
		if !v.IsNull(row) {
			return int64(v.Values[row]), Time
		}
	case *Ints:
		if !v.IsNull(row) {
			return v.Values[row], Int
		}
	default:
		return Ordinal(v.Value(row))
	}
	return 0, Null
}

// Gather is the rows of the pieces, in their order, in the narrowest vector that holds them.
func (p *Parts) Gather(piece, row []uint32) Vector {
	if p.flat != nil {
		return p.flat.gather(piece, row)
	}
	values := make([]Value, len(row))
	for i, r := range row {
		values[i] = p.vectors[piece[i]].Value(int(r))
	}
	return FromValues(values)
}

// flats is pieces of one type. One without values is nil.
type flats[T Element] struct {
	values [][]T
	nulls  [][]bool
	lacks  bool // a row may have no value
}

func flatParts[T Element](vectors []Vector) gatherer {
	f := &flats[T]{values: make([][]T, len(vectors)), nulls: make([][]bool, len(vectors))}
	for i, v := range vectors {
		switch v := v.(type) {
		case *Flat[T]:
			f.values[i], f.nulls[i] = v.Values, v.Null
			f.lacks = f.lacks || v.Null != nil
		case *Const:
			if !v.V.IsNull() {
				return nil
			}
			f.lacks = true
		default:
			return nil
		}
	}
	return f
}

func (f *flats[T]) gather(piece, row []uint32) Vector {
	out := &Flat[T]{Values: make([]T, len(row))}
	if !f.lacks {
		for i, r := range row {
			out.Values[i] = f.values[piece[i]][r]
		}
		return out
	}
	null, found := make([]bool, len(row)), 0
	for i, r := range row {
		values, nulls := f.values[piece[i]], f.nulls[piece[i]]
		if values == nil || nulls != nil && nulls[r] {
			null[i] = true
			continue
		}
		out.Values[i] = values[r]
		found++
	}
	switch found {
	case 0:
		return Nulls(len(row))
	case len(row):
	default:
		out.Null = null
	}
	return out
}
