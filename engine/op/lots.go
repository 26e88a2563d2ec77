package op

import (
	"github.com/zeebo/xxh3"

	"spoor/engine/column"
)

// manyLots is how many parts rows are divided into by the values of fields. noLot is what those draw that have none.
const (
	manyLots = 64
	noLot    = manyLots
)

// lots says which part rows belong to. Values with equal texts, as keyColumn tells them apart, draw the same lot.
type lots struct {
	names  []string
	fields []hashes
	sums   []uint64
}

func newLots(names []string) lots { return lots{names: names, fields: make([]hashes, len(names))} }

// draw appends the lot of each row. A row has all of the fields or none.
func (l *lots) draw(b *column.Batch, to []uint8) []uint8 {
	l.sums = append(l.sums[:0], make([]uint64, b.Rows)...)
	for i, name := range l.names {
		l.fields[i].add(b.Col(name), l.sums)
	}
	for _, sum := range l.sums {
		if sum == 0 {
			to = append(to, noLot)
		} else {
			to = append(to, uint8(sum%manyLots))
		}
	}
	return to
}

// hashes is those of a field's values; 0 is that of none.
type hashes struct {
	by column.PerCode[uint64] // 0 where not yet known
}

// add mixes the hash of each row's value into a sum.
func (h *hashes) add(v column.Vector, sums []uint64) {
	switch v := v.(type) {
	case *column.Dict:
		known := h.by.Of(v.Dictionary)
		*known = append(*known, make([]uint64, max(0, v.Dictionary.Len()-len(*known)))...)
		for r, code := range v.Codes {
			hash := &(*known)[code]
			if *hash == 0 {
				*hash = hashOfValue(v.Dictionary.Value(code))
			}
			sums[r] = mixedHash(sums[r], *hash)
		}
	case *column.Strings:
		for r, text := range v.Values {
			if !v.IsNull(r) {
				sums[r] = mixedHash(sums[r], hashOfText(text))
			}
		}
	default:
		for r := range sums {
			sums[r] = mixedHash(sums[r], hashOfValue(v.Value(r)))
		}
	}
}

// mixedHash is not 0 once there was a value.
func mixedHash(sum, hash uint64) uint64 {
	if hash == 0 {
		return sum
	}
	return sum*0x9e3779b97f4a7c15 + hash | 1<<63
}

func hashOfValue(v column.Value) uint64 {
	switch v.Kind() {
	case column.Null:
		return 0
	case column.List:
		return hashOfText(identity(v))
	}
	return hashOfText(v.String())
}

func hashOfText(text string) uint64 { return xxh3.HashString(text) | 1<<63 }
