package column

import (
	"encoding/binary"
	"hash/maphash"
	"math"
	"math/bits"
	"math/rand/v2"
	"unsafe"

	"spoor/engine/pages"
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

// Index finds rows by their texts in some columns. It is a table with open addressing. A short text, if it is the only one, lies in its slot, so that
// to find it takes one place of memory; of others the slot has a hash. It is never changed, and several workers may use it at once.
type Index struct {
	keys  []Texts
	rows  int
	seed  maphash.Seed
	mixer [2]uint64
	slots []slot
	next  []uint32 // by row, the next row with the same texts, plus one; nil: no texts come twice
	most  int
}

// slot is the first row with some texts, plus one; 0: it is empty.
type slot struct {
	spelling
	row uint32
}

// spelling is a text of sixteen bytes at most: its first and its last eight, which may be the same, and its length. Of anything else it is a hash,
// and the length is far.
type spelling struct {
	first, last uint64
	size        uint32
}

const far = math.MaxUint32

// together is how many rows are looked for at a time: what a step of the search reads of one row the next ones need not wait for.
const together = 256

// NewIndex puts rows into an index by the columns, of which there is one at least.
func NewIndex(rows int, keys []Texts) *Index {
	size := 8
	for size < rows+rows/2 {
		size *= 2
	}
	x := &Index{keys: keys, rows: rows, seed: maphash.MakeSeed(), mixer: [2]uint64{rand.Uint64(), rand.Uint64()}, slots: pages.Large(make([]slot, size)), most: min(rows, 1)}
	values := make([][]string, len(keys))
	for i := range values {
		values[i] = make([]string, together)
	}
	for end := rows; end > 0; end -= together { // from the end, so that rows with the same texts are in their order
		x.fill(max(end-together, 0), end, values)
	}
	if x.next != nil {
		x.count()
	}
	return x
}

// fill puts rows from up to, not including, end into the slots. Their texts go into values.
func (x *Index) fill(from, end int, values [][]string) {
	var lacks [together]bool
	for k, key := range x.keys {
		values[k] = values[k][:end-from]
		for i := range values[k] {
			row := uint32(from + i)
			lacks[i], values[k][i] = lacks[i] || key.Lacks(row), key.Text(row)
		}
	}
	var of [together]spelling
	var at [together]uint32
	x.spell(values, of[:end-from], at[:end-from])
	row := make([]string, len(values))
	for i := end - from - 1; i >= 0; i-- {
		if !lacks[i] {
			for k := range values {
				row[k] = values[k][i]
			}
			x.add(uint32(from+i), of[i], at[i], row)
		}
	}
}

// add puts a row before those with the same texts.
func (x *Index) add(row uint32, of spelling, at uint32, values []string) {
	s := &x.slots[x.slot(of, at, values)]
	if s.row != 0 {
		if x.next == nil {
			x.next = make([]uint32, x.rows)
		}
		x.next[row] = s.row
	}
	s.spelling, s.row = of, row+1
}

// count settles how many rows have the same texts.
func (x *Index) count() {
	for i := range x.slots {
		n := 0
		for at := x.slots[i].row; at != 0; at = x.next[at-1] {
			n++
		}
		x.most = max(x.most, n)
	}
}

// Most is how many rows have the same texts.
func (x *Index) Most() int { return x.most }

// spell gives the spellings of texts, which are given column by column, and the slots from which on they are looked for.
func (x *Index) spell(values [][]string, of []spelling, at []uint32) {
	if len(values) == 1 {
		for i, text := range values[0] {
			of[i] = x.spelling(text)
		}
	} else {
		for i := range of {
			of[i] = spelling{size: far}
			for k := range values {
				of[i].first = x.mix(of[i].first, values[k][i])
			}
		}
	}
	for i := range of {
		at[i] = x.begin(of[i])
	}
	pages.Touch(x.slots, at)
}

// begin is the slot from which on a text is looked for.
func (x *Index) begin(of spelling) uint32 {
	high, low := bits.Mul64(of.first^x.mixer[0], of.last^uint64(of.size)<<32^x.mixer[1])
	return uint32((high ^ low) & uint64(len(x.slots)-1))
}

// mix is the hash of texts and of one more behind them.
func (x *Index) mix(sum uint64, text string) uint64 {
	return bits.RotateLeft64(sum, 29) ^ maphash.String(x.seed, text)
}

func (x *Index) spelling(text string) spelling {
	s := unsafe.Slice(unsafe.StringData(text), len(text)) // only read
	switch n := len(s); {
	case n > 16:
		return spelling{maphash.String(x.seed, text), 0, far}
	case n >= 8:
		return spelling{binary.LittleEndian.Uint64(s), binary.LittleEndian.Uint64(s[n-8:]), uint32(n)}
	case n >= 4:
		return spelling{uint64(binary.LittleEndian.Uint32(s)), uint64(binary.LittleEndian.Uint32(s[n-4:])), uint32(n)}
	case n > 0:
		return spelling{uint64(s[0]), uint64(s[n/2])<<8 | uint64(s[n-1]), uint32(n)}
	}
	return spelling{}
}

// slot is where the rows with these texts are, or would be.
func (x *Index) slot(of spelling, at uint32, values []string) uint32 {
	for mask := uint32(len(x.slots) - 1); ; at = (at + 1) & mask {
		if s := &x.slots[at]; s.row == 0 || s.spelling == of && (of.size != far || x.same(s.row, values)) {
			return at
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
	of := spelling{size: far}
	if len(values) == 1 {
		of = x.spelling(values[0])
	} else {
		for _, text := range values {
			of.first = x.mix(of.first, text)
		}
	}
	return x.slots[x.slot(of, x.begin(of), values)].row
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
	var spellings [together]spelling
	var places [together]uint32
	of, at := spellings[:len(to)], places[:len(to)]
	x.spell(values, of, at)
	mask, doubts := uint32(len(x.slots)-1), false
	for i := range to {
		s := &x.slots[at[i]]
		for s.row != 0 && s.spelling != of[i] {
			at[i] = (at[i] + 1) & mask
			s = &x.slots[at[i]]
		}
		to[i] = s.row
		doubts = doubts || s.row != 0 && s.size == far
	}
	if doubts {
		x.confirm(values, of, at, to, found)
	}
}

// confirm compares the texts of rows that were found by a hash.
func (x *Index) confirm(values [][]string, of []spelling, at, to []uint32, found []string) {
	var differs [together]bool
	for k, texts := range values {
		x.keys[k].Spell(to, found)
		for i, first := range to {
			differs[i] = differs[i] || first != 0 && of[i].size == far && found[i] != texts[i]
		}
	}
	row := make([]string, len(values))
	for i := range to {
		if differs[i] { // other texts with the same hash
			for k, texts := range values {
				row[k] = texts[i]
			}
			to[i] = x.slots[x.slot(of[i], at[i], row)].row
		}
	}
}
