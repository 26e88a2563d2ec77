package spl

import (
	"slices"
	"strings"

	"spoor/datamodels"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

var tstats = Command{
	Name:   "tstats",
	Syntax: "| tstats [<option>...] <aggregate>... from datamodel=<model>[.<dataset>] [where <search expression>] [by <field>... [span=<span>]]",
	Doc: "Aggregate the events of a data model's dataset. Fields are written Dataset.field; _time, host, source, sourcetype and nodename stand alone. Rows that lack a field after by are left out unless fillnull_value says what to put in its place. " +
		"Without a span, _time is cut to seconds.",
	Notes: "min(_time) and max(_time) have all the digits that the events' times have. The columns are the fields after by, in their order, and then the aggregates; rows come in the order of the fields after by. There are no summaries: summariesonly, allow_old_summaries, chunk_size, local and include_reduced_buckets change nothing. prestats and append cannot run.",
	Options: slices.Concat([]Option{
		{Name: "datamodel", Value: "<model>[.<dataset>]", Doc: "The data model, if it does not stand behind from."},
		{Name: "nodename", Value: "<dataset>", Doc: "Narrow the model to this dataset."},
		{Name: "fillnull_value", Value: "<text>", Doc: "What to put in place of a missing field after by."},
		{Name: "prestats", Value: "<bool>", Default: "false", Doc: "Prepare rows for another command. Only false can run here."},
		{Name: "append", Value: "<bool>", Default: "false", Doc: "Put the rows behind others. Only false can run here."},
	}, idle("summariesonly", "allow_old_summaries", "chunk_size", "local", "include_reduced_buckets", "prestats_summary")),
	generates: true,
	lower: func(p *planner, c *ast.Command, _ plan.Node) plan.Node {
		p.eatenMacro(c)
		a := p.args(c)
		fill := a.option("fillnull_value")
		d := p.dataset(c, a)
		if d == nil { // the rest may be wrong as well
			(&aggregates{p: p, field: plainField}).take(a)
			for _, word := range []string{"where", "by", "groupby"} {
				a.clause(word)
			}
			for _, option := range []string{"prestats", "append"} {
				a.option(option)
			}
			a.done()
			return nil
		}
		t := &modelSearch{p: p, d: d, view: p.view(d)}
		t.refuseOptions(a)
		in := t.filtered(a)
		list, _, _ := a.clause("by", "groupby")
		g := &aggregates{p: p, field: t.field}
		n := &plan.Aggregate{In: in, Aggs: g.take(a)}
		a.done()
		t.keys(n, g, list, fill)
		if len(n.Aggs) == 0 && !p.diags.Failed() {
			p.errorf(commandSpan(c), "missing-aggregate", "tstats needs an aggregate function such as count")
			return nil
		}
		return n
	},
}

// eatenMacro warns of the trace that a shell leaves of a macro between double quotes: two blanks behind the command.
func (p *planner) eatenMacro(c *ast.Command) {
	where, macros := c.Word.User()
	after := where.Text.Body[where.End:]
	if len(macros) == 0 && strings.HasPrefix(after, "  ") && !strings.HasPrefix(strings.TrimLeft(after, " "), "`") {
		p.warnf(c.Word, "eaten-macro", "two blanks follow tstats, as if a `macro` had stood between them").
			WithHint("a shell takes a `macro` in double quotes as a command of its own: put the search in single quotes, or in a file for -f")
	}
}

func plainField(n *ast.Name) plan.Expr { return &plan.Field{Name: n.Text, Span: n.Span} }

// dataset is what `from datamodel=...` names, narrowed by `nodename=` if that stands beside it.
func (p *planner) dataset(c *ast.Command, a *args) *datamodels.Dataset {
	from, at, ok := a.clause("from")
	var name ast.Node
	for _, n := range from {
		if o, isOption := n.(*ast.Option); isOption && o.Name == "datamodel" {
			name = o.Value
		} else {
			p.errorf(n.At(), "cannot-run", "tstats reads data models only").WithHint("write `from datamodel=Endpoint.Processes`")
			return nil
		}
	}
	if !ok || name == nil {
		if name = a.option("datamodel"); name == nil {
			p.errorf(orSpan(at, commandSpan(c)), "missing-datamodel", "tstats needs a data model here").WithHint("write `from datamodel=Endpoint.Processes`")
			return nil
		}
	}
	text, _ := literal(name)
	d, unknown := p.Models.Lookup(text)
	if unknown != nil {
		p.report(unknown.At(name.At()))
		return nil
	}
	if node := a.option("nodename"); node != nil {
		path, _ := literal(node)
		for _, m := range p.Models.Models() {
			if m.Name != d.Model {
				continue
			}
			if d, unknown = p.Models.Node(m, path); unknown != nil {
				p.report(unknown.At(node.At()))
				return nil
			}
		}
	}
	return d
}

func orSpan(a, b source.Span) source.Span {
	if a.IsZero() {
		return b
	}
	return a
}

// modelSearch is a search of a dataset.
type modelSearch struct {
	p    *planner
	d    *datamodels.Dataset
	view *plan.View
}

func (t *modelSearch) refuseOptions(a *args) {
	for _, name := range []string{"prestats", "append"} {
		if a.flag(name, false) {
			t.p.errorf(a.c.Word, "cannot-run", "%s=true of tstats cannot run here", name)
		}
	}
}

// filtered is the dataset's events that the where clause lets pass.
func (t *modelSearch) filtered(a *args) plan.Node {
	list, _, _ := a.clause("where")
	m := &matcher{p: t.p, window: t.p.scan, field: t.field, terms: func(term *ast.Term) bool {
		t.p.warnf(term.Span, "no-raw", "%q is looked for in _raw, which a data model does not have: nothing matches", term.Value.Text).
			WithHint("name a field: %s.<field>=%q", t.d.Root().Path(), term.Value.Text)
		return false
	}}
	var in plan.Node = t.view
	for _, n := range list {
		in = &plan.Filter{In: in, Cond: m.lower(n)}
	}
	return in
}

// field is a field of the dataset; a name that it does not have is missing in every event, with a warning.
func (t *modelSearch) field(n *ast.Name) plan.Expr {
	name := n.Text
	if !slices.Contains(t.view.Fields, name) && !slices.Contains(plan.Metadata, name) {
		t.unknown(n)
	}
	return &plan.Field{Name: name, Span: n.Span}
}

func (t *modelSearch) unknown(n *ast.Name) {
	hint := source.Suggest(n.Text, t.view.Fields)
	if prefix := t.d.Root().Path() + "."; hint == "" && !strings.Contains(n.Text, ".") && slices.Contains(t.view.Fields, prefix+n.Text) {
		hint = "did you mean `" + prefix + n.Text + "`?"
	}
	t.p.warnf(n.Span, "unknown-field", "the dataset %s has no field %s: it is missing in every event", t.d, n.Text).
		WithHint("%s", orList(hint, "`spoor models show "+t.d.String()+"` lists its fields"))
}

// keys lowers the by clause: what is missing gets the fill value if there is one, _time is cut to its span.
func (t *modelSearch) keys(n *plan.Aggregate, g *aggregates, list []ast.Node, fill ast.Node) {
	fields, spans := t.p.byList(list)
	g.apart(texts(fields))
	for _, f := range fields {
		if strings.Contains(f.Text, "*") {
			t.p.errorf(f.Span, "no-wildcards", "tstats takes no wildcards after by")
			continue
		}
		e := t.field(f)
		if span := spans[f.Text]; span != nil {
			e = t.p.binned(f.Text, span)
		} else if f.Text == "_time" {
			e = t.p.binned("_time", &ast.String{Pos: f.Pos, Text: "1s"})
		}
		if fill != nil {
			s, _ := literal(fill)
			e = plan.NewCall(function.SPL, "coalesce", f.Span, e, text(s, fill.At()))
		}
		if _, plain := e.(*plan.Field); !plain {
			n.In = extend(n.In, plan.Assign{Name: f.Text, Expr: e})
		}
		if !slices.Contains(n.Keys, f.Text) {
			n.Keys = append(n.Keys, f.Text)
		}
	}
}
