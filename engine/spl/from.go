package spl

import (
	"slices"
	"strings"

	"spoor/datamodels"
	"spoor/engine/plan"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

var from = Command{
	Name:      "from",
	Syntax:    "| from (datamodel:<model>.<dataset> | savedsearch:<name> | lookup:<lookup>)",
	Doc:       "Give the events of a data model's dataset, newest first, with its fields under their names without a prefix; or the rows of a saved search, as savedsearch does; or those of a lookup, as inputlookup does.",
	generates: true,
	lower: func(p *planner, c *ast.Command, _ plan.Node) plan.Node {
		a := p.args(c)
		sets := p.datasets(a)
		a.done()
		if len(sets) != 1 {
			if !p.diags.Failed() {
				p.errorf(commandSpan(c), "missing-datamodel", "from needs one data model, saved search or lookup").WithHint("syntax: %s", Lookup("from").Syntax)
			}
			return nil
		}
		return sets[0]
	},
}

// datasets is the rows of what stands among the arguments as `datamodel:Model.Dataset`, `savedsearch:NAME` and `lookup:NAME`; the name
// may stand apart, and in quotes.
func (p *planner) datasets(a *args) []plan.Node {
	var out []plan.Node
	names := a.names()
	for i := 0; i < len(names); i++ {
		kind, name, _ := strings.Cut(names[i].Text, ":")
		at := names[i].Span
		of := p.datasetOf(kind)
		if of == nil {
			p.errorf(at, "cannot-run", "data models, saved searches and lookups can be read by name here, not %q", names[i].Text).
				WithHint("write datamodel:Endpoint.Processes, savedsearch:NAME or lookup:NAME")
			continue
		}
		if name == "" && i+1 < len(names) {
			i++
			name, at = names[i].Text, names[i].Span
		}
		if n := of(at, name); n != nil {
			out = append(out, n)
		}
	}
	return out
}

// datasetOf is what finds the rows of a kind of datasets by their names; nil if there is no such kind.
func (p *planner) datasetOf(kind string) func(source.Span, string) plan.Node {
	switch strings.ToLower(kind) {
	case "datamodel":
		return func(at source.Span, name string) plan.Node {
			d, unknown := p.Models.Lookup(name)
			if unknown != nil {
				p.report(unknown.At(at))
				return nil
			}
			return p.unprefixed(d)
		}
	case "savedsearch":
		return func(at source.Span, name string) plan.Node { return p.savedSearch(at, name, nil) }
	case "lookup":
		return func(at source.Span, name string) plan.Node {
			_, table := p.table(at, name)
			if table == nil {
				return nil
			}
			return rowsOf(table, 0, table.Rows)
		}
	}
	return nil
}

// unprefixed is the events of a dataset, with its fields under their bare names.
func (p *planner) unprefixed(d *datamodels.Dataset) plan.Node {
	outer := p.scan
	p.scan = &plan.Scan{Earliest: p.Earliest, Latest: p.Latest}
	defer func() { p.scan = outer }()
	v := p.view(d)
	n := &plan.Rename{In: v}
	taken := slices.Clone(plan.Metadata)
	for _, name := range v.Fields { // each by its name: Processes.* would stand for _time, too
		bare := name
		for _, e := range d.Root().Descendants() {
			if rest, ok := strings.CutPrefix(name, e.Path()+"."); ok && len(rest) < len(bare) {
				bare = rest
			}
		}
		if !slices.Contains(taken, bare) && bare != name {
			n.Pairs = append(n.Pairs, plan.RenamePair{From: name, To: bare})
			taken = append(taken, bare)
		}
	}
	return n
}
