package column

import (
	"slices"
	"strings"
)

// Keep copies the batch so that it holds no more memory than its rows need: dictionaries and blocks of a scan are left behind.
func (b *Batch) Keep() *Batch {
	return b.kept(func(s *Strings) Vector { return keepStrings(s) })
}

// Pack is Keep for who picks rows of the batch with Parts: its texts are packed.
func (b *Batch) Pack() *Batch {
	return b.kept(func(s *Strings) Vector { return s }).PackTexts()
}

// PackTexts is Pack for who has the batch alone: nothing but its texts is copied.
func (b *Batch) PackTexts() *Batch {
	out := &Batch{Schema: b.Schema, Cols: slices.Clone(b.Cols), Rows: b.Rows}
	var slots []int
	var flat []*Strings
	for i, c := range out.Cols {
		if s, ok := c.(*Strings); ok {
			slots, flat = append(slots, i), append(flat, s)
		}
	}
	for i, v := range packSide(flat, b.Rows) {
		out.Cols[slots[i]] = v
	}
	return out
}

func (b *Batch) kept(texts func(*Strings) Vector) *Batch {
	out := &Batch{Schema: b.Schema, Cols: make([]Vector, len(b.Cols)), Rows: b.Rows}
	for i, c := range b.Cols {
		switch c := c.(type) {
		case *Const:
			out.Cols[i] = &Const{c.V.Clone(), c.N}
		case *Dict:
			out.Cols[i] = c.keep()
		case *Strings:
			out.Cols[i] = texts(c)
		case *Ints:
			out.Cols[i] = c.clone()
		case *Numbers:
			out.Cols[i] = c.clone()
		case *Floats:
			out.Cols[i] = c.clone()
		case *Bools:
			out.Cols[i] = c.clone()
		case *Times:
			out.Cols[i] = c.clone()
		default:
			values := ToValues(c)
			for j, v := range values {
				values[j] = v.Clone()
			}
			out.Cols[i] = FromValues(values)
		}
	}
	return out
}

func (f *Flat[T]) clone() *Flat[T] { return &Flat[T]{slices.Clone(f.Values), slices.Clone(f.Null)} }

// keep is the column with a dictionary of its own that holds only what the column needs.
func (d *Dict) keep() Vector {
	out := &Dict{make([]uint32, len(d.Codes)), &Dictionary{}}
	codes := make(map[uint32]uint32, 16)
	for i, c := range d.Codes {
		code, ok := codes[c]
		if !ok {
			v := d.Dictionary.Value(c).Clone()
			code = uint32(len(out.Dictionary.values))
			codes[c] = code
			out.Dictionary.values = append(out.Dictionary.values, v)
			out.Dictionary.truths = append(out.Dictionary.truths, truthOf(v))
			out.Dictionary.lists = out.Dictionary.lists || v.kind == List
		}
		out.Codes[i] = code
	}
	if len(out.Dictionary.values) > len(d.Codes)/2 {
		return FromValues(ToValues(out)) // hardly a value twice
	}
	return out
}

// keepStrings copies the texts into one piece of memory.
func keepStrings(s *Strings) *Strings {
	n := 0
	for _, x := range s.Values {
		n += len(x)
	}
	var b strings.Builder
	b.Grow(n)
	for _, x := range s.Values {
		b.WriteString(x)
	}
	all, at := b.String(), 0
	out := &Strings{Values: make([]string, len(s.Values)), Null: append([]bool(nil), s.Null...)}
	for i, x := range s.Values {
		out.Values[i] = all[at : at+len(x)]
		at += len(x)
	}
	return out
}
