package engine

import (
	"context"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"spoor/datamodels"
	"spoor/engine/column"
	"spoor/engine/input"
	"spoor/engine/op"
	"spoor/engine/plan"
	"spoor/engine/spill"
	"spoor/grammar/source"
)

// RunOptions says what a program is run over, and how. Zero values are good defaults.
type RunOptions struct {
	Inputs    input.Inputs
	Workers   int // 0: as many as there are processors
	BatchRows int
	BlockSize int
	// NoPrefilter looks at every record, so that the ledger classifies all of them.
	NoPrefilter bool
	// NoOutlines reads every record by itself, whatever is known of the outlines of others: that is slower, and gives the same.
	NoOutlines bool
	// Census finds out, when a pack runs, what there is in the data: every record is decoded then.
	Census bool
	// Moments finds out, when a pack runs, when the events were that are handed to each program, to within so much; 0: it does not.
	Moments time.Duration
	// Unique drops repeated events.
	Unique bool
	// InputOrder gives raw events in the order of the input, as they are read by a single worker, instead of newest first.
	InputOrder bool
	// At reads nothing but the records at these offsets of the inputs, by the input's ordinal, each list sorted, whatever time is searched; what
	// the process table asks for is read besides. Nil: all records.
	At map[int][]int64
	// Sourcetypes gives the events of a family, such as auditd, text or json, another sourcetype; the empty name stands for all others.
	Sourcetypes map[string]string
	Host        string // of events that name none
	Source      string // of all events; empty: as they say, or as is usual
	// Starts knows from earlier runs where in the inputs processes start and end; nil: nobody does.
	Starts Whereabouts
	// Memory is how many bytes the rows and groups that the search holds may take before it puts some away in a file; 0: any number.
	Memory int64
	// TempDir is the folder of that file and of copies of pipes that must be read twice; empty: the system's.
	TempDir string
	// Begun is told, when a pack runs, of what accounts for its readings, whose progress can be asked for from then on.
	Begun func(*Result)
	// Clock is what limits on time are measured with; nil: there are none.
	Clock func() time.Time
	// Operators measures with the clock what each operator takes, of a program that runs alone.
	Operators bool
}

// Limit is the code of errors that say that rows were lost to a limit, and begins those of warnings that do: limit-sort.
const Limit = "limit"

// Lost says whether a message says that something was lost to a limit, so that the answer is not all that there is.
func Lost(d *source.Diagnostic) bool {
	return d.Code == Limit && d.Severity == source.Error || strings.HasPrefix(d.Code, Limit+"-")
}

// Result is a run of a program. Its accounts are complete once its rows have been read to their end.
type Result struct {
	rows    column.Stream
	profile *Profile // of a program of a pack
	meter   *op.Meter

	mu    sync.Mutex
	scans []reading       // that were opened, each over all inputs
	most  int             // how many scans the search is known to open
	kinds map[string]bool // the kinds of events that any of the scans read
	diags source.Errors
	plans []plan.Node // that the meter measures
}

// Run starts a program. Nothing is read before the rows are.
func (p *Program) Run(ctx context.Context, o RunOptions) *Result {
	o = o.withDefaults()
	r := p.result()
	c, again := p.opening(ctx, o, r)
	if o.Operators && o.Clock != nil {
		r.meter = op.NewMeter(o.Clock)
		c.Meter = r.meter
	}
	r.rows = released(again.until(p.stream(ctx, o, c, r)), c.Space)
	return r
}

// opening is the configuration of a run that reads its inputs itself, and what opens them again.
func (p *Program) opening(ctx context.Context, o RunOptions, r *Result) (op.Config, *replay) {
	c := p.running(o, r, spill.New(ctx, o.Memory, o.TempDir))
	scan := p.scanning(o)
	if o.Inputs.Files() {
		c.Rescan = func(d input.Demand) (op.Scanner, error) {
			again := scan
			again.Demand, again.Again = d, true
			return scanner{input.New(o.Inputs, again), r}, nil
		}
		c.Kept = p.kept(o)
	}
	again := &replay{inputs: o.Inputs, dir: o.TempDir}
	c.Scan = func(d input.Demand) (op.Scanner, error) {
		first, inputs := scan, o.Inputs
		first.Demand, first.Warn = d, r.warn
		if o.At != nil {
			first.Demand.At = o.At
		}
		if p.several() {
			var err error
			if inputs, err = again.open(ctx); err != nil {
				return nil, err
			}
		}
		s := input.New(inputs, first)
		r.opened(s)
		return scanner{s, r}, nil
	}
	return c, again
}

func (o RunOptions) withDefaults() RunOptions {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.BatchRows <= 0 {
		o.BatchRows = 1024
	}
	if o.InputOrder {
		o.Workers = 1
	}
	return o
}

func (p *Program) result() *Result { return &Result{kinds: map[string]bool{}, most: len(p.scans())} }

// several says whether the program reads the inputs more than once whatever they are.
func (p *Program) several() bool { return p.pending || len(p.scans()) > 1 }

// running is the configuration of a run, but for what opens scans.
func (p *Program) running(o RunOptions, r *Result, space *spill.Space) op.Config {
	c := p.config(o)
	env := *p.env
	env.Warn = r.warn
	c.Env, c.Clock, c.Space = &env, o.Clock, space
	return c
}

