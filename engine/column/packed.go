package column

import (
	"math"
	"slices"
)

// Packed is texts in one piece of memory, for who holds many rows: each takes four bytes besides its own, and there are no pointers for the
// collector of garbage to follow. Parts makes it, and makes flat vectors of it again.
type Packed struct {
	Text    string
	Offsets []uint32 // row i is Text[Offsets[i]:Offsets[i+1]]
	Null    []bool   // true where the row has no value; nil if every row has one
}

func (p *Packed) Len() int           { return len(p.Offsets) - 1 }
func (p *Packed) IsNull(i int) bool  { return p.Null != nil && p.Null[i] }
func (p *Packed) at(i uint32) string { return p.Text[p.Offsets[i]:p.Offsets[i+1]] }
func (p *Packed) sealed()            {}
func (p *Packed) Pick(r []uint32) Vector {
	return NewParts([]Vector{p}).Gather(make([]uint32, len(r)), r)
}

func (p *Packed) Value(i int) Value {
	if p.IsNull(i) {
		return Value{}
	}
	return Str(p.at(uint32(i)))
}

func (p *Packed) Slice(from, to int) Vector {
	out := &Packed{Text: p.Text, Offsets: p.Offsets[from : to+1]}
	if p.Null != nil {
		out.Null = p.Null[from:to]
	}
	return out
}

// texts is pieces of nothing but texts, of which rows may lack one.
type texts struct {
	pieces []Vector
	packed []*Packed // the pieces, if all are packed and no row lacks one
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
			t.packed = append(t.packed, v)
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
			return v.at(row), false
		}
	case *Strings:
		if v.Null == nil || !v.Null[row] {
			return v.Values[row], false
		}
	case *Dict:
		x := &v.Dictionary.values[v.Codes[row]]
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
			out.Values[i] = t.packed[piece[i]].at(r)
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

func (t *texts) pack(piece, row []uint32) Vector {
	if t.packed == nil {
		if flat, ok := t.gather(piece, row).(*Strings); ok {
			return packStrings(flat)
		}
		return Nulls(len(row))
	}
	total := 0
	for i, r := range row {
		offsets := t.packed[piece[i]].Offsets
		total += int(offsets[r+1] - offsets[r])
	}
	if total > math.MaxUint32 {
		return t.gather(piece, row)
	}
	p := newPacking(len(row), total)
	for i, r := range row {
		p.add(t.packed[piece[i]].at(r))
	}
	return p.packed(nil)
}

// packStrings copies texts into one piece of memory.
func packStrings(s *Strings) Vector {
	total := 0
	for _, text := range s.Values {
		total += len(text)
	}
	if total > math.MaxUint32 {
		return keepStrings(s)
	}
	p := newPacking(len(s.Values), total)
	for _, text := range s.Values {
		p.add(text)
	}
	return p.packed(slices.Clone(s.Null))
}

// packing is texts on their way into one piece of memory.
type packing struct {
	text    []byte
	offsets []uint32
}

func newPacking(rows, bytes int) *packing {
	return &packing{make([]byte, 0, bytes), make([]uint32, 1, rows+1)}
}

func (p *packing) add(text string) {
	p.text = append(p.text, text...)
	p.offsets = append(p.offsets, uint32(len(p.text)))
}

func (p *packing) packed(null []bool) *Packed { return &Packed{TextOf(p.text), p.offsets, null} }
