package spl

import (
	"strings"

	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var returnCommand = Command{
	Name:   "return",
	Syntax: "return [<count>] (<field> | <alias>=<field> | $<field>)...",
	Doc:    `End a subsearch with what of its first rows, one unless told otherwise, the search around it gets: field gives field="value", alias=field gives alias="value", and $field the value alone. Several rows are joined by OR.`,
	Options: []Option{
		{Name: "count", Value: "<count>", Default: "1", Doc: "How many rows to return; the count alone says the same."},
		{Name: "<alias>", Value: "<field>", Doc: "A field, and the name under which it is returned."},
	},
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		n := &plan.Format{In: in, Or: "OR", Values: "OR", Empty: "NOT ( )"}
		n.Max = max(a.count("count", 1), 1)
		for _, arg := range a.left {
			f := plan.FormatField{}
			if o, ok := arg.(*ast.Option); ok {
				f.Name, _ = literal(o.Value)
				f.As = o.Name
			} else {
				f.Name, _ = literal(arg)
				f.Name, f.Bare = strings.CutPrefix(f.Name, "$")
				f.As = f.Name
			}
			n.Fields = append(n.Fields, f)
		}
		if len(n.Fields) == 0 {
			p.errorf(commandSpan(c), "missing-field", "return needs a field").WithHint("syntax: %s", Lookup("return").Syntax)
			return in
		}
		if n.Max > 1 {
			n.RowBefore, n.RowAfter = "(", ")"
		}
		return n
	},
}
