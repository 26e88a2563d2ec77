package spl

import (
	"strings"

	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var replace = Command{
	Name:   "replace",
	Syntax: `replace <text> with <text> [, <text> with <text>]... [in <field>...]`,
	Doc: "Replace values that are, as a whole and regarding case, the first text by the second; of several pairs the first that fits counts. A * stands for any text, and in the second text for the same one: it has as many of them, or none. " +
		"Without a list of fields all are looked at but those that begin with _.",
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		list, _, limited := a.clause("in")
		pairs := p.replacements(a)
		a.done()
		if len(pairs) == 0 {
			if !p.diags.Failed() {
				p.errorf(commandSpan(c), "missing-pair", "replace needs what to replace, and with what: replace \"a\" with \"b\"")
			}
			return in
		}
		change := func(field string) plan.Expr {
			return plan.NewCall(function.Command, "replace_whole", c.At(), append([]plan.Expr{&plan.Field{Name: field}}, pairs...)...)
		}
		if !limited {
			return &plan.Each{In: in, Rules: []plan.EachRule{{Pattern: "_*"}, {Pattern: "*", Expr: change(plan.It)}}}
		}
		n := &plan.Each{In: in}
		var names []*ast.Name
		for _, f := range list {
			if field, ok := literal(f); ok {
				names = append(names, &ast.Name{Pos: ast.Pos{Span: f.At()}, Text: field})
				n.Rules = append(n.Rules, plan.EachRule{Pattern: field, Expr: change(plan.It)})
			}
		}
		p.checkNames(in, names)
		return n
	},
}

// replacements takes the pairs from the arguments: a text, and the clause `with` behind it.
func (p *planner) replacements(a *args) (pairs []plan.Expr) {
	var rest []ast.Node
	for i := 0; i < len(a.left); i++ {
		from, ok := literal(a.left[i])
		if i+1 < len(a.left) && ok {
			if with, is := a.left[i+1].(*ast.Clause); is && with.Keyword == "with" && len(with.Args) == 1 {
				to, _ := literal(with.Args[0])
				if stars := strings.Count(to, "*"); stars > 0 && stars != strings.Count(from, "*") {
					p.errorf(with.Args[0].At(), "wildcards-differ", "the replacement needs as many wildcards as what it replaces, or none")
				}
				pairs = append(pairs, text(from, a.left[i].At()), text(to, with.Args[0].At()))
				i++
				continue
			}
		}
		rest = append(rest, a.left[i])
	}
	a.left = rest
	return pairs
}
