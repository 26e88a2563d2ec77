package spl

import (
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var spath = Command{
	Name:   "spath",
	Syntax: "spath [input=<field>] [output=<field>] [[path=]<path>]",
	Doc: "Take values out of a field (_raw, unless told otherwise) that holds JSON or XML. With a path, such as `a.b{}.c` or `a.b{@attribute}`, its value becomes the field of output=, " +
		"or one named like the path. Without a path every value becomes a field, named by its path.",
	Notes: "The whole text is read, not its first 5,000 characters only, unless --splunk-limits is given. A field without a value at the path stays as it was.",
	Options: []Option{
		{Name: "input", Value: "<field>", Default: "_raw", Doc: "The field that holds the text."},
		{Name: "output", Value: "<field>", Doc: "The field to set, instead of one named like the path."},
		{Name: "path", Value: "<path>", Doc: "The path; it may also stand alone."},
	},
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		input, output := a.text("input", "_raw"), a.text("output", "")
		at := a.option("path")
		if names := a.names(); at == nil && len(names) == 1 {
			at = names[0]
		} else {
			for _, n := range names {
				a.left = append(a.left, n)
			}
		}
		a.done()
		if at == nil {
			if output != "" {
				p.errorf(commandSpan(c), "missing-path", "spath needs a path if output names a field")
			}
			n := &plan.Unpack{In: in, Field: input, From: plan.Paths}
			if l := p.limit("limit-spath"); l != nil {
				n.Most, n.Limit = l.Most, l.bound(commandSpan(c))
			}
			return n
		}
		path, _ := literal(at)
		if output == "" {
			output = path
		}
		value := p.checked(plan.NewCall(function.SPL, "spath", at.At(), &plan.Field{Name: input, Span: at.At()}, text(path, at.At())))
		value = plan.NewCall(function.SPL, "coalesce", at.At(), value, &plan.Field{Name: output, Span: at.At()})
		return extend(in, plan.Assign{Name: output, Expr: value})
	},
}
