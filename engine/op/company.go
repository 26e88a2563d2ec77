package op

import (
	"errors"
	"slices"
	"sync/atomic"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// The events of a sequence with a maxspan are close together. So of those that wait for the process table only such are asked about as have others
// near them with which they could make one, by their times and by those keys that are known without the table.

// company is what one worker has met of the events of a sequence.
type company struct {
	span   int64
	terms  []term                // of the stages that want an event: their conditions as far as they are known, and the keys that are
	others []evaluator           // of the stages that want none, and of what ends the sequence: such events count wherever they are
	stages [2]map[digest][]int64 // by key, the times of events of the first stage, and of those behind it
	crowd  *crowd                // nil: any number may wait
}

// crowd is how many events of all workers wait.
type crowd struct {
	most int64
	n    atomic.Int64
}

// errCrowd says that more events wait than may.
var errCrowd = errors.New("too many events wait for the process table")

// further says, of further events that wait, whether all are too many.
func (c *company) further(n int) bool {
	return c != nil && c.crowd != nil && c.crowd.n.Add(int64(n)) > c.crowd.most
}

// fewWait says whether the events of all stages are better read at once than those of a rare one first: of those that wait for the process table few
// have company, while to look for the partners of the rare ones takes two more readings, one for their processes.
func fewWait(n *plan.Sequence, f flow, rare int) bool {
	if n.MaxSpan <= 0 {
		return false
	}
	for i, s := range n.Stages {
		for _, k := range s.Keys {
			if i != rare && k.Field != plan.EntityID && f.fills(k.Field) {
				return true
			}
		}
	}
	return false
}

// accompany lets the events that wait in an intake be asked about only if they have company.
func (h *hunt) accompany(in *intake, crowd *crowd) {
	if h.flow.enrich == nil || h.node.MaxSpan <= 0 || h.r.Rescan == nil {
		return
	}
	for i, e := range in.ends {
		e.asker.company = h.company(in.work[i].bd, crowd)
		h.r.bd.fail(in.work[i].bd.err)
	}
}

func (h *hunt) company(bd *binder, crowd *crowd) *company {
	c := &company{span: int64(h.node.MaxSpan), stages: [2]map[digest][]int64{{}, {}}, crowd: crowd}
	known := h.knownKeys()
	for i, s := range h.stages {
		cond := bd.bind(h.flow.weak(s.Cond))
		if s.Missing || i == len(h.node.Stages) {
			c.others = append(c.others, cond)
			continue
		}
		keys := make([]plan.Key, len(known))
		for k, at := range known {
			keys[k] = s.Keys[at]
		}
		c.terms = append(c.terms, term{cond: cond, keyer: newKeyer(keys)})
	}
	return c
}

// knownKeys is the keys that the process table fills in no stage.
func (h *hunt) knownKeys() (out []int) {
	for k := range h.stages[0].Keys {
		if !slices.ContainsFunc(h.stages, func(s plan.Stage) bool { return h.flow.fills(s.Keys[k].Field) }) {
			out = append(out, k)
		}
	}
	return out
}

// each goes through the rows of a batch by the stages, 0 being the first, to which they may belong; several times where a key has several values.
// whole is false if there are too many of these.
func (c *company) each(b *column.Batch, visit func(row, stage int, key digest, time int64)) (whole bool) {
	whole = true
	at := b.Col(plan.EventTime)
	for i, t := range c.terms {
		t.load(b)
		for r, truth := range column.Truths(t.cond.eval(b)) {
			if truth == column.True && !at.IsNull(r) {
				whole = t.each(r, func(key digest, _ []column.Value) bool {
					visit(r, i, key, at.Value(r).Int())
					return true
				}) && whole
			}
		}
		clear(t.cols) // whose dictionaries may be large
	}
	return whole
}

// meet notes the events of a batch.
func (c *company) meet(b *column.Batch) {
	c.each(b, func(_, stage int, key digest, time int64) {
		met := c.stages[min(stage, 1)]
		met[key] = append(met[key], time)
	})
}

// join takes over what other workers have met.
func (c *company) join(from *company) {
	for i, met := range from.stages {
		for key, times := range met {
			c.stages[i][key] = append(c.stages[i][key], times...)
		}
	}
}

// sort makes ready to be asked.
func (c *company) sort() {
	for _, met := range c.stages {
		for _, times := range met {
			slices.Sort(times)
		}
	}
}

// accompanied is the rows of a batch that have company in what all workers have met.
func (c *company) accompanied(b *column.Batch, all *company) []uint32 {
	stay := make([]bool, b.Rows)
	for _, cond := range c.others {
		for r, truth := range column.Truths(cond.eval(b)) {
			stay[r] = stay[r] || truth == column.True
		}
	}
	whole := c.each(b, func(row, stage int, key digest, time int64) {
		switch {
		case stay[row]:
		case stage > 0:
			stay[row] = c.close(all.stages[0][key], time, true)
		default:
			stay[row] = len(c.terms) == 1 || c.close(all.stages[1][key], time, false)
		}
	})
	var rows []uint32
	for r, yes := range stay {
		if yes || !whole {
			rows = append(rows, uint32(r))
		}
	}
	return rows
}

// close says whether one of the sorted times is that of a neighbour: before time, or behind it, by no more than the span.
func (c *company) close(times []int64, time int64, before bool) bool {
	i, same := slices.BinarySearch(times, time)
	switch {
	case same:
		return true
	case before:
		return i > 0 && uint64(time)-uint64(times[i-1]) <= uint64(c.span)
	}
	return i < len(times) && uint64(times[i])-uint64(time) <= uint64(c.span)
}
