package spl

import (
	"slices"
	"strings"

	"spoor/engine/aggregate"
	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var metadata = Command{
	Name:   "metadata",
	Syntax: "| metadata type=(hosts|sources|sourcetypes)",
	Doc:    "Say which hosts, sources or sourcetypes there are, with the count and the times of their events: firstTime and lastTime are the least and the greatest of these, in seconds since 1970.",
	Notes:  "All records are read for it. recentTime, when an event was last indexed, is lastTime. There are no indexes: index and splunk_server change nothing.",
	Options: slices.Concat([]Option{
		{Name: "type", Value: "hosts|sources|sourcetypes", Doc: "What to list."},
	}, idle("index", "datatype", "splunk_server", "splunk_server_group")),
	generates: true,
	lower: func(p *planner, c *ast.Command, _ plan.Node) plan.Node {
		a := p.args(c)
		kind := strings.ToLower(a.text("type", ""))
		a.done()
		field, ok := map[string]string{"hosts": "host", "sources": "source", "sourcetypes": "sourcetype"}[kind]
		if !ok {
			p.errorf(commandSpan(c), "bad-type", "the type of metadata is hosts, sources or sourcetypes, not %q", kind)
			return nil
		}
		p.scan.Raw = true
		n := &plan.Aggregate{In: p.scan, Keys: []string{field}}
		for _, agg := range []struct{ function, as string }{{"min", "firstTime"}, {"max", "lastTime"}, {"max", "recentTime"}, {"count", "totalCount"}} {
			f, _, _ := aggregate.Lookup(agg.function)
			made := plan.Agg{Func: f, As: agg.as}
			if !f.NoArg {
				made.Args = []plan.Expr{&plan.Field{Name: "_time", Span: c.At()}}
			}
			n.Aggs = append(n.Aggs, made)
		}
		out := extend(n, plan.Assign{Name: "type", Expr: &plan.Const{V: column.Str(kind), Span: c.At()}})
		return &plan.Project{In: out, Mode: plan.Table, Patterns: []string{"firstTime", field, "lastTime", "recentTime", "totalCount", "type"}}
	},
}
