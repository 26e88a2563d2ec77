package spl

import (
	"slices"

	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var outputlookup = Command{
	Name:   "outputlookup",
	Syntax: "outputlookup [append=<bool>] [create_empty=<bool>] [override_if_empty=<bool>] [key_field=<field>] [max=<count>] <lookup>",
	Doc:    "Write the rows into a lookup, and give them on. The file is replaced as a whole, once all rows are known. With append=true the rows are put behind those that are there, and with key_field they take the place of those with the same value in that column; then only the columns that are there already are kept. A name that ends in .csv may be new: it is made in the folder of --lookups that was named last.",
	Notes:  "Nothing outside of the folders of --lookups and the config folder's is written. Times are written as seconds since 1970, several values line by line, and internal fields but _time and _key not at all. With create_empty=false or override_if_empty=false a search without rows leaves the lookup as it is. createinapp, user and output_format=splunk_sv_csv change nothing.",
	Options: slices.Concat([]Option{
		{Name: "append", Value: "<bool>", Default: "false", Doc: "Put the rows behind those of the lookup."},
		{Name: "key_field", Value: "<field>", Doc: "Put rows in the place of those with the same value of this column."},
		{Name: "create_empty", Value: "<bool>", Default: "true", Doc: "Make a new lookup even if there are no rows."},
		{Name: "override_if_empty", Value: "<bool>", Default: "true", Doc: "Empty the lookup if there are no rows."},
		{Name: "max", Value: "<count>", Default: "0", Doc: "Write only so many rows; 0 writes all."},
		{Name: "output_format", Value: "splunk_sv_csv", Default: "splunk_sv_csv", Doc: "The form of the file: there is only this one."},
	}, idle("createinapp", "create_context")),
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		if v := a.option("output_format"); v != nil {
			if text, _ := literal(v); text != "splunk_sv_csv" {
				p.errorf(v.At(), "cannot-run", "outputlookup writes splunk_sv_csv only: one text in each cell")
			}
		}
		n := &plan.ToLookup{In: in, Append: a.flag("append", false), Key: a.text("key_field", ""), Max: a.wholeNumber("max")}
		create, override := a.flag("create_empty", true), a.flag("override_if_empty", true)
		n.KeepEmpty = !create || !override || n.Append || n.Key != ""
		named := p.columnPairs(a)
		a.done()
		if len(named) != 1 {
			p.errorf(commandSpan(c), "missing-argument", "outputlookup needs the name of one lookup").WithHint("syntax: %s", Lookup("outputlookup").Syntax)
			return in
		}
		n.Table, n.Span = named[0].Column, named[0].at
		_, diag := p.Env.Lookups.Target(n.Span, n.Table)
		p.found(diag)
		return n
	},
}
