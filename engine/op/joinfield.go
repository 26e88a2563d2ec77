package op

import (
	"slices"
	"strconv"
	"strings"

	"spoor/engine/column"
	"spoor/engine/pages"
)

// joinField numbers the values of a field that transactions have in common. 0 is none; a multivalue has an odd number.
type joinField struct {
	values, lists keyColumn
	open          [2][]*txn // if it is the only one: by the number of a value, and of a multivalue, the transaction that has it
	ids           []uint32  // by row of those that are added now
	seen          int64     // see column.Lexicon
}

func (f *joinField) load(v column.Vector) {
	f.ids = slices.Grow(f.ids[:0], v.Len())[:v.Len()]
	clear(f.ids)
	if multivalued(v) {
		for r := range f.ids {
			if x := v.Value(r); x.Kind() == column.List {
				f.ids[r] = f.lists.text(identity(x))<<1 | 1
			} else {
				f.ids[r] = f.values.id(x) << 1
			}
		}
	} else {
		f.values.column(v, f.ids)
		for r := range f.ids {
			f.ids[r] <<= 1
		}
	}
}

// touch reads what the rows ask for.
func (f *joinField) touch() {
	for i, n := range []int{f.values.texts.Len() + 1, f.lists.texts.Len() + 1} {
		more := n - len(f.open[i])
		f.open[i] = append(pages.Roomy(f.open[i], more), make([]*txn, more)...)
	}
	for _, id := range f.ids {
		if x := *f.last(id); x != nil {
			f.seen += x.oldest
		}
	}
}

// last is the transaction that has a value.
func (f *joinField) last(id uint32) **txn { return &f.open[id&1][id>>1] }

func multivalued(v column.Vector) bool {
	switch v := v.(type) {
	case *column.Strings, *column.Ints, *column.Times:
		return false
	case *column.Const:
		return v.V.Kind() == column.List
	}
	for r := range v.Len() {
		if v.Value(r).Kind() == column.List {
			return true
		}
	}
	return false
}

// identity is a multivalue as a text that no other one has.
func identity(v column.Value) string {
	var b strings.Builder
	for _, x := range v.Items() {
		b.WriteString(strconv.Quote(x.String()))
	}
	return b.String()
}
