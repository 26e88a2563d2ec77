package spl

import (
	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var fillnull = Command{
	Name:   "fillnull",
	Syntax: "fillnull [value=<text>] [<field>...]",
	Doc:    "Give fields a value, 0 unless told otherwise, where they have none. Without a list of fields: every field that any row has. Named fields come to exist even if no row has them.",
	Options: []Option{
		{Name: "value", Value: "<text>", Default: "0", Doc: "The value to fill in."},
	},
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		v := &plan.Const{V: column.Integer(0)}
		if n := a.option("value"); n != nil {
			s, _ := literal(n)
			v = text(s, n.At())
		}
		names := a.names()
		a.done()
		fill := func(field string) plan.Expr {
			return plan.NewCall(function.SPL, "coalesce", c.At(), &plan.Field{Name: field}, v)
		}
		if len(names) > 0 {
			for _, n := range names {
				in = extend(in, plan.Assign{Name: n.Text, Expr: fill(n.Text)})
			}
			return in
		}
		return &plan.Each{In: &plan.Unify{In: in}, Rules: []plan.EachRule{{Pattern: "_*"}, {Pattern: "*", Expr: fill(plan.It)}}}
	},
}
