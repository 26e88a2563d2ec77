package spl

import (
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var require = Command{
	Name:   "require",
	Syntax: "require",
	Doc:    "Let the search fail if there are no rows; otherwise they pass as they are. In a search in brackets the search around it fails too, rather than going on without what it needs.",
	Notes:  "A failing search exits as one with any other error does.",
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		p.args(c).done()
		return &plan.Require{In: in, Span: commandSpan(c)}
	},
}
