package lookup

import (
	"hash/maphash"
	"net/netip"
	"slices"

	"spoor/engine/column"
)

// hashed finds rows by the texts of cells: open addressing into lists of rows, twelve bytes or so for each.
type hashed struct {
	table *Table
	keys  []key
	seed  maphash.Seed
	heads []uint32 // by slot, the first row with its texts, plus one
	next  []uint32 // by row, the next row with the same texts, plus one
	most  int      // the longest list
}

func newHashed(t *Table, keys []key) *hashed {
	size := 8
	for size < t.Rows+t.Rows/2 {
		size *= 2
	}
	h := &hashed{table: t, keys: keys, seed: maphash.MakeSeed(), heads: make([]uint32, size), next: make([]uint32, t.Rows)}
	values := make([]string, 0, len(keys))
	lengths := make([]int32, size)
	for row := t.Rows - 1; row >= 0; row-- { // so that the lists are in the order of the file
		values = values[:0]
		for i := range keys {
			values = append(values, keys[i].folded(t.Cell(uint32(row), keys[i].column)))
		}
		if slices.Contains(values, "") {
			continue // an empty cell equals nothing
		}
		slot := h.slot(h.hash(values), values)
		h.next[row], h.heads[slot] = h.heads[slot], uint32(row)+1
		lengths[slot]++
		h.most = max(h.most, int(lengths[slot]))
	}
	return h
}

func (h *hashed) hash(values []string) uint64 {
	var sum maphash.Hash
	sum.SetSeed(h.seed)
	for _, v := range values {
		_, _ = sum.WriteString(v) // never fails
		_ = sum.WriteByte(0xff)
	}
	return sum.Sum64()
}

// slot is where the rows with these texts are, or would be.
func (h *hashed) slot(sum uint64, values []string) int {
	mask := uint64(len(h.heads) - 1)
	for i := sum & mask; ; i = (i + 1) & mask {
		if h.heads[i] == 0 || h.same(h.heads[i]-1, values) {
			return int(i)
		}
	}
}

func (h *hashed) same(row uint32, values []string) bool {
	for i := range h.keys {
		if h.keys[i].folded(h.table.Cell(row, h.keys[i].column)) != values[i] {
			return false
		}
	}
	return true
}

func (h *hashed) find(values []string, to []uint32) []uint32 {
	var few [8]string
	own := few[:0]
	for i := range h.keys {
		own = append(own, values[h.keys[i].at])
	}
	for at := h.heads[h.slot(h.hash(own), own)]; at != 0; at = h.next[at-1] {
		to = append(to, at-1)
	}
	return to
}

// listed finds rows by the text of one cell, which the column's dictionary finds.
type listed struct {
	key   key
	cells *column.Dict
	heads []uint32 // by code, the first row that has it, plus one
	next  []uint32 // by row, the next row with the same code, plus one; nil if no code comes twice
	most  int      // rows with the same code
}

func newListed(t *Table, k key) *listed {
	l := &listed{key: k, cells: t.Cells[k.column]}
	l.heads = make([]uint32, l.cells.Dictionary.Len())
	lengths := make([]int32, len(l.heads))
	for row := t.Rows - 1; row >= 0; row-- { // so that the lists are in the order of the file
		code := l.cells.Codes[row]
		if code == 0 {
			continue // an empty cell equals nothing
		}
		if l.next == nil && l.heads[code] != 0 {
			l.next = make([]uint32, t.Rows)
		}
		if l.next != nil {
			l.next[row] = l.heads[code]
		}
		l.heads[code] = uint32(row) + 1
		lengths[code]++
		l.most = max(l.most, int(lengths[code]))
	}
	return l
}

func (l *listed) find(values []string, to []uint32) []uint32 {
	code, ok := l.cells.Dictionary.Find(values[l.key.at])
	if !ok {
		return to
	}
	for at := l.heads[code]; at != 0; at = l.next[at-1] {
		if to = append(to, at-1); l.next == nil {
			break
		}
	}
	return to
}

// globbed finds rows by patterns in cells. Those without a wildcard are found by their text, the others are tried one by one.
type globbed struct {
	key    key
	plain  map[string][]uint32
	wild   []uint32   // the patterns with a wildcard, by code
	byCode [][]uint32 // their rows
}

func newGlobbed(t *Table, k key) *globbed {
	g := &globbed{key: k, plain: map[string][]uint32{}, byCode: make([][]uint32, len(k.patterns))}
	for row, code := range t.Cells[k.column].Codes {
		switch p := k.patterns[code]; {
		case code == 0:
		case p.plain():
			g.plain[p[0]] = append(g.plain[p[0]], uint32(row))
		default:
			if g.byCode[code] == nil {
				g.wild = append(g.wild, code)
			}
			g.byCode[code] = append(g.byCode[code], uint32(row))
		}
	}
	return g
}

func (g *globbed) find(values []string, to []uint32) []uint32 {
	value, start := values[g.key.at], len(to)
	to = append(to, g.plain[value]...)
	for _, code := range g.wild {
		if g.key.patterns[code].match(value) {
			to = append(to, g.byCode[code]...)
		}
	}
	slices.Sort(to[start:])
	return to
}

// routed finds rows by the networks in cells: for each length of a mask by the masked address.
type routed struct {
	key  key
	rows map[netip.Prefix][]uint32
	bits map[int][]int // by length of an address, the lengths of masks
}

func newRouted(t *Table, k key) *routed {
	r := &routed{key: k, rows: map[netip.Prefix][]uint32{}, bits: map[int][]int{}}
	for row, code := range t.Cells[k.column].Codes {
		p := k.networks[code]
		if !p.IsValid() {
			continue
		}
		if length := p.Addr().BitLen(); !slices.Contains(r.bits[length], p.Bits()) {
			r.bits[length] = append(r.bits[length], p.Bits())
		}
		r.rows[p] = append(r.rows[p], uint32(row))
	}
	return r
}

func (r *routed) find(values []string, to []uint32) []uint32 {
	address, err := netip.ParseAddr(values[r.key.at])
	if err != nil {
		return to
	}
	address = address.Unmap()
	start := len(to)
	for _, bits := range r.bits[address.BitLen()] {
		if p, err := address.Prefix(bits); err == nil {
			to = append(to, r.rows[p]...)
		}
	}
	slices.Sort(to[start:])
	return to
}
