package spl

import (
	"slices"
	"strings"

	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var table = Command{
	Name:   "table",
	Syntax: "table <field>...",
	Doc:    "Keep only the named fields, in this order. Wildcards match.",
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		names := a.names()
		a.done()
		if len(names) == 0 {
			p.errorf(commandSpan(c), "missing-field", "table needs a field")
			return in
		}
		p.checkNames(in, names)
		n := &plan.Project{In: in, Mode: plan.Table, Patterns: texts(names)}
		wild := slices.ContainsFunc(n.Patterns, func(s string) bool { return strings.Contains(s, "*") })
		if _, exact := plan.Columns(in); wild && !exact { // the order of columns needs to know all that a wildcard matches
			n.In = &plan.Unify{In: in}
		}
		return n
	},
}
