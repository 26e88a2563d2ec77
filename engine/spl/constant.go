package spl

import (
	"strconv"

	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

var null = &plan.Const{}

func text(s string, at source.Span) *plan.Const { return &plan.Const{V: column.Str(s), Span: at} }

func truth(b bool, at source.Span) *plan.Const {
	return &plan.Const{V: column.Boolean(b), Span: at}
}

func number(n *ast.Number) *plan.Const {
	if i, err := strconv.ParseInt(n.Text, 10, 64); err == nil {
		return &plan.Const{V: column.Integer(i), Span: n.Span}
	}
	f, _ := strconv.ParseFloat(n.Text, 64) // out of range is infinite
	return &plan.Const{V: column.Real(f), Span: n.Span}
}

// value is a literal of a search expression.
func value(v *ast.Value) *plan.Const { return text(v.Text, v.Span) }
