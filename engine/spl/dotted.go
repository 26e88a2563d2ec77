package spl

import (
	"slices"
	"strings"

	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

// knownFields lowers the fields of a command that gets rows with known columns: it warns of a name that none of them has, and takes
// a bare name with dots for the joining of its parts unless it is known to be that of a field.
func (p *planner) knownFields(in plan.Node) func(*ast.Field) plan.Expr {
	names, exact := plan.Columns(in)
	return p.fieldsAmong(in, names, exact)
}

// fieldsAmong is knownFields for rows with columns of these names.
func (p *planner) fieldsAmong(in plan.Node, names []string, exact bool) func(*ast.Field) plan.Expr {
	return func(f *ast.Field) plan.Expr {
		field := &plan.Field{Name: f.Text, Span: f.Span}
		parts := strings.Split(f.Text, ".")
		dotted := !f.Quoted && len(parts) > 1
		switch {
		case slices.Contains(names, f.Text):
		case dotted && (exact && slices.Contains(names, parts[0]) || !exact && !p.declared(f.Text) && !mentioned(in, f.Text)):
			p.warnf(f.Span, "joined-fields", "%s is no field here: it is read as its parts joined", f.Text).WithHint("for a field of this name write '%s'", f.Text)
			return joined(f, parts)
		case exact && f.Text != "null":
			p.unknownField(f.Span, f.Text, names)
		}
		return field
	}
}

// declared says whether a field of this name is one that events of some source have.
func (p *planner) declared(name string) bool {
	if p.Models == nil {
		return false
	}
	for _, s := range p.Models.Sources() {
		for _, k := range s.Kinds {
			if k.Field(name) != nil {
				return true
			}
		}
	}
	return false
}

// mentioned says whether an earlier command names the field.
func mentioned(n plan.Node, name string) bool {
	switch n := n.(type) {
	case nil:
		return false
	case *plan.Rename:
		if slices.ContainsFunc(n.Pairs, func(pair plan.RenamePair) bool { return pair.To != "*" && matchesName(pair.To, name) }) {
			return true
		}
	}
	for i, in := range n.Inputs() {
		if plan.Everything().Of(n, i).Names[name] || mentioned(in, name) {
			return true
		}
	}
	return false
}

func matchesName(pattern, name string) bool {
	_, ok := plan.MatchName(pattern, name)
	return ok
}

func joined(f *ast.Field, parts []string) plan.Expr {
	var out plan.Expr
	for _, part := range parts {
		var one plan.Expr = &plan.Field{Name: part, Span: f.Span}
		if strings.Trim(part, "0123456789") == "" {
			one = text(part, f.Span)
		}
		if out == nil {
			out = one
			continue
		}
		out = plan.NewCall(function.SPL, ".", f.Span, out, one)
	}
	return out
}
