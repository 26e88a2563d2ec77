package spl

import (
	"slices"
	"strings"

	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

// matcher lowers a search expression: of `search`, or of `where` in tstats. It finds time modifiers on the way.
type matcher struct {
	p      *planner
	field  func(*ast.Name) plan.Expr
	window *plan.Scan           // gets the time range that the expression names; nil where none may stand
	ends   bool                 // the expression names the end of that range
	terms  func(*ast.Term) bool // whether words may be looked for in _raw; it reports why not

	events bool // the rows are events: index is taken for true, sourcetypes have several names, and event types mean searches
}

// lower is the condition of a search expression.
func (m *matcher) lower(n ast.Node) plan.Expr { return m.node(n, true) }

// node lowers a part; top is true where every row must fulfil it, so that time modifiers make sense.
func (m *matcher) node(n ast.Node, top bool) plan.Expr {
	switch n := n.(type) {
	case *ast.Binary:
		parts := operands(n)
		conds := make([]plan.Expr, len(parts))
		for i, part := range parts {
			conds[i] = m.node(part, top && n.Op != "OR")
		}
		if n.Op == "OR" {
			return plan.Or(conds...)
		}
		return plan.And(conds...)
	case *ast.Unary:
		return plan.NewCall(function.SPL, "not", n.Span, m.node(n.X, false))
	case *ast.Compare:
		return m.compare(n, top)
	case *ast.Among:
		return m.among(n)
	case *ast.Term:
		return m.term(n)
	case *ast.Subsearch:
		return m.subsearch(n, top)
	case *ast.Option:
		if s, ok := n.Value.(*ast.Subsearch); ok {
			return m.compared(n, s, top)
		}
		m.p.errorf(n.At(), "not-a-search", "this is no search expression")
	default:
		m.p.errorf(n.At(), "not-a-search", "this is no search expression")
	}
	return truth(true, n.At())
}

func (m *matcher) compare(n *ast.Compare, top bool) plan.Expr {
	if isTimeModifier(n.Field) && m.window != nil {
		if !top {
			m.p.errorf(n.Span, "nested-time", "%s bounds the whole search: it cannot stand inside NOT or OR", n.Field.Text)
		} else {
			m.timeModifier(n)
		}
		return truth(true, n.Span)
	}
	if m.ignores(n.Field) {
		return truth(true, n.Span)
	}
	if cond := m.metadata(n); cond != nil {
		return cond
	}
	m.warnElsewhere(n.Field)
	field := m.field(n.Field)
	if n.Op == "=" && n.Value.Text == "*" && n.Value.Func == "" {
		return m.call("exists", n, field)
	}
	op := n.Op
	if op == "==" {
		op = "="
	}
	if n.Value.Func == "CASE" && (op == "=" || op == "!=") {
		op = "case" + op
	}
	return m.call(op, n, field, value(n.Value))
}

// ignores says whether a comparison with the field is taken for true, with a warning: there are no indexes.
func (m *matcher) ignores(field *ast.Name) bool {
	if !m.events || !strings.EqualFold(field.Text, "index") {
		return false
	}
	m.p.warnf(field.Span, "no-index", "there are no indexes here: the inputs are what is searched, and index is ignored")
	return true
}

// call makes the call of a search predicate.
func (m *matcher) call(name string, at ast.Node, args ...plan.Expr) plan.Expr {
	return m.p.checked(plan.NewCall(function.Search, name, at.At(), args...))
}

// among lowers IN; values inside CASE() are compared with regard to case.
func (m *matcher) among(n *ast.Among) plan.Expr {
	if m.ignores(n.Field) {
		return truth(true, n.Span)
	}
	if len(n.Searches) > 0 {
		return m.amongSearches(n)
	}
	if m.events && n.Field.Text == "eventtype" {
		var any []plan.Expr
		for _, v := range n.Values {
			any = append(any, m.eventType(v))
		}
		return plan.Or(any...)
	}
	m.warnElsewhere(n.Field)
	field := m.field(n.Field)
	folded, cased := []plan.Expr{field}, []plan.Expr{field}
	for _, v := range n.Values {
		switch {
		case v.Func == "CASE":
			cased = append(cased, value(v))
		case m.events && n.Field.Text == "sourcetype":
			for _, name := range m.sourcetypes(v) {
				folded = append(folded, text(name, v.Span))
			}
		default:
			folded = append(folded, value(v))
		}
	}
	var conds []plan.Expr
	if len(folded) > 1 {
		conds = append(conds, m.call("in", n, folded...))
	}
	if len(cased) > 1 {
		conds = append(conds, m.call("casein", n, cased...))
	}
	return plan.Or(conds...)
}

func (m *matcher) term(n *ast.Term) plan.Expr {
	if n.Value.Text == "*" && n.Value.Func == "" {
		return truth(true, n.Span)
	}
	if c := m.colons(n); c != nil {
		return m.compare(c, false)
	}
	if !m.terms(n) {
		return truth(false, n.Span)
	}
	name := "term"
	switch n.Value.Func {
	case "CASE":
		name = "caseterm"
	case "TERM":
		name = "wholeterm"
	}
	return m.call(name, n, &plan.Field{Name: "_raw", Span: n.Span}, value(n.Value))
}

// rawTerms allows words where the rows still have _raw, and reports where not.
func (p *planner) rawTerms(in plan.Node) func(*ast.Term) bool {
	return func(t *ast.Term) bool {
		if in == nil {
			return true
		}
		names, exact := plan.Columns(in)
		if !exact || slices.Contains(names, "_raw") {
			return true
		}
		p.warnf(t.Span, "no-raw", "%q is looked for in _raw, which the rows no longer have: nothing matches", t.Value.Text).
			WithHint("name a field: field=%q", t.Value.Text)
		return false
	}
}

var timeModifiers = []string{
	"earliest", "latest", "starttime", "endtime",
	"startminutesago", "endminutesago", "starthoursago", "endhoursago", "startdaysago", "enddaysago", "startmonthsago", "endmonthsago",
	"daysago", "hoursago", "minutesago", "starttimeu", "endtimeu",
	"searchtimespanminutes", "searchtimespanhours", "searchtimespandays", "searchtimespanmonths", "timeformat",
}

func isTimeModifier(n *ast.Name) bool {
	return slices.Contains(timeModifiers, strings.ToLower(n.Text))
}
