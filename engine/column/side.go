package column

import "math"

// PackRows is the given rows of columns in pieces, in their order, packed. It is for who holds them: texts that lie side by side in all pieces are
// copied a row at a time.
func PackRows(columns []*Parts, piece, row []uint32) []Vector {
	out := make([]Vector, len(columns))
	var slots []int
	var side sideBySide
	for i, p := range columns {
		if t, ok := p.flat.(*texts); ok && t.packed != nil {
			slots, side = append(slots, i), append(side, t.packed)
		}
	}
	if len(side) > 0 && side.holds() {
		for i, v := range side.pack(piece, row) {
			out[slots[i]] = v
		}
	}
	for i, p := range columns {
		if out[i] == nil {
			out[i] = p.Gather(piece, row)
		}
	}
	return out
}

// sideBySide is columns in pieces: in each piece a row's texts follow each other.
type sideBySide [][]Packed

func (s sideBySide) holds() bool {
	for i := range s[0] {
		first := &s[0][i]
		for k := range s {
			p := &s[k][i]
			if p.Step != len(s) || len(first.Offsets) <= k || &p.Offsets[0] != &first.Offsets[k] {
				return false
			}
		}
	}
	return true
}

// pack is nil if there is too much text.
func (s sideBySide) pack(piece, row []uint32) []Vector {
	step, last, total := len(s), s[len(s)-1], 0
	for i, r := range row {
		at := int(r) * step
		total += int(last[piece[i]].Offsets[at+1] - s[0][piece[i]].Offsets[at])
	}
	if total > math.MaxUint32 {
		return nil
	}
	text, offsets := make([]byte, total), make([]uint32, len(row)*step+1)
	end, cell := 0, 1
	for i, r := range row {
		at, first := int(r)*step, &s[0][piece[i]]
		from := first.Offsets[at]
		moved := uint32(end) - from
		for k := range s {
			offsets[cell] = s[k][piece[i]].Offsets[at+1] + moved
			cell++
		}
		end += copy(text[end:], first.Text[from:last[piece[i]].Offsets[at+1]])
	}
	return side(TextOf(text), offsets, step, make([][]bool, step))
}

// side is the columns of texts that lie side by side.
func side(text string, offsets []uint32, step int, nulls [][]bool) []Vector {
	out := make([]Vector, step)
	for i := range out {
		p := &Packed{text, offsets[:1], step, nulls[i]}
		if rows := (len(offsets) - 1) / step; rows > 0 {
			p.Offsets = offsets[i : i+(rows-1)*step+2]
		}
		out[i] = p
	}
	return out
}
