package spl

import (
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var regex = Command{
	Name:   "regex",
	Syntax: "regex [<field>=|<field>!=]\"<regular expression>\"",
	Doc:    "Keep the rows in which the regular expression is found in the field (_raw, unless told otherwise), or with != those in which it is not. A row without the field is kept by != only.",
	Notes:  `In a regular expression \| is the character |, here and in rex, match, replace and mvfind; other texts in quotes take it for a plain |, too.`,
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		compares, patterns := take(a, every[*ast.Compare]), take(a, every[*ast.String])
		a.done()
		if len(compares)+len(patterns) != 1 {
			p.errorf(commandSpan(c), "missing-pattern", "regex needs one regular expression in double quotes: regex field=\"...\"")
			return in
		}
		if len(patterns) == 1 {
			raw := &plan.Field{Name: "_raw", Span: patterns[0].Span}
			return &plan.Filter{In: in, Cond: p.call("match", c.At(), []plan.Expr{raw, text(pattern(patterns[0].Text, patterns[0].Span), patterns[0].Span)})}
		}
		n := compares[0]
		p.checkNames(in, []*ast.Name{n.Field})
		cond := p.call("match", c.At(), []plan.Expr{plainField(n.Field), text(pattern(n.Value.Text, n.Value.Span), n.Value.Span)})
		if n.Op == "!=" {
			cond = plan.NewCall(function.SPL, "coalesce", c.At(), plan.NewCall(function.SPL, "not", c.At(), cond), truth(true, c.At()))
		}
		return &plan.Filter{In: in, Cond: cond}
	},
}
