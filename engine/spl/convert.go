package spl

import (
	"slices"
	"strings"

	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

// convertTimeFormat is the time format of convert unless another is given.
const convertTimeFormat = "%m/%d/%Y %H:%M:%S"

var converterNames = []string{"auto", "ctime", "dur2sec", "memk", "mktime", "mstime", "none", "num", "rmcomma", "rmunit"}

var convert = Command{
	Name:   "convert",
	Syntax: "convert [timeformat=<format>] <function>(<field>) [as <field>]...",
	Doc: "Convert fields, in place or under a new name: ctime (seconds since 1970 as text), mktime (text as seconds), num, auto, memk, rmunit, rmcomma, dur2sec, mstime, none (leave alone what a wildcard would match). " +
		"A field that does not exist is left alone. auto converts a field only if all its values can be.",
	Options: []Option{
		{Name: "timeformat", Value: "<format>", Default: "%m/%d/%Y %H:%M:%S", Doc: "The form of times for ctime and mktime."},
	},
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		format := text(a.text("timeformat", convertTimeFormat), c.At())
		var none, rules []plan.EachRule
		for _, n := range a.left {
			switch r, ok := p.conversion(n, format); {
			case !ok:
			case r.Expr == nil:
				none = append(none, r)
			default:
				rules = append(rules, r)
			}
		}
		if len(a.left) == 0 {
			p.errorf(commandSpan(c), "missing-function", "convert needs a function such as ctime(field)")
			return in
		}
		return converted(in, none, rules)
	},
}

// converted applies the rules. Of those for one field the first holds, unless one of the two makes another field of it.
func converted(in plan.Node, none, rules []plan.EachRule) plan.Node {
	n := &plan.Each{In: in, Rules: slices.Clone(none)} // none goes before whatever else matches
	for _, r := range rules {
		meets := func(o plan.EachRule) bool {
			return o.Expr != nil && (o.As != "" || r.As != "") && (overlap(o.Pattern, r.Pattern) || o.As == r.Pattern)
		}
		if slices.ContainsFunc(n.Rules, meets) {
			n = &plan.Each{In: n, Rules: slices.Clone(none)}
		}
		n.Rules = append(n.Rules, r)
	}
	return n
}

// overlap says whether two patterns may match the same field.
func overlap(a, b string) bool {
	_, left := plan.MatchName(a, b)
	_, right := plan.MatchName(b, a)
	return left || right || strings.Contains(a, "*") && strings.Contains(b, "*")
}

// conversion lowers `function(field)`, with or without `as`.
func (p *planner) conversion(n ast.Node, format plan.Expr) (plan.EachRule, bool) {
	as := ""
	if alias, ok := n.(*ast.Alias); ok {
		n, as = alias.What, alias.As.Text
	}
	call, ok := n.(*ast.Call)
	if !ok || len(call.Args) != 1 {
		p.errorf(n.At(), "not-a-conversion", "convert wants a function of one field, such as ctime(firstTime)")
		return plan.EachRule{}, false
	}
	name := strings.ToLower(call.Name)
	if !slices.Contains(converterNames, name) {
		p.errorf(n.At(), "unknown-function", "convert has no function %s", call.Name).WithHint("it has %s", strings.Join(converterNames, ", "))
		return plan.EachRule{}, false
	}
	field, _ := literal(call.Args[0])
	if name == "none" {
		return plan.EachRule{Pattern: field}, true
	}
	e := plan.NewCall(function.Command, "convert_"+name, call.Span, &plan.Field{Name: plan.It, Span: call.Span}, format)
	return plan.EachRule{Pattern: field, As: as, Expr: e, Whole: name == "auto"}, true
}
