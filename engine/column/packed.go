package column

import (
	"math"
	"slices"
)

// Packed is texts in one piece of memory, for who holds many rows: each takes four bytes besides its own, and there are no pointers for the
// collector of garbage to follow. The texts of several columns may lie side by side, those of a row next to each other. Batch.Pack makes it,
// and Parts makes flat vectors of it again.
type Packed struct {
	Text    string
	Offsets []uint32 // row i is Text[Offsets[i*Step]:Offsets[i*Step+1]]
	Step    int      // how many columns lie side by side
	Null    []bool   // true where the row has no value; nil if every row has one
}

func (p *Packed) Len() int          { return (len(p.Offsets) + p.Step - 2) / p.Step }
func (p *Packed) IsNull(i int) bool { return p.Null != nil && p.Null[i] }
func (p *Packed) sealed()           {}
func (p *Packed) Pick(r []uint32) Vector {
	return NewParts([]Vector{p}).Gather(make([]uint32, len(r)), r)
}

// Row is the text of a row, "" where it has none.
func (p *Packed) Row(i int) string {
	at := p.Offsets[i*p.Step:]
	return p.Text[at[0]:at[1]]
}

// Bytes is how many bytes the texts take.
func (p *Packed) Bytes() (n int) {
	for i := 0; i+1 < len(p.Offsets); i += p.Step {
		n += int(p.Offsets[i+1] - p.Offsets[i])
	}
	return n
}

func (p *Packed) Value(i int) Value {
	if p.IsNull(i) {
		return Value{}
	}
	return Str(p.Row(i))
}

func (p *Packed) Slice(from, to int) Vector {
	out := &Packed{Text: p.Text, Offsets: p.Offsets[:1], Step: p.Step}
	if from < to {
		out.Offsets = p.Offsets[from*p.Step : (to-1)*p.Step+2]
	}
	if p.Null != nil {
		out.Null = p.Null[from:to]
	}
	return out
}

// texts is pieces of nothing but texts, of which rows may lack one.
type texts struct {
	pieces []Vector
	packed []Packed // the pieces, if all are packed and no row lacks one
	lacks  bool
}

// textParts is the gatherer of pieces that hold nothing but texts; nil if they hold anything else.
func textParts(vectors []Vector) gatherer {
	t := &texts{pieces: vectors}
	var last *Dictionary
	for _, v := range vectors {
		switch v := v.(type) {
		case *Strings:
			t.lacks = t.lacks || v.Null != nil
		case *Packed:
			t.packed = append(t.packed, *v)
			t.lacks = t.lacks || v.Null != nil
		case *Const:
			if v.V.kind != String && v.V.kind != Null {
				return nil
			}
			t.lacks = t.lacks || v.V.IsNull()
		case *Dict:
			if v.Dictionary != last && !v.Dictionary.onlyTexts() {
				return nil
			}
			last, t.lacks = v.Dictionary, true
		default:
			return nil
		}
	}
	if t.lacks || len(t.packed) < len(vectors) {
		t.packed = nil
	}
	return t
}

// onlyTexts says whether there are no entries but texts and null.
func (d *Dictionary) onlyTexts() bool {
	if d.texts != nil {
		return true
	}
	if len(d.values) < len(d.truths) {
		return false
	}
	for i := range d.values {
		if k := d.values[i].kind; k != String && k != Null {
			return false
		}
	}
	return true
}

// at is the text of a row of a piece; null says that it has none.
func (t *texts) at(piece, row uint32) (text string, null bool) {
	switch v := t.pieces[piece].(type) {
	case *Packed:
		if v.Null == nil || !v.Null[row] {
			return v.Row(int(row)), false
		}
	case *Strings:
		if v.Null == nil || !v.Null[row] {
			return v.Values[row], false
		}
	case *Dict:
		x := v.Dictionary.Value(v.Codes[row])
		return x.str, x.kind == Null
	case *Const:
		return v.V.str, v.V.kind == Null
	}
	return "", true
}

func (t *texts) gather(piece, row []uint32) Vector {
	out := &Strings{Values: make([]string, len(row))}
	if t.packed != nil {
		for i, r := range row {
			out.Values[i] = t.packed[piece[i]].Row(int(r))
		}
		return out
	}
	if !t.lacks {
		for i, r := range row {
			out.Values[i], _ = t.at(piece[i], r)
		}
		return out
	}
	null, found := make([]bool, len(row)), 0
	for i, r := range row {
		if out.Values[i], null[i] = t.at(piece[i], r); !null[i] {
			found++
		}
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

// packSide copies the texts of some columns of as many rows into one piece of memory, side by side.
func packSide(cols []*Strings, rows int) []Vector {
	total := 0
	for _, c := range cols {
		for _, text := range c.Values {
			total += len(text)
		}
	}
	if total > math.MaxUint32 {
		out := make([]Vector, len(cols))
		for i, c := range cols {
			out[i] = keepStrings(c)
		}
		return out
	}
	if len(cols) == 0 {
		return nil
	}
	text, offsets := make([]byte, total), make([]uint32, rows*len(cols)+1)
	at, cell := 0, 1
	for row := range rows {
		for _, c := range cols {
			at += copy(text[at:], c.Values[row])
			offsets[cell] = uint32(at)
			cell++
		}
	}
	nulls := make([][]bool, len(cols))
	for i, c := range cols {
		nulls[i] = slices.Clone(c.Null)
	}
	return side(TextOf(text), offsets, len(cols), nulls)
}
