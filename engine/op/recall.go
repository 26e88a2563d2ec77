package op

import (
	"slices"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// recalled is events that were found in a round, with all that is needed of them. They may be of earlier rounds. What cannot be read any more has only
// what was read of it when it came.
func (r *runner) recalled(n plan.Node, f flow, need plan.Need, found column.Stream) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		var some []*column.Batch
		rows := 0
		give := func() bool {
			places, _ := positions(batched(some))
			whole, err := r.fetch(f, need, nil, places)
			if err != nil {
				yield(nil, err)
				return false
			}
			more := r.shelved(n, slices.Concat(some, whole), places, yield) // of two at one place the latter counts
			some, rows = nil, 0
			return more
		}
		for b, err := range found {
			if err != nil {
				yield(nil, err)
				return
			}
			some, rows = append(some, b), rows+b.Rows
			if rows >= portionSize && !give() {
				return
			}
		}
		if rows > 0 {
			give()
		}
	}
}

// recalls says whether events of sequences are read again when they are told, rather than kept with all that is needed of them.
func (h *hunt) recalls() bool { return h.r.Rescan != nil && h.wanted.All }

// whole is the events of sequences with all that is needed of them, those that can be read again behind what was kept of them.
func (h *hunt) whole(list []finding, kept []*column.Batch) ([]*column.Batch, error) {
	if !h.recalls() {
		return kept, nil
	}
	places, err := positions(batched(kept))
	if err != nil {
		return nil, err
	}
	again, err := h.r.fetch(h.flow, h.wanted, nil, places)
	return slices.Concat(kept, again), err
}

// recall fills events that are read again.
func (l *Live) recall(in *intake) error {
	q := newQuestions(nil)
	for _, e := range in.ends {
		q.add(e.asker.waiting)
	}
	in.table = l.Register.table(in.flow.enrich.Fields, q)
	return parallel(len(in.ends), func(i int) { in.ends[i].asker.answer(in.table) })
}
