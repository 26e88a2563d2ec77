// Package engine is the facade over the stages: Compile makes a program of a query's text, Run answers it over logs, Explain shows
// what each stage made of it.
//
//	text -> macros -> AST -> plan -> streams of column batches
package engine

import (
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

	models *datamodels.Library
	env    *function.Env
	opts   Options
}

// Compile makes a program of a query. The errors hold all that is wrong, not only the first; the program is nil if there are any.
// Warnings are in the program.
func Compile(text *source.Text, o Options) (*Program, source.Errors) {
	o = o.withDefaults()
	p := &Program{Text: text, models: o.Models, opts: o, env: &function.Env{Now: o.Now.UnixNano(), Zone: o.Zone}}
	earliest, latest, errs := o.window()
	if errs.Failed() {
		return nil, errs
	}
	expander := macros.Expander{Library: o.Macros, Eval: p.evalMacro}
	var more source.Errors
	p.Expanded, p.Uses, more = expander.Expand(text)
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

// evalMacro computes a macro whose definition is an expression.
func (p *Program) evalMacro(at source.Span) (any, error) {
	tree, errs := grammar.ParseEvalSpan(at)
	if errs.Failed() {
		return nil, errs
	}
	e, errs := spl.LowerExpression(tree, spl.Options{Env: p.env})
	if errs.Failed() {
		return nil, errs
	}
	fold := plan.Folder{Env: p.env}.Fold
	c, ok := fold(e).(*plan.Const)
	if !ok { // a field has no value here, which a validation such as isnum($arg$) can tell
		noFields := func(f *plan.Field) plan.Expr { return &plan.Const{Span: f.Span} }
		c, ok = fold(plan.Rewrite(e, noFields)).(*plan.Const)
		ok = ok && c.V.Kind() == column.Bool
	}
	if !ok {
		return nil, source.Errorf(at, "not-constant", "the expression of a macro cannot read fields")
	}
	switch c.V.Kind() {
	case column.Null:
		return nil, nil
	case column.Bool:
		return c.V.True(), nil
	}
	return c.V.String(), nil
}

// Window is the time range of the search, in nanoseconds since 1970; bounded is false if it is all time.
func (p *Program) Window() (earliest, latest int64, bounded bool) {
	s := scanOf(p.Plan)
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
	for n := p.Plan; ; n = n.Inputs()[0] {
		switch n := n.(type) {
		case *plan.View:
			return n.Dataset
		case *plan.Scan:
			return ""
		}
	}
}

// Kinds is the kinds of events that feed the search's dataset; nil if it reads raw events.
func (p *Program) Kinds() []string {
	for n := p.Plan; ; n = n.Inputs()[0] {
		switch n := n.(type) {
		case *plan.View:
			var kinds []string
			for k := range n.Kinds {
				kinds = append(kinds, k)
			}
			return kinds
		case *plan.Scan:
			return nil
		}
	}
}

func scanOf(n plan.Node) *plan.Scan {
	for {
		if s, ok := n.(*plan.Scan); ok {
			return s
		}
		n = n.Inputs()[0]
	}
}
