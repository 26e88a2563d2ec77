package aggregate

import (
	"slices"
	"strings"

	"spoor/engine/column"
)

// words numbers values by their text.
type words struct {
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
	if w.dict == nil {
		w.dict = column.NewDictionary()
	}
	if v.Kind() == column.String {
		w.scratch = append(w.scratch[:0], v.Text()...)
	} else {
		w.scratch = append(w.scratch[:0], v.String()...)
	}
	return w.dict.Intern(w.scratch)
}

func (w *words) text(id uint32) string { return w.dict.Value(id).Text() }

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

// merge numbers the texts of another table; the result is by their numbers there.
func (w *words) merge(from *words) []uint32 {
	if from.dict == nil {
		return nil
	}
	ids := make([]uint32, from.dict.Len())
	for i := 1; i < len(ids); i++ {
		ids[i] = w.id(from.dict.Value(uint32(i)))
	}
	return ids
}

// ranks is the place of each number in the order of the texts.
func (w *words) ranks(compare func(a, b column.Value) int) []uint32 {
	if w.dict == nil {
		return nil
	}
	order := make([]uint32, w.dict.Len()-1)
	for i := range order {
		order[i] = uint32(i + 1)
	}
	slices.SortFunc(order, func(a, b uint32) int { return compare(w.dict.Value(a), w.dict.Value(b)) })
	ranks := make([]uint32, w.dict.Len())
	for rank, id := range order {
		ranks[id] = uint32(rank)
	}
	return ranks
}

func (w *words) size() int {
	if w.dict == nil {
		return 0
	}
	return w.dict.Bytes() + 4*cap(w.ids)
}

func compareText(a, b column.Value) int { return strings.Compare(a.Text(), b.Text()) }
