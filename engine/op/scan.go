package op

import (
	"slices"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/input"
	"spoor/engine/plan"
)

// scan runs the chain below the cut on every worker, each with its own sink, and gives the rows of the merged sinks.
func (r *runner) scan(lower plan.Lower, need plan.Need, newSink func(*binder) Sink) column.Stream {
	kinds, demand := r.demand(lower, need)
	workers := make([]*worker, r.Workers)
	for i := range workers {
		workers[i] = newWorker(r.Env, kinds, newSink)
		r.bd.fail(workers[i].bd.err)
	}
	return func(yield func(*column.Batch, error) bool) {
		if err := r.consume(demand, workers); err != nil {
			yield(nil, err)
			return
		}
		sink := workers[0].sink
		for _, w := range workers[1:] {
			sink.Merge(w.sink)
		}
		sink.Result()(yield)
	}
}

// through gives the rows of the chain below the cut as they are read, in the order of the input, with a single worker.
func (r *runner) through(lower plan.Lower, need plan.Need) column.Stream {
	kinds, demand := r.demand(lower, need)
	return func(yield func(*column.Batch, error) bool) {
		out := &passage{yield: yield}
		w := newWorker(r.Env, kinds, func(*binder) Sink { return out })
		if err := r.consume(demand, []*worker{w}); err != nil && !out.left {
			yield(nil, err)
		}
	}
}

func (r *runner) demand(lower plan.Lower, need plan.Need) (map[string]plan.KindPlan, input.Demand) {
	kinds, d := Demand(lower, need, r.Kinds, plan.Folder{Env: r.Env})
	d.Types, d.JSON = r.Types, r.JSON
	if !r.Needles {
		d.Needles = nil
	}
	return kinds, d
}

// passage is the sink that hands each batch on at once; it is full when nobody wants more.
type passage struct {
	yield func(*column.Batch, error) bool
	left  bool
}

func (p *passage) Add(b *column.Batch) bool {
	p.left = p.left || !p.yield(canonical(b), nil)
	return p.left
}

func (p *passage) Merge(Sink)            {}
func (p *passage) Result() column.Stream { return nothing }

// Demand specialises the chain below the cut for each kind of event, and says what the scan must deliver for all of them. Of raw events
// those of kinds that nobody declared are wanted too: their plan is under the empty name.
func Demand(lower plan.Lower, need plan.Need, all []plan.Kind, fold plan.Folder) (map[string]plan.KindPlan, input.Demand) {
	kinds := map[string]plan.KindPlan{}
	d := input.Demand{Kinds: map[string][]string{}, Earliest: lower.Scan.Earliest, Latest: lower.Scan.Latest,
		Clock: input.Clock(lower.Scan.Clock)}
	if d.Earliest == 0 && d.Latest == 0 { // to a scan that is all time, but here it is no time at all
		d.Latest = -1
	}
	var live []plan.KindPlan
	for _, k := range append(all[:len(all):len(all)], plan.Kind{}) {
		kp, ok := lower.Specialise(k, need, fold)
		if !ok {
			d.Except = append(d.Except, k.Name)
			continue
		}
		kinds[k.Name] = kp
		live = append(live, kp)
		d.Kinds[k.Name] = kp.Fields
		d.All = d.All || kp.All
	}
	d.Needles = plan.Merge(live)
	if _, open := kinds[""]; open {
		for _, kp := range live {
			d.Fields = append(d.Fields, kp.Fields...)
		}
		slices.Sort(d.Fields)
		d.Fields, d.Kinds = slices.Compact(d.Fields), nil
	} else {
		d.Except = nil
	}
	return kinds, d
}

// worker is one core's share of a scan: a chain of steps per kind of event, and a sink.
type worker struct {
	bd    *binder
	kinds map[string]plan.KindPlan
	steps map[string][]step
	sink  Sink
}

func newWorker(env *function.Env, kinds map[string]plan.KindPlan, newSink func(*binder) Sink) *worker {
	w := &worker{bd: newBinder(env), kinds: kinds, steps: map[string][]step{}}
	for name, kp := range kinds {
		w.steps[name] = w.bd.steps(kp.Steps)
	}
	w.sink = newSink(w.bd)
	return w
}

func (w *worker) consume(kind string, b *column.Batch) (full bool, err error) {
	steps, ok := w.steps[kind]
	if !ok {
		if steps, ok = w.steps[""]; !ok {
			return false, nil
		}
	}
	if b = apply(steps, b); b == nil {
		return false, nil
	}
	return w.sink.Add(b), nil
}

func (r *runner) consume(demand input.Demand, workers []*worker) error {
	scanner, err := r.Scan(demand)
	if err != nil {
		return err
	}
	consumers := make([]func(string, *column.Batch) (bool, error), len(workers))
	for i, w := range workers {
		consumers[i] = w.consume
	}
	return scanner.Run(r.ctx, consumers)
}
