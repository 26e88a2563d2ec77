package op

import (
	"github.com/zeebo/xxh3"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// keyer reads the keys by which events are joined. It belongs to one worker.
type keyer struct {
	keys   []plan.Key
	cols   []column.Vector
	values []column.Value
	buf    []byte
	left   int // combinations that the event may still have
}

// mostCombinations is how many combinations of the values of its keys an event may have; the others do not count.
const mostCombinations = 1 << 16

func newKeyer(keys []plan.Key) *keyer {
	return &keyer{keys: keys, cols: make([]column.Vector, len(keys)), values: make([]column.Value, len(keys))}
}

// load takes the batch of which rows are asked for next.
func (k *keyer) load(b *column.Batch) {
	for i, key := range k.keys {
		k.cols[i] = b.Col(key.Field)
	}
}

// each gives every combination of a row's values, and its digest, until yield is false: none if a key is missing. The values are valid
// until the next one. whole is false if there are too many.
func (k *keyer) each(row int, yield func(id digest, values []column.Value) bool) (whole bool) {
	for i, key := range k.keys {
		if !key.Optional && k.cols[i].IsNull(row) {
			return true
		}
	}
	k.left = mostCombinations
	k.combine(0, row, k.buf[:0], yield)
	return k.left >= 0
}

// combine goes through the values of the keys from the i-th on; what comes before is in prefix.
func (k *keyer) combine(i, row int, prefix []byte, yield func(digest, []column.Value) bool) bool {
	if i == len(k.keys) {
		if k.left--; k.left < 0 {
			return false
		}
		k.buf = prefix
		return yield(xxh3.Hash128(prefix), k.values)
	}
	v := k.cols[i].Value(row)
	if v.Kind() != column.List {
		k.values[i] = v
		return k.combine(i+1, row, appendValue(prefix, v), yield)
	}
	for _, x := range v.Items() {
		k.values[i] = x
		if !k.combine(i+1, row, appendValue(prefix, x), yield) {
			return false
		}
	}
	return true
}
