package op

import (
	"slices"

	"spoor/engine/column"
)

// keyColumn numbers the distinct values of one key column. Id 0 is null. Values are told apart by their text, as SPL sees them.
type keyColumn struct {
	texts  column.Lexicon
	others []column.Value // by id, the values that are no strings; it may end before

	codes column.PerCode[uint32] // id + 1, 0 where not yet known
	ints  map[int64]uint32
	times map[int64]uint32
}

// value is the value of an id.
func (k *keyColumn) value(id uint32) column.Value {
	if id == 0 {
		return column.Value{}
	}
	if int(id) < len(k.others) && !k.others[id].IsNull() {
		return k.others[id]
	}
	return column.Str(k.texts.Text(id))
}

// values is the values of ids.
func (k *keyColumn) values(ids []uint32) column.Vector {
	if len(k.others) == 0 {
		out := &column.Strings{Values: make([]string, len(ids))}
		for i, id := range ids {
			out.Values[i] = k.texts.Text(id)
		}
		return out
	}
	values := make([]column.Value, len(ids))
	for i, id := range ids {
		values[i] = k.value(id)
	}
	return column.FromValues(values)
}

// id is the number of a value.
func (k *keyColumn) id(v column.Value) uint32 {
	if v.IsNull() {
		return 0
	}
	if v.Kind() == column.String {
		return k.text(v.Text())
	}
	n := k.texts.Len()
	id := k.texts.Number(v.String())
	if int(id) > n || v.Kind() < k.value(id).Kind() {
		k.others = append(k.others, make([]column.Value, max(0, k.texts.Len()+1-len(k.others)))...)
		k.others[id] = v.Clone()
	}
	return id
}

// text is the number of a string. "5" comes before 5, whichever was first: the value of an id is the string.
func (k *keyColumn) text(s string) uint32 {
	id := k.texts.Number(s)
	k.string(id)
	return id
}

func (k *keyColumn) string(id uint32) {
	if int(id) < len(k.others) {
		k.others[id] = column.Value{}
	}
}

// column gives the id of each row.
func (k *keyColumn) column(v column.Vector, ids []uint32) {
	switch v := v.(type) {
	case *column.Dict:
		k.dictionary(v, ids)
	case *column.Const:
		id := k.id(v.V)
		for i := range ids {
			ids[i] = id
		}
	case *column.Strings:
		k.strings(v, ids)
	case *column.Ints:
		if k.ints == nil {
			k.ints = map[int64]uint32{}
		}
		idsOf(k, k.ints, v, ids)
	case *column.Times:
		if k.times == nil {
			k.times = map[int64]uint32{}
		}
		idsOf(k, k.times, v, ids)
	default:
		for i := range ids {
			ids[i] = k.id(v.Value(i))
		}
	}
}

func (k *keyColumn) strings(v *column.Strings, ids []uint32) {
	if v.Null != nil {
		for i, s := range v.Values {
			if !v.Null[i] {
				ids[i] = k.text(s)
			}
		}
		return
	}
	k.texts.Numbers(v.Values, ids)
	if len(k.others) > 0 {
		for _, id := range ids {
			k.string(id)
		}
	}
}

func (k *keyColumn) dictionary(v *column.Dict, ids []uint32) {
	known := k.codes.Of(v.Dictionary)
	*known = append(*known, make([]uint32, max(0, v.Dictionary.Len()-len(*known)))...)
	codes := *known
	for i, c := range v.Codes {
		if codes[c] == 0 {
			codes[c] = k.id(v.Dictionary.Value(c)) + 1
		}
		ids[i] = codes[c] - 1
	}
}

// idsOf spares numbers that were met before their texts. Neighbours are often equal.
func idsOf[T int64 | column.Instant](k *keyColumn, known map[int64]uint32, v *column.Flat[T], ids []uint32) {
	last, id := int64(0), uint32(0)
	for i, x := range v.Values {
		if v.Null != nil && v.Null[i] {
			continue
		}
		if n := int64(x); n != last || id == 0 {
			var ok bool
			if id, ok = known[n]; !ok {
				id = k.id(v.Value(i))
				known[n] = id
			}
			last = n
		}
		ids[i] = id
	}
}

// merge numbers the values of another column: what has an id there has trans[id] here.
func (k *keyColumn) merge(from *keyColumn) (trans []uint32) {
	trans = make([]uint32, from.texts.Len()+1)
	for some := range slices.Chunk(all(len(trans))[1:], 1024) {
		k.column(from.values(some), trans[some[0]:some[0]+uint32(len(some))])
	}
	return trans
}

// places is the place of each value among the sorted ones, by id.
func (k *keyColumn) places() []uint32 {
	places := make([]uint32, k.texts.Len()+1)
	for place, i := range sortedCells(k.texts.Len(), func(i uint32) column.Value { return k.value(i + 1) }) {
		places[i+1] = uint32(place)
	}
	return places
}

// size is roughly the number of bytes that are held.
func (k *keyColumn) size() int {
	return k.texts.Size() + 40*cap(k.others) + 4*k.codes.Room() + 24*(len(k.ints)+len(k.times))
}
