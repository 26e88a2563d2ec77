// Package engine is the facade over the stages: Compile makes a program of a query's text, Run answers it over logs, Explain shows
// what each stage made of it.
//
//	text -> macros -> AST -> plan -> streams of column batches
package engine

import (
	"time"

	"spoor/datamodels"
	"spoor/engine/column"
	"spoor/engine/eql"
	"spoor/engine/function"
	"spoor/engine/lookup"
	"spoor/engine/places"
	"spoor/engine/plan"
	"spoor/engine/rules"
	"spoor/engine/spl"
	"spoor/engine/timerange"
	"spoor/grammar"
	"spoor/grammar/ast"
	"spoor/grammar/source"
	"spoor/macros"
)

// Language is the language of a query.
type Language uint8

// The languages: Splunk's, and Elastic's for events.
const (
	SPL Language = iota
	EQL
)

// Options is what Compile needs besides the text. The zero value compiles SPL over all time with built-in macros and models, in UTC.
type Options struct {
	Language Language
	EQL      EQLOptions // of a query in EQL
	Macros   *macros.Library
	Models   *datamodels.Library
	// Lookups is the tables beside the logs; nil if there are none.
	Lookups *lookup.Library
	// Places says where addresses are; nil if nothing does.
	Places *places.Database
	// Earliest and Latest bound _time in the words of a user: -70m@m, now, 2024-05-01. Empty: unbounded, but with Earliest alone the
	// window ends now.
	Earliest, Latest string
	Now              time.Time // what relative times count from, and the start of the search
	Zone             *time.Location
	// Rules is the saved searches, and what is wrong with some of them; it is called when a search asks for one. Nil if there are none.
	Rules func() (*rules.Library, source.Errors)
	// Sourcetypes gives the events of a family another sourcetype, as in RunOptions.
	Sourcetypes map[string]string
	// SplunkLimits keeps the limits by which Splunk protects its servers.
	SplunkLimits bool
	// Evidence gives every row a hidden column, plan.Proof, with the places of up to so many of the records on which it rests; 0: no such column.
	Evidence int
	// Keyed gives every row a hidden column, plan.GroupKey, by which it is known again when the search is answered over other times.
	Keyed bool
	// NoRewrites runs the plan as it was lowered, for tests.
	NoRewrites bool

	common *common // what programs find out together; each on its own if it is nil
}

// EQLOptions is what can be said of a query in EQL besides its text. Fields are named as in the events.
type EQLOptions struct {
	Category   string // field of the event's category; empty: event.category
	Timestamp  string // field of its time; empty: @timestamp, and of Sysmon's events SystemTime
	Tiebreaker string // field that orders events of one time; empty: event.sequence
	ID         string // field to show as _id
	Size       int    // the last of so many results; 0: all
	// NoProcessTable leaves what an event does not say of its process missing.
	NoProcessTable bool
	Raw            bool // give the events' records too, as _raw
	// EveryKind has events of all kinds at hand, of those too that cannot be a result: for who asks why one is none.
	EveryKind bool
}

// Program is a compiled query. It may be run many times.
type Program struct {
	Text     *source.Text // as the user wrote it
	Expanded *source.Text // with macros expanded
	Uses     []macros.Use
	Tree     ast.Node  // *ast.Pipeline or *ast.Query
	Lowered  plan.Node // as the commands made it
	Plan     plan.Node // after the rewrites: what runs
	Warnings source.Errors

	env    *function.Env
	memory *plan.Memory // of what was found out about the plan
	opts   Options      // with defaults
	eql    *eql.Lowered // nil if no EQL is in the query
	// pending says that the plan has holes where the rows of searches within the search belong: they run first.
	pending bool
	// reads says that these read events.
	reads bool
	types map[string]column.Kind // of fields that are no texts
	mark  *int64                 // the position of the record on which rows say that they rest; nil: they say it of all
	inner []spl.Inner            // these searches
	nulls source.Errors          // notes about conditions that drop rows in which a field is missing
}

// Compile makes a program of a query. The errors hold all that is wrong, not only the first; the program is nil if there are any.
// Warnings are in the program.
func Compile(text *source.Text, o Options) (*Program, source.Errors) {
	p := newProgram(text, o)
	o = p.opts
	earliest, latest, errs := o.window()
	if errs.Failed() {
		return nil, errs
	}
	var more source.Errors
	lower := p.lowerSPL
	if o.Language == EQL {
		lower = p.lowerEQL
	}
	more = lower(earliest, latest)
	if errs = append(errs, more...); errs.Failed() {
		return nil, errs
	}
	p.Plan = p.ordered(true)
	p.types = p.fieldTypes()
	if errs = append(errs, p.checkWindow()...); errs.Failed() {
		return nil, errs
	}
	p.Warnings = errs
	if d := p.check(); d != nil {
		return nil, append(errs, d)
	}
	return p, errs
}

