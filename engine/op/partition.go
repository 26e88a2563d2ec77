package op

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"iter"
	"slices"
	"strconv"

	"github.com/zeebo/xxh3"

	"spoor/engine/aggregate"
	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/engine/spill"
)

// How groups that were put away are divided: by four bits of a hash of their keys, and where a part is still too large by the next four.
const (
	fanBits    = 4
	fan        = 1 << fanBits
	mostDepth  = 8
	savedBytes = 1 << 20 // about as much of the groups is written in one piece
)

// partitions is the groups of an aggregator that were put away. What belongs to one group is in one part, in the order in which it came.
type partitions struct {
	parts  [fan][]*spill.Run
	frames []aggregate.State // of each aggregate, what concerns all groups together
	kinds  []uint8           // of each key, the kinds of its values as bits
	sorted []*spill.Run      // the result of each part, once there is one
}

// keyName and stateName are the hidden columns of what is put away.
func keyName(k int) string   { return "\x00key" + strconv.Itoa(k) }
func stateName(i int) string { return "\x00state" + strconv.Itoa(i) }

// settle takes account of what the aggregator holds, and puts it away if that is too much. A single group cannot be divided.
func (a *aggregator) settle() {
	if a.account == nil {
		return
	}
	if !a.account.Hold(a.size()) && a.groups.n > 1 && a.depth < mostDepth {
		a.putAway()
	}
}

// size is the bytes that groups and states take, with what the columns of the result take.
func (a *aggregator) size() int {
	n := a.groups.size() + a.groups.n*(64+24*(len(a.keys)+len(a.states)))
	for _, s := range a.states {
		n += s.Size()
	}
	return n
}

// putAway writes all groups into the parts that they belong to.
func (a *aggregator) putAway() {
	if a.leaving != nil {
		a.leaving()
	}
	a.divided()
	piece := max(1, int(int64(a.groups.n)*savedBytes/int64(a.size())))
	var parts [fan][]uint32
	for g := range a.groups.n {
		p := a.part(a.hash(g))
		parts[p] = append(parts[p], uint32(g))
	}
	for p, groups := range parts {
		if len(groups) == 0 {
			continue
		}
		if len(a.away.parts[p]) == 0 {
			a.away.parts[p] = []*spill.Run{a.space.Run()}
		}
		for some := range slices.Chunk(groups, piece) {
			a.away.parts[p][0].Add(a.saved(some))
		}
	}
	for i, s := range a.states {
		a.away.frames[i].Merge(a.reloaded(i, saved(s.State, nil)), nil)
	}
	a.empty()
}

// empty begins anew.
func (a *aggregator) empty() {
	a.groups = newGroups(len(a.keys))
	for i := range a.states {
		a.states[i].State = a.fresh(i)
	}
	a.lay()
	a.account.Release()
}

// divided makes the parts if there are none.
func (a *aggregator) divided() {
	if a.away != nil {
		return
	}
	a.away = &partitions{kinds: make([]uint8, len(a.keys))}
	for i := range a.states {
		a.away.frames = append(a.away.frames, a.fresh(i))
	}
}

// fresh is a state without groups, which knows what concerns all groups of those that were divided above.
func (a *aggregator) fresh(i int) aggregate.State {
	s := a.states[i].make()
	if a.frames != nil {
		s.Merge(a.reloaded(i, a.frames[i]), nil)
	}
	return s
}

func saved(s aggregate.State, groups []uint32) []byte {
	var out bytes.Buffer
	w := bufio.NewWriter(&out)
	s.Save(w, groups)
	w.Flush()
	return out.Bytes()
}

// reloaded is a state of the i-th aggregate that was saved.
func (a *aggregator) reloaded(i int, p []byte) aggregate.State {
	s := a.states[i].make()
	if err := s.Load(bufio.NewReader(bytes.NewReader(p))); err != nil {
		a.space.Fail(err)
		return a.states[i].make()
	}
	return s
}

// hash is of the keys of a group as texts, by which groups tell values apart.
func (a *aggregator) hash(group int) uint64 {
	return hashOf(len(a.keys), func(k int) column.Value { return a.groups.key(group, k) })
}

func hashOf(keys int, key func(k int) column.Value) uint64 {
	var buf []byte
	for k := range keys {
		text := key(k).String()
		buf = append(binary.AppendUvarint(buf, uint64(len(text))), text...)
	}
	return xxh3.Hash(buf)
}

