// Package op turns plans into streams of batches: one file per operator, and Run, which is one switch.
//
// Below the cut a plan runs as steps, one chain per kind of event and worker; at the cut every worker has a sink; above it streams of
// batches pass through operators. See plan.Cut, and ARCHITECTURE.md.
package op

import (
	"context"
	"time"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/input"
	"spoor/engine/plan"
	"spoor/engine/spill"
	"spoor/grammar/source"
)

// Config is what a run needs besides its plan.
type Config struct {
	Env    *function.Env
	Memory *plan.Memory           // of what was found out about the plan before; nil: nothing
	Kinds  []plan.Kind            // every kind of event that a source here can bring
	Types  map[string]column.Kind // fields that are no strings
	// Scan opens a scan of the inputs for what the plan demands, with as many workers as consumers are given to it.
	Scan func(input.Demand) (Scanner, error)
	// Rescan opens a further scan of the same inputs, for which nobody accounts; nil if they can be read only once.
	Rescan    func(input.Demand) (Scanner, error)
	JSON      bool // JSON objects of unknown kinds are events
	Workers   int
	BatchRows int
	// Births is where the starts of processes are; nil if nobody knows.
	Births *Births
	// Kept is what earlier runs knew of that; nil: nothing.
	Kept *Kept
	// Live is what lasts from one run to the next, where the inputs are what was appended to logs; then they are read once. Nil: nothing.
	Live *Live
	// Common is what is computed together with other programs; nil: nothing.
	Common *Common
	// Needles is false to look at every record.
	Needles bool
	// AllStages looks for all stages of a sequence in one scan, even if those that are rare would tell where to look for the others.
	AllStages bool
	// Waiting is how many events of a sequence may wait for the process table where there is another way: to look for a rare stage first; 0 means 2^20.
	Waiting int
	// Space is the memory that what holds rows shares, and where it puts away what is beyond; nil: there is no limit.
	Space *spill.Space
	// InputOrder gives events in the order of the input instead of newest first; it needs a single worker.
	InputOrder bool
	// Clock is what limits on time are measured with; nil: there is no limit on time.
	Clock func() time.Time
	// Meter learns what each operator takes; nil: nobody asks.
	Meter *Meter
}

// Scanner reads the inputs once. Each consumer belongs to one worker, and takes batches of one kind of event until it is full.
type Scanner interface {
	Run(ctx context.Context, consumers []func(kind string, b *column.Batch) (full bool, err error)) error
}

// Run answers a plan: its rows, as they come. Errors end the stream.
func Run(ctx context.Context, n plan.Node, c Config) (column.Stream, *source.Diagnostic) {
	r := &runner{ctx: ctx, Config: c, bd: newBinder(c.Env)}
	out := r.stream(n, plan.Everything())
	if r.bd.err != nil {
		return nil, r.bd.err
	}
	return r.whole(out), nil
}

// whole is the rows, behind which stands what went wrong while some of them were put away.
func (r *runner) whole(in column.Stream) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		for b, err := range in {
			if err == nil {
				err = r.Space.Err()
			}
			if !yield(b, err) || err != nil {
				return
			}
		}
		if err := r.Space.Err(); err != nil {
			yield(nil, err)
		}
	}
}

type runner struct {
	Config
	ctx context.Context
	bd  *binder // of what runs above the cut

	given    map[*plan.Given]column.Stream
	deadline *deadline // of the search within the search that is read; nil: there is none
}

// stream is the rows of a node, of which need is read.
func (r *runner) stream(n plan.Node, need plan.Need) column.Stream {
	return r.Meter.stream(n, r.operator(n, need))
}

