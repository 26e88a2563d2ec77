package spl

import (
	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var addinfo = Command{
	Name:   "addinfo",
	Syntax: "addinfo",
	Doc:    "Add to every row what is known of the search, in seconds since 1970: info_min_time and info_max_time, between which it looks, and info_search_time, when it began. Where nothing bounds the search these are 0 and +Infinity.",
	Notes:  "Searches have no id here: info_sid is the word spoor.",
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		p.args(c).done()
		seconds := func(ns int64, otherwise column.Value) column.Value {
			if ns == column.Beginning || ns == column.End {
				return otherwise
			}
			return wholeSeconds(ns)
		}
		for _, info := range []struct {
			name string
			v    column.Value
		}{
			{"info_min_time", seconds(p.scan.Earliest, column.Integer(0))},
			{"info_max_time", seconds(p.scan.Latest, column.Str("+Infinity"))},
			{"info_sid", column.Str("spoor")},
			{"info_search_time", wholeSeconds(p.Env.Now)},
		} {
			in = extend(in, plan.Assign{Name: info.name, Expr: &plan.Const{V: info.v, Span: c.At()}})
		}
		return in
	},
}

// wholeSeconds is a time in seconds, as an integer if it is one.
func wholeSeconds(ns int64) column.Value {
	if ns%1e9 == 0 {
		return column.Integer(ns / 1e9)
	}
	return column.Real(column.Seconds(ns))
}
