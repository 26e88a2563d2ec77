package aggregate

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
	"strings"

	"spoor/engine/column"
)

// words numbers values: by their text or, if typed, by their type as well.
type words struct {
	typed   bool
	dict    *column.Dictionary
	from    *column.Dictionary // whose codes are translated
	ids     []uint32           // by code of from
	scratch []byte
}

// The translations of codes that are no single text.
const (
	missing uint32 = 1<<32 - 1
	several uint32 = 1<<32 - 2
)

func (w *words) id(v column.Value) uint32 {
	key := w.scratch[:0]
	switch {
	case v.Kind() == column.String && w.typed:
		key = append(append(key, byte(column.String)), v.Text()...)
	case v.Kind() == column.String:
		key = append(key, v.Text()...)
	case w.typed && v.Kind() == column.Float:
		key = binary.LittleEndian.AppendUint64(append(key, byte(column.Float)), math.Float64bits(v.Float()))
	case w.typed:
		key = binary.LittleEndian.AppendUint64(append(key, byte(v.Kind())), uint64(v.Int()))
	default:
		key = append(key, v.String()...)
	}
	w.scratch = key
	return w.intern(key)
}

func (w *words) intern(key []byte) uint32 {
	if w.dict == nil {
		w.dict = column.NewDictionary()
	}
	return w.dict.Intern(key)
}

func (w *words) text(id uint32) string { return w.dict.Value(id).Text() }

// value is what typed words numbered.
func (w *words) value(id uint32) column.Value {
	key := w.text(id)
	kind, rest := column.Kind(key[0]), key[1:]
	if kind == column.String {
		return column.Str(rest)
	}
	bits := binary.LittleEndian.Uint64([]byte(rest))
	switch kind {
	case column.Float:
		return column.Real(math.Float64frombits(bits))
	case column.Bool:
		return column.Boolean(bits == 1)
	case column.Time:
		return column.Nanos(int64(bits))
	}
	return column.Integer(int64(bits))
}

// translated is the numbers of a dictionary's codes.
func (w *words) translated(d *column.Dictionary) []uint32 {
	if w.from != d {
		w.from, w.ids = d, w.ids[:0]
	}
	for code := len(w.ids); code < d.Len(); code++ {
		switch v := d.Value(uint32(code)); v.Kind() {
		case column.Null:
			w.ids = append(w.ids, missing)
		case column.List:
			w.ids = append(w.ids, several)
		default:
			w.ids = append(w.ids, w.id(v))
		}
	}
	return w.ids
}

// merge numbers the values of another table; the result is by their numbers there.
func (w *words) merge(from *words) []uint32 {
	if from.dict == nil {
		return nil
	}
	ids := make([]uint32, from.dict.Len())
	for i := 1; i < len(ids); i++ {
		w.scratch = append(w.scratch[:0], from.text(uint32(i))...)
		ids[i] = w.intern(w.scratch)
	}
	return ids
}

// ranks is the place of each number in the order of the texts' bytes.
func (w *words) ranks() []uint32 {
	if w.dict == nil {
		return nil
	}
	type start struct { // of a text: most differ there already
		bytes uint64
		id    uint32
	}
	order := make([]start, w.dict.Len()-1)
	for i := range order {
		var first [8]byte
		copy(first[:], w.text(uint32(i+1)))
		order[i] = start{binary.BigEndian.Uint64(first[:]), uint32(i + 1)}
	}
	slices.SortFunc(order, func(a, b start) int {
		if c := cmp.Compare(a.bytes, b.bytes); c != 0 {
			return c
		}
		return strings.Compare(w.text(a.id), w.text(b.id))
	})
	ranks := make([]uint32, w.dict.Len())
	for rank, s := range order {
		ranks[s.id] = uint32(rank)
	}
	return ranks
}

func (w *words) size() int {
	if w.dict == nil {
		return 0
	}
	return w.dict.Bytes() + 4*cap(w.ids)
}

// wordWriter writes numbers of words: where one first occurs 0 and its text, then its place among those written before.
type wordWriter struct {
	writer
	words *words
	place []uint32
	n     uint32
}

func newWordWriter(w writer, words *words) *wordWriter {
	out := &wordWriter{writer: w, words: words}
	if words.dict != nil {
		out.place = make([]uint32, words.dict.Len())
	}
	return out
}

func (w *wordWriter) word(id uint32) {
	if w.place[id] > 0 {
		w.uint(uint64(w.place[id]))
		return
	}
	w.n++
	w.place[id] = w.n
	w.uint(0)
	w.text(w.words.text(id))
}

// wordReader reads what a wordWriter wrote.
type wordReader struct {
	*reader
	words *words
	ids   []uint32
}

func (r *wordReader) word() uint32 {
	place := r.uint()
	if place > 0 {
		if place <= uint64(len(r.ids)) {
			return r.ids[place-1]
		}
		r.check(errDamaged)
		return 0
	}
	key := r.reader.text()
	if r.words.typed && !validKey(key) {
		r.check(errDamaged)
	}
	if r.err != nil {
		return 0
	}
	id := r.words.intern(key)
	r.ids = append(r.ids, id)
	return id
}

// validKey says whether typed words can tell the value of a key.
func validKey(key []byte) bool {
	if len(key) == 0 {
		return false
	}
	switch column.Kind(key[0]) {
	case column.String:
		return true
	case column.Int, column.Float, column.Bool, column.Time:
		return len(key) == 9
	}
	return false
}