// lowerSPL makes the plan of a search: its macros are expanded first.
func (p *Program) lowerSPL(earliest, latest int64) source.Errors {
	var errs, more source.Errors
	if p.Expanded, p.Uses, errs = p.expand(); errs.Failed() {
		return errs
	}
	tree, more := grammar.ParseSPL(p.Expanded)
	if errs = append(errs, more...); errs.Failed() {
		return errs
	}
	p.Tree = tree
	lowered, more := spl.Lower(tree, p.lowering(earliest, latest))
	if errs = append(errs, more...); !errs.Failed() {
		p.Lowered, p.eql, p.pending, p.reads = lowered.Plan, lowered.EQL, lowered.Pending, lowered.Reads
		p.inner, p.nulls = lowered.Inner, lowered.Nulls
	}
	return errs
}

// lowerEQL makes the plan of a query in EQL, which knows no macros.
func (p *Program) lowerEQL(earliest, latest int64) source.Errors {
	p.Expanded = p.Text
	tree, errs := grammar.ParseEQL(p.Text)
	if errs.Failed() {
		return errs
	}
	p.Tree = tree
	o := p.opts.EQL
	options := eql.Options{
		Models: p.opts.Models, Env: p.env, Earliest: earliest, Latest: latest, Expression: p.mapping,
		Category: o.Category, Timestamp: o.Timestamp, Tiebreaker: o.Tiebreaker, ID: o.ID, Size: o.Size, NoProcessTable: o.NoProcessTable, EveryKind: o.EveryKind,
	}
	if o.Raw {
		options.Metadata = []string{"_raw"}
	}
	lowered, more := eql.Lower(tree, options)
	if errs = append(errs, more...); !errs.Failed() {
		p.Lowered, p.eql = lowered.Plan, lowered
	}
	return errs
}

// mapping lowers an expression of a mapping of raw fields.
func (p *Program) mapping(at source.Span) (plan.Expr, source.Errors) {
	tree, errs := p.opts.common.expression(at)
	if errs.Failed() {
		return nil, errs
	}
	return spl.LowerExpression(tree, spl.Options{Env: p.env})
}

// Groups is the names of the join keys by which the rows of an EQL sequence or sample belong together; nil if the rows are events.
func (p *Program) Groups() []string {
	if p.opts.Language != EQL || p.eql == nil {
		return nil
	}
	return p.eql.Keys
}

func newProgram(text *source.Text, o Options) *Program {
	o = o.withDefaults()
	if o.Lookups != nil {
		o.Lookups.Understand(spl.TableFilter(spl.Options{Env: &function.Env{Now: o.Now.UnixNano(), Zone: o.Zone}}))
	}
	return &Program{
		Text: text, opts: o, memory: plan.NewMemory(), env: &function.Env{Now: o.Now.UnixNano(), Zone: o.Zone, Lookups: o.Lookups, Places: o.Places},
	}
}

func (o Options) withDefaults() Options {
	if o.Macros == nil {
		o.Macros = macros.Builtin()
	}
	if o.Models == nil {
		o.Models = datamodels.Builtin()
	}
	if o.common == nil {
		o.common = newCommon(o.Models)
	}
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if o.Now.IsZero() {
		o.Now = time.Unix(0, 0)
	}
	return o
}

// window is the time range that the options name.
func (o Options) window() (earliest, latest int64, errs source.Errors) {
	read := func(flag, spec string, otherwise int64) int64 {
		if spec == "" {
			return otherwise
		}
		t, err := timerange.Parse(spec, o.Now, o.Zone)
		if err != nil {
			text := source.New(flag, spec)
			errs = append(errs, source.Errorf(text.All(), "bad-time", "%s", err))
			return otherwise
		}
		return t.UnixNano()
	}
	earliest = read("--earliest", o.Earliest, column.Beginning)
	end := int64(column.End)
	if o.Earliest != "" {
		end = o.Now.UnixNano()
	}
	latest = read("--latest", o.Latest, end)
	return earliest, latest, errs
}

// ordered is the plan that runs: with events in order where that matters and, if newestFirst is set, in the result.
func (p *Program) ordered(newestFirst bool) plan.Node {
	if p.opts.NoRewrites {
		return plan.Ordered(p.Lowered, newestFirst)
	}
	return plan.Optimise(plan.Ordered(plan.Optimise(p.Lowered), newestFirst))
}
