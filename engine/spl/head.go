package spl

import (
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var head = Command{
	Name:   "head",
	Syntax: "head [<count>] [limit=<count>] [(<eval expression>)] [null=<bool>] [keeplast=<bool>]",
	Doc:    "Keep the first rows: ten, unless told otherwise. With an expression, keep the rows up to the first for which it is not true; null=true lets a missing value pass, keeplast=true keeps the row that ended it.",
	Options: []Option{
		{Name: "limit", Value: "<count>", Doc: "How many rows to keep; the count alone says the same. Ten, unless there is an expression."},
		{Name: "null", Value: "<bool>", Default: "false", Doc: "Go on where the expression has no value."},
		{Name: "keeplast", Value: "<bool>", Default: "false", Doc: "Keep the row that ended it, too."},
	},
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		null, last := a.flag("null", false), a.flag("keeplast", false)
		n := a.count("limit", -1)
		if len(a.left) > 0 {
			cond := p.eval(a.left[0], p.knownFields(in))
			a.left = a.left[1:]
			in = &plan.TakeWhile{In: in, Cond: cond, Null: null, KeepLast: last}
		} else if n < 0 {
			n = 10
		}
		a.done()
		if n >= 0 {
			in = &plan.Limit{In: in, N: n}
		}
		return in
	},
}
