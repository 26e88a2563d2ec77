package spl

import (
	"slices"
	"strings"

	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var join = Command{
	Name:   "join",
	Syntax: "join [type=(inner|left|outer)] [max=<count>] [overwrite=<bool>] [usetime=<bool>] [earlier=<bool>] ([<field>...] | left=<name> right=<name> where <name>.<field>=<name>.<field>...) [<search>]",
	Doc: "Give every row the fields of the first row of a subsearch that has the same values of the fields, which compare with regard to case; without a list, of all fields that both searches have, but for internal ones. Rows without a partner are left out, unless the type is left or outer. " +
		"max=0 joins all partners, each in a row of its own. A field that both rows have gets the value of the subsearch, unless overwrite is false. " +
		"With left, right and where, the fields that must be equal may have different names: left=L right=R where L.parent=R.pid. Then all fields get these names before their own.",
	Notes: subsearchNotes + " With left and right, internal fields such as _time are those of the row itself. With usetime=true, rows without _time have no partners.",
	Options: slices.Concat([]Option{
		{Name: "type", Value: "inner|left|outer", Default: "inner", Doc: "Whether rows without a partner are left out (inner) or stay (left, which outer means too)."},
		{Name: "max", Value: "<count>", Default: "1", Doc: "How many partners to join, each in a row of its own; 0 joins all."},
		{Name: "overwrite", Value: "<bool>", Default: "true", Doc: "Where both rows have a field, take the value of the subsearch."},
		{Name: "usetime", Value: "<bool>", Default: "false", Doc: "Choose partners by time, too: those that are no later than the row, by whole seconds."},
		{Name: "earlier", Value: "<bool>", Default: "true", Doc: "With usetime=true: false chooses partners that are no earlier than the row."},
		{Name: "left", Value: "<name>", Doc: "What stands before the names of the row's fields, with a dot, and in where."},
		{Name: "right", Value: "<name>", Doc: "What stands before the names of the subsearch's fields, with a dot, and in where."},
	}, subsearchOptions),
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
		earlier := a.flag("earlier", true)
		switch timed := a.flag("usetime", false); {
		case timed && earlier:
			n.When = plan.NoLater
		case timed:
			n.When = plan.NoEarlier
		}
		names := aliases{p: p, left: a.text("left", ""), right: a.text("right", "")}
		conds, at, where := a.clause("where")
		if where || names.left != "" || names.right != "" {
			names.read(a, conds, at)
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
		if len(names.pairs) > 0 {
			return names.join(n)
		}
		return n
	},
}
