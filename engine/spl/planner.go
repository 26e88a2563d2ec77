// Package spl lowers SPL syntax trees to plans: a table of commands, and one file per command.
package spl

import (
	"sync"
	"time"

	"spoor/datamodels"
	"spoor/engine/column"
	"spoor/engine/eql"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/engine/rules"
	"spoor/grammar"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

// Options is what lowering needs besides the tree.
type Options struct {
	Models *datamodels.Library
	Env    *function.Env
	// Sourcetypes is every name of a sourcetype, itself among them; nil if each has one name only.
	Sourcetypes func(string) []string
	// Earliest and Latest are the window of the search, in nanoseconds since 1970, unless it names its own.
	Earliest, Latest int64
	// Rules is the saved searches, and what is wrong with some of them; nil if there are none.
	Rules func() (*rules.Library, source.Errors)
	// SplunkLimits keeps the limits by which Splunk protects its servers: see Limits.
	SplunkLimits bool
	// Rows runs a search within the search. Without it the plan has holes where such searches stand: it is one to check and to explain.
	Rows func(plan.Node) ([]*column.Batch, error)
	// Parse reads the text of a search, which may call macros.
	Parse func(*source.Text) (*ast.Pipeline, source.Errors)
}

// Lowered is a search made ready to run.
type Lowered struct {
	Plan plan.Node
	EQL  *eql.Lowered // what the command eql asks for; nil if the search does not use it
	// Pending says that the plan has holes, for want of Options.Rows, and Inner is the searches in brackets whose rows belong there.
	Pending bool
	// Reads says that what belongs into the holes reads events, or may do so.
	Reads bool
	Inner []Inner
	// Nulls is notes about conditions that drop rows in which a field is missing.
	Nulls source.Errors
}

// Inner is a search within a search, which runs before it.
type Inner struct {
	At   source.Span
	Plan plan.Node
}

// Lower makes the plan of a search. The errors may be warnings only; without a result they are not.
func Lower(tree *ast.Pipeline, o Options) (*Lowered, source.Errors) {
	p := &planner{Options: o, scan: &plan.Scan{Earliest: o.Earliest, Latest: o.Latest}}
	n := p.pipeline(tree)
	if n != nil && !p.diags.Failed() {
		n = p.fillViews(p.formatted(n))
	}
	if p.diags.Failed() {
		return nil, p.diags
	}
	return &Lowered{Plan: n, EQL: p.eql, Pending: p.pending, Reads: p.reads, Inner: p.inner, Nulls: p.nulls}, p.diags
}

// planner lowers one search. Commands use its methods to read their arguments and to report what is wrong.
type planner struct {
	Options
	scan  *plan.Scan
	views map[*plan.View]*datamodels.Dataset
	eql   *eql.Lowered // of the command eql
	diags source.Errors

	depth   int                       // of the pipeline that is lowered: 1 is the search itself
	formats []format                  // of the fields that are shown otherwise than they are
	given   map[*plan.Given]plan.Node // the rows for which each stands, while the commands over them are lowered

	library *rules.Library // of the saved searches; nil if nobody has asked for it yet
	saved   []*rules.Rule  // the saved searches in which the planner is, one within the other
	pending bool           // rows of searches within the search are wanted, and not there
	reads   bool           // one of these searches reads events
	nulls   source.Errors
	inner   []Inner
}

func (p *planner) report(d *source.Diagnostic) { p.diags = append(p.diags, d) }

func (p *planner) errorf(at source.Span, code, format string, args ...any) *source.Diagnostic {
	d := source.Errorf(at, code, format, args...)
	p.report(d)
	return d
}

func (p *planner) warnf(at source.Span, code, format string, args ...any) *source.Diagnostic {
	d := source.Warnf(at, code, format, args...)
	p.report(d)
	return d
}

func (p *planner) now() time.Time { return time.Unix(0, p.Env.Now).In(p.Env.Zone) }

// Limits on what a search may hold: beyond any that a person writes, and still compiled in a second or so.
const (
	mostCommands  = 2000
	mostArguments = 5000 // of one command, or of one of its clauses; an expression is one argument, however long
)

// tooLong reports a search that is beyond the limits.
func (p *planner) tooLong(tree *ast.Pipeline) bool {
	if len(tree.Commands) > mostCommands {
		p.errorf(commandSpan(tree.Commands[mostCommands]), "too-long", "more than %d commands in one search", mostCommands)
		return true
	}
	for _, c := range tree.Commands {
		lists := [][]ast.Node{c.Args}
		for _, n := range c.Args {
			if clause, ok := n.(*ast.Clause); ok {
				lists = append(lists, clause.Args)
			}
		}
		for _, list := range lists {
			if len(list) > mostArguments {
				p.errorf(list[mostArguments].At(), "too-long", "more than %d arguments of %s", mostArguments, c.Name)
				return true
			}
		}
	}
	return false
}

// pipeline lowers the commands one after another. After an error it goes on, to report the others.
func (p *planner) pipeline(tree *ast.Pipeline) plan.Node { return p.pipelineOver(tree, nil) }

// pipelineOver lowers commands over rows that there are already; nil if there are none yet.
func (p *planner) pipelineOver(tree *ast.Pipeline, n plan.Node) plan.Node {
	given := n != nil
	p.depth++
	defer func() { p.depth-- }()
	if len(tree.Commands) == 0 {
		p.errorf(tree.At(), "empty-search", "the search is empty").WithHint("write a search such as `EventID=1`, or a pipeline that starts with `| tstats`")
		return nil
	}
	if p.tooLong(tree) {
		return nil
	}
	for i, c := range tree.Commands {
		cmd := Lookup(c.Name)
		switch {
		case cmd == nil:
			p.refuse(c)
		case i == 0 && !given && !cmd.generates:
			p.errorf(commandSpan(c), "no-events", "%s needs rows, but it is the first command", c.Name).
				WithHint("begin with a search such as `EventID=1`, or with `| tstats`")
		case (i > 0 || given) && cmd.generates && !cmd.anywhere:
			p.errorf(commandSpan(c), "not-first", "%s makes rows, so it must be the first command", c.Name)
		default:
			if next := cmd.lower(p, c, n); next != nil {
				n = next
			}
		}
		if n == nil {
			n = p.scan // to go on checking
		}
	}
	return n
}

func commandSpan(c *ast.Command) source.Span {
	if c.Implied || c.Word.IsZero() {
		return c.At()
	}
	return c.Word
}

// fillViews gives every view the expressions for those of its fields that the plan reads: few of the many that a dataset declares.
func (p *planner) fillViews(n plan.Node) plan.Node {
	var walk func(n plan.Node, need plan.Need)
	walk = func(n plan.Node, need plan.Need) {
		if v, ok := n.(*plan.View); ok {
			p.fillView(v, need)
			return
		}
		for i, in := range n.Inputs() {
			walk(in, need.Of(n, i))
		}
	}
	walk(n, plan.Everything())
	return n
}

// trees is the expressions of models and mappings that were parsed, by their place. Texts of models are never changed, nor are trees.
var trees sync.Map

// expression parses and lowers an eval expression of a model or mapping; one that was parsed without complaint is not parsed again.
func (p *planner) expression(at source.Span, fields func(*ast.Field) plan.Expr) plan.Expr {
	if tree, ok := trees.Load(at); ok {
		return p.eval(tree.(ast.Node), fields)
	}
	tree, errs := grammar.ParseEvalSpan(at)
	p.diags = append(p.diags, errs...)
	if errs.Failed() || tree == nil {
		return &plan.Const{Span: at}
	}
	if len(errs) == 0 {
		trees.Store(at, tree)
	}
	return p.eval(tree, fields)
}

// LowerExpression lowers a lone eval expression.
func LowerExpression(tree ast.Node, o Options) (plan.Expr, source.Errors) {
	p := &planner{Options: o}
	e := p.eval(tree, nil)
	return e, p.diags
}
