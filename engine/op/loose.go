package op

import (
	"container/heap"
	"encoding/binary"
)

// looseEnds finds, among open transactions that lack some of the fields, the newest that nothing in a row speaks against.
type looseEnds struct {
	shapes map[string]*shape
	list   []*shape
	key    []byte // for look-ups, reused
}

// shape is the transactions that have the same of the fields. One that has left it is forgotten when it is met.
type shape struct {
	has    []bool // by field
	all    []*txn
	shared map[string]*sharing // by the fields that a row has, too
}

// sharing finds transactions by their values of some of the fields.
type sharing struct {
	fields []int
	open   map[string]*newestFirst
}

// enter tells of a transaction that has begun, or has come to have a value of a field.
func (l *looseEnds) enter(x *txn, taken []uint32) {
	l.key = presence(l.key, taken)
	s := l.shapes[string(l.key)]
	if s == nil {
		s = &shape{has: make([]bool, len(taken)), shared: map[string]*sharing{}}
		for i, v := range taken {
			s.has[i] = v != 0
		}
		if l.shapes == nil {
			l.shapes = map[string]*shape{}
		}
		l.shapes[string(l.key)], l.list = s, append(l.list, s)
	}
	s.all = append(roomy(s.all, 1), x)
	for _, by := range s.shared {
		l.key = by.enter(x, taken, l.key)
	}
}

// find is the newest transaction that has no other value of a field than the row, or nil.
func (l *looseEnds) find(g *grouping) (found *txn) {
	for _, s := range l.list {
		by := l.sharing(s, g)
		l.key = by.key(l.key, g.values)
		open := by.open[string(l.key)]
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

// sharing is the transactions of a shape by the fields that the row has too.
func (l *looseEnds) sharing(s *shape, g *grouping) *sharing {
	l.key = presence(l.key, g.values)
	by := s.shared[string(l.key)]
	if by != nil {
		return by
	}
	by = &sharing{open: map[string]*newestFirst{}}
	for i, has := range s.has {
		if has && g.values[i] != 0 {
			by.fields = append(by.fields, i)
		}
	}
	s.shared[string(l.key)] = by
	for _, x := range s.all {
		if s.holds(x, g) {
			l.key = by.enter(x, g.of(x), l.key)
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
		if s.has[i] != (v != 0) {
			return false
		}
	}
	return true
}

func (by *sharing) enter(x *txn, taken []uint32, key []byte) []byte {
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
func (by *sharing) key(key []byte, values []uint32) []byte {
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
