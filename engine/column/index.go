package column

import (
	"hash/maphash"
	"math/bits"
)

// Texts is a column of texts by which rows are found.
type Texts interface {
	// Text is the text of a row, any if it has none.
	Text(row uint32) string
	// Spell gives the texts of many rows. Each is one more than the row; 0 is none.
	Spell(firsts []uint32, to []string)
	// Lacks says whether a row has no text, and so is never found.
	Lacks(row uint32) bool
}

// Index finds rows by their texts in some columns. It is a table with open addressing: the low half of a slot is a row plus one, the high
// half is that of the hash of its texts, so that hardly any other row is ever looked at. It is never changed, and several workers may use
// it at once.
type Index struct {
	keys  []Texts
	rows  int
	seed  maphash.Seed
	slots []uint64
	next  []uint32 // by row, the next row with the same texts, plus one; nil: no texts come twice
	most  int
}

// together is how many rows are looked for at a time: what a step of the search reads of one row the next ones need not wait for.
const together = 256

// NewIndex puts rows into an index by the columns, of which there is one at least.
func NewIndex(rows int, keys []Texts) *Index {
	size := 8
	for size < rows+rows/2 {
		size *= 2
	}
	x := &Index{keys: keys, rows: rows, seed: maphash.MakeSeed(), slots: make([]uint64, size), most: min(rows, 1)}
	values := make([]string, len(keys))
	for end := rows; end > 0; end -= together { // from the end, so that rows with the same texts are in their order
		x.fill(max(end-together, 0), end, values)
	}
	if x.next != nil {
		x.count()
	}
	return x
}

// fill puts rows from up to, not including, end into the slots.
func (x *Index) fill(from, end int, values []string) {
	var sums [together]uint64
	var lacks [together]bool
	for _, k := range x.keys {
		for i := range end - from {
			row := uint32(from + i)
			lacks[i] = lacks[i] || k.Lacks(row)
			sums[i] = x.mix(sums[i], k.Text(row))
		}
	}
	for i := end - from - 1; i >= 0; i-- {
		if !lacks[i] {
			x.add(uint32(from+i), sums[i], values)
		}
	}
}

// add puts a row before those with the same texts.
func (x *Index) add(row uint32, sum uint64, values []string) {
	mask := uint64(len(x.slots) - 1)
	at := sum & mask
	for x.slots[at] != 0 && tag(x.slots[at]) != tag(sum) {
		at = (at + 1) & mask
	}
	if x.slots[at] != 0 {
		for i, k := range x.keys {
			values[i] = k.Text(row)
		}
		at = uint64(x.slot(sum, values))
	}
	if first := uint32(x.slots[at]); first != 0 {
		if x.next == nil {
			x.next = make([]uint32, x.rows)
		}
		x.next[row] = first
	}
	x.slots[at] = tag(sum) | uint64(row+1)
}

// count settles how many rows have the same texts.
func (x *Index) count() {
	for _, slot := range x.slots {
		n := 0
		for at := uint32(slot); at != 0; at = x.next[at-1] {
			n++
		}
		x.most = max(x.most, n)
	}
}

// Most is how many rows have the same texts.
func (x *Index) Most() int { return x.most }

// tag is what a slot has of a hash.
func tag(sum uint64) uint64 { return sum &^ (1<<32 - 1) }

// mix is the hash of texts and of one more behind them.
func (x *Index) mix(sum uint64, text string) uint64 {
	return bits.RotateLeft64(sum, 29) ^ maphash.String(x.seed, text)
}

// slot is where the rows with these texts are, or would be.
func (x *Index) slot(sum uint64, values []string) int {
	mask := uint64(len(x.slots) - 1)
	for i := sum & mask; ; i = (i + 1) & mask {
		if s := x.slots[i]; s == 0 || tag(s) == tag(sum) && x.same(uint32(s), values) {
			return int(i)
		}
	}
}

func (x *Index) same(first uint32, values []string) bool {
	for i, k := range x.keys {
		if k.Text(first-1) != values[i] {
			return false
		}
	}
	return true
}

// First is the first row with the texts, one for each column, plus one; 0: there is none.
func (x *Index) First(values []string) uint32 {
	sum := uint64(0)
	for _, v := range values {
		sum = x.mix(sum, v)
	}
	return uint32(x.slots[x.slot(sum, values)])
}

// Next is the row with the same texts as the one before it, as First gives rows.
func (x *Index) Next(first uint32) uint32 {
	if x.next == nil {
		return 0
	}
	return x.next[first-1]
}

// Firsts is First for many rows, whose texts are given column by column.
func (x *Index) Firsts(values [][]string, to []uint32) {
	own, found := make([][]string, len(values)), make([]string, min(together, len(to)))
	for from := 0; from < len(to); from += together {
		end := min(from+together, len(to))
		for i, v := range values {
			own[i] = v[from:end]
		}
		x.portion(own, to[from:end], found)
	}
}

func (x *Index) portion(values [][]string, to []uint32, found []string) {
	var sums [together]uint64
	for _, texts := range values {
		for i, text := range texts {
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
	var differs [together]bool
	for k, texts := range values {
		x.keys[k].Spell(to, found)
		for i, first := range to {
			differs[i] = differs[i] || first != 0 && found[i] != texts[i]
		}
	}
	row := make([]string, len(values))
	for i := range to {
		if differs[i] { // other texts with the same half of a hash
			for k, texts := range values {
				row[k] = texts[i]
			}
			to[i] = uint32(x.slots[x.slot(sums[i], row)])
		}
	}
}