// scanning is the configuration of scans, but for what is demanded of them.
func (p *Program) scanning(o RunOptions) input.Config {
	scan := input.Config{BatchRows: o.BatchRows, BlockSize: o.BlockSize, Unique: o.Unique, Full: o.NoPrefilter, NoOutlines: o.NoOutlines}
	scan.Source = o.Source
	scan.Sourcetypes, scan.Host, scan.Now, scan.Zone = o.Sourcetypes, o.Host, p.opts.Now.UnixNano(), p.opts.Zone
	return scan
}

// stream is the rows of a run.
func (p *Program) stream(ctx context.Context, o RunOptions, c op.Config, r *Result) column.Stream {
	rows := p.rows(!o.InputOrder, func(n plan.Node) column.Stream {
		if r.meter != nil {
			r.plans = append(r.plans, n)
		}
		rows, diag := op.Run(ctx, n, c)
		if diag != nil {
			return func(yield func(*column.Batch, error) bool) { yield(nil, diag) }
		}
		return rows
	}, r.warn)
	return p.judged(rows, r)
}

// released is the rows, behind whose end goes what was put away.
func released(rows column.Stream, s *spill.Space) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		defer s.Close()
		rows(yield)
	}
}

// judged adds, behind the last row, what is to be said of the kinds of events that were read.
func (p *Program) judged(rows column.Stream, r *Result) column.Stream {
	if p.eql == nil || len(p.eql.Approximated) == 0 {
		return rows
	}
	return func(yield func(*column.Batch, error) bool) {
		rows(yield)
		for _, a := range p.eql.Approximated {
			if slices.ContainsFunc(a.Kinds, r.met) {
				r.warn(source.Warnf(a.At, "approximated", "%s is approximated for Sysmon's events: they hold the arguments of a process as one text", a.Field).
					WithHint("what is asked of an argument holds if it holds for any run of words; under not, only for a single word"))
			}
		}
	}
}

// config is the part of a run's configuration that does not depend on its inputs.
func (p *Program) config(o RunOptions) op.Config {
	c := op.Config{
		Env: p.env, Memory: p.memory, Workers: o.Workers, BatchRows: o.BatchRows, Needles: !o.NoPrefilter,
		InputOrder: o.InputOrder,
	}
	c.Types = p.types
	if p.Reads() {
		c.Kinds = p.opts.common.known().kinds
	}
	if p.eql != nil {
		c.JSON = p.eql.JSON
	}
	return c
}

// fieldTypes is the types of the fields that are no texts.
func (p *Program) fieldTypes() map[string]column.Kind {
	var known map[string]column.Kind
	if p.Reads() {
		known = p.opts.common.known().types
	}
	if p.eql == nil {
		return known
	}
	all := maps.Clone(p.eql.Types)
	if all == nil {
		return known
	}
	for name, kind := range known {
		if _, own := all[name]; !own {
			all[name] = kind
		}
	}
	return all
}

func (p *Program) folder() plan.Folder { return plan.Folder{Env: p.env, Memory: p.memory} }

// known is what the sources say of events.
type known struct {
	kinds []plan.Kind
	types map[string]column.Kind // of raw fields that are no texts
}

func whatIsKnown(models *datamodels.Library) known {
	out := known{types: map[string]column.Kind{}}
	for _, s := range models.Sources() {
		have := map[string]int{} // how many kinds have a field
		for _, k := range s.Kinds {
			for _, f := range k.Fields {
				if !s.Open {
					have[f.Name]++
				}
				if f.Type != "string" {
					if kind, ok := types[f.Type]; ok {
						out.types[f.Name] = kind
					}
				}
			}
		}
		for _, k := range s.Kinds {
			out.kinds = append(out.kinds, plan.Kind{Name: k.Name, Const: k.Const, Own: ownFields(s, k, have)})
		}
	}
	return out
}

// ownFields is the fields of a kind that no more than a quarter of its source's kinds have. Of a source whose events may have any fields
// it is not known how their names are written.
func ownFields(s *datamodels.Source, k *datamodels.Kind, have map[string]int) []string {
	if s.Open {
		return nil
	}
	var own []string
	for _, f := range k.Fields {
		if 4*have[f.Name] <= len(s.Kinds) {
			own = append(own, f.Name)
		}
	}
	return own
}

// types is the raw field types that are not kept as text. Times and addresses stay text: their spelling is part of the record.
var types = map[string]column.Kind{"number": column.Int, "double": column.Float, "boolean": column.Bool}

// check binds all expressions of the plan once, so that what is wrong with them is known before anything is read.
func (p *Program) check() *source.Diagnostic {
	c := p.config(RunOptions{Workers: 1, BatchRows: 1})
	_, diag := op.Run(context.Background(), p.Plan, c)
	return diag
}

// scanner lets package op feed plain functions to a scan.
type scanner struct {
	*input.Scan
	result *Result
}

func (s scanner) Run(ctx context.Context, consumers []func(string, *column.Batch) (bool, error)) error {
	list := make([]input.Consumer, len(consumers))
	for i, c := range consumers {
		list[i] = c
	}
	defer func() { s.result.read(s.Ledger().Total.Kinds) }()
	return s.Scan.Run(ctx, list)
}

func (r *Result) warn(d *source.Diagnostic) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if slices.ContainsFunc(r.diags, func(old *source.Diagnostic) bool { return old.Error() == d.Error() }) {
		return // several scans of the same inputs say the same
	}
	r.diags = append(r.diags, d)
}

// Rows is the result, as it comes. It may be read once.
func (r *Result) Rows() column.Stream { return r.rows }

// Diagnostics is the warnings of the run.
func (r *Result) Diagnostics() source.Errors {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append(source.Errors(nil), r.diags...)
}