// part is the number of the part that keys with a hash belong to.
func (a *aggregator) part(hash uint64) int { return int(hash >> (fanBits * a.depth) % fan) }

// saved is groups as a batch: their keys, and their states as one text for each aggregate.
func (a *aggregator) saved(groups []uint32) *column.Batch {
	var names []string
	var cols []column.Vector
	for k := range a.keys {
		values := make([]column.Value, len(groups))
		for i, g := range groups {
			values[i] = a.groups.key(int(g), k)
			a.away.kinds[k] |= 1 << values[i].Kind()
		}
		names, cols = append(names, keyName(k)), append(cols, column.FromValues(values))
	}
	for i, s := range a.states {
		names, cols = append(names, stateName(i)), append(cols, &column.Const{V: column.Str(string(saved(s.State, groups))), N: len(groups)})
	}
	return column.NewBatch(column.NewSchema(names...), cols, len(groups))
}

// load takes groups that were saved.
func (a *aggregator) load(b *column.Batch, kinds []map[string]column.Value) {
	keys := make([]column.Vector, len(a.keys))
	for k := range keys {
		if keys[k] = b.Cols[k]; kinds[k] != nil {
			keys[k] = settled(keys[k], kinds[k])
		}
	}
	to, _ := a.groups.number(keys, b.Rows)
	for i := range a.states {
		a.states[i].Merge(a.reloaded(i, []byte(b.Cols[len(keys)+i].Value(0).Text())), to)
	}
	a.settle()
}

// join takes over the parts of another aggregator.
func (p *partitions) join(from *partitions) {
	for i := range p.parts {
		p.parts[i] = append(p.parts[i], from.parts[i]...)
	}
	for i, s := range from.frames {
		p.frames[i].Merge(s, nil)
	}
	for k, kinds := range from.kinds {
		p.kinds[k] |= kinds
	}
}

// united is the groups of all parts in the order of the keys, with the given columns.
func (a *aggregator) united(names []string, size int) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		if a.away.sorted == nil {
			if a.groups.n > 0 {
				a.putAway()
			}
			a.sortParts()
		}
		if err := a.space.Err(); err != nil {
			yield(nil, err)
			return
		}
		var keys []plan.SortKey
		for k := range a.keys {
			keys = append(keys, plan.SortKey{Name: keyName(k)})
		}
		merge(streams(a.away.sorted), keys, names, size)(yield)
	}
}

// sortParts puts together each part on its own. An error stays in the space.
func (a *aggregator) sortParts() {
	a.away.sorted = []*spill.Run{}
	for part := range a.each() {
		out := a.space.Run()
		for b := range part.sorted() {
			if a.space.Err() == nil {
				out.Add(b)
			}
		}
		a.away.sorted = append(a.away.sorted, out)
	}
}

// each is the parts one after another, which goes with the next one; what was put away of it is gone then.
func (a *aggregator) each() iter.Seq2[*aggregator, int] {
	kinds := a.mixed()
	var frames [][]byte
	for _, s := range a.away.frames {
		frames = append(frames, saved(s, nil))
	}
	return func(yield func(*aggregator, int) bool) {
		for p, runs := range a.away.parts {
			part := &aggregator{
				node: a.node, bd: a.bd, rows: a.rows, keys: a.keys, states: slices.Clone(a.states),
				space: a.space, account: a.space.Account(), depth: a.depth + 1, frames: frames,
			}
			part.empty()
			for b := range chained(streams(runs)) {
				if a.space.Err() == nil {
					part.load(b, kinds)
				}
			}
			for _, r := range runs {
				r.Free()
			}
			a.away.parts[p] = nil
			more := yield(part, p)
			part.account.Release()
			if !more {
				return
			}
		}
	}
}

// sorted is the rows of the groups with the keys in hidden columns, in pieces that are fit to be merged.
func (a *aggregator) sorted() column.Stream {
	names := a.names()
	for k := range a.keys {
		names = append(names, keyName(k))
	}
	if a.away != nil {
		return a.united(names, 256)
	}
	var out column.Stream = nothing
	for b := range a.held(names, max(1, a.groups.n)) {
		out = pieces(b, pieceRows(b.Rows, spill.Weight(b)))
	}
	return out
}
