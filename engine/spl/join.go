package spl

import (
	"slices"

	"strings"

	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var join = Command{
	Name:   "join",
	Syntax: "join [type=(inner|left|outer)] [max=<count>] [overwrite=<bool>] [<field>...] [<search>]",
	Doc: "Give every row the fields of the first row of a subsearch that has the same values of the fields, which compare with regard to case; without a list, of all fields that both searches have, but for internal ones. Rows without a partner are left out, unless the type is left or outer. " +
		"max=0 joins all partners, each in a row of its own. A field that both rows have gets the value of the subsearch, unless overwrite is false.",
	Notes: subsearchNotes + " usetime and earlier cannot run.",
	Options: slices.Concat([]Option{
		{Name: "type", Value: "inner|left|outer", Default: "inner", Doc: "Whether rows without a partner are left out (inner) or stay (left, which outer means too)."},
		{Name: "max", Value: "<count>", Default: "1", Doc: "How many partners to join, each in a row of its own; 0 joins all."},
		{Name: "overwrite", Value: "<bool>", Default: "true", Doc: "Where both rows have a field, take the value of the subsearch."},
		{Name: "usetime", Value: "<bool>", Default: "false", Doc: "Choose partners by time. Only false can run here."},
	}, subsearchOptions, idle("earlier")),
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		limited := a.limited("limit-join")
		n := &plan.Join{Left: in, Max: 1, Keep: !a.flag("overwrite", true)}
		switch kind := strings.ToLower(a.text("type", "inner")); kind {
		case "inner":
		case "left", "outer":
			n.Outer = true
		default:
			p.errorf(commandSpan(c), "bad-type", "the type of a join is inner, left or outer, not %q", kind)
		}
		if v := a.option("max"); v != nil {
			n.Max = a.amount(v)
		}
		if a.flag("usetime", false) {
			p.errorf(commandSpan(c), "cannot-run", "usetime=true of join cannot run here").WithHint("sort the subsearch: the first row that fits is joined")
		}
		if _, at, ok := a.clause("where"); ok {
			p.errorf(at, "cannot-run", "a join by a condition cannot run here").WithHint("rename the fields in the subsearch and join by their names")
			return in
		}
		keys := a.names()
		sub := a.branches(1, 1)
		a.done()
		if sub == nil {
			return in
		}
		n.Right = limited(sub[0])
		p.checkNames(n.Left, keys)
		p.checkNames(n.Right, keys)
		n.Keys = texts(keys)
		return n
	},
}
