package spl

import (
	"regexp"
	"strconv"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var rangeForm = regexp.MustCompile(`^(-?[0-9]*\.?[0-9]+)-(-?[0-9]*\.?[0-9]+)$`)

var rangemap = Command{
	Name:   "rangemap",
	Syntax: "rangemap field=<field> [<name>=<from>-<to>]... [default=<text>]",
	Doc:    "Set the field range to the name of the range in which a number lies, such as low=0-30; both ends are in it. In several ranges it gets all their names. What lies in none, or is no number, gets the default, which is None.",
	Options: []Option{
		{Name: "field", Value: "<field>", Doc: "The field with the number; it must be given."},
		{Name: "default", Value: "<text>", Default: "None", Doc: "The value where no range fits."},
		{Name: "<name>", Value: "<from>-<to>", Doc: "A range and its name. Both ends are in it."},
	},
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		field := a.option("field")
		parts := []plan.Expr{nil, text(a.text("default", "None"), c.At())}
		for _, o := range take(a, every[*ast.Option]) {
			limits, _ := literal(o.Value)
			m := rangeForm.FindStringSubmatch(limits)
			if m == nil {
				p.errorf(o.Value.At(), "bad-range", "%q is no range", limits).WithHint("write the least and the greatest number: 0-30")
				continue
			}
			from, _ := strconv.ParseFloat(m[1], 64)
			to, _ := strconv.ParseFloat(m[2], 64)
			name := o.Span.String()[:len(o.Name)] // options are in lower case
			parts = append(parts, text(name, o.Span), &plan.Const{V: column.Real(from)}, &plan.Const{V: column.Real(to)})
		}
		a.done()
		switch {
		case field == nil:
			p.errorf(commandSpan(c), "missing-field", "rangemap needs a field: field=...")
		case len(parts) == 2:
			p.errorf(commandSpan(c), "missing-range", "rangemap needs a range such as low=0-30")
		default:
			name, _ := literal(field)
			p.checkNames(in, []*ast.Name{{Pos: ast.Pos{Span: field.At()}, Text: name}})
			parts[0] = &plan.Field{Name: name, Span: field.At()}
			return extend(in, plan.Assign{Name: "range", Expr: plan.NewCall(function.Command, "rangemap", c.At(), parts...)})
		}
		return in
	},
}
