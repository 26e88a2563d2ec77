// Package engine is the facade over the stages: Compile makes a program of a query's text, Run answers it over logs, Explain shows
// what each stage made of it.
//
//	text -> macros -> AST -> plan -> streams of column batches
package engine

import (
	"maps"
	"slices"
	"time"

	"spoor/datamodels"
	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/engine/spl"
	"spoor/engine/timerange"
	"spoor/grammar"
	"spoor/grammar/ast"
	"spoor/grammar/source"
	"spoor/macros"
)

// Options is what Compile needs besides the text. The zero value compiles over all time with built-in macros and models, in UTC.
type Options struct {
	Macros *macros.Library
	Models *datamodels.Library
	// Earliest and Latest bound _time in the words of a user: -70m@m, now, 2024-05-01. Empty: unbounded, but with Earliest alone the
	// window ends now.
	Earliest, Latest string
	Now              time.Time // what relative times count from, and the start of the search
	Zone             *time.Location
	// NoRewrites runs the plan as it was lowered, for tests.
	NoRewrites bool
}

// Program is a compiled query. It may be run many times.
type Program struct {
	Text     *source.Text // as the user wrote it
	Expanded *source.Text // with macros expanded
	Uses     []macros.Use
	Tree     *ast.Pipeline
	Lowered  plan.Node // as the commands made it
	Plan     plan.Node // after the rewrites: what runs
	Warnings source.Errors

	env  *function.Env
	opts Options // with defaults
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
	p.Expanded, p.Uses, more = p.expand()
	if errs = append(errs, more...); errs.Failed() {
		return nil, errs
	}
	p.Tree, more = grammar.ParseSPL(p.Expanded)
	if errs = append(errs, more...); errs.Failed() {
		return nil, errs
	}
	p.Lowered, more = spl.Lower(p.Tree, spl.Options{Models: o.Models, Env: p.env, Earliest: earliest, Latest: latest})
	if errs = append(errs, more...); errs.Failed() {
		return nil, errs
	}
	p.Plan = p.ordered(true)
	if errs = append(errs, p.checkWindow()...); errs.Failed() {
		return nil, errs
	}
	p.Warnings = errs
	if d := p.check(); d != nil {
		return nil, append(errs, d)
	}
	return p, errs
}

func newProgram(text *source.Text, o Options) *Program {
	o = o.withDefaults()
	return &Program{Text: text, opts: o, env: &function.Env{Now: o.Now.UnixNano(), Zone: o.Zone}}
}

func (o Options) withDefaults() Options {
	if o.Macros == nil {
		o.Macros = macros.Builtin()
	}
	if o.Models == nil {
		o.Models = datamodels.Builtin()
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

// Window is the time range of the search, in nanoseconds since 1970; bounded is false if it is all time.
func (p *Program) Window() (earliest, latest int64, bounded bool) {
	n := p.Plan
	for len(n.Inputs()) > 0 {
		n = n.Inputs()[0]
	}
	s := n.(*plan.Scan) // the leaf of every plan
	return s.Earliest, s.Latest, s.Earliest != column.Beginning || s.Latest != column.End
}

// checkWindow says if no time can be in the time range: a search that cannot find anything must not look like one that found nothing.
func (p *Program) checkWindow() source.Errors {
	from, to, _ := p.Window()
	if from < to {
		return nil
	}
	first, end := column.FormatTime(from, p.opts.Zone), column.FormatTime(to, p.opts.Zone)
	if from == to {
		return source.Errors{source.Warnf(source.Span{}, "empty-window", "the time searched is empty: it begins and ends at %s", first)}
	}
	d := source.Errorf(source.Span{}, "empty-window", "the time searched ends before it begins: earliest is %s, latest is %s", first, end)
	return source.Errors{d.WithHint("where latest is not given it is now")}
}

// Dataset is the data model's dataset that the search reads, or "" if it reads raw events.
func (p *Program) Dataset() string {
	if v := p.view(); v != nil {
		return v.Dataset
	}
	return ""
}

// Kinds is the kinds of events that feed the search's dataset, sorted; nil if it reads raw events.
func (p *Program) Kinds() []string {
	if v := p.view(); v != nil {
		return slices.Sorted(maps.Keys(v.Kinds))
	}
	return nil
}

// view is the dataset that the search reads, or nil.
func (p *Program) view() *plan.View {
	for n := p.Plan; len(n.Inputs()) > 0; n = n.Inputs()[0] {
		if v, ok := n.(*plan.View); ok {
			return v
		}
	}
	return nil
}
