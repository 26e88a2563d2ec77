package op

import (
	"maps"

	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/engine/sequence"
	"spoor/grammar/source"
)

// hunt looks for the sequences of a node: events are offered to its stages below the cut, put in order and fed to a machine, and those of
// the sequences that were found are read again, or have been kept if the input can be read only once.
type hunt struct {
	r      *runner
	node   *plan.Sequence
	flow   flow
	stages []plan.Stage // and until, if there is one
	wanted plan.Need    // of the events that are found
	pool   *pool
	found  findings
	intake *intake
}

// sequence is the rows of plan.Sequence.
func (r *runner) sequence(n *plan.Sequence, need plan.Need) column.Stream {
	f, ok := flowOf(n.In)
	if !ok {
		r.bd.fail(source.Errorf(source.Span{}, "internal", "the events of %s do not come from a scan", n))
		return nothing
	}
	h := &hunt{r: r, node: n, flow: f, stages: n.Stages, wanted: ofFindings(need, n.Stages)}
	if n.Until != nil {
		h.stages = append(h.stages[:len(h.stages):len(h.stages)], *n.Until)
	}
	h.found = findings{stages: n.Stages, picks: n.Picks}
	h.pool = newPool(n, h.found.add)
	read, keep := plan.Need{Names: map[string]bool{}}, (*plan.Need)(nil)
	if r.Rescan == nil {
		read, keep = h.wanted, &h.wanted
	}
	h.intake = r.intake(f.where(f.possible(h.stages)), read.Of(n, 0), nil, func(bd *binder) Sink {
		return &gatherer{terms: newTerms(h.stages, bd), keeper: keeper{keep}, tie: n.Tiebreaker, pool: h.pool}
	})
	return h.rows
}

func newPool(n *plan.Sequence, emit func(sequence.Match[*column.Batch])) *pool {
	c := sequence.Config{MaxSpan: int64(n.MaxSpan)}
	for _, s := range n.Stages {
		c.Stages = append(c.Stages, sequence.Stage{Missing: s.Missing, Runs: s.Runs})
	}
	return &pool{machine: sequence.New[*column.Batch](c), emit: emit, most: mostOffers, mostBytes: mostKeptBytes}
}

// possible is the condition that an event may satisfy one of the stages, once it is filled.
func (f flow) possible(stages []plan.Stage) plan.Expr {
	var any []plan.Expr
	for _, s := range stages {
		cond := s.Cond
		if f.enrich != nil {
			cond = plan.Weaken(cond, f.enrich.Fields)
		}
		any = append(any, cond)
	}
	return plan.Or(any...)
}

// ofFindings is what is wanted of events that are found, if need is read of the findings.
func ofFindings(need plan.Need, stages []plan.Stage) plan.Need {
	out := plan.Need{All: need.All, Names: maps.Clone(need.Names)}
	delete(out.Names, plan.SequenceNumber)
	delete(out.Names, plan.StageNumber)
	for _, s := range stages {
		for i, k := range s.Keys {
			delete(out.Names, plan.JoinKey(i))
			out.Names[k.Field] = true
		}
	}
	out.Names[plan.Position] = true
	return out
}

func (h *hunt) rows(yield func(*column.Batch, error) bool) {
	list, err := h.search()
	if err != nil {
		yield(nil, err)
		return
	}
	kept, err := h.r.fetch(h.flow, h.wanted, h.intake.table, list)
	if err != nil {
		yield(nil, err)
		return
	}
	newEvidence(h.node, h.node.Stages, kept).result(list, h.r.BatchRows)(yield)
}

// search finds the sequences.
func (h *hunt) search() ([]finding, error) {
	sink, err := h.intake.run(h.r.Scan)
	if err != nil {
		return nil, err
	}
	cut := sink.(*gatherer).finish()
	h.pool.finish()
	h.tell(cut)
	return h.found.picked(), nil
}

// tell warns of what was lost to limits; of some events not all combinations of keys count.
func (h *hunt) tell(cut int) {
	if h.pool.late > 0 {
		h.r.warn("%d events came too late to be put in order: no more than %d are at a time", h.pool.late, h.pool.most)
	}
	h.r.warnCombinations(cut)
}

// warnCombinations tells of events of which not all combinations of keys count.
func (r *runner) warnCombinations(events int) {
	if events > 0 {
		r.warn("%d events have more than %d combinations of the values of their keys, of which the rest did not count", events, mostCombinations)
	}
}

// warn says that something was lost to a limit.
func (r *runner) warn(format string, args ...any) {
	if r.Env.Warn != nil {
		r.Env.Warn(source.Warnf(source.Span{}, "limit", format, args...))
	}
}
