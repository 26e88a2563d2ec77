package spl

import (
	"strings"

	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var rename = Command{
	Name:   "rename",
	Syntax: "rename <field> as <field> [, <field> as <field>]...",
	Doc:    "Rename fields. A wildcard stands for the same text on both sides: \"Processes.*\" as *. One that exists under the new name is replaced, and is empty where there is no field of the old name.",
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		n := &plan.Rename{In: in}
		for _, pair := range take(a, every[*ast.Alias]) {
			from, ok := literal(pair.What)
			if !ok || strings.Count(from, "*") != strings.Count(pair.As.Text, "*") {
				p.errorf(pair.Span, "wildcards-differ", "both sides of a renaming need the same number of wildcards")
				continue
			}
			n.Pairs = append(n.Pairs, plan.RenamePair{From: from, To: pair.As.Text})
		}
		a.done()
		_, exact := plan.Columns(in)
		n.Loose = !exact
		return n
	},
}
