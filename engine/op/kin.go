package op

import (
	"bytes"
	"container/heap"
	"encoding/binary"

	"spoor/engine/pages"
)

// kin finds, among the open transactions of several fields, the one that was begun last of those that a row may join.
type kin struct {
	shapes []*shape
	by     map[string]*shape // by the fields that its transactions have
	views  map[string][]*sight
	values []byte   // which fields the last row has
	view   []*sight // and what it sees
	key    []byte   // for look-ups, reused
}

// shape is the transactions that have the same of the fields. One that has left it is forgotten when it is met.
type shape struct {
	has    []byte // 1 for a field that they have
	all    []*txn
	sights map[string]*sight // by the fields that a row has, too
}

// sight finds transactions of a shape by their values of some of the fields.
type sight struct {
	*shape
	fields []int
	open   map[string]*newestFirst
}

// enter tells of a transaction that has begun, or has come to have a value of a field.
func (k *kin) enter(x *txn, taken []uint32) {
	k.key = presence(k.key, taken)
	s := k.by[string(k.key)]
	if s == nil {
		if k.by == nil {
			k.by = map[string]*shape{}
		}
		s = &shape{has: bytes.Clone(k.key), sights: map[string]*sight{}}
		k.by[string(k.key)], k.shapes = s, append(k.shapes, s)
		k.views, k.view = map[string][]*sight{}, nil
	}
	s.all = append(pages.Roomy(s.all, 1), x)
	for _, by := range s.sights {
		k.key = by.enter(x, taken, k.key)
	}
}

// find is the transaction that was begun last of those that have no other value of a field than the row: that have a value in common with it, or
// that have none.
func (k *kin) find(g *grouping, common bool) (found *txn) {
	for _, s := range k.sees(g) {
		if common != (len(s.fields) > 0) {
			continue
		}
		k.key = s.key(k.key, g.values)
		open := s.open[string(k.key)]
		if open == nil {
			continue
		}
		for len(*open) > 0 && !s.holds((*open)[0], g) {
			heap.Pop(open)
		}
		if len(*open) > 0 && (found == nil || found.number < (*open)[0].number) {
			found = (*open)[0]
		}
	}
	return found
}

// sees is the transactions of all shapes by the fields that the row has too.
func (k *kin) sees(g *grouping) []*sight {
	k.key = presence(k.key, g.values)
	if k.view != nil && bytes.Equal(k.key, k.values) {
		return k.view
	}
	k.values = append(k.values[:0], k.key...)
	view := k.views[string(k.key)]
	if view == nil {
		for _, s := range k.shapes {
			view = append(view, s.sight(k.values, g))
		}
		if k.views != nil {
			k.views[string(k.values)] = view
		}
	}
	k.view = view
	return view
}

// sight is the transactions of a shape by those of the given fields that they have.
func (s *shape) sight(values []byte, g *grouping) *sight {
	common := make([]byte, len(values))
	for i := range common {
		common[i] = s.has[i] & values[i]
	}
	by := s.sights[string(common)]
	if by != nil {
		return by
	}
	by = &sight{shape: s, open: map[string]*newestFirst{}}
	for i, both := range common {
		if both == 1 {
			by.fields = append(by.fields, i)
		}
	}
	s.sights[string(common)] = by
	var key []byte
	for _, x := range s.all {
		if s.holds(x, g) {
			key = by.enter(x, g.of(x), key)
		}
	}
	return by
}

// holds says whether a transaction is open and still of the shape.
func (s *shape) holds(x *txn, g *grouping) bool {
	if x.done {
		return false
	}
	for i, v := range g.of(x) {
		if (s.has[i] == 1) != (v != 0) {
			return false
		}
	}
	return true
}

func (by *sight) enter(x *txn, taken []uint32, key []byte) []byte {
	key = by.key(key, taken)
	open := by.open[string(key)]
	if open == nil {
		open = &newestFirst{}
		by.open[string(key)] = open
	}
	heap.Push(open, x)
	return key
}

// key is the values of the fields that are shared.
func (by *sight) key(key []byte, values []uint32) []byte {
	key = key[:0]
	for _, i := range by.fields {
		key = binary.LittleEndian.AppendUint32(key, values[i])
	}
	return key
}

// presence says which of the fields have a value.
func presence(key []byte, values []uint32) []byte {
	key = key[:0]
	for _, v := range values {
		key = append(key, byte(min(v, 1)))
	}
	return key
}

// newestFirst is a heap of transactions, that which was begun last on top.
type newestFirst []*txn

func (h newestFirst) Len() int           { return len(h) }
func (h newestFirst) Less(i, j int) bool { return h[i].number > h[j].number }
func (h newestFirst) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *newestFirst) Push(x any)        { *h = append(*h, x.(*txn)) }
func (h *newestFirst) Pop() any {
	last := len(*h) - 1
	x := (*h)[last]
	*h = (*h)[:last]
	return x
}
