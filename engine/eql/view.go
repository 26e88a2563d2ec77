package eql

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

// filling is a view whose expressions are filled in once the plan is known.
type filling struct {
	view   *plan.View
	kinds  []kind
	starts bool // only the events that start or end processes
}

// view is the events that may fill one of the stages, which are those of the queries, and the columns that they need of the process
// table.
func (l *lowerer) view(queries []*ast.EventQuery, stages []plan.Stage) (v *plan.View, open []string) {
	f := &filling{}
	for _, k := range append(l.feeds(), undeclared()) {
		k.open = l.asked(k, plan.StageFields(stages))
		var fills []plan.Stage
		for i, s := range stages {
			if l.EveryKind || l.mayBe(k, queries[i]) && l.mayHold(k, plan.Weaken(s.Cond, k.open)) {
				fills = append(fills, s)
			}
		}
		if k.open = l.asked(k, plan.StageFields(fills)); fills != nil {
			f.kinds = append(f.kinds, k)
			open = append(open, k.open...)
		}
	}
	slices.Sort(open)
	scan := &plan.Scan{Earliest: l.Earliest, Latest: l.Latest, Clock: l.clock()}
	scan.Clock.Needed = l.timed
	f.view = &plan.View{In: scan, Dataset: datamodels.Events, Open: true, Fields: l.Metadata, Kinds: map[string]*plan.KindView{}}
	l.views = append(l.views, f)
	return f.view, slices.Compact(open)
}

func (l *lowerer) clock() plan.Clock {
	return plan.Clock{Written: l.Timestamp == "", Field: l.Timestamp}
}

// enriched is the events with the open ones of the columns filled from the process table: from the starts of all times, since a process
// may be older than the window.
func (l *lowerer) enriched(in plan.Node, columns []string) plan.Node {
	scan := &plan.Scan{Earliest: column.Beginning, Latest: column.End, Clock: l.clock()}
	v := &filling{
		view:  &plan.View{In: scan, Dataset: datamodels.Events, Open: true, Kinds: map[string]*plan.KindView{}},
		kinds: l.starters(), starts: true,
	}
	l.views = append(l.views, v)
	return &plan.Enrich{In: in, Starts: v.view, Fields: columns}
}

// asked is those of the columns which events of the kind ask of the process table.
func (l *lowerer) asked(k kind, columns []string) []string {
	var out []string
	for _, c := range columns {
		field := visible(c)
		if l.NoProcessTable || !slices.Contains(k.Asks, field) {
			continue
		}
		for _, name := range []string{field, c} { // with the hidden columns the field itself, for the eye
			if !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return out
}

// visible is the field for which a hidden column stands.
func visible(name string) string {
	for _, f := range argumentLists {
		if name == argv(f) || name == commandLine(f) {
			return f
		}
	}
	return name
}

// fillViews gives the views their expressions for the columns that the plan reads of them.
func (l *lowerer) fillViews(n plan.Node) {
	var walk func(n plan.Node, need plan.Need)
	walk = func(n plan.Node, need plan.Need) {
		for _, f := range l.views {
			if f.view == n {
				l.fill(f, need)
			}
		}
		for i, in := range n.Inputs() {
			walk(in, need.Of(n, i))
		}
	}
	walk(n, plan.Everything())
}

func (l *lowerer) fill(f *filling, need plan.Need) {
	for _, k := range f.kinds {
		names := need.Sorted()
		if need.All {
			names = append(names, l.fields(k)...)
		}
		kv := l.kindView(k, names)
		if f.starts {
			kv.Where = plan.Or(l.when(k.Starts), l.when(k.Ends))
		}
		f.view.Kinds[k.Name] = kv
	}
}

// kindView is how the kind fills the columns of these names.
func (l *lowerer) kindView(k kind, names []string) *plan.KindView {
	kv := &plan.KindView{Fields: map[string]plan.Expr{}, AsIs: k.asIs}
	for _, name := range names {
		if e := l.column(k, name); e != nil {
			kv.Fields[name] = e
		}
	}
	return kv
}

// fields is the fields for which the kind needs an expression, if all of its fields are wanted.
func (l *lowerer) fields(k kind) []string {
	names := []string{or(l.Timestamp, "@timestamp")}
	if l.ID != "" {
		names = append(names, "_id")
	}
	for _, a := range k.assigns {
		names = append(names, a.Field)
	}
	if k.asIs {
		for _, f := range l.dataset.AllFields() {
			if f.Type == date || f.Type == ip {
				names = append(names, f.Name)
			}
		}
	}
	return names
}

// column is what makes a column of the events of a kind; nil if it is the raw field, or missing if the kind's fields have other names.
func (l *lowerer) column(k kind, name string) plan.Expr {
	switch {
	case name == or(l.Timestamp, "@timestamp"):
		return &plan.Field{Name: "_time"}
	case name == "_id" && l.ID != "":
		return l.mapped(k, l.ID)
	case name == plan.Starts:
		return l.when(k.Starts)
	case name == plan.Ends:
		return l.when(k.Ends)
	case name == plan.Nameless:
		return l.nameless(k)
	case name == plan.Open(plan.EntityID) && slices.Contains(k.open, plan.EntityID):
		return l.nameless(k) // else the event says itself which process it is
	case strings.HasPrefix(name, plan.Open("")):
		return truth(slices.Contains(k.open, strings.TrimPrefix(name, plan.Open(""))), source.Span{})
	case visible(name) != name:
		return l.arguments(k, name)
	case column.Hidden(name) || slices.Contains(plan.Metadata, name):
		return nil
	}
	e := l.mapped(k, name)
	if t := l.declared(name); e != nil && (t == date || t == ip) {
		return plan.NewCall(function.EQL, t, e.At(), e)
	}
	if f, ok := e.(*plan.Field); ok && k.asIs && f.Name == name {
		return nil
	}
	return e
}

// arguments is one of the two hidden columns that stand for a field of arguments: a kind fills only one of them.
func (l *lowerer) arguments(k kind, name string) plan.Expr {
	e := l.mapped(k, visible(name))
	line, split := tokenised(e)
	wantsLine := name == commandLine(visible(name))
	switch {
	case e == nil || split != wantsLine:
		return &plan.Const{}
	case split:
		return line
	}
	return e
}

// when is a condition of a kind, false if it has none.
func (l *lowerer) when(cond source.Span) plan.Expr {
	if cond.IsZero() {
		return truth(false, cond)
	}
	return l.expression(cond)
}

// nameless is whether an event may lack the entity id of its process, of which the table may then know by the process id: if a GUID says
// that Sysmon did not know it.
func (l *lowerer) nameless(k kind) plan.Expr {
	if !slices.Contains(k.Asks, plan.EntityID) {
		return truth(false, source.Span{})
	}
	if c, ok := l.mapped(k, plan.EntityID).(*plan.Call); ok && c.Func.Name == "entityid" {
		zero := &plan.Const{V: column.Str("0000-000000000000"), Span: c.Span}
		return plan.NewCall(function.SPL, "match", c.Span, c.Args[0], zero)
	}
	return truth(true, source.Span{})
}
