package spl

import (
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

// newFormat is what a subsearch's rows become unless it says otherwise.
func newFormat(in plan.Node) *plan.Format {
	return &plan.Format{In: in, Before: "(", RowBefore: "(", Between: "AND", RowAfter: ")", Or: "OR", After: ")", Values: "OR", Empty: "NOT ( )"}
}

var formatCommand = Command{
	Name:   "format",
	Syntax: `format [mvsep=<text>] [maxresults=<count>] [emptystr=<text>] ["<before all>" "<before row>" "<between fields>" "<after row>" "<between rows>" "<after all>"]`,
	Doc:    `Make one row of all, whose field search is a search expression: ( ( a="1" AND b="x" ) OR ( a="2" ) ). Fields come by name, without internal ones; one named search or query is taken over as it is. A subsearch does this without being told.`,
	Options: []Option{
		{Name: "mvsep", Value: "<text>", Default: "OR", Doc: "What stands between the values of a field with several."},
		{Name: "maxresults", Value: "<count>", Default: "0", Doc: "Take only so many rows; 0 takes all."},
		{Name: "emptystr", Value: "<text>", Default: "NOT ( )", Doc: "The text if there are no rows."},
	},
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		n := newFormat(in)
		n.Values, n.Empty, n.Max = a.text("mvsep", n.Values), a.text("emptystr", n.Empty), a.count("maxresults", -1)
		if n.Max < 0 {
			n.Max, n.In = 0, p.capped(in, "limit-format", commandSpan(c))
		}
		parts := take(a, every[*ast.String])
		a.done()
		if len(parts) != 0 && len(parts) != 6 {
			p.errorf(commandSpan(c), "six-texts", "format takes six texts or none, not %d", len(parts)).WithHint("syntax: %s", Lookup("format").Syntax)
			return in
		}
		for i, to := range []*string{&n.Before, &n.RowBefore, &n.Between, &n.RowAfter, &n.Or, &n.After} {
			if len(parts) > 0 {
				*to = parts[i].Text
			}
		}
		return n
	},
}
