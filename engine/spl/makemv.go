package spl

import (
	"slices"

	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var makemv = Command{
	Name:   "makemv",
	Syntax: `makemv [delim="<text>"] [allowempty=<bool>] [tokenizer="<regular expression>"] [setsv=<bool>] <field>`,
	Doc:    "Make a multivalue of a field: the pieces of its text between delimiters, which are blanks unless told otherwise, without empty ones unless allowempty=true. With a tokenizer: what its first group stands for in each of its matches.",
	Notes:  "setsv changes nothing.",
	Options: slices.Concat([]Option{
		{Name: "delim", Value: "<text>", Default: " ", Doc: "What separates the values."},
		{Name: "tokenizer", Value: "<regular expression>", Doc: "An expression whose first group is a value, in each of its matches."},
		{Name: "allowempty", Value: "<bool>", Default: "false", Doc: "Keep empty values."},
	}, idle("setsv")),
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		delim, tokenizer, empty := a.option("delim"), a.option("tokenizer"), a.flag("allowempty", false)
		field := a.one()
		a.done()
		if field == nil {
			return in
		}
		p.checkNames(in, []*ast.Name{field})
		f := &plan.Field{Name: field.Text, Span: field.Span}
		if tokenizer != nil {
			re, _ := literal(tokenizer)
			return extend(in, plan.Assign{Name: field.Text, Expr: p.checked(plan.NewCall(function.Command, "makemv_tokens", c.At(), f, text(pattern(re, tokenizer.At()), tokenizer.At())))})
		}
		between, at := " ", c.At()
		if delim != nil {
			between, _ = literal(delim)
			at = delim.At()
		}
		if between == "" {
			p.errorf(at, "bad-option", "makemv needs a delimiter that is not empty")
			return in
		}
		return extend(in, plan.Assign{Name: field.Text, Expr: plan.NewCall(function.Command, "makemv", c.At(), f, text(between, at), truth(empty, at))})
	},
}

// one is the one field that a command takes; nil, and an error, if there is none. A second one is left to be reported.
func (a *args) one() *ast.Name {
	var found *ast.Name
	for i, n := range a.left {
		switch n.(type) {
		case *ast.Name, *ast.String, *ast.Number:
			text, _ := literal(n)
			found = &ast.Name{Pos: ast.Pos{Span: n.At()}, Text: text}
			a.left = append(a.left[:i:i], a.left[i+1:]...)
			return found
		}
	}
	a.p.errorf(commandSpan(a.c), "missing-field", "%s needs a field", a.c.Name)
	return nil
}
