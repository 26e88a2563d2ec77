package op

import (
	"cmp"
	"errors"
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
	to     taker // of the offers: the pool, or what lasts longer
	found  *findings
	cut    int        // events of which not all combinations of keys count
	table  *processes // of the events that were offered
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
	if r.Live != nil {
		return h.stand()
	}
	h.begin()
	all := h.everything()
	return func(yield func(*column.Batch, error) bool) {
		list, err := h.search(all)
		if err != nil {
			yield(nil, err)
			return
		}
		kept, err := r.events(f, h.wanted, h.table, list)
		if err != nil {
			yield(nil, err)
			return
		}
		newEvidence(n, n.Stages, kept).result(list, r.BatchRows)(yield)
	}
}

// begin makes room for offers.
func (h *hunt) begin() {
	h.found = &findings{stages: h.node.Stages, picks: h.node.Picks}
	h.pool, h.cut = newPool(h.node, h.found.add), 0
	h.to = h.pool
}

// machinery is what a sequence is to a machine.
func machinery(n *plan.Sequence) sequence.Config {
	c := sequence.Config{MaxSpan: int64(n.MaxSpan)}
	for _, s := range n.Stages {
		c.Stages = append(c.Stages, sequence.Stage{Missing: s.Missing, Runs: s.Runs})
	}
	return c
}

func newPool(n *plan.Sequence, emit func(sequence.Match[*column.Batch])) *pool {
	c := machinery(n)
	return &pool{machine: sequence.New[*column.Batch](c), stages: len(c.Stages), emit: emit, most: mostOffers, mostBytes: mostKeptBytes}
}

// intake prepares to offer the events of a flow.
func (h *hunt) intake(f flow, newGatherer func(*binder) *gatherer) *intake {
	read, keep := plan.Need{Names: map[string]bool{}}, (*plan.Need)(nil)
	switch {
	case h.r.Live != nil && h.recalls():
		read = ofFindings(read, h.stages)
		keep = &plan.Need{All: true} // of the little that is read
	case h.r.Live != nil || h.r.Rescan == nil:
		read, keep = h.wanted, &h.wanted
	}
	return h.r.intake(f, read.Of(h.node, 0), nil, func(bd *binder) Sink {
		g := newGatherer(bd)
		g.keeper, g.tie, g.pool = keeper{keep}, h.node.Tiebreaker, h.to
		return g
	})
}

// offer reads a flow.
func (h *hunt) offer(in *intake, open opener) (*gatherer, error) {
	sink, err := in.run(open)
	if err != nil {
		return nil, err
	}
	g := sink.(*gatherer)
	h.cut += g.finish()
	h.table = h.table.with(in.table)
	return g, nil
}

// everything prepares to offer the events of all stages.
func (h *hunt) everything() *intake {
	return h.intake(h.flow.where(h.flow.possible(h.stages)), func(bd *binder) *gatherer { return &gatherer{terms: newTerms(h.stages, bd)} })
}

// search finds the sequences: by way of a rare stage, or from all events at once.
func (h *hunt) search(all *intake) ([]finding, error) {
	s, open := h.rare(), h.r.Scan
	if s >= 0 && h.r.Births == nil && fewWait(h.node, h.flow, s) && all.chains[0].needles() != nil {
		h.accompany(all, &crowd{most: int64(cmp.Or(h.r.Waiting, 1<<20))})
		if _, err := h.offer(all, open); !errors.Is(err, errCrowd) {
			return h.finish(), err
		}
		h.begin()
		all, open = h.everything(), h.r.Rescan
	}
	if s >= 0 {
		pool, found := h.pool, h.found // into which all would offer
		h.begin()
		done, err := h.fromStage(s, open)
		if err != nil {
			return nil, err
		}
		if done {
			return h.finish(), nil
		}
		h.pool, h.to, h.found, h.cut, open = pool, pool, found, 0, h.r.Rescan
	}
	h.accompany(all, nil)
	if _, err := h.offer(all, open); err != nil {
		return nil, err
	}
	return h.finish(), nil
}

func (h *hunt) finish() []finding {
	h.pool.finish()
	h.tell()
	return h.found.picked()
}

// possible is the condition that an event may satisfy one of the stages, once it is filled.
func (f flow) possible(stages []plan.Stage) plan.Expr {
	any := make([]plan.Expr, len(stages))
	for i, s := range stages {
		any[i] = f.weak(s.Cond)
	}
	return plan.Or(any...)
}

// weak is the condition that another one may hold once the event is filled.
func (f flow) weak(cond plan.Expr) plan.Expr {
	if f.enrich == nil {
		return cond
	}
	return plan.Weaken(cond, f.enrich.Fields)
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

// tell warns of what was lost to limits.
func (h *hunt) tell() {
	if h.pool.late > 0 {
		h.r.warn("events that came too late to be put in order: %d; no more than %d are held at a time", h.pool.late, h.pool.most)
	}
	h.r.warnCombinations(h.cut)
}

// warnCombinations tells of events of which not all combinations of keys count.
func (r *runner) warnCombinations(events int) {
	if events > 0 {
		r.warn("events with more than %d combinations of the values of their keys, of which the rest did not count: %d", mostCombinations, events)
	}
}

// warn says that something was lost to a limit.
func (r *runner) warn(format string, args ...any) {
	if r.Env.Warn != nil {
		r.Env.Warn(source.Warnf(source.Span{}, "limit", format, args...))
	}
}
