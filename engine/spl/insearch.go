package spl

import (
	"slices"
	"strings"

	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/grammar"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

// valuesIn is the values that a subsearch puts into the list of IN: those of all fields of its rows; of one that ends with return or format,
// those that stand in its text. ok is false if they are not known yet.
func (p *planner) valuesIn(s *ast.Subsearch) (values []column.Value, ok bool) {
	n := p.branch(s)
	f, _ := n.(*plan.Format)
	switch {
	case n == nil:
		return nil, false
	case f == nil:
	case f.Fields == nil:
		return p.valuesOfText(s, n)
	default:
		fields := &plan.Project{In: &plan.Limit{In: f.In, N: f.Max}, Mode: plan.Table}
		for _, field := range f.Fields {
			fields.Patterns = append(fields.Patterns, field.Name)
		}
		n = fields
	}
	rows, ok := p.inBrackets(s.Span, p.capped(n, "limit-subsearch", s.Span))
	for _, b := range rows {
		for r := range b.Rows {
			for i, name := range b.Schema.Names {
				if column.Hidden(name) || f == nil && strings.HasPrefix(name, "_") {
					continue
				}
				items := b.Cols[i].Value(r).Items()
				if f != nil && f.Fields[i].Bare {
					items = split(items)
				}
				values = append(values, items...)
			}
		}
	}
	return values, ok
}

// split is the values of texts that are lists themselves, with commas, as of eval q=mvjoin(x, ",") | return $q.
func split(items []column.Value) []column.Value {
	var out []column.Value
	for _, item := range items {
		if item.Kind() != column.String {
			out = append(out, item)
			continue
		}
		for _, part := range strings.Split(item.Text(), ",") {
			part = strings.TrimSpace(part)
			if inner, ok := strings.CutPrefix(part, `"`); ok {
				part = strings.TrimSuffix(inner, `"`)
			}
			if part != "" {
				out = append(out, column.Str(part))
			}
		}
	}
	return out
}

// valuesOfText is the values in the text that the command format makes.
func (p *planner) valuesOfText(s *ast.Subsearch, n plan.Node) (values []column.Value, ok bool) {
	rows, ok := p.inBrackets(s.Span, p.capped(n, "limit-subsearch", s.Span))
	if !ok || len(rows) == 0 || rows[0].Rows == 0 {
		return nil, ok
	}
	text := strings.TrimSpace(rows[0].Col("search").Value(0).String())
	if nothing.MatchString(text) {
		return nil, true
	}
	tree, errs := grammar.ParseSearchSpan(source.New("subsearch", text).All())
	p.diags = append(p.diags, errs...)
	if !errs.Failed() && tree != nil {
		values = literals(tree)
	}
	return values, true
}

// literals is the values of a search expression.
func literals(n ast.Node) []column.Value {
	switch n := n.(type) {
	case *ast.Binary:
		var out []column.Value
		for _, x := range operands(n) {
			out = append(out, literals(x)...)
		}
		return out
	case *ast.Unary:
		return literals(n.X)
	case *ast.Compare:
		return []column.Value{column.Str(n.Value.Text)}
	case *ast.Among:
		var out []column.Value
		for _, v := range n.Values {
			out = append(out, column.Str(v.Text))
		}
		return out
	case *ast.Term:
		return []column.Value{column.Str(n.Value.Text)}
	}
	return nil
}

// amongSearches is IN of a search expression whose list holds searches.
func (m *matcher) amongSearches(n *ast.Among) plan.Expr {
	plain := &ast.Among{Pos: n.Pos, Field: n.Field, Values: slices.Clip(n.Values)}
	var holes []plan.Expr
	for _, s := range n.Searches {
		values, ok := m.p.valuesIn(s)
		if !ok {
			holes = append(holes, unresolved(s))
		}
		for _, v := range values {
			plain.Values = append(plain.Values, &ast.Value{Pos: s.Pos, Text: v.String(), Quoted: true})
		}
	}
	if len(plain.Values) > 0 {
		holes = append(holes, m.among(plain))
	}
	if len(holes) == 0 {
		return truth(false, n.Span)
	}
	return plan.Or(holes...)
}

// in is IN of an eval expression, whose list may hold searches.
func (p *planner) in(n *ast.In, fields func(*ast.Field) plan.Expr) plan.Expr {
	args := []plan.Expr{p.eval(n.X, fields)}
	for _, item := range n.List {
		s, ok := item.(*ast.Subsearch)
		if !ok {
			args = append(args, p.eval(item, fields))
			continue
		}
		values, ok := p.valuesIn(s)
		if !ok {
			args = append(args, unresolved(s))
		}
		for _, v := range values {
			args = append(args, &plan.Const{V: v.Clone(), Span: s.Span})
		}
	}
	if len(args) == 1 && len(n.List) > 0 { // its searches have found nothing
		return truth(false, n.Span)
	}
	return p.call("in", n.Span, args)
}
