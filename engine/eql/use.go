package eql

import (
	"strings"

	"spoor/grammar/ast"
)

// use is how a query uses a field: from it follows the type of fields that nobody declares.
type use struct{ number, boolean, text bool }

// fieldType is the type that fits all uses; a field that is used in several ways holds text.
func (u use) fieldType() string {
	switch u {
	case use{}:
		return ""
	case use{number: true}:
		return double
	case use{boolean: true}:
		return boolean
	}
	return keyword
}

// usesOf is how a query uses its fields.
func usesOf(q *ast.Query) map[string]use {
	u := uses{}
	switch body := q.Body.(type) {
	case *ast.EventQuery:
		u.of(body.Where, boolean)
	case *ast.Sequence:
		u.items(body.Items)
		if body.Until != nil {
			u.of(body.Until.Event.Where, boolean)
		}
	case *ast.Sample:
		u.items(body.Items)
	}
	return u
}

type uses map[string]use

func (u uses) items(items []*ast.Item) {
	for _, i := range items {
		u.of(i.Event.Where, boolean)
	}
}

// of notes the uses in a node, which itself is used as the type; empty if its place says nothing about it.
func (u uses) of(n ast.Node, as string) {
	switch n := n.(type) {
	case *ast.Path:
		f := u[n.Name]
		f.number = f.number || as == double
		f.boolean = f.boolean || as == boolean
		f.text = f.text || as == keyword
		u[n.Name] = f
	case *ast.Junction:
		for _, a := range n.Args {
			u.of(a, boolean)
		}
	case *ast.Negation:
		u.of(n.X, boolean)
	case *ast.Minus:
		u.of(n.X, double)
	case *ast.Arithmetic:
		u.of(n.X, double)
		u.of(n.Y, double)
	case *ast.Comparison:
		u.of(n.X, form(n.Y))
		u.of(n.Y, form(n.X))
	case *ast.Match:
		for _, v := range n.List {
			as := keyword
			if n.Op == "in" || n.Op == "in~" {
				as = form(v)
			}
			u.of(n.X, as)
		}
	case *ast.Invocation:
		for i, a := range n.Args {
			u.of(a, argumentType(strings.ToLower(n.Name), i))
		}
	}
}

// form is the type that a node has by its form; empty if it has none.
func form(n ast.Node) string {
	switch n := n.(type) {
	case *ast.Text:
		return keyword
	case *ast.Numeral, *ast.Minus, *ast.Arithmetic:
		return double
	case *ast.Boolean, *ast.Junction, *ast.Negation, *ast.Comparison, *ast.Match:
		return boolean
	case *ast.Invocation:
		if t := results[strings.ToLower(n.Name)]; t != long {
			return t
		}
		return double
	}
	return ""
}

// argumentType is what a function takes its i-th argument for; empty if it takes anything, or if a field is not usual there.
func argumentType(function string, i int) string {
	switch function {
	case "add", "subtract", "multiply", "divide", "modulo":
		return double
	case "string", "concat":
		return ""
	case "substring", "number":
		if i > 0 {
			return ""
		}
	case "indexof":
		if i > 1 {
			return ""
		}
	case "between":
		if i > 2 {
			return ""
		}
	}
	return keyword
}
