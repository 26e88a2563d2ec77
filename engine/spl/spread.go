package spl

import (
	"strings"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

// spreadName is the name of a target such as count_{host}: its text, with fields' values where they stand in braces. ok is false if a brace
// is never closed.
func spreadName(target *ast.Name) (name plan.Expr, ok bool) {
	rest := target.Text
	var parts []plan.Expr
	for rest != "" {
		before, after, braces := strings.Cut(rest, "{")
		if before != "" {
			parts = append(parts, &plan.Const{V: column.Str(before), Span: target.Span})
		}
		if !braces {
			break
		}
		field, next, closed := strings.Cut(after, "}")
		if !closed || field == "" {
			return nil, false
		}
		parts = append(parts, &plan.Field{Name: field, Span: target.Span})
		rest = next
	}
	name = plan.NewCall(function.SPL, "tostring", target.Span, parts[0])
	for _, part := range parts[1:] {
		name = plan.NewCall(function.SPL, ".", target.Span, name, part)
	}
	return name, true
}