// operator is the stream that the node's operator makes.
func (r *runner) operator(n plan.Node, need plan.Need) column.Stream {
	if f, ok := flowOf(n); ok {
		if f.enrich == nil && r.InputOrder {
			return r.through(f.lower, need)
		}
		return r.intake(f, need, nil, r.collect(n, nil, 0)).rows()
	}
	if u, ok := n.(*plan.Unpack); ok { // the rows say which columns there are
		return drain(stepwise(r.below(n, need), []step{r.bd.unpack(u)}), r.keeping())
	}
	if plan.RowWise(n) {
		return stepwise(r.below(n, need), r.bd.steps([]plan.Node{n}))
	}
	switch n := n.(type) {
	case *plan.Rows:
		return made(n, r.BatchRows)
	case *plan.ToLookup:
		return r.toLookup(n, need)
	case *plan.Limit:
		return limit(r.below(n, need), n.N)
	case *plan.Cap:
		return r.cap(n, need)
	case *plan.Shorten:
		return r.shorten(n, r.below(n, need))
	case *plan.TakeWhile:
		return takeWhile(r.below(n, need), n, r.bd.bind(n.Cond))
	case *plan.Dedup:
		return r.dedup(r.below(n, need), n)
	case *plan.Tail:
		return drain(r.below(n, need), &tail{*r.newPile(), n.N, r.BatchRows})
	case *plan.Reverse:
		return drain(r.below(n, need), &tail{*r.newPile(), -1, r.BatchRows})
	case *plan.Union:
		return r.union(n, need)
	case *plan.AppendPipe:
		return r.appendPipe(n, need)
	case *plan.Given:
		return r.handed(n)
	case *plan.Spread:
		return stepwise(drain(r.below(n, need), &collector{size: 1 << 30}), []step{r.bd.spread(n)})
	case *plan.Pending:
		r.below(n, need)
		return nothing
	case *plan.Format:
		return format(r.below(n, need), n)
	case *plan.Join:
		return r.join(n, need)
	case *plan.AppendColumns:
		return r.appendColumns(n, need)
	case *plan.Set:
		return r.set(n, need)
	case *plan.Transaction:
		return r.transacted(n, need)
	case *plan.Require:
		return require(r.below(n, need), n)
	case *plan.Uniq:
		return uniq(r.below(n, need))
	case *plan.Concurrency:
		return drain(r.below(n, need), &concurrent{collector{size: r.BatchRows}, n})
	case *plan.Summary:
		return r.sink(n, need, func(*binder) Sink { return newSummary(n) })
	case *plan.Continuous:
		return drain(r.below(n, need), &continuous{collector{size: r.BatchRows}, n, r.bd})
	case *plan.Bins:
		return drain(r.below(n, need), &bins{*r.keeping(), n})
	case *plan.Each: // all or nothing: over all rows at once
		all := &collector{size: 1 << 30}
		return stepwise(drain(r.below(n, need), all), []step{r.bd.each(n)})
	case *plan.Unify:
		return r.sink(n, need, r.unify(n))
	case *plan.Sort:
		if rows, ok := r.late(n, need); ok {
			return rows
		}
		return r.sink(n, need, r.wanting(need, r.collect(n, n.Keys, n.Limit)))
	case *plan.Sequence:
		return r.sequence(n, need)
	case *plan.Sample:
		return r.sample(n, need)
	case *plan.Attach:
		return r.sink(n, need, r.attach(n, need))
	case *plan.Window:
		return r.window(r.below(n, need), n)
	case *plan.Trail:
		return trail(r.below(n, need), n)
	case *plan.Aggregate:
		groups := r.sink(n, need, func(bd *binder) Sink { return r.aggregator(n, bd) })
		if n.Only != nil {
			return stepwise(groups, []step{r.bd.filter(n.Only)})
		}
		return groups
	}
	if rows := r.shape(n, need); rows != nil {
		return rows
	}
	r.bd.fail(source.Errorf(source.Span{}, "internal", "no operator for %s", n))
	return nil
}

// below is the rows of a node's input.
func (r *runner) below(n plan.Node, need plan.Need) column.Stream {
	return r.stream(n.Inputs()[0], need.Of(n, 0))
}

// keeping is a sink that keeps the rows of a stream in their order.
func (r *runner) keeping() *collector {
	return &collector{size: r.BatchRows, space: r.Space, account: r.Space.Account()}
}

// collect makes the sinks that keep rows.
func (r *runner) collect(n plan.Node, keys []plan.SortKey, limit int) func(*binder) Sink {
	in, unsettled := n, true
	if _, ok := flowOf(n); !ok {
		in = n.Inputs()[0]
		_, unsettled = flowOf(in)
	}
	c := collector{keys: keys, limit: limit, size: r.BatchRows, workers: r.Workers}
	if unsettled { // above the cut, the rows already have the same columns in one order
		c.settle(n)
	}
	return func(*binder) Sink {
		sink := c
		sink.space, sink.account = r.Space, r.Space.Account()
		return &sink
	}
}

// wanting makes collectors whose result holds no more than is read of it.
func (r *runner) wanting(need plan.Need, newSink func(*binder) Sink) func(*binder) Sink {
	return func(bd *binder) Sink {
		c := newSink(bd).(*collector)
		c.wanted = &need
		return c
	}
}

// settle gives the columns of events an order that does not depend on the data.
func (c *collector) settle(n plan.Node) {
	names, exact := plan.Columns(n)
	c.loose = !exact
	c.arrange = canonicalNames
	if exact {
		c.arrange = inOrderOf(names)
	}
}

func (r *runner) unify(n *plan.Unify) func(*binder) Sink {
	collect := r.collect(n, nil, 0)
	return func(bd *binder) Sink {
		c := collect(bd).(*collector)
		c.filled = true
		return c
	}
}

// sink feeds a node's input to sinks: in parallel if all below is row-wise, else as one stream.
func (r *runner) sink(n plan.Node, need plan.Need, newSink func(*binder) Sink) column.Stream {
	if f, ok := flowOf(n.Inputs()[0]); ok {
		return r.intake(f, need.Of(n, 0), nil, newSink).rows()
	}
	return drain(r.below(n, need), newSink(r.bd))
}

// failed is the first failure of an expression, if there was one.
func (r *runner) failed() error {
	if r.bd.err == nil {
		return nil
	}
	return r.bd.err
}
