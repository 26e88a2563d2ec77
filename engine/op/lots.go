package op

import (
	"github.com/zeebo/xxh3"

	"spoor/engine/column"
)

// manyLots is how many parts rows are divided into by the values of a field. noLot is what those draw that have no value.
const (
	manyLots = 64
	noLot    = manyLots
)

// lots says which part rows belong to. Values with equal texts, as keyColumn tells them apart, draw the same lot.
type lots struct {
	dict *column.Dictionary
	by   []uint8 // by code of dict, the lot and one; 0 where not yet known
}

// draw appends the lot of each row.
func (l *lots) draw(v column.Vector, to []uint8) []uint8 {
	switch v := v.(type) {
	case *column.Dict:
		if l.dict != v.Dictionary {
			l.dict, l.by = v.Dictionary, l.by[:0]
		}
		l.by = append(l.by, make([]uint8, max(0, v.Dictionary.Len()-len(l.by)))...)
		for _, code := range v.Codes {
			if l.by[code] == 0 {
				l.by[code] = lotOf(v.Dictionary.Value(code)) + 1
			}
			to = append(to, l.by[code]-1)
		}
	case *column.Strings:
		for r, text := range v.Values {
			if v.IsNull(r) {
				to = append(to, noLot)
			} else {
				to = append(to, lotOfText(text))
			}
		}
	default:
		for r := range v.Len() {
			to = append(to, lotOf(v.Value(r)))
		}
	}
	return to
}

func lotOf(v column.Value) uint8 {
	switch v.Kind() {
	case column.Null:
		return noLot
	case column.List:
		return lotOfText(identity(v))
	}
	return lotOfText(v.String())
}

func lotOfText(text string) uint8 { return uint8(xxh3.HashString(text) % manyLots) }
