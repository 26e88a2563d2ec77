package spl

import (
	"slices"

	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var fieldformat = Command{
	Name:   "fieldformat",
	Syntax: "fieldformat <field>=<expression> [, <field>=<expression>]...",
	Doc:    "Show a field otherwise than it is, such as a size with commas. The commands behind it still see the field itself: sort sorts by it. Only where the rows are given out, in whatever format, the expression takes its place; where that has no value, the field is shown as it is.",
	Notes:  "A format belongs to a name: behind rename, give it to the new one. The expression reads the fields that there are at the end of the search. In a subsearch it changes nothing, nor does it change what outputlookup writes.",
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		fields := p.knownFields(in)
		for _, s := range take(a, every[*ast.Assign]) {
			p.checkNames(in, []*ast.Name{s.Target})
			e := p.eval(s.Value, fields)
			if p.depth > 1 {
				continue
			}
			p.formats = slices.DeleteFunc(p.formats, func(f format) bool { return f.field.Name == s.Target.Text })
			p.formats = append(p.formats, format{&plan.Field{Name: s.Target.Text, Span: s.Target.Span}, e})
		}
		a.done()
		return in
	},
}

// format is how a field is shown.
type format struct {
	field *plan.Field
	shown plan.Expr
}

// formatted is the rows of the search as they are shown. All formats read the fields as they are, so none is set before the last is known.
func (p *planner) formatted(n plan.Node) plan.Node {
	names, exact := plan.Columns(n)
	var shown, set []plan.Assign
	for _, f := range p.formats {
		if exact && !slices.Contains(names, f.field.Name) {
			continue
		}
		at := f.field.Span
		there := plan.NewCall(function.SPL, "isnotnull", at, f.field)
		e := plan.NewCall(function.SPL, "if", at, there, plan.NewCall(function.SPL, "coalesce", at, f.shown, f.field), null)
		as := "\x00shown " + f.field.Name
		shown = append(shown, plan.Assign{Name: as, Expr: e})
		set = append(set, plan.Assign{Name: f.field.Name, Expr: &plan.Field{Name: as, Span: at}})
	}
	if len(set) == 0 {
		return n
	}
	return &plan.Extend{In: n, Assigns: append(shown, set...)}
}
