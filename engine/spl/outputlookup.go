package spl

import (
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var outputlookup = Command{
	Name:   "outputlookup",
	Syntax: "outputlookup [append=<bool>] [create_empty=<bool>] [override_if_empty=<bool>] [key_field=<field>] [max=<count>] <lookup>",
	Doc:    "Write the rows into a lookup, and give them on. The file is replaced as a whole, once all rows are known. With append=true the rows are put behind those that are there, and with key_field they take the place of those with the same value in that column; then only the columns that are there already are kept. A name that ends in .csv may be new: it is made in the folder of --lookups that was named last.",
	Notes:  "Nothing outside of the folders of --lookups and the config folder's is written. Times are written as seconds since 1970, several values line by line, and internal fields but _time and _key not at all. With create_empty=false or override_if_empty=false a search without rows leaves the lookup as it is. createinapp, user and output_format=splunk_sv_csv change nothing.",
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		ignoreOptions(a, "createinapp", "create_context")
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
