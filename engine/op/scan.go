package op

import (
	"slices"

	"spoor/engine/column"
	"spoor/engine/input"
	"spoor/engine/plan"
)

// opener opens a scan: Config.Scan or Config.Rescan.
type opener func(input.Demand) (Scanner, error)

// through gives the rows of the chain below the cut as they are read, in the order of the input, with a single worker.
func (r *runner) through(lower plan.Lower, need plan.Need) column.Stream {
	chains := []chain{r.chain(lower, need)}
	return func(yield func(*column.Batch, error) bool) {
		out := &passage{yield: yield}
		w := r.newWorker(chains)
		w.lines[0].sink = out
		if err := r.consume(r.Scan, demand(chains), []*worker{w}); err != nil && !out.left {
			yield(nil, err)
		}
	}
}

func (r *runner) fold() plan.Folder { return plan.Folder{Env: r.Env, Memory: r.Memory} }

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

// worker is one core's share of a scan: a line for each chain.
type worker struct {
	bd    *binder
	lines []*line
	meter *Meter
}

// line is a chain at work: steps for each kind of event that was met, and a sink.
type line struct {
	chain
	windowed bool // other chains look at other times
	steps    map[string][]step
	sink     Sink
	full     bool
}

func (r *runner) newWorker(chains []chain) *worker {
	w := &worker{bd: newBinder(r.Env), meter: r.Meter}
	w.bd.common = r.Common
	for _, c := range chains {
		l := &line{chain: c, windowed: bounded(c.scan) && windows(chains), steps: map[string][]step{}}
		w.lines = append(w.lines, l)
	}
	r.bd.fail(w.bd.err)
	return w
}

// bind makes the steps for a kind of event. Of the many kinds that there are, few are met.
func (l *line) bind(bd *binder, kind string) []step {
	kp, passes := l.kinds[kind]
	switch barred := slices.Contains(l.barred, kind); {
	case !passes && !barred && l.steps[""] != nil:
		l.steps[kind] = l.steps[""]
	case !passes && !barred:
		l.steps[kind] = l.bind(bd, "") // as all that nobody declared
	case barred:
		l.steps[kind] = []step{never}
	case l.windowed:
		l.steps[kind] = append([]step{within(l.scan)}, bd.steps(kp.Steps)...)
	default:
		l.steps[kind] = bd.steps(kp.Steps)
	}
	return l.steps[kind]
}

// never is the step after which no row is left.
func never(*column.Batch) *column.Batch { return nil }

// consume takes a batch of one kind of event to every line that is not full yet.
func (w *worker) consume(kind string, b *column.Batch) (full bool, err error) {
	full = true
	for _, l := range w.lines {
		steps, met := l.steps[kind]
		if !met {
			if steps = l.bind(w.bd, kind); w.bd.err != nil {
				return true, w.bd.err
			}
		}
		l.full = l.full || w.add(l, kind, steps, b)
		full = full && l.full
	}
	return full, nil
}

func (w *worker) add(l *line, kind string, steps []step, b *column.Batch) (full bool) {
	if w.meter != nil {
		return w.meter.line(l, kind, steps, b)
	}
	if b = apply(steps, b); b == nil {
		return false
	}
	return l.sink.Add(b)
}

// consume runs a scan; each worker gets its share of the events.
func (r *runner) consume(open opener, d input.Demand, workers []*worker) error {
	d.Types, d.JSON = r.Types, d.JSON || r.JSON
	if !r.Needles {
		d.Needles, d.Texts = nil, nil
	}
	scanner, err := open(d)
	if err != nil {
		return err
	}
	consumers := make([]func(string, *column.Batch) (bool, error), len(workers))
	for i, w := range workers {
		consumers[i] = r.deadline.bound(w.consume)
	}
	return r.Meter.reading(workers[0].lines[0].chain, len(workers), func() error { return scanner.Run(r.ctx, consumers) })
}
