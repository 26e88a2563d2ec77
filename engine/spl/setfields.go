package spl

import (
	"strings"

	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var setfields = Command{
	Name:   "setfields",
	Syntax: `setfields <field>="<text>" [, <field>="<text>"]...`,
	Doc:    "Give fields the same text in all rows, whatever they had before.",
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		out := in
		for _, n := range c.Args {
			o, ok := n.(*ast.Option)
			if ok {
				if value, plain := literal(o.Value); plain {
					name, _, _ := strings.Cut(o.At().String(), "=") // names of options have lost their case
					out = extend(out, plan.Assign{Name: strings.TrimSpace(name), Expr: text(value, o.Value.At())})
					continue
				}
			}
			p.errorf(n.At(), "unexpected-argument", "setfields does not take this").WithHint("syntax: %s", Lookup("setfields").Syntax)
		}
		if len(c.Args) == 0 {
			p.errorf(commandSpan(c), "missing-field", "setfields needs a field and its text").WithHint("syntax: %s", Lookup("setfields").Syntax)
		}
		return out
	},
}
