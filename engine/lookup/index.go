package lookup

import (
	"hash/maphash"
	"math/bits"
)

// index finds rows by the texts of some of their cells. It is a table with open addressing: the low half of a slot is a row plus one, the
// high half is that of the hash of its texts, so that hardly any other row is ever looked at.
type index struct {
	table *Table
	keys  []key
	seed  maphash.Seed
	slots []uint64
	next  []uint32 // by row, the next row with the same texts, plus one; nil: no texts come twice
	most  int      // rows with the same texts
}

func newIndex(t *Table, keys []key) *index {
	size := 8
	for size < t.Rows+t.Rows/2 {
		size *= 2
	}
	x := &index{table: t, keys: keys, seed: maphash.MakeSeed(), slots: make([]uint64, size), most: min(t.Rows, 1)}
	for end := t.Rows; end > 0; end -= portion { // from the end, so that rows with the same texts are in the order of the file
		x.fill(max(end-portion, 0), end)
	}
	if x.next != nil {
		x.count()
	}
	return x
}

// fill puts rows from up to, not including, end into the slots.
func (x *index) fill(from, end int) {
	var texts [portion]string
	var sums [portion]uint64
	var blank [portion]bool // an empty cell equals nothing
	for k := range x.keys {
		x.table.Cells[x.keys[k].column].spell(from, texts[:end-from])
		for i, text := range texts[:end-from] {
			sums[i] = x.mix(sums[i], x.keys[k].folded(text))
			blank[i] = blank[i] || text == ""
		}
	}
	values := make([]string, len(x.keys))
	for i := end - from - 1; i >= 0; i-- {
		if !blank[i] {
			x.add(uint32(from+i), sums[i], values)
		}
	}
}

// add puts a row before those with the same texts.
func (x *index) add(row uint32, sum uint64, values []string) {
	mask := uint64(len(x.slots) - 1)
	at := sum & mask
	for x.slots[at] != 0 && tag(x.slots[at]) != tag(sum) {
		at = (at + 1) & mask
	}
	if x.slots[at] != 0 {
		for i, k := range x.keys {
			values[i] = k.folded(x.table.Cell(row, k.column))
		}
		at = uint64(x.slot(sum, values))
	}
	if first := uint32(x.slots[at]); first != 0 {
		if x.next == nil {
			x.next = make([]uint32, x.table.Rows)
		}
		x.next[row] = first
	}
	x.slots[at] = tag(sum) | uint64(row+1)
}

// count settles how many rows have the same texts.
func (x *index) count() {
	for _, slot := range x.slots {
		n := 0
		for at := uint32(slot); at != 0; at = x.next[at-1] {
			n++
		}
		x.most = max(x.most, n)
	}
}

// tag is what a slot has of a hash.
func tag(sum uint64) uint64 { return sum &^ (1<<32 - 1) }

// mix is the hash of texts and of one more behind them.
func (x *index) mix(sum uint64, text string) uint64 {
	return bits.RotateLeft64(sum, 29) ^ maphash.String(x.seed, text)
}

func (x *index) hash(values []string) uint64 {
	sum := uint64(0)
	for _, v := range values {
		sum = x.mix(sum, v)
	}
	return sum
}

// slot is where the rows with these texts are, or would be.
func (x *index) slot(sum uint64, values []string) int {
	mask := uint64(len(x.slots) - 1)
	for i := sum & mask; ; i = (i + 1) & mask {
		if s := x.slots[i]; s == 0 || tag(s) == tag(sum) && x.same(uint32(s)-1, values) {
			return int(i)
		}
	}
}

func (x *index) same(row uint32, values []string) bool {
	for i := range x.keys {
		if x.keys[i].folded(x.table.Cell(row, x.keys[i].column)) != values[i] {
			return false
		}
	}
	return true
}

func (x *index) find(values []string, to []uint32) []uint32 {
	var few [8]string
	own := few[:0]
	for i := range x.keys {
		own = append(own, values[x.keys[i].at])
	}
	for at := uint32(x.slots[x.slot(x.hash(own), own)]); at != 0; at = x.next[at-1] {
		if to = append(to, at-1); x.next == nil {
			break
		}
	}
	return to
}

// portion is how many rows are looked for at a time: what a step of the search reads of one row the next ones need not wait for.
const portion = 256

// firsts is find for many rows, whose values are given column by column: the first row plus one, or 0.
func (x *index) firsts(values [][]string, to []uint32) {
	own := make([][]string, len(x.keys))
	for from := 0; from < len(to); from += portion {
		end := min(from+portion, len(to))
		for i := range x.keys {
			own[i] = values[x.keys[i].at][from:end]
		}
		x.portion(own, to[from:end])
	}
}

func (x *index) portion(values [][]string, to []uint32) {
	var sums [portion]uint64
	for _, column := range values {
		for i, text := range column {
			sums[i] = x.mix(sums[i], text)
		}
	}
	mask := uint64(len(x.slots) - 1)
	for i := range to {
		to[i] = 0
		for at := sums[i] & mask; x.slots[at] != 0; at = (at + 1) & mask {
			if s := x.slots[at]; tag(s) == tag(sums[i]) {
				to[i] = uint32(s)
				break
			}
		}
	}
	var differs [portion]bool
	for k, column := range values {
		x.compare(&x.keys[k], column, to, &differs)
	}
	row := make([]string, len(values))
	for i := range to {
		if differs[i] { // other texts with the same half of a hash
			for k, column := range values {
				row[k] = column[i]
			}
			to[i] = uint32(x.slots[x.slot(sums[i], row)])
		}
	}
}

// compare marks the rows whose cells of a key are not the texts.
func (x *index) compare(k *key, texts []string, firsts []uint32, differs *[portion]bool) {
	var cells [portion]string
	x.table.Cells[k.column].picked(firsts, cells[:])
	for i, f := range firsts {
		if f != 0 && cells[i] != texts[i] {
			differs[i] = differs[i] || k.folded(cells[i]) != texts[i]
		}
	}
}
