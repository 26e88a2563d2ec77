package op

import (
	"encoding/binary"

	"github.com/zeebo/xxh3"

	"spoor/engine/column"
)

// groups numbers the distinct combinations of key values: 0, 1, ... in order of appearance. It belongs to one worker.
//
// Each key column first turns its values into small numbers (ids), a dictionary's codes through a table; a combination is then a
// tuple of ids in an open-addressing table.
type groups struct {
	keys   []keyColumn
	tuples []uint32 // len(keys) ids per group
	n      int
	slots  []uint32 // group + 1, or 0
	hashes []uint64
	buf    []byte
}

func newGroups(keys int) *groups {
	return &groups{keys: make([]keyColumn, keys), slots: make([]uint32, 256), buf: make([]byte, 4*keys)}
}

// keyColumn numbers the distinct values of one key column. Id 0 is null. Values are told apart by their text, as SPL sees them.
type keyColumn struct {
	values []column.Value // by id
	ids    map[string]uint32
	bytes  int // of the texts
	dict   *column.Dictionary
	codes  []uint32 // id + 1 by code of dict, 0 where not yet known
}

func (k *keyColumn) id(v column.Value) uint32 {
	if v.IsNull() {
		return 0
	}
	text := v.Text()
	if v.Kind() != column.String {
		text = v.String()
	}
	if id, ok := k.ids[text]; ok {
		if v.Kind() < k.values[id].Kind() {
			k.values[id] = v.Clone() // "5" before 5: the same whichever came first
		}
		return id
	}
	if k.ids == nil {
		k.ids, k.values = map[string]uint32{}, []column.Value{{}}
	}
	id := uint32(len(k.values))
	v = v.Clone()
	if v.Kind() == column.String {
		text = v.Text()
	}
	k.values = append(k.values, v)
	k.ids[text] = id
	k.bytes += len(text)
	return id
}

// column gives the id of each row.
func (k *keyColumn) column(v column.Vector, ids []uint32) {
	switch v := v.(type) {
	case *column.Dict:
		if k.dict != v.Dictionary {
			k.dict, k.codes = v.Dictionary, k.codes[:0]
		}
		for len(k.codes) < v.Dictionary.Len() {
			k.codes = append(k.codes, 0)
		}
		for i, c := range v.Codes {
			if k.codes[c] == 0 {
				k.codes[c] = k.id(v.Dictionary.Value(c)) + 1
			}
			ids[i] = k.codes[c] - 1
		}
	case *column.Const:
		id := k.id(v.V)
		for i := range ids {
			ids[i] = id
		}
	default:
		for i := range ids {
			ids[i] = k.id(v.Value(i))
		}
	}
}

// number gives each row its group. Rows that lack a key get no group: kept is the rows that have one, nil if all have. Rows must not
// hold multivalues in keys.
func (g *groups) number(cols []column.Vector, rows int) (group, kept []uint32) {
	if len(g.keys) == 0 {
		g.n = 1
		return make([]uint32, rows), nil
	}
	ids := make([][]uint32, len(cols))
	for k, c := range cols {
		ids[k] = make([]uint32, rows)
		g.keys[k].column(c, ids[k])
	}
	group = make([]uint32, 0, rows)
	for r := range rows {
		null := false
		for k := range ids {
			id := ids[k][r]
			null = null || id == 0
			binary.LittleEndian.PutUint32(g.buf[4*k:], id)
		}
		if null {
			if kept == nil {
				kept = append(make([]uint32, 0, rows), all(r)...)
			}
			continue
		}
		if kept != nil {
			kept = append(kept, uint32(r))
		}
		group = append(group, g.tuple())
	}
	return group, kept
}

// tuple is the group of the ids in buf.
func (g *groups) tuple() uint32 {
	h := xxh3.Hash(g.buf)
	mask := uint64(len(g.slots) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		s := g.slots[i]
		if s == 0 {
			return g.add(h)
		}
		if g.hashes[s-1] == h && g.equal(int(s-1)) {
			return s - 1
		}
	}
}

func (g *groups) equal(group int) bool {
	k := len(g.keys)
	for i, id := range g.tuples[group*k : group*k+k] {
		if binary.LittleEndian.Uint32(g.buf[4*i:]) != id {
			return false
		}
	}
	return true
}

func (g *groups) add(h uint64) uint32 {
	for i := range g.keys {
		g.tuples = append(g.tuples, binary.LittleEndian.Uint32(g.buf[4*i:]))
	}
	g.hashes = append(g.hashes, h)
	g.n++
	if 4*g.n > 3*len(g.slots) {
		g.slots = make([]uint32, 2*len(g.slots))
		for i := range g.n {
			g.place(i)
		}
	} else {
		g.place(g.n - 1)
	}
	return uint32(g.n - 1)
}

func (g *groups) place(group int) {
	mask := uint64(len(g.slots) - 1)
	i := g.hashes[group] & mask
	for g.slots[i] != 0 {
		i = (i + 1) & mask
	}
	g.slots[i] = uint32(group + 1)
}

// size is roughly the number of bytes that are held.
func (g *groups) size() int {
	n := 4*(cap(g.tuples)+cap(g.slots)) + 8*cap(g.hashes)
	for i := range g.keys {
		k := &g.keys[i]
		n += k.bytes + 90*len(k.values) + 4*cap(k.codes) // a value, and its text in the table
	}
	return n
}

// key is the value of a key column in a group.
func (g *groups) key(group, k int) column.Value {
	return g.keys[k].values[g.tuples[group*len(g.keys)+k]]
}

// merge numbers the groups of another table in this one: its group i is to[i] here.
func (g *groups) merge(from *groups) (to []uint32) {
	to = make([]uint32, from.n)
	if len(g.keys) == 0 {
		g.n = max(g.n, from.n)
		return to
	}
	trans := make([][]uint32, len(g.keys))
	for k := range g.keys {
		trans[k] = make([]uint32, len(from.keys[k].values))
		for id, v := range from.keys[k].values {
			trans[k][id] = g.keys[k].id(v)
		}
	}
	for i := range to {
		for k := range g.keys {
			binary.LittleEndian.PutUint32(g.buf[4*k:], trans[k][from.tuples[i*len(g.keys)+k]])
		}
		to[i] = g.tuple()
	}
	return to
}
