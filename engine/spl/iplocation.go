package spl

import (
	"spoor/engine/function"
	"spoor/engine/places"
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var iplocation = Command{
	Name:   "iplocation",
	Syntax: "iplocation [prefix=<text>] [allfields=<bool>] [lang=<code>] <field>",
	Doc: "Say where an address is, out of a database in MaxMind's format: City, Country, Region, lat and lon, and with allfields=true Continent, MetroCode and Timezone. " +
		"The database is the file of --geoip, or geoip.mmdb in the config folder.",
	Notes: "No database comes with this program: without one the fields are missing, with a warning. What the database does not know is missing. Names that it does not have in a language are English.",
	Options: []Option{
		{Name: "prefix", Value: "<text>", Doc: "What stands before the names of the new fields."},
		{Name: "allfields", Value: "<bool>", Default: "false", Doc: "Set Continent, MetroCode and Timezone, too."},
		{Name: "lang", Value: "<text>", Default: "en", Doc: "The language of the names, such as de or pt-BR; with lang=code they are codes of two letters, where there are such."},
	},
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		prefix, whole := a.text("prefix", ""), a.flag("allfields", false)
		lang := text(a.text("lang", "en"), c.At())
		names := a.names()
		a.done()
		if len(names) != 1 {
			p.errorf(commandSpan(c), "missing-field", "iplocation needs one field")
			return in
		}
		p.checkNames(in, names)
		if p.Env.Places == nil {
			p.warnf(commandSpan(c), "no-places", "there is no database that says where addresses are: the fields of iplocation are missing").
				WithHint("--geoip FILE names one; a lookup of networks (match_type CIDR) can tell places, too")
		}
		at := names[0].Span
		before := plan.Field{Name: names[0].Text, Span: at}
		for _, name := range places.Fields(whole) {
			in = extend(in, plan.Assign{Name: prefix + name, Expr: plan.NewCall(function.Command, "place", at, &before, text(name, at), lang)})
		}
		return in
	},
}
