package spl

import (
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var fieldsummary = Command{
	Name:   "fieldsummary",
	Syntax: "fieldsummary [maxvals=<count>] [<field>...]",
	Doc: "Describe the fields, a row for each: the count of rows that have it, distinct_count, numeric_count, the max, mean, min and stdev of its numbers, and its most frequent values with their counts, as JSON. " +
		"Without a list, which may hold wildcards, all fields are described but those that begin with _.",
	Notes: "All counts are exact, so that is_exact is always 1. Every different value is held in memory.",
	Options: []Option{
		{Name: "maxvals", Value: "<count>", Default: "100", Doc: "How many values to list of each field; 0 lists all."},
	},
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		n := &plan.Summary{In: in, Most: 100}
		if v := a.option("maxvals"); v != nil {
			n.Most = a.amount(v)
		}
		names := a.names()
		a.done()
		p.checkNames(in, names)
		n.Fields = texts(names)
		return n
	},
}
