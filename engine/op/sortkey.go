package op

import (
	"cmp"
	"math"
	"slices"
	"sync"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// order is the numbers of the rows in the order of the keys, those with equal keys as they are; up to a limit, if there is one.
func order(t *rows, keys []plan.SortKey, limit int) []uint32 {
	rows := all(t.n)
	if len(keys) > 0 {
		rows = newSorter(t, keys).order(rows)
	}
	if limit > 0 && len(rows) > limit {
		rows = rows[:limit]
	}
	return rows
}

// sortedCells is the numbers of n values in the order that Splunk sorts them by.
func sortedCells(n int, cells func(uint32) column.Value) []uint32 {
	s := &sorter{keys: []plan.SortKey{{}}}
	s.add(cells, func(row uint32) (int64, column.Kind) { return column.Ordinal(cells(row)) })
	return s.order(all(n))
}

// sorter sorts rows by codes of their keys: numbers of eight bytes, which radix sort takes in a few passes. Where codes are equal, it looks
// closer.
type sorter struct {
	keys  []plan.SortKey
	cells []func(row uint32) column.Value // by key
	whole []func(row uint32) (int64, column.Kind)
	spare []coded
}

// codings is the memory of sorters that are done: many rows are sorted in many parts.
var codings = sync.Pool{New: func() any { return new([]coded) }}

// coded is a row and the code of its key.
type coded struct {
	code uint64
	row  uint32
}

func newSorter(t *rows, keys []plan.SortKey) *sorter {
	s := &sorter{keys: keys}
	for _, k := range keys {
		s.add(t.cells(k.Name), t.wholes(k.Name))
	}
	return s
}

func (s *sorter) add(cells func(uint32) column.Value, whole func(uint32) (int64, column.Kind)) {
	s.cells, s.whole = append(s.cells, cells), append(s.whole, whole)
}

func (s *sorter) order(rows []uint32) []uint32 {
	held := codings.Get().(*[]coded)
	defer codings.Put(held)
	*held = roomy((*held)[:0], 2*len(rows))
	list := (*held)[:len(rows)]
	for i, r := range rows {
		list[i].row = r
	}
	s.spare = (*held)[len(rows) : 2*len(rows)]
	s.sort(list, 0, 0)
	for i := range list {
		rows[i] = list[i].row
	}
	return rows
}

// Few rows are compared at once rather than given codes, and so are those of which codes told hardly any apart a number of times: each time
// goes through all their bytes.
const (
	fewRows  = 48
	mostVain = 4
)

// sort orders rows that are equal in the keys before this one, and of which codes of this one told less than half apart so many times.
func (s *sorter) sort(list []coded, key, vain int) {
	if len(list) < fewRows {
		s.compare(list, key)
		return
	}
	whole := s.encode(list, key)
	radix(list, s.spare[:len(list)])
	for from := 0; from < len(list); {
		to := from + 1
		for to < len(list) && list[to].code == list[from].code {
			to++
		}
		switch run := list[from:to]; {
		case len(run) == 1:
		case whole && key+1 < len(s.keys):
			s.sort(run, key+1, 0)
		case whole:
		case 2*len(run) <= len(list):
			s.sort(run, key, vain)
		case len(run) == len(list) || vain == mostVain: // the codes told nothing apart, or too little
			s.compare(run, key)
		default:
			s.sort(run, key, vain+1)
		}
		from = to
	}
}

// compare sorts by the values themselves.
func (s *sorter) compare(list []coded, key int) {
	slices.SortStableFunc(list, func(x, y coded) int { return s.difference(x.row, y.row, key) })
}

// difference compares two rows by the keys from one of them on.
func (s *sorter) difference(x, y uint32, from int) int {
	for k := from; k < len(s.keys); k++ {
		if d := compareKey(s.cells[k](x), s.cells[k](y), s.keys[k]); d != 0 {
			return d
		}
	}
	return 0
}

// encode gives rows the codes of a key, by which they ascend. They are whole if rows with equal codes have equal keys.
func (s *sorter) encode(list []coded, key int) (whole bool) {
	k := s.keys[key]
	c := &coding{list: list, cells: s.cells[key], whole: s.whole[key]}
	if k.Desc {
		c.turn = math.MaxUint64
	}
	switch {
	case k.By <= plan.Num && c.ints():
		whole = true
	case k.By == plan.Text || k.By == plan.Auto && c.onlyText():
		whole = c.texts()
	case k.By == plan.Auto:
		c.each(column.Code)
	case k.By == plan.Num:
		c.each(column.NumberCode)
	default: // addresses are rare
		c.each(func(column.Value) uint64 { return 0 })
	}
	return whole && !(c.nulls && c.last)
}

// coding gives rows their codes. Those without a value get the last one, in either direction.
type coding struct {
	list        []coded
	cells       func(row uint32) column.Value
	whole       func(row uint32) (int64, column.Kind)
	turn        uint64 // the bits to turn round
	nulls, last bool   // a row has no value; one has a value and the last code
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

func (c *coding) each(code func(column.Value) uint64) {
	for i := range c.list {
		if v := c.cells(c.list[i].row); v.IsNull() {
			c.null(i)
		} else {
			c.put(i, code(v))
		}
	}
}

// ints encodes nothing but times, or nothing but whole numbers.
func (c *coding) ints() bool {
	all := column.Null
	for i := range c.list {
		n, kind := c.whole(c.list[i].row)
		switch {
		case kind == column.Null:
			c.null(i)
		case kind == column.String || all != column.Null && kind != all:
			return false
		default:
			all = kind
			c.put(i, uint64(n)^1<<63)
		}
	}
	return true
}

func (c *coding) onlyText() bool {
	for i := range c.list {
		if v := c.cells(c.list[i].row); !v.IsNull() && !column.IsText(v) {
			return false
		}
	}
	return true
}

// texts makes codes of the bytes behind those that all texts begin with.
func (c *coding) texts() (whole bool) {
	shared, longest, met := "", 0, false
	for i := range c.list {
		v := c.cells(c.list[i].row)
		if v.IsNull() {
			continue
		}
		text := v.String()
		if !met {
			shared, met = text, true
		}
		shared = shared[:shares(shared, text)]
		longest = max(longest, len(text))
	}
	whole = longest-len(shared) < 8
	c.each(func(v column.Value) uint64 {
		rest := v.String()[len(shared):]
		if !whole {
			return column.Prefix(rest)
		}
		return column.Prefix(rest) | uint64(len(rest)) // of seven bytes at most: texts may differ in zero bytes at their ends
	})
	return whole
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

// radix sorts by code, a byte after the other from the last one on. Equal codes stay in their order.
func radix(list, spare []coded) {
	if len(list) < 4*fewRows {
		slices.SortStableFunc(list, func(x, y coded) int { return cmp.Compare(x.code, y.code) })
		return
	}
	differing := uint64(0)
	for i := range list {
		differing |= list[i].code ^ list[0].code
	}
	from, to := list, spare
	for b := range 8 {
		if byte(differing>>(8*b)) == 0 {
			continue // all the same
		}
		var count [256]uint32
		for i := range list {
			count[byte(list[i].code>>(8*b))]++
		}
		at := uint32(0)
		for i, n := range count {
			count[i], at = at, at+n
		}
		for _, c := range from {
			place := &count[byte(c.code>>(8*b))]
			to[*place] = c
			*place++
		}
		from, to = to, from
	}
	if &from[0] != &list[0] {
		copy(list, from)
	}
}
