package spl

import (
	"strings"

	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var eval = Command{
	Name:   "eval",
	Syntax: "eval <field>=<expression> [, <field>=<expression>]...",
	Doc:    "Set fields to the values of expressions, from left to right. Where an expression cannot be evaluated the field is missing. In the name of a field {other} stands for the value of another field, row by row: count_{host}=1.",
	Notes:  "Unlike in Splunk a condition may be assigned without if(): the field is then true or false, printed True or False. A bare name with a dot, such as a.b, is a field if a data model, the source of the events or an earlier command names it, and otherwise the joining of the fields a and b, with a warning: it never depends on the rows.",
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		out := in
		names, exact := plan.Columns(in)
		for _, s := range take(a, every[*ast.Assign]) {
			if strings.Contains(s.Target.Text, "{") && s.Target.Quote == 0 {
				name, ok := spreadName(s.Target)
				if !ok {
					p.errorf(s.Target.Span, "unclosed-brace", "braces stand around the name of a field: {field}")
					continue
				}
				out = &plan.Spread{In: out, Name: name, Expr: p.eval(s.Value, p.fieldsAmong(in, names, exact))}
				exact = false
				continue
			}
			e := p.eval(s.Value, p.fieldsAmong(in, names, exact))
			out = extend(out, plan.Assign{Name: s.Target.Text, Expr: e})
			names = append(names, s.Target.Text)
		}
		a.done()
		return out
	},
}

// extend adds an assignment, to the last Extend if it is one.
func extend(in plan.Node, a plan.Assign) plan.Node {
	if e, ok := in.(*plan.Extend); ok {
		return &plan.Extend{In: e.In, Assigns: append(e.Assigns[:len(e.Assigns):len(e.Assigns)], a)}
	}
	return &plan.Extend{In: in, Assigns: []plan.Assign{a}}
}
