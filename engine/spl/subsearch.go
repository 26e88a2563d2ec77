package spl

import (
	"regexp"
	"slices"
	"strings"

	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/grammar"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

// answerOf runs a search within the search. ok is false if its rows are not known yet: then the plan is one to look at, not to run.
func (p *planner) answerOf(at source.Span, n plan.Node) (rows []*column.Batch, ok bool) {
	if n == nil || p.diags.Failed() {
		return nil, false
	}
	return p.answer(at, p.fillViews(p.grounded(n)))
}

// inBrackets is answerOf for a search in brackets, whose plan is one of its own.
func (p *planner) inBrackets(at source.Span, n plan.Node) (rows []*column.Batch, ok bool) {
	if n == nil || p.diags.Failed() {
		return nil, false
	}
	n = p.fillViews(p.grounded(n))
	if p.Rows == nil {
		p.inner = append(p.inner, Inner{at, n})
	}
	return p.answer(at, n)
}

func (p *planner) answer(at source.Span, n plan.Node) (rows []*column.Batch, ok bool) {
	if p.Rows == nil {
		p.pending = true
		p.reads = p.reads || scans(n)
		return nil, false
	}
	rows, err := p.Rows(n)
	if err != nil {
		p.errorf(at, "subsearch", "this search failed: %s", err)
		return nil, false
	}
	return rows, true
}

// scans says whether a plan reads events.
func scans(n plan.Node) bool {
	_, scan := n.(*plan.Scan)
	return scan || slices.ContainsFunc(n.Inputs(), scans)
}

// unresolved stands for the condition that a subsearch will become.
func unresolved(s *ast.Subsearch) plan.Expr {
	return &plan.Field{Name: "\x00" + s.Span.String(), Span: s.Span}
}

// subsearch is the condition that a row has the values of one of the subsearch's rows.
func (m *matcher) subsearch(s *ast.Subsearch, top bool) plan.Expr {
	rows, ok := m.p.inBrackets(s.Span, m.p.capped(m.p.branch(s), "limit-subsearch", s.Span))
	if !ok {
		return unresolved(s)
	}
	var conds []plan.Expr
	total := 0
	for _, b := range rows {
		total += b.Rows
	}
	alike := &ast.Among{Pos: s.Pos} // of rows that all have one field, the same
	for _, b := range rows {
		for r := range b.Rows {
			cells := cellsOf(b, r, s.Pos)
			if len(cells) == 1 && total > 1 && plainName(cells[0].name) && (alike.Field == nil || alike.Field.Text == cells[0].name) {
				alike.Field = &ast.Name{Pos: s.Pos, Text: cells[0].name}
				alike.Values = append(alike.Values, cells[0].values...)
				continue
			}
			var parts []plan.Expr
			for _, c := range cells {
				parts = append(parts, m.cell(c, s.Pos, top && total == 1))
			}
			if parts != nil {
				conds = append(conds, plan.And(parts...))
			}
		}
	}
	if alike.Field != nil {
		conds = append(conds, m.among(alike))
	}
	return plan.Or(conds...)
}

func plainName(name string) bool {
	return name != "search" && name != "query" && !isTimeModifier(&ast.Name{Text: name})
}

// cell is the values of one field of a row.
type cell struct {
	name   string
	values []*ast.Value
}

// cellsOf is the fields of a row that have values, by name, without internal ones.
func cellsOf(b *column.Batch, r int, at ast.Pos) []cell {
	names := slices.DeleteFunc(slices.Clone(b.Schema.Names), func(name string) bool { return strings.HasPrefix(name, "_") || column.Hidden(name) })
	slices.Sort(names)
	var out []cell
	for _, name := range names {
		v := b.Col(name).Value(r)
		if v.IsNull() {
			continue
		}
		c := cell{name: name}
		for _, item := range v.Items() {
			c.values = append(c.values, &ast.Value{Pos: at, Text: item.String(), Quoted: true})
		}
		out = append(out, c)
	}
	return out
}

func (m *matcher) cell(c cell, at ast.Pos, top bool) plan.Expr {
	var conds []plan.Expr
	for _, v := range c.values {
		if c.name == "search" || c.name == "query" {
			conds = append(conds, m.raw(v.Text, top))
			continue
		}
		conds = append(conds, m.node(&ast.Compare{Pos: at, Field: &ast.Name{Pos: at, Text: c.name}, Op: "=", Value: v}, top))
	}
	return plan.Or(conds...)
}

// nothing is the text of a subsearch that found nothing.
var nothing = regexp.MustCompile(`^(?:NOT)?\s*\(\s*\)$`)

// raw is the condition that a text says.
func (m *matcher) raw(text string, top bool) plan.Expr {
	if nothing.MatchString(strings.TrimSpace(text)) {
		return truth(false, source.Span{})
	}
	at := source.New("subsearch", text).All()
	tree, errs := grammar.ParseSearchSpan(at)
	m.p.diags = append(m.p.diags, errs...)
	if errs.Failed() || tree == nil {
		return truth(true, at)
	}
	return m.node(tree, top)
}

// compared is field=[subsearch]: what the subsearch returns stands behind the equals sign.
func (m *matcher) compared(o *ast.Option, s *ast.Subsearch, top bool) plan.Expr {
	text, ok := m.p.textOf(s, false)
	if !ok {
		return unresolved(s)
	}
	if nothing.MatchString(text) {
		return truth(false, s.Span)
	}
	return m.raw(o.Name+"="+text, top)
}

// textOf is what a subsearch becomes as text. What ends with return or format has made it so itself.
func (p *planner) textOf(s *ast.Subsearch, inEval bool) (string, bool) {
	n := p.branch(s)
	if n == nil {
		return "", false
	}
	_, done := n.(*plan.Format)
	n = p.capped(n, "limit-subsearch", s.Span)
	if !done {
		f := newFormat(n)
		f.Quoted = inEval
		n = f
	}
	rows, ok := p.inBrackets(s.Span, n)
	if !ok || len(rows) == 0 || rows[0].Rows == 0 {
		return "", false
	}
	return strings.TrimSpace(rows[0].Col("search").Value(0).String()), true
}

// evalSubsearch is a subsearch in an eval expression: its text stands in its place.
func (p *planner) evalSubsearch(s *ast.Subsearch, fields func(*ast.Field) plan.Expr) plan.Expr {
	text, ok := p.textOf(s, true)
	if !ok {
		return unresolved(s)
	}
	if nothing.MatchString(text) {
		return null
	}
	tree, errs := grammar.ParseEvalSpan(source.New("subsearch", text).All())
	p.diags = append(p.diags, errs...)
	if errs.Failed() || tree == nil {
		return null
	}
	return p.eval(tree, fields)
}
