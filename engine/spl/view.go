package spl

import (
	"slices"
	"strings"

	"spoor/datamodels"
	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

// view is the events of a dataset. Its expressions are filled in once the plan is known (fillView).
func (p *planner) view(d *datamodels.Dataset) *plan.View {
	v := &plan.View{In: p.scan, Dataset: d.String(), Fields: []string{"nodename"}}
	for _, f := range d.AllFields() {
		v.Fields = append(v.Fields, f.String())
	}
	for _, c := range d.Root().Descendants() { // a search may choose a child by nodename, and read its fields
		for _, f := range c.Fields {
			if !slices.Contains(v.Fields, f.String()) {
				v.Fields = append(v.Fields, f.String())
			}
		}
	}
	p.unfed(d)
	if p.views == nil {
		p.views = map[*plan.View]*datamodels.Dataset{}
	}
	p.views[v] = d
	return v
}

// unfed warns, once, of a dataset that can have no events, so that nobody takes silence for their absence.
func (p *planner) unfed(d *datamodels.Dataset) {
	if len(p.Models.Feeds(d)) > 0 {
		return
	}
	for _, seen := range p.views {
		if seen.Root() == d.Root() {
			return
		}
	}
	p.warnf(source.Span{}, "unfed-dataset", "no source here feeds %s: it has no events, whatever the logs hold", d.Root()).
		WithHint("`spoor models list` shows what feeds each dataset")
}

// fillView gives the view its expressions for the fields that are read, for each kind of event that feeds the dataset.
func (p *planner) fillView(v *plan.View, need plan.Need) {
	d := p.views[v]
	if d == nil {
		return // one of the command eql
	}
	v.Kinds = map[string]*plan.KindView{}
	for _, k := range p.Models.Feeds(d) {
		assigns, _ := k.Mapping(d)
		m := &mapping{p: p, d: d, extracted: map[string]source.Span{}, asIs: k.AsIs(d), done: map[string]plan.Expr{}}
		for _, a := range assigns {
			m.extracted[a.Field] = a.Expr
		}
		kv := &plan.KindView{Fields: map[string]plan.Expr{}}
		for _, name := range v.Fields {
			if need.All || need.Names[name] {
				kv.Fields[name] = m.named(name)
			}
		}
		kv.Where = m.conditions(d)
		v.Kinds[k.Name] = kv
	}
}

// mapping is how one kind of event fills a dataset.
type mapping struct {
	p         *planner
	d         *datamodels.Dataset
	extracted map[string]source.Span // by field: expression over raw fields
	asIs      bool                   // the dataset's fields are the raw ones
	done      map[string]plan.Expr
}

// named is the expression for a field by the name that a search uses: Processes.process_name, or nodename.
func (m *mapping) named(name string) plan.Expr {
	if name == "nodename" {
		return m.nodename()
	}
	for _, d := range m.d.Root().Descendants() {
		if prefix := d.Path() + "."; strings.HasPrefix(name, prefix) {
			if f := d.Field(name[len(prefix):]); f != nil {
				return m.field(f)
			}
		}
	}
	return null
}

// field is what the dataset says of a field: its default, or as extracted.
func (m *mapping) field(f *datamodels.Field) plan.Expr {
	key := f.String()
	if e, ok := m.done[key]; ok {
		return e
	}
	e := m.raw(f.Name)
	if !f.Default.IsZero() {
		e = m.p.expression(f.Default, func(x *ast.Field) plan.Expr {
			if slices.Contains(plan.Metadata, x.Text) {
				return &plan.Field{Name: x.Text, Span: x.Span}
			}
			return m.raw(x.Text)
		})
	}
	m.done[key] = e
	return e
}

// raw is the extracted value of a field.
func (m *mapping) raw(name string) plan.Expr {
	if m.asIs {
		return &plan.Field{Name: name}
	}
	at, ok := m.extracted[name]
	if !ok {
		return null
	}
	key := "\x00" + name
	if e, ok := m.done[key]; ok {
		return e
	}
	e := m.p.expression(at, nil)
	m.done[key] = e
	return e
}

// conditions is what an event must fulfil to be in the dataset; nil if every event of the kind is.
func (m *mapping) conditions(d *datamodels.Dataset) plan.Expr {
	var conds []plan.Expr
	for _, at := range d.Conditions() {
		conds = append(conds, m.p.expression(at, func(x *ast.Field) plan.Expr {
			if f := d.Field(x.Text); f != nil {
				return m.field(f)
			}
			return &plan.Field{Name: x.Text, Span: x.Span}
		}))
	}
	if conds == nil {
		return nil
	}
	return plan.And(conds...)
}

// nodename is the paths of the datasets that the event is in.
func (m *mapping) nodename() plan.Expr {
	var paths []plan.Expr
	for _, d := range m.d.Root().Descendants() {
		var path plan.Expr = &plan.Const{V: column.Str(d.Path())}
		if cond := m.conditions(d); cond != nil {
			path = plan.NewCall(function.SPL, "if", cond.At(), cond, path, null)
		}
		paths = append(paths, path)
	}
	if len(paths) == 1 {
		return paths[0]
	}
	return plan.NewCall(function.SPL, "mvappend", source.Span{}, paths...)
}
