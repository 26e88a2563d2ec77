package op

import (
	"slices"
	"sync"

	"spoor/engine/column"
	"spoor/engine/pages"
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
	list, free := s.take(len(rows))
	defer free()
	for i, r := range rows {
		list[i].row = r
	}
	s.sort(list, 0, 0)
	for i := range list {
		rows[i] = list[i].row
	}
	return rows
}

// take is so many rows, the first ones, in memory that is theirs until it is freed.
func (s *sorter) take(n int) (list []coded, free func()) {
	held := codings.Get().(*[]coded)
	*held = pages.Roomy((*held)[:0], 2*n)
	s.spare = (*held)[n : 2*n]
	list = (*held)[:n]
	for i := range list {
		list[i].row = uint32(i)
	}
	return list, func() { codings.Put(held) }
}

func rowNumbers(list []coded) []uint32 {
	out := make([]uint32, len(list))
	for i := range list {
		out[i] = list[i].row
	}
	return out
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
	scale := s.encode(list, key)
	radix(list, s.spare[:len(list)])
	s.settle(list, key, vain, scale.whole())
}

// settle orders rows that are in the order of the codes of a key.
func (s *sorter) settle(list []coded, key, vain int, whole bool) {
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
