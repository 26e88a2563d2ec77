// Package eql lowers queries of EQL, Elastic's event query language, to plans: events, sequences and samples over the ECS view of all
// sources.
package eql

import (
	"spoor/datamodels"
	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

// Options is what lowering needs besides the tree.
type Options struct {
	Models *datamodels.Library
	Env    *function.Env
	// Earliest and Latest are the window of the search, in nanoseconds since 1970.
	Earliest, Latest int64
	// Expression lowers an eval expression of a mapping, over raw fields.
	Expression func(at source.Span) (plan.Expr, source.Errors)
	// Category, Timestamp, Tiebreaker and ID are fields that play these parts instead of event.category, every source's own clock,
	// event.sequence and none. With one of the first two, any JSON object is an event.
	Category, Timestamp, Tiebreaker, ID string

	Size           int // keep the last that many results; 0: all
	NoProcessTable bool
	EveryKind      bool     // the view has all kinds of events, those too that cannot be a result
	Metadata       []string // those of plan.Metadata that results have besides their fields
}

// Lowered is a query made ready to run.
type Lowered struct {
	Plan plan.Node
	// Types is the raw fields that are not text: as the Elastic Common Schema declares them, or else as the query uses them.
	Types        map[string]column.Kind
	Approximated []Approximation
	JSON         bool     // JSON objects of unknown kinds are events
	Timed        string   // the field of the time that puts events in order; empty if they need none
	Keys         []string // the labels of the join keys of a sequence or sample
}

// Approximation is a field whose values some kinds of events do not give exactly.
type Approximation struct {
	Field string
	Kinds []string
	At    source.Span // where the query first reads it
}

// Lower makes the plan of a query. The errors may be warnings only; without a result they are not.
func Lower(q *ast.Query, o Options) (*Lowered, source.Errors) {
	d, unknown := o.Models.Lookup(datamodels.Events)
	if unknown != nil {
		return nil, source.Errors{unknown.At(q.At())}
	}
	l := &lowerer{
		Options: o, dataset: d, fold: plan.Folder{Env: o.Env},
		timed:  !isSample(q),
		custom: o.Category != "" || o.Timestamp != "",
		known:  map[string]bool{}, argsRead: map[string]source.Span{}, expressions: map[source.Span]plan.Expr{},
	}
	l.category = or(o.Category, "event.category")
	l.tiebreaker = or(o.Tiebreaker, "event.sequence")
	l.uses = usesOf(q)
	out := &Lowered{JSON: l.custom}
	if l.timed {
		out.Timed = or(o.Timestamp, "@timestamp")
	}
	switch body := q.Body.(type) {
	case *ast.EventQuery:
		out.Plan = l.events(body, q.Pipes)
	case *ast.Sequence:
		out.Plan, out.Keys = l.sequence(body, q.Pipes)
	case *ast.Sample:
		out.Plan, out.Keys = l.sample(body, q.Pipes)
	}
	if !l.diags.Failed() {
		l.fillViews(out.Plan)
	}
	if l.diags.Failed() {
		return nil, l.diags
	}
	out.Types = l.rawTypes()
	out.Approximated = l.approximated()
	return out, l.diags
}

func isSample(q *ast.Query) bool {
	_, is := q.Body.(*ast.Sample)
	return is
}

func or(name, otherwise string) string {
	if name != "" {
		return name
	}
	return otherwise
}

// lowerer lowers one query.
type lowerer struct {
	Options
	dataset              *datamodels.Dataset
	category, tiebreaker string
	timed                bool // events without a time are of no use
	custom               bool // the events are of the user's own making, not ECS
	fold                 plan.Folder
	diags                source.Errors

	uses        map[string]use         // of fields, as the query compares them
	known       map[string]bool        // fields of which it is said already that nobody knows them, or that are known
	argsRead    map[string]source.Span // the fields of arguments that the query reads, and where first
	views       []*filling
	expressions map[source.Span]plan.Expr // those of mappings, by their place
}

func (l *lowerer) report(d *source.Diagnostic) { l.diags = append(l.diags, d) }

func (l *lowerer) errorf(at source.Span, code, format string, args ...any) *source.Diagnostic {
	d := source.Errorf(at, code, format, args...)
	l.report(d)
	return d
}

func (l *lowerer) warnf(at source.Span, code, format string, args ...any) *source.Diagnostic {
	d := source.Warnf(at, code, format, args...)
	l.report(d)
	return d
}

// negated is a condition or a value of three-valued logic the other way round.
func negated(at source.Span, x plan.Expr) plan.Expr {
	if c, ok := x.(*plan.Const); ok && c.V.Kind() == column.Bool {
		return truth(!c.V.True(), at)
	}
	return plan.NewCall(function.SPL, "not", at, x)
}

func truth(b bool, at source.Span) *plan.Const {
	return &plan.Const{V: column.Boolean(b), Span: at}
}

func text(s string, at source.Span) *plan.Const {
	return &plan.Const{V: column.Str(s), Span: at}
}
