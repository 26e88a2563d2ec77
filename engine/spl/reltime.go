package spl

import (
	"strings"

	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var reltime = Command{
	Name:   "reltime",
	Syntax: `reltime [timefield="<field>[,<field>]..."] [prefix=<text>]`,
	Doc: "Say in words how long before the start of the search a time was, as in `5 days ago`: of _time in a field called reltime, or of another field of seconds since 1970. " +
		"Of several fields, each in quotes with commas, the words go into a field with reltime_ before its name; prefix stands there instead.",
	Notes: "The words name the largest unit that has passed: years of 365 days, months of 30 days, days, hours, minutes or seconds. A time in the future is `in 5 days`. With a prefix, a single field too is called by it and the field's own name.",
	Options: []Option{
		{Name: "timefield", Value: "<field>", Default: "_time", Doc: "The field with times, or several in quotes, with commas."},
		{Name: "prefix", Value: "<text>", Default: "reltime_", Doc: "What stands before the names of the fields that are made."},
	},
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		v := a.option("timefield")
		prefix := a.text("prefix", "")
		a.done()
		list, at := "_time", commandSpan(c)
		if v != nil {
			list, _ = literal(v)
			at = v.At()
		}
		fields := strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
		if len(fields) == 0 {
			p.errorf(at, "missing-field", "reltime needs a field with times").WithHint("syntax: %s", Lookup("reltime").Syntax)
			return in
		}
		if prefix == "" && len(fields) > 1 {
			prefix = "reltime_"
		}
		var names []*ast.Name
		out := in
		for _, f := range fields {
			names = append(names, &ast.Name{Pos: ast.Pos{Span: at}, Text: f})
			as := "reltime"
			if prefix != "" {
				as = prefix + f
			}
			out = extend(out, plan.Assign{Name: as, Expr: plan.NewCall(function.Command, "reltime", at, &plan.Field{Name: f, Span: at})})
		}
		p.checkNames(in, names)
		return out
	},
}
