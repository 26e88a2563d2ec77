package spl

import (
	"slices"

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
		pipe := p.over(in, given, subs[0].Pipeline)
		if pipe == nil {
			return in
		}
		n := &plan.AppendPipe{In: in, Pipe: pipe}
		if n.GivenOf() != given {
			switch {
			case p.diags.Failed():
			case p.Rows != nil: // a search was run for each of them, and what stands here are its rows
				return &plan.Union{Ins: []plan.Node{in, pipe}}
			default:
				p.errorf(subs[0].Span, "no-events", "what stands in the brackets of appendpipe begins with the rows that there are")
			}
			return in
		}
		return n
	},
}

// over lowers commands over the rows of a plan, for which a Given stands.
func (p *planner) over(in plan.Node, given *plan.Given, tree *ast.Pipeline) plan.Node {
	if p.given == nil {
		p.given = map[*plan.Given]plan.Node{}
	}
	p.given[given] = in
	defer delete(p.given, given)
	return p.pipelineOver(tree, given)
}

// grounded is the plan with the rows for which each Given stands that is not an AppendPipe's yet.
func (p *planner) grounded(n plan.Node) plan.Node {
	if g, is := n.(*plan.Given); is && p.given[g] != nil {
		return p.grounded(p.given[g])
	}
	changed := false
	ins := slices.Clone(n.Inputs())
	for i, in := range ins {
		ins[i] = p.grounded(in)
		changed = changed || ins[i] != in
	}
	if !changed {
		return n
	}
	return n.With(ins...)
}
