package engine

import (
	"spoor/engine/column"
	"spoor/engine/input"
	"spoor/engine/plan"
	"spoor/engine/spl"
	"spoor/grammar"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

// lowering is what lowering a search needs.
func (p *Program) lowering(earliest, latest int64) spl.Options {
	return spl.Options{
		Models: p.opts.Models, Env: p.env, Earliest: earliest, Latest: latest, Sourcetypes: input.Sourcetypes, Parse: p.parse, Rules: p.opts.Rules,
		SplunkLimits: p.opts.SplunkLimits, Expression: p.opts.common.expression,
	}
}

// parse reads a search that came to be while another one runs.
func (p *Program) parse(text *source.Text) (*ast.Pipeline, source.Errors) {
	expanded, _, errs := p.expander().Expand(text)
	if errs.Failed() {
		return nil, errs
	}
	return grammar.ParseSPL(expanded)
}

// resolved is the program without holes: the searches within it are run first. What their rows are warned of goes to warn.
func (p *Program) resolved(run func(plan.Node) column.Stream, warn func(*source.Diagnostic)) (*Program, source.Errors) {
	earliest, latest, _ := p.opts.window() // Compile has looked for errors
	o := p.lowering(earliest, latest)
	env := *o.Env
	env.Warn = warn
	o.Env = &env
	o.Rows = func(n plan.Node) (out []*column.Batch, err error) {
		sub := *p
		sub.Lowered = n
		for b, err := range run(sub.ordered(true)) {
			if err != nil {
				return nil, err
			}
			out = append(out, b.Keep())
		}
		return out, nil
	}
	lowered, errs := spl.Lower(p.Tree.(*ast.Pipeline), o)
	if errs.Failed() {
		return nil, errs
	}
	q := *p
	q.Lowered = lowered.Plan
	return &q, nil
}

// rows is the rows of the program, by what runs a plan.
func (p *Program) rows(newestFirst bool, run func(plan.Node) column.Stream, warn func(*source.Diagnostic)) column.Stream {
	if !p.pending {
		return run(p.proven(p.planned(newestFirst)))
	}
	return func(yield func(*column.Batch, error) bool) {
		q, errs := p.resolved(run, warn)
		if errs.Failed() {
			yield(nil, errs)
			return
		}
		run(q.proven(q.ordered(newestFirst)))(yield)
	}
}

// planned is the plan with the result newest first or not.
func (p *Program) planned(newestFirst bool) plan.Node {
	if newestFirst {
		return p.Plan
	}
	return p.ordered(false)
}

// proven is a plan whose rows say on which records they rest, and which groups they are, if that is wanted.
func (p *Program) proven(n plan.Node) plan.Node {
	if p.opts.Keyed {
		n = plan.Keyed(n)
	}
	switch {
	case p.mark != nil:
		return plan.Marked(n, *p.mark)
	case p.opts.Evidence <= 0:
		return n
	}
	return plan.Proven(n, p.opts.Evidence)
}
