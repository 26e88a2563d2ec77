package op

import (
	"math"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// scale is how keys were made codes. Codes by the same scale can be compared.
type scale struct {
	by          scaling
	kind        column.Kind // of whole numbers: Int or Time
	shared      string      // of texts: what all begin with
	longest     int         // of texts: the bytes of the longest
	empty       bool        // no row has a value
	nulls, last bool        // a row has no value; one has a value and the last code
}

type scaling byte

const (
	byWhole scaling = iota
	byText
	byRank
)

// whole says whether rows with equal codes have equal keys.
func (s scale) whole() bool {
	return (s.by == byWhole || s.by == byText && s.short()) && !(s.nulls && s.last)
}

// short says whether all that follows what the texts share is in their codes.
func (s scale) short() bool { return s.longest-len(s.shared) < 8 }

// join is the scale for all rows of two.
func (s scale) join(t scale) scale {
	out := s
	switch {
	case s.empty:
		out = t
	case t.empty:
	case s.by == byText && t.by == byText:
		out.shared, out.longest = s.shared[:shares(s.shared, t.shared)], max(s.longest, t.longest)
	case s.by != t.by || s.kind != t.kind:
		out = scale{by: byRank}
	}
	out.empty, out.nulls, out.last = s.empty && t.empty, s.nulls || t.nulls, s.last || t.last
	return out
}

// fits says whether codes by this scale are codes by another one too, which it was joined into.
func (s scale) fits(t scale) bool {
	return s.empty || s.by == t.by && (s.by != byText || s.shared == t.shared && s.short() == t.short())
}

// coding gives rows their codes, by which they ascend. Those without a value get the last one, in either direction.
type coding struct {
	list  []coded
	cells func(row uint32) column.Value
	key   plan.SortKey
	turn  uint64 // the bits to turn round
	scale
}

func (s *sorter) coding(list []coded, key int) *coding {
	c := &coding{list: list, cells: s.cells[key], key: s.keys[key]}
	if c.key.Desc {
		c.turn = math.MaxUint64
	}
	return c
}

// encode gives rows the codes of a key, by the scale that tells most of them apart.
func (s *sorter) encode(list []coded, key int) scale {
	c := s.coding(list, key)
	switch {
	case c.key.By <= plan.Num && c.wholes(s.whole[key]):
	case c.key.By == plan.Text || c.key.By == plan.Auto && c.onlyText():
		c.survey()
		c.encode()
	default:
		c.scale = scale{by: byRank}
		c.encode()
	}
	return c.scale
}

// wholes encodes nothing but times, or nothing but whole numbers.
func (c *coding) wholes(whole func(row uint32) (int64, column.Kind)) bool {
	c.scale = scale{by: byWhole, empty: true}
	for i := range c.list {
		n, kind := whole(c.list[i].row)
		switch {
		case kind == column.Null:
			c.null(i)
		case kind == column.String || !c.empty && kind != c.kind:
			return false
		default:
			c.kind, c.empty = kind, false
			c.put(i, uint64(n)^1<<63)
		}
	}
	return true
}

func (c *coding) put(i int, code uint64) {
	code ^= c.turn
	c.last = c.last || code == math.MaxUint64
	c.list[i].code = code
}

func (c *coding) null(i int) {
	c.nulls = true
	c.list[i].code = math.MaxUint64
}

func (c *coding) onlyText() bool {
	for i := range c.list {
		if v := c.cells(c.list[i].row); !v.IsNull() && !column.IsText(v) {
			return false
		}
	}
	return true
}

// survey finds what texts share.
func (c *coding) survey() {
	c.scale = scale{by: byText, empty: true}
	for i := range c.list {
		v := c.cells(c.list[i].row)
		if v.IsNull() {
			continue
		}
		text := v.String()
		if c.empty {
			c.shared, c.empty = text, false
		}
		c.shared = c.shared[:shares(c.shared, text)]
		c.longest = max(c.longest, len(text))
	}
}

// encode makes codes by the scale.
func (c *coding) encode() {
	for i := range c.list {
		if v := c.cells(c.list[i].row); v.IsNull() {
			c.null(i)
		} else {
			c.put(i, c.code(v))
		}
	}
}

func (c *coding) code(v column.Value) uint64 {
	switch {
	case c.by == byText:
		rest := v.String()[len(c.shared):]
		if !c.short() {
			return column.Prefix(rest)
		}
		return column.Prefix(rest) | uint64(len(rest)) // of seven bytes at most: texts may differ in zero bytes at their ends
	case c.key.By == plan.Auto:
		return column.Code(v)
	case c.key.By == plan.Num:
		return column.NumberCode(v)
	}
	return 0 // addresses are rare
}

// shares is how many bytes two texts share at their beginning.
func shares(a, b string) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}
