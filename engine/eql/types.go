package eql

import (
	"strings"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
)

// The types of ECS fields, and of what functions give.
const (
	keyword = "keyword"
	long    = "long"
	double  = "double"
	boolean = "boolean"
	date    = "date"
	ip      = "ip"
)

// holds is what fields of a type hold, for messages.
var holds = map[string]string{
	keyword: "text", long: "numbers", double: "numbers", boolean: "true or false", date: "times", ip: "addresses",
}

// results is the functions of EQL, by their names in lower case, and the types of what they give.
var results = map[string]string{
	"add": double, "subtract": double, "multiply": double, "divide": double, "modulo": double, "number": double,
	"length": long, "indexof": long,
	"between": keyword, "concat": keyword, "string": keyword, "substring": keyword,
	"cidrmatch": boolean, "endswith": boolean, "startswith": boolean, "stringcontains": boolean, "wildcard": boolean,
}

// typeOf is the type of an expression, empty if it is not known.
func (l *lowerer) typeOf(e plan.Expr) string {
	switch e := e.(type) {
	case *plan.Field:
		return l.fieldType(e.Name)
	case *plan.Call:
		if e.Func.Lang != function.EQL {
			return boolean
		}
		name := strings.TrimSuffix(e.Func.Name, "~")
		switch {
		case results[name] != "":
			return results[name]
		case name == "neg":
			return double
		}
		return boolean
	}
	return ""
}

// fieldType is what the schema declares of a field, or else how the query uses it.
func (l *lowerer) fieldType(name string) string {
	if name == l.Timestamp {
		return date
	}
	if t := l.declared(name); t != "" {
		return t
	}
	return l.uses[name].fieldType()
}

// declared is the type of a field of the Elastic Common Schema, empty for others.
func (l *lowerer) declared(name string) string {
	if f := l.dataset.Field(name); f != nil {
		return f.Type
	}
	return ""
}

// coerced is a constant as a value of the type; ok is false if it is none.
func (l *lowerer) coerced(t string, v *plan.Const) (as *plan.Const, ok bool) {
	kind, s := v.V.Kind(), v.V.Text()
	numeric := kind == column.Int || kind == column.Float
	switch t {
	case long, double:
		n := v.V
		if f, reads := column.ParseNumber(s); reads && kind == column.String {
			if n, numeric = numeral(strings.TrimSpace(s)), true; n.IsNull() {
				n = column.Real(f)
			}
		}
		if t == double && n.Kind() == column.Int { // an integer would be looked for by its digits, which 1e3 has not
			n = column.Real(float64(n.Int()))
		}
		return &plan.Const{V: n, Span: v.Span}, numeric
	case boolean:
		if kind == column.String && (s == "true" || s == "false") {
			return truth(s == "true", v.Span), true
		}
		return v, kind == column.Bool
	case date, ip:
		if kind != column.String {
			return v, false
		}
		c, folded := l.fold.Fold(plan.NewCall(function.EQL, t, v.Span, v)).(*plan.Const)
		return c, folded && !c.V.IsNull()
	}
	return v, true
}

// rawTypes is the types in which fields are read that events have under their own names.
func (l *lowerer) rawTypes() map[string]column.Kind {
	out := map[string]column.Kind{}
	kinds := map[string]column.Kind{long: column.Int, double: column.Float, boolean: column.Bool}
	for name, u := range l.uses {
		if kind, ok := kinds[u.fieldType()]; ok && name != l.Timestamp {
			out[name] = kind
		}
	}
	for _, f := range l.dataset.AllFields() {
		delete(out, f.Name)
		if kind, ok := kinds[f.Type]; ok && f.Name != l.Timestamp {
			out[f.Name] = kind
		}
	}
	return out
}
