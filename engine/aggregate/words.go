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
	texts   column.Lexicon
	ids     column.PerCode[uint32]
	scratch []byte
	list    []string // the texts that are numbered now
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

func (w *words) intern(key []byte) uint32 { return w.texts.Number(column.TextOf(key)) }

func (w *words) text(id uint32) string { return w.texts.Text(id) }

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
	ids := w.ids.Of(d)
	for len(*ids) < d.Len() {
		*ids = w.translate(d, *ids, min(len(*ids)+some, d.Len()))
	}
	return *ids
}

// some is how many texts are numbered at a time.
const some = 1024

// translate numbers the next entries of a dictionary, up to one of them.
func (w *words) translate(d *column.Dictionary, ids []uint32, to int) []uint32 {
	var codes []uint32 // of the texts
	w.list = w.list[:0]
	for code := len(ids); code < to; code++ {
		switch v := d.Value(uint32(code)); {
		case v.Kind() == column.Null:
			ids = append(ids, missing)
		case v.Kind() == column.List:
			ids = append(ids, several)
		case v.Kind() == column.String && !w.typed:
			w.list, codes = append(w.list, v.Text()), append(codes, uint32(code))
			ids = append(ids, 0)
		default:
			ids = append(ids, w.id(v))
		}
	}
	numbers := make([]uint32, len(codes))
	w.texts.Numbers(w.list, numbers)
	for i, code := range codes {
		ids[code] = numbers[i]
	}
	return ids
}

// merge numbers the values of another table; the result is by their numbers there.
func (w *words) merge(from *words) []uint32 {
	ids := make([]uint32, from.texts.Len()+1)
	for at := 1; at < len(ids); at += some {
		these := ids[at:min(at+some, len(ids))]
		w.list = w.list[:0]
		for i := range these {
			w.list = append(w.list, from.text(uint32(at+i)))
		}
		w.texts.Numbers(w.list, these)
	}
	return ids
}

// ranks is the place of each number in the order of the texts' bytes.
func (w *words) ranks() []uint32 {
	type start struct { // of a text: most differ there already
		bytes uint64
		id    uint32
	}
	order := make([]start, w.texts.Len())
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
	ranks := make([]uint32, w.texts.Len()+1)
	for rank, s := range order {
		ranks[s.id] = uint32(rank)
	}
	return ranks
}

func (w *words) size() int {
	return w.texts.Size() + 4*w.ids.Room() + 16*cap(w.list)
}

// wordWriter writes numbers of words: where one first occurs 0 and its text, then its place among those written before.
type wordWriter struct {
	writer
	words *words
	place []uint32
	n     uint32
}

func newWordWriter(w writer, words *words) *wordWriter {
	return &wordWriter{writer: w, words: words, place: make([]uint32, words.texts.Len()+1)}
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
