package op

import (
	"cmp"
	"slices"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// evidence makes rows of findings: one for each event of each, under the columns of events.
type evidence struct {
	*shelf
	stages []plan.Stage // of each event of a finding
	keyers []*keyer     // of each event of a finding

	latest  uint32                    // row of which the values of all combinations of keys are known, as the latest keyer reads them
	reader  *keyer                    // the latest keyer; nil: none
	several map[digest][]column.Value // of the latest row
}

// newEvidence takes the events of findings; n is the node that found them.
func newEvidence(n plan.Node, stages []plan.Stage, kept []*column.Batch) *evidence {
	c := collector{}
	c.settle(n)
	e := &evidence{shelf: newShelf(kept, c.arrange)}
	for _, s := range stages {
		k := newKeyer(s.Keys)
		for range max(s.Runs, 1) {
			e.stages, e.keyers = append(e.stages, s), append(e.keyers, k)
		}
	}
	ours := []string{plan.SequenceNumber, plan.StageNumber}
	e.names = slices.DeleteFunc(e.names, func(name string) bool {
		return slices.Contains(ours, name) || c.loose && !column.Hidden(name) && !e.any(name)
	})
	return e
}

// result is the rows of findings, in pieces of about size.
func (e *evidence) result(list []finding, size int) column.Stream { return e.numbered(list, size, 1) }

// numbered is the rows of findings, the first of which has a number.
func (e *evidence) numbered(list []finding, size, number int) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		each := max(size/max(len(e.stages), 1), 1)
		for some := range slices.Chunk(list, each) {
			if !yield(e.batch(some, number), nil) {
				return
			}
			number += len(some)
		}
	}
}

// batch is the rows of some findings, the first of which has a number.
func (e *evidence) batch(list []finding, number int) *column.Batch {
	var order []uint32
	var numbers, places []int64
	keys := make([][]column.Value, len(e.stages[0].Keys))
	for i, x := range list {
		values := e.keys(x)
		for stage, p := range x.events {
			order = append(order, e.row(p))
			numbers, places = append(numbers, int64(number+i)), append(places, int64(stage+1))
			for k, v := range values {
				keys[k] = append(keys[k], v)
			}
		}
	}
	b := e.gather(order)
	names := []string{plan.SequenceNumber, plan.StageNumber}
	cols := []column.Vector{&column.Ints{Values: numbers}, &column.Ints{Values: places}}
	for k := range keys {
		names, cols = append(names, plan.JoinKey(k)), append(cols, column.FromValues(keys[k]))
	}
	return column.NewBatch(column.NewSchema(slices.Concat(names, b.Schema.Names)...), slices.Concat(cols, b.Cols), b.Rows)
}

// keys is the values by which the events of a finding are joined, as its first event has them.
func (e *evidence) keys(x finding) []column.Value {
	first := slices.IndexFunc(x.events, func(p spot) bool { return p.pos != nowhere })
	at, k := e.row(x.events[first]), e.keyers[first]
	if e.reader != k || e.latest != at {
		e.reader, e.latest, e.several = k, at, map[digest][]column.Value{}
		batch, row := e.find(at)
		k.load(e.batches[batch])
		k.each(row, func(id digest, values []column.Value) bool {
			e.several[id] = slices.Clone(values)
			return true
		})
	}
	if values, ok := e.several[x.key]; ok {
		return values
	}
	return make([]column.Value, len(e.stages[0].Keys)) // the event is no longer there
}

// sortByKey orders findings by the values of their keys.
func (e *evidence) sortByKey(list []finding) {
	keys := make(map[digest][]column.Value, len(list))
	slices.SortFunc(list, func(x, y finding) int { return cmp.Compare(x.events[0].pos, y.events[0].pos) }) // those of one event together
	for _, x := range list {
		keys[x.key] = e.keys(x)
	}
	slices.SortStableFunc(list, func(x, y finding) int {
		return cmp.Or(slices.CompareFunc(keys[x.key], keys[y.key], column.Compare), cmp.Compare(x.key.Hi, y.key.Hi), cmp.Compare(x.key.Lo, y.key.Lo))
	})
}
