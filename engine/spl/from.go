package spl

import (
	"slices"
	"strings"

	"spoor/datamodels"
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var from = Command{
	Name:      "from",
	Syntax:    "| from datamodel:<model>.<dataset>",
	Doc:       "Give the events of a data model's dataset, newest first, with its fields under their names without a prefix.",
	Notes:     "Only data models can be read by name: for a lookup there is inputlookup, and saved searches are text of your own.",
	generates: true,
	lower: func(p *planner, c *ast.Command, _ plan.Node) plan.Node {
		a := p.args(c)
		sets := p.namedDatasets(a)
		a.done()
		if len(sets) != 1 {
			if !p.diags.Failed() {
				p.errorf(commandSpan(c), "missing-datamodel", "from needs one data model").WithHint("syntax: %s", Lookup("from").Syntax)
			}
			return nil
		}
		return sets[0]
	},
}

// namedDatasets is the data models that stand among the arguments as `datamodel:Model.Dataset`; the name may stand apart, and in quotes.
func (p *planner) namedDatasets(a *args) []plan.Node {
	var out []plan.Node
	names := a.names()
	for i := 0; i < len(names); i++ {
		kind, model, _ := strings.Cut(names[i].Text, ":")
		at := names[i].Span
		if !strings.EqualFold(kind, "datamodel") {
			p.errorf(at, "cannot-run", "only data models can be read by name here, not %q", names[i].Text).WithHint("write datamodel:Endpoint.Processes")
			continue
		}
		if model == "" && i+1 < len(names) {
			i++
			model = names[i].Text
		}
		d, unknown := p.Models.Lookup(model)
		if unknown != nil {
			p.report(unknown.At(at))
			continue
		}
		out = append(out, p.unprefixed(d))
	}
	return out
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
