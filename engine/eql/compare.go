package eql

import (
	"fmt"
	"strconv"
	"strings"

	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

// mirrored is the operator that says the same with its operands exchanged.
var mirrored = map[string]string{"==": "==", "<": ">", "<=": ">=", ">": "<", ">=": "<="}

// compare lowers a comparison as a value: null if an operand is. It takes != for ==: its caller turns it round.
func (l *lowerer) compare(c *ast.Comparison) plan.Expr {
	op := c.Op
	if op == "!=" {
		op = "=="
	}
	x, y := l.value(c.X), l.value(c.Y)
	if hasField(x) && hasField(y) {
		l.fieldsCompared(c.At())
		return &plan.Const{Span: c.At()}
	}
	if !hasField(x) && hasField(y) {
		x, y, op = y, x, mirrored[op]
	}
	if v, ok := l.constant(y); ok {
		l.warnWildcard(c.Op, x, v)
		y = l.literal(op, x, v)
	}
	return l.call(op, c.At(), x, y)
}

func hasField(e plan.Expr) bool { return len(plan.Fields(e, nil)) > 0 }

func (l *lowerer) fieldsCompared(at source.Span) {
	l.errorf(at, "fields-compared", "fields cannot be compared with each other, only with constants").
		WithHint("fields may stand together among the arguments of one function")
}

// match lowers `x in (...)`, `x : ...` and the like as a value; a `not` is its caller's.
func (l *lowerer) match(m *ast.Match) plan.Expr {
	x := l.value(m.X)
	args := []plan.Expr{x}
	var constants []*plan.Const
	in := m.Op == "in" || m.Op == "in~"
	if !in {
		l.checkText("`"+m.Op+"`", x)
	}
	for _, n := range m.List {
		v := l.value(n)
		if hasField(v) {
			l.fieldsCompared(n.At())
			continue
		}
		if c, ok := l.constant(v); ok && in {
			constants = append(constants, c)
			v = l.literal(m.Op, x, c)
		}
		args = append(args, v)
	}
	l.warnWildcard(m.Op, x, constants...)
	if len(args) == 1 { // all of them were refused
		return &plan.Const{Span: m.At()}
	}
	op := m.Op
	if op == ":" {
		op = "like~"
	}
	return l.call(op, m.At(), args...)
}

// warnWildcard warns once of patterns where the operator compares letter by letter.
func (l *lowerer) warnWildcard(op string, x plan.Expr, values ...*plan.Const) {
	if t := l.typeOf(x); !hasField(x) || t != keyword && t != "" || op != "==" && op != "!=" && op != "in" && op != "in~" {
		return
	}
	var patterns []string
	var first source.Span
	for _, v := range values {
		if v.V.Kind() != column.String || !strings.ContainsAny(v.V.Text(), "*?") {
			continue
		}
		if patterns = append(patterns, v.Span.String()); len(patterns) == 1 {
			first = v.Span
		}
	}
	if len(patterns) == 0 {
		return
	}
	which := "this matches"
	if len(patterns) > 1 {
		which = listed(patterns) + " match"
	}
	cure := "for a pattern write `:`, or `like`, which minds case"
	if op == "!=" {
		cure = "for a pattern write `not x : \"...\"`, or `not x like \"...\"`, which minds case"
	}
	l.warnf(first, "literal-wildcard", "`%s` takes wildcards literally: %s no other text", op, which).WithHint("%s", cure)
}

// listed is some words as they stand in a sentence, no more than a few of them.
func listed(words []string) string {
	last := len(words) - 1
	if few := 4; last >= few {
		return fmt.Sprintf("%s and %d more", strings.Join(words[:few], ", "), len(words)-few)
	}
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// checkText warns of an operator or function on text that is given something else.
func (l *lowerer) checkText(what string, x plan.Expr) {
	switch t := l.typeOf(x); t {
	case long, double, boolean, date:
		l.warnf(x.At(), "string-operator", "%s wants text, but %s holds %s: it never matches", what, x.At(), holds[t]).
			WithHint("compare it with `==`, `in` or `<`")
	}
}

// literal is a constant as it is compared with x: of the type of x.
func (l *lowerer) literal(op string, x plan.Expr, v *plan.Const) plan.Expr {
	if !hasField(x) {
		return v
	}
	if v.V.IsNull() {
		l.warnf(v.Span, "never-true", "`%s` is never true of null", op).WithHint("`== null` is true where a value is missing")
		return v
	}
	t := l.typeOf(x)
	if t == keyword && v.V.Kind() != column.String {
		as := text(v.V.String(), v.Span)
		if v.V.Kind() == column.Bool {
			as = text(strconv.FormatBool(v.V.True()), v.Span)
		}
		d := l.warnf(v.Span, "literal-type", "%s holds text: %s is compared as text", x.At(), as.V.Text()).WithHint("write it in quotes: %s", as)
		if strings.ContainsAny(op, "<>") {
			d.WithHint("to compare numbers write number(%s) %s %s", x.At(), op, as.V.Text())
		}
		return as
	}
	if as, ok := l.coerced(t, v); ok {
		return as
	}
	d := l.warnf(v.Span, "never-true", "%s holds %s, and this is none: it never matches", x.At(), holds[t])
	if t == ip && strings.Contains(v.V.Text(), "/") {
		d.WithHint("for a network write cidrMatch(%s, %s)", x.At(), v)
	}
	return v
}
