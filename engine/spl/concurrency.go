package spl

import (
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var concurrency = Command{
	Name:   "concurrency",
	Syntax: "concurrency duration=<field> [start=<field>] [output=<field>]",
	Doc:    "Count for each row the rows in progress when it starts, itself among them: those that have started and whose duration, in seconds, is not over. What takes no time is in progress when it starts.",
	Notes:  "A row without a start or a duration has no count, and does not count. All rows are held in memory.",
	Options: []Option{
		{Name: "duration", Value: "<field>", Doc: "The field with the duration, in seconds."},
		{Name: "start", Value: "<field>", Default: "_time", Doc: "The field with the time of the start."},
		{Name: "output", Value: "<field>", Default: "concurrency", Doc: "What the count is called."},
	},
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		n := &plan.Concurrency{In: in, Duration: a.text("duration", ""), Start: a.text("start", "_time"), As: a.text("output", "concurrency")}
		a.done()
		if n.Duration == "" {
			p.errorf(commandSpan(c), "missing-field", "concurrency needs a field with durations").WithHint("write duration=<field>, for example behind transaction: duration=duration")
			return in
		}
		p.checkNames(in, []*ast.Name{{Pos: c.Pos, Text: n.Duration}, {Pos: c.Pos, Text: n.Start}})
		return n
	},
}
