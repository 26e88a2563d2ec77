package spl

import (
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var highlight = Command{
	Name:   "highlight",
	Syntax: "highlight <text>...",
	Doc:    "Change nothing. On Splunk's pages the words stand out in the events.",
	Notes:  "No form of output here marks words: -o raw, piped into grep --color, does.",
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		words := a.names()
		a.done()
		if len(words) == 0 {
			p.errorf(commandSpan(c), "missing-argument", "highlight needs words")
		}
		return in
	},
}
