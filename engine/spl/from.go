package spl

import (
	"strings"

	"spoor/engine/plan"
	"spoor/grammar/ast"
)

// namedDatasets is the data models that stand among the arguments as `datamodel:Model.Dataset`.
func (p *planner) namedDatasets(a *args) []plan.Node {
	var out []plan.Node
	for _, name := range a.names() {
		if n := p.namedDataset(name); n != nil {
			out = append(out, n)
		}
	}
	return out
}

// namedDataset is the events of a dataset, of which the fields have no prefix.
func (p *planner) namedDataset(name *ast.Name) plan.Node {
	kind, model, ok := strings.Cut(name.Text, ":")
	if !ok || !strings.EqualFold(kind, "datamodel") {
		p.errorf(name.Span, "cannot-run", "only data models can be read by name here, not %q", name.Text).WithHint("write datamodel:Endpoint.Processes")
		return nil
	}
	d, unknown := p.Models.Lookup(strings.Trim(model, `"`))
	if unknown != nil {
		p.report(unknown.At(name.Span))
		return nil
	}
	scan := *p.scan
	outer := p.scan
	p.scan = &plan.Scan{Earliest: p.Earliest, Latest: p.Latest, Clock: scan.Clock}
	defer func() { p.scan = outer }()
	n := &plan.Rename{In: p.view(d)}
	for _, e := range d.Root().Descendants() {
		n.Pairs = append(n.Pairs, plan.RenamePair{From: e.Path() + ".*", To: "*"})
	}
	return n
}
