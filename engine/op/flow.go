package op

import (
	"errors"
	"fmt"
	"slices"
	"sync"

	"spoor/engine/column"
	"spoor/engine/input"
	"spoor/engine/plan"
)

// flow is row-wise nodes from a scan upwards, perhaps with a process table between them.
type flow struct {
	lower  plan.Lower   // below the table
	enrich *plan.Enrich // nil: there is no table
	upper  []plan.Node  // above it, in the order in which they run
	// near is the entity ids of processes whose starts the scan of the flow may gather as well: it looks for their names anyway.
	near []column.Value
}

// flowOf is the flow that ends in n; ok is false if nodes stand between that let rows meet.
func flowOf(n plan.Node) (f flow, ok bool) {
	if f.lower, ok = plan.Cut(n); ok {
		return f, true
	}
	for plan.RowWise(n) {
		f.upper = append(f.upper, n)
		n = n.Inputs()[0]
	}
	slices.Reverse(f.upper)
	if f.enrich, ok = n.(*plan.Enrich); !ok {
		return flow{}, false
	}
	f.lower, ok = plan.Cut(f.enrich.In)
	return f, ok
}

// where is the flow with a further condition below the table.
func (f flow) where(cond plan.Expr) flow {
	f.lower.Chain = append(slices.Clone(f.lower.Chain), &plan.Filter{Cond: cond})
	return f
}

// below is what must be read of the chain below the table, if need is read of the flow.
func (f flow) below(need plan.Need) plan.Need {
	for _, n := range slices.Backward(f.upper) {
		need = need.Of(n, 0)
	}
	if f.enrich != nil {
		need = need.Of(f.enrich, 0)
	}
	return need
}

// intake is a flow that is about to be read into sinks, of which every worker has one.
type intake struct {
	r      *runner
	flow   flow
	chains []chain       // of the flow, and of the starts of processes where the same scan gathers them
	demand *input.Demand // of the chains
	work   []*worker
	ends   []*ending
	again  bool       // its events were read before
	table  *processes // what fills the events; nil until it is known
}

// ending is the end of a flow in one worker.
type ending struct {
	upper []step
	sink  Sink
	asker *asker // nil if there is no table
}

// add takes a batch above the process table.
func (e *ending) add(b *column.Batch) (full bool) {
	if b = apply(e.upper, b); b == nil {
		return false
	}
	return e.sink.Add(b)
}

// intake prepares a flow. Events are filled from table as they come; if it is nil, once it was made from what they ask.
func (r *runner) intake(f flow, need plan.Need, table *processes, newSink func(*binder) Sink) *intake {
	in := &intake{r: r, flow: f, table: table}
	was := r.Live.reading(r.Workers)
	if in.chains = was.chains; in.chains == nil {
		in.chains = []chain{r.chain(f.lower, f.below(need))}
	}
	if f.near != nil && in.chains[0].needles() == nil {
		in.flow.near = nil // a scan that looks at all events need not decode the starts of all processes
	}
	if in.gathers() {
		in.chains = append(in.chains, in.startChain())
	}
	for i := range r.Workers {
		w := was.worker(i)
		if w == nil {
			w = r.newWorker(in.chains)
		}
		e := &ending{upper: w.bd.steps(f.upper), sink: newSink(w.bd)}
		r.bd.fail(w.bd.err)
		in.work, in.ends = append(in.work, w), append(in.ends, e)
		w.lines[0].sink = e.sink
		if f.enrich != nil {
			e.asker = &asker{ending: e, node: f.enrich, table: table}
			w.lines[0].sink = e.asker
		}
		if in.gathers() {
			w.lines[1].sink = in.newStarts()
		}
	}
	was.keep(in)
	return in
}

// gathers says whether the scan that brings the events brings starts of processes too: since there is no other, or since some are near.
func (in *intake) gathers() bool {
	return in.flow.enrich != nil && in.table == nil && in.r.Live == nil && (in.r.Rescan == nil || in.flow.near != nil)
}

