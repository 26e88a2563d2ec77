package spl

import (
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var xmlkv = Command{
	Name:    "xmlkv",
	Syntax:  "xmlkv [<field>] [maxinputs=<count>]",
	Doc:     "Make a field of each element of XML that holds nothing but text, wherever it stands in a field (_raw, unless told otherwise). Of elements of one name the last counts.",
	Notes:   "maxinputs, which only bounds what Splunk's script gets at once, changes nothing.",
	Options: idle("maxinputs"),
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		n := &plan.Unpack{In: in, Field: "_raw", From: plan.Tags, Last: true}
		names := a.names()
		a.done()
		if len(names) > 1 {
			p.errorf(names[1].Span, "unexpected-argument", "xmlkv reads one field")
			return in
		}
		if len(names) == 1 {
			p.checkNames(in, names)
			n.Field = names[0].Text
		}
		return n
	},
}
