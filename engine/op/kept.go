package op

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"spoor/engine/column"
	"spoor/engine/input"
	"spoor/engine/plan"
)

// Whereabouts knows, from earlier runs, where in inputs processes start and end.
type Whereabouts interface {
	// Find is where events that start or end some processes stand, by the input's ordinal, each list sorted, and perhaps a few others. The definition
	// names all that decides which events these are, and what read makes of them: it looks at what no run read before. If that fails, ok is false.
	Find(ctx context.Context, definition string, processes []uint64,
		read func(ctx context.Context, ordinal int, within input.Range, note func(process uint64, offset int64)) error) (at map[int][]int64, ok bool)
}

// Kept is how a run asks for what earlier runs knew.
type Kept struct {
	Whereabouts
	// Under names what, besides the plan, decides of which process an event tells.
	Under string
	// Open opens a scan of a part of one of the inputs.
	Open func(ordinal int, within input.Range, d input.Demand) (Scanner, error)
}

// kept is where the starts and ends of the processes in question stand, by what earlier runs knew; ok is false if that is not known.
func (r *runner) kept(e *plan.Enrich, q *questions) (at map[int][]int64, ok bool) {
	if r.Kept == nil {
		return nil, false
	}
	processes := make([]uint64, 0, len(q.asked))
	for who := range q.asked {
		processes = append(processes, who.Lo)
	}
	at, ok = r.find(r.births(e, false), false, processes)
	if !ok || !q.numbered {
		return at, ok
	}
	more, ok := r.find(r.births(e, true), true, processes)
	if !ok {
		return nil, false
	}
	for file, offsets := range more {
		all := slices.Concat(at[file], offsets)
		slices.Sort(all)
		at[file] = slices.Compact(all)
	}
	return at, true
}

// find asks where the events of a chain stand that are about some processes.
func (r *runner) find(c chain, byNumber bool, processes []uint64) (map[int][]int64, bool) {
	definition := fmt.Sprintf("by number: %t, raw: %t, JSON: %t\n%s\n%s", byNumber, c.scan.Raw, r.JSON, r.Kept.Under, c.print())
	return r.Kept.Find(r.ctx, definition, processes, func(ctx context.Context, ordinal int, within input.Range, note func(process uint64, offset int64)) error {
		workers := make([]*worker, r.Workers)
		for i := range workers {
			workers[i] = r.newWorker([]chain{c})
			workers[i].lines[0].sink = &birthplace{byNumber: byNumber}
		}
		d := demand([]chain{c})
		d.Earliest, d.Latest, d.Clock = input.Beginning, input.End, input.Clock{} // others may ask by other clocks
		open := func(d input.Demand) (Scanner, error) { return r.Kept.Open(ordinal, within, d) }
		if err := errors.Join(r.failed(), r.consume(open, d, workers)); err != nil {
			return err
		}
		for _, w := range workers {
			for _, b := range w.lines[0].sink.(*birthplace).list {
				_, offset := column.UnpackPosition(b.pos)
				note(b.process, offset)
			}
		}
		return nil
	})
}
