package spl

import (
	"strings"

	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var datamodel = Command{
	Name:      "datamodel",
	Syntax:    "| datamodel [<model> [<dataset> [(search|flat|acceleration_search)]]]",
	Doc:       "Give the events of a data model's dataset, newest first: search names the fields Dataset.field, flat leaves the prefix away. Without these words the dataset, the model or all models are described, as JSON in _raw: a row for each.",
	Notes:     "There are no summaries: summariesonly, allow_old_summaries and strict_fields change nothing. `spoor models` lists the models and their fields.",
	Options:   idle("summariesonly", "allow_old_summaries", "strict_fields"),
	generates: true,
	lower: func(p *planner, c *ast.Command, _ plan.Node) plan.Node {
		a := p.args(c)
		names := texts(a.names())
		a.done()
		if len(names) < 3 {
			return p.listed(a, names)
		}
		d, unknown := p.Models.Lookup(names[0] + "." + names[1])
		if unknown != nil {
			p.report(unknown.At(c.At()))
			return nil
		}
		switch strings.ToLower(names[2]) {
		case "search", "acceleration_search":
			return p.view(d)
		case "flat":
			return p.unprefixed(d)
		}
		p.errorf(commandSpan(c), "bad-mode", "datamodel gives events by search or flat, not %q", names[2])
		return nil
	},
}
