package lookup

import (
	"net/netip"
	"slices"
	"strings"

	"spoor/engine/column"
)

// indexed finds rows by the texts of cells.
type indexed struct {
	*column.Index
	keys []key
}

func newIndexed(t *Table, keys []key) *indexed {
	texts := make([]column.Texts, len(keys))
	for i, k := range keys {
		texts[i] = t.Cells[k.column]
		if k.fold {
			texts[i] = folded{t.Cells[k.column]}
		}
	}
	return &indexed{column.NewIndex(t.Rows, texts), keys}
}

func (x *indexed) find(values []string, to []uint32) []uint32 {
	var few [8]string
	own := few[:0]
	for i := range x.keys {
		own = append(own, values[x.keys[i].at])
	}
	for at := x.First(own); at != 0; at = x.Next(at) {
		to = append(to, at-1)
	}
	return to
}

// folded is cells of which the case of letters does not count.
type folded struct{ *Cells }

func (f folded) Text(row uint32) string { return strings.ToLower(f.Cells.Text(row)) }

func (f folded) Spell(firsts []uint32, to []string) {
	f.Cells.Spell(firsts, to)
	fold(to[:len(firsts)])
}

func fold(texts []string) {
	for i, s := range texts {
		texts[i] = strings.ToLower(s)
	}
}

// globbed finds rows by patterns in cells. Those without a wildcard are found by their text, the others are tried one by one.
type globbed struct {
	key    key
	plain  map[string][]uint32
	wild   []uint32   // the patterns with a wildcard, by code
	byCode [][]uint32 // their rows
}

func newGlobbed(k key) *globbed {
	g := &globbed{key: k, plain: map[string][]uint32{}, byCode: make([][]uint32, len(k.patterns))}
	for row, code := range k.codes {
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

func newRouted(k key) *routed {
	r := &routed{key: k, rows: map[netip.Prefix][]uint32{}, bits: map[int][]int{}}
	for row, code := range k.codes {
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
