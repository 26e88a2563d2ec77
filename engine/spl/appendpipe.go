package spl

import (
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var appendpipe = Command{
	Name:    "appendpipe",
	Syntax:  "appendpipe [<commands>]",
	Doc:     "Give what some commands make of the rows, a total for instance, after the rows themselves.",
	Options: idle("run_in_preview", "maxtime", "timeout"),
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		subs := take(a, every[*ast.Subsearch])
		a.done()
		if len(subs) != 1 {
			p.errorf(commandSpan(c), "missing-search", "appendpipe needs commands in brackets").WithHint("for example appendpipe [stats count]")
			return in
		}
		given := &plan.Given{}
		given.Names, given.Exact = plan.Columns(in)
		pipe := p.pipelineOver(subs[0].Pipeline, given)
		n := &plan.AppendPipe{In: in, Pipe: pipe}
		if n.GivenOf() != given {
			if !p.diags.Failed() {
				p.errorf(subs[0].Span, "no-events", "what stands in the brackets of appendpipe begins with the rows that there are")
			}
			return in
		}
		return n
	},
}
