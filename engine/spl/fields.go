package spl

import (
	"slices"
	"strings"

	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var fields = Command{
	Name:   "fields",
	Syntax: "fields [+|-] <field>...",
	Doc:    "Keep only the named fields, or with - all others. Wildcards match. _time, _raw, _file and _offset stay unless they are named after -.",
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		n := &plan.Project{In: in, Mode: plan.Keep}
		for _, s := range take(a, every[*ast.Sign]) {
			if s.Minus {
				n.Mode = plan.Drop
			}
		}
		names := a.names()
		a.done()
		n.Patterns = texts(names)
		if len(names) == 0 {
			p.errorf(commandSpan(c), "missing-field", "fields needs a field")
			return in
		}
		p.checkNames(in, names)
		return n
	},
}

// checkNames warns of names that no row has.
func (p *planner) checkNames(in plan.Node, names []*ast.Name) {
	known, exact := plan.Columns(in)
	if !exact {
		return
	}
	for _, n := range names {
		if !strings.Contains(n.Text, "*") && !slices.Contains(known, n.Text) {
			p.unknownField(n.Span, n.Text, known)
		}
	}
}
