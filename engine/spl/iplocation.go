package spl

import (
	"slices"

	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var iplocation = Command{
	Name:   "iplocation",
	Syntax: "iplocation [prefix=<text>] [allfields=<bool>] [lang=<code>] <field>",
	Doc:    "Say where an address is: City, Country, Region, lat and lon, and with allfields=true Continent, MetroCode and Timezone.",
	Notes:  "No database of addresses comes with this program and none can be given to it yet: the fields are missing in every row, with a warning. A lookup with match_type CIDR can tell places.",
	Options: slices.Concat([]Option{
		{Name: "prefix", Value: "<text>", Doc: "What stands before the names of the new fields."},
		{Name: "allfields", Value: "<bool>", Default: "false", Doc: "Set Continent, MetroCode and Timezone, too."},
	}, idle("lang")),
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		prefix, whole := a.text("prefix", ""), a.flag("allfields", false)
		names := a.names()
		a.done()
		if len(names) != 1 {
			p.errorf(commandSpan(c), "missing-field", "iplocation needs one field")
			return in
		}
		p.checkNames(in, names)
		p.warnf(commandSpan(c), "no-places", "there is no database that says where addresses are: the fields of iplocation are missing").
			WithHint("a lookup of networks (match_type CIDR) can tell places")
		places := []string{"City", "Country", "Region", "lat", "lon"}
		if whole {
			places = append(places, "Continent", "MetroCode", "Timezone")
		}
		for _, name := range places {
			in = extend(in, plan.Assign{Name: prefix + name, Expr: null})
		}
		return in
	},
}
