package op

import (
	"github.com/zeebo/xxh3"

	"spoor/engine/column"
)

// keyColumn numbers the distinct values of one key column. Id 0 is null. Values are told apart by their text, as SPL sees them.
type keyColumn struct {
	texts  []string       // by id
	others []column.Value // by id, the values that are no strings; it may end before
	slots  []uint64       // open addressing: half a hash and an id, or 0
	chunk  []byte
	bytes  int // of the texts

	dict  *column.Dictionary
	codes []uint32 // id + 1 by code of dict, 0 where not yet known
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
	return column.Str(k.texts[id])
}

// id is the number of a value. The text of a lasting one need not be copied.
func (k *keyColumn) id(v column.Value, lasting bool) uint32 {
	if v.IsNull() {
		return 0
	}
	if v.Kind() == column.String {
		return k.text(v.Text(), lasting)
	}
	n := len(k.texts)
	id := k.intern(v.String(), true)
	if int(id) >= n || v.Kind() < k.value(id).Kind() {
		k.others = append(k.others, make([]column.Value, len(k.texts)-len(k.others))...)
		k.others[id] = v.Clone()
	}
	return id
}

// text is the number of a string. "5" comes before 5, whichever was first: the value of an id is the string.
func (k *keyColumn) text(s string, lasting bool) uint32 {
	id := k.intern(s, lasting)
	if int(id) < len(k.others) {
		k.others[id] = column.Value{}
	}
	return id
}

func (k *keyColumn) intern(s string, lasting bool) uint32 {
	if k.slots == nil {
		k.slots, k.texts, k.others = make([]uint64, 256), []string{""}, []column.Value{{}}
	}
	half, mask := xxh3.HashString(s)>>32, uint64(len(k.slots)-1)
	i := half & mask
	for ; k.slots[i] != 0; i = (i + 1) & mask {
		if id := uint32(k.slots[i]); k.slots[i]>>32 == half && k.texts[id] == s {
			return id
		}
	}
	if !lasting {
		s = k.keep(s)
	}
	id := uint32(len(k.texts))
	k.slots[i] = half<<32 | uint64(id)
	k.texts = append(k.texts, s)
	k.bytes += len(s)
	if 4*len(k.texts) > 3*len(k.slots) {
		k.grow()
	}
	return id
}

func (k *keyColumn) grow() {
	slots := make([]uint64, 4*len(k.slots))
	mask := uint64(len(slots) - 1)
	for _, s := range k.slots {
		if s == 0 {
			continue
		}
		i := s >> 32 & mask
		for slots[i] != 0 {
			i = (i + 1) & mask
		}
		slots[i] = s
	}
	k.slots = slots
}

// keep copies a text into a piece of memory that many share.
func (k *keyColumn) keep(s string) string {
	const chunk = 64 << 10
	if len(s) > chunk/8 {
		return string([]byte(s))
	}
	if len(k.chunk)+len(s) > cap(k.chunk) {
		k.chunk = make([]byte, 0, chunk)
	}
	at := len(k.chunk)
	k.chunk = append(k.chunk, s...)
	return column.TextOf(k.chunk[at:])
}

// column gives the id of each row.
func (k *keyColumn) column(v column.Vector, ids []uint32) {
	switch v := v.(type) {
	case *column.Dict:
		k.dictionary(v, ids)
	case *column.Const:
		id := k.id(v.V, false)
		for i := range ids {
			ids[i] = id
		}
	case *column.Strings:
		for i, s := range v.Values {
			if v.Null == nil || !v.Null[i] {
				ids[i] = k.text(s, false)
			}
		}
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
			ids[i] = k.id(v.Value(i), false)
		}
	}
}

func (k *keyColumn) dictionary(v *column.Dict, ids []uint32) {
	if k.dict != v.Dictionary {
		k.dict, k.codes = v.Dictionary, k.codes[:0]
	}
	for len(k.codes) < v.Dictionary.Len() {
		k.codes = append(k.codes, 0)
	}
	for i, c := range v.Codes {
		if k.codes[c] == 0 {
			k.codes[c] = k.id(v.Dictionary.Value(c), false) + 1
		}
		ids[i] = k.codes[c] - 1
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
				id = k.id(v.Value(i), false)
				known[n] = id
			}
			last = n
		}
		ids[i] = id
	}
}

// places is the place of each value among the sorted ones, by id.
func (k *keyColumn) places() []uint32 {
	places := make([]uint32, len(k.texts))
	for place, i := range sortedCells(max(0, len(k.texts)-1), func(i uint32) column.Value { return k.value(i + 1) }) {
		places[i+1] = uint32(place)
	}
	return places
}

// size is roughly the number of bytes that are held.
func (k *keyColumn) size() int {
	return k.bytes + 16*cap(k.texts) + 40*cap(k.others) + 8*cap(k.slots) + 4*cap(k.codes) + 24*(len(k.ints)+len(k.times))
}