// startChain is the chain that gathers starts.
func (in *intake) startChain() chain {
	if in.r.Rescan == nil {
		return in.r.startsWhere(in.flow.enrich, nil)
	}
	return in.r.startsWhere(in.flow.enrich, in.r.among(plan.EntityID, in.flow.near))
}

// newStarts is the sink of that chain.
func (in *intake) newStarts() *starts {
	if in.r.Rescan == nil {
		return newStarts(in.flow.enrich.Fields, nil, mostStarts/in.r.Workers, mostStartBytes/in.r.Workers)
	}
	return newStarts(in.flow.enrich.Fields, nil, 0, 0)
}

// run reads the flow, by way of open, and gives the sink of all.
func (in *intake) run(open opener) (Sink, error) {
	if err := in.r.consume(open, *in.demand, in.work); err != nil {
		return nil, err
	}
	if in.overcrowded() {
		return nil, errCrowd
	}
	if in.flow.enrich != nil && in.table == nil {
		if err := in.answer(); err != nil {
			return nil, err
		}
	}
	sink := in.ends[0].sink
	for _, e := range in.ends[1:] {
		sink.Merge(e.sink)
	}
	return sink, nil
}

// overcrowded says whether more events wait than may.
func (in *intake) overcrowded() bool {
	asker := in.ends[0].asker
	return asker != nil && asker.company.further(0)
}

// answer makes the process table and lets the events pass that waited for it.
func (in *intake) answer() error {
	switch {
	case in.r.Live != nil && in.again:
		return in.r.Live.recall(in)
	case in.r.Live != nil:
		return in.r.Live.answer(in)
	}
	if err := in.part(); err != nil {
		return err
	}
	q := newQuestions(nil)
	for _, e := range in.ends {
		q.add(e.asker.waiting)
	}
	found, err := in.starts(q)
	if err != nil {
		return err
	}
	in.table = found.finish(q)
	err = parallel(len(in.ends), func(i int) { in.ends[i].asker.answer(in.table) })
	in.table.warn(in.r)
	return err
}

// part drops the events that wait without company.
func (in *intake) part() error {
	all := in.ends[0].asker.company
	if all == nil {
		return nil
	}
	for _, e := range in.ends[1:] {
		all.join(e.asker.company)
	}
	all.sort()
	return parallel(len(in.ends), func(i int) { in.ends[i].asker.leave(all) })
}

// starts is the starts of the processes that are asked for: those that were gathered, and the others from a further scan.
func (in *intake) starts(q *questions) (*starts, error) {
	if !in.gathers() {
		return in.r.findStarts(in.flow.enrich, q)
	}
	all := in.work[0].lines[1].sink.(*starts)
	for _, w := range in.work[1:] {
		all.Merge(w.lines[1].sink)
	}
	if in.r.Rescan == nil {
		return all, nil
	}
	rest := newQuestions(in.flow.near)
	for _, e := range in.ends {
		rest.add(e.asker.waiting)
	}
	more, err := in.r.findStarts(in.flow.enrich, rest)
	if err != nil {
		return nil, err
	}
	all.Merge(more)
	return all, nil
}

// parallel does n things at once. A fault of ours ends the run with a message, not the process with a trace.
func parallel(n int, do func(i int)) error {
	faults := make([]error, n)
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() { faults[i] = guarded(func() { do(i) }) })
	}
	group.Wait()
	return errors.Join(faults...)
}

func guarded(do func()) (fault error) {
	defer func() {
		if p := recover(); p != nil {
			fault = fmt.Errorf("internal error: %v", p)
		}
	}()
	do()
	return nil
}

// rows is the rows of the sink, once they are asked for.
func (in *intake) rows() column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		sink, err := in.run(in.r.Scan)
		if err != nil {
			yield(nil, err)
			return
		}
		sink.Result()(yield)
	}
}
