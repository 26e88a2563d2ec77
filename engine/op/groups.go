package op

import (
	"math/bits"
	"slices"

	"spoor/engine/column"
	"spoor/engine/pages"
)

// groups numbers the distinct combinations of key values: 0, 1, ... in order of appearance. It belongs to one worker.
//
// Each key column first turns its values into small numbers (ids), a dictionary's codes through a table; a combination is then a
// tuple of ids in an open-addressing table. The groups of a single key are its ids.
type groups struct {
	keys   []keyColumn
	tuples []uint32 // len(keys) ids per group
	n      int
	slots  []uint32 // group + 1, or 0
	hashes []uint64
	row    []uint32 // the ids of one row
}

func newGroups(keys int) *groups {
	return &groups{keys: make([]keyColumn, keys), slots: make([]uint32, 256), row: make([]uint32, keys)}
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
	if len(ids) == 1 {
		group, kept = single(ids[0])
	} else {
		group, kept = g.several(ids, rows)
	}
	g.counted()
	return group, kept
}

// single is the groups of rows that have an id of the only key, and which these are.
func single(ids []uint32) (group, kept []uint32) {
	if slices.Contains(ids, 0) {
		kept = make([]uint32, 0, len(ids))
		for r, id := range ids {
			if id != 0 {
				ids[len(kept)] = id
				kept = append(kept, uint32(r))
			}
		}
		ids = ids[:len(kept)]
	}
	for i := range ids {
		ids[i]--
	}
	return ids, kept
}

// several is the groups of rows that have all keys.
func (g *groups) several(ids [][]uint32, rows int) (group, kept []uint32) {
	group = make([]uint32, 0, rows)
	for r := range rows {
		null := false
		for k := range ids {
			id := ids[k][r]
			null = null || id == 0
			g.row[k] = id
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

// counted sees to it that groups of a single key count, too.
func (g *groups) counted() {
	if len(g.keys) == 1 {
		g.n = g.keys[0].texts.Len()
	}
}

// mixed is a hash of an id and of those before it.
func mixed(hash uint64, id uint32) uint64 {
	hi, lo := bits.Mul64(hash^uint64(id), 0x9e3779b97f4a7c15)
	return hi ^ lo
}

// tuple is the group of the ids in row.
func (g *groups) tuple() uint32 {
	h := uint64(0)
	for _, id := range g.row {
		h = mixed(h, id)
	}
	mask := uint64(len(g.slots) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		s := g.slots[i]
		if s == 0 {
			return g.add(h)
		}
		if g.hashes[s-1] == h && slices.Equal(g.tuples[int(s-1)*len(g.row):][:len(g.row)], g.row) {
			return s - 1
		}
	}
}

func (g *groups) add(h uint64) uint32 {
	g.tuples = append(pages.Roomy(g.tuples, len(g.row)), g.row...)
	g.hashes = append(pages.Roomy(g.hashes, 1), h)
	g.n++
	if 4*g.n > 3*len(g.slots) {
		g.slots = pages.Large(make([]uint32, 2*len(g.slots)))
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
		n += g.keys[i].size()
	}
	return n
}

// key is the value of a key column in a group.
func (g *groups) key(group, k int) column.Value { return g.keys[k].value(g.id(group, k)) }

// values is those of a key column in some groups.
func (g *groups) values(k int, groups []uint32) column.Vector {
	ids := make([]uint32, len(groups))
	for i, group := range groups {
		ids[i] = g.id(int(group), k)
	}
	return g.keys[k].values(ids)
}

func (g *groups) id(group, k int) uint32 {
	if len(g.keys) == 1 {
		return uint32(group + 1)
	}
	return g.tuples[group*len(g.keys)+k]
}

// distinct is the values of a key that groups have, sorted, and by group the place of its value among them.
func (g *groups) distinct(k int) (values []column.Value, places []int) {
	key := &g.keys[k]
	used := make([]bool, key.texts.Len()+1) // values of rows that lack another key have no group
	for group := range g.n {
		used[g.id(group, k)] = true
	}
	byID := make([]int, len(used))
	for _, i := range sortedCells(len(used)-1, func(i uint32) column.Value { return key.value(i + 1) }) {
		if id := i + 1; used[id] {
			values, byID[id] = append(values, key.value(id)), len(values)
		}
	}
	places = make([]int, g.n)
	for group := range places {
		places[group] = byID[g.id(group, k)]
	}
	return values, places
}

// sorted is the groups in the order of their keys: numbers by size before text by bytes.
func (g *groups) sorted() []uint32 {
	switch len(g.keys) {
	case 0:
		return all(1)
	case 1:
		return sortedCells(g.n, func(group uint32) column.Value { return g.key(int(group), 0) })
	}
	list, spare := make([]coded, g.n), make([]coded, g.n)
	for i := range list {
		list[i].row = uint32(i)
	}
	for k := len(g.keys) - 1; k >= 0; k-- { // by the last one first: what is equal stays in its order
		places := g.keys[k].places()
		for i := range list {
			list[i].code = uint64(places[g.id(int(list[i].row), k)])
		}
		radix(list, spare)
	}
	order := make([]uint32, g.n)
	for i := range list {
		order[i] = list[i].row
	}
	return order
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
		trans[k] = g.keys[k].merge(&from.keys[k])
	}
	for i := range to {
		if len(g.keys) == 1 {
			to[i] = trans[0][i+1] - 1
			continue
		}
		for k := range g.keys {
			g.row[k] = trans[k][from.tuples[i*len(g.keys)+k]]
		}
		to[i] = g.tuple()
	}
	g.counted()
	return to
}
