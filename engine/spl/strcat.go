package spl

import (
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var strcat = Command{
	Name:   "strcat",
	Syntax: `strcat [allrequired=<bool>] <field or "text">... <field>`,
	Doc:    "Set the last field to the values of the fields and the quoted texts before it, one behind the other. A missing value is empty; with allrequired=true rows that lack one of the fields are left alone.",
	Options: []Option{
		{Name: "allrequired", Value: "<bool>", Default: "false", Doc: "Set the field only where all the others have values."},
	},
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		required := a.flag("allrequired", false)
		var parts, exist []plan.Expr
		var plain []*ast.Name
		for _, n := range a.left {
			s, ok := n.(*ast.String)
			if ok {
				parts = append(parts, text(s.Text, s.Span))
				continue
			}
			name, ok := literal(n)
			if _, option := n.(*ast.Option); option || !ok {
				continue
			}
			f := &plan.Field{Name: name, Span: n.At()}
			plain, parts = append(plain, &ast.Name{Pos: ast.Pos{Span: n.At()}, Text: name}), append(parts, f)
			exist = append(exist, plan.NewCall(function.SPL, "isnotnull", n.At(), f))
		}
		last := len(a.left) - 1
		a.left = options(a.left)
		a.done()
		if len(parts) < 2 || last < 0 {
			p.errorf(commandSpan(c), "missing-field", "strcat needs what to join, and behind it the field to set")
			return in
		}
		into := parts[len(parts)-1]
		parts = parts[:len(parts)-1]
		name := ""
		if f, ok := into.(*plan.Field); ok {
			name, plain, exist = f.Name, plain[:len(plain)-1], exist[:len(exist)-1]
		} else {
			name = into.(*plan.Const).V.Text()
		}
		p.checkNames(in, plain)
		var joined plan.Expr = plan.NewCall(function.Command, "strcat", c.At(), parts...)
		if required && len(exist) > 0 {
			joined = plan.NewCall(function.SPL, "if", c.At(), plan.And(exist...), joined, &plan.Field{Name: name})
		}
		return extend(in, plan.Assign{Name: name, Expr: joined})
	},
}

// options is the options among arguments.
func options(list []ast.Node) []ast.Node {
	var out []ast.Node
	for _, n := range list {
		if o, ok := n.(*ast.Option); ok {
			out = append(out, o)
		}
	}
	return out
}
