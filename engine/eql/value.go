package eql

import (
	"math"
	"strconv"

	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

// value lowers an operand or argument. It is null where what it needs is missing; conditions in it keep three-valued logic.
func (l *lowerer) value(n ast.Node) plan.Expr {
	switch n := n.(type) {
	case *ast.Path:
		return l.path(n)
	case *ast.Text:
		return text(n.Text, n.At())
	case *ast.Numeral:
		return &plan.Const{V: numeral(n.Text), Span: n.At()}
	case *ast.Boolean:
		return truth(n.Value, n.At())
	case *ast.Null:
		return &plan.Const{Span: n.At()}
	case *ast.Invocation:
		return l.invocation(n)
	case *ast.Minus:
		return l.minus(n)
	case *ast.Arithmetic:
		return l.call(arithmetic[n.Op], n.At(), l.value(n.X), l.value(n.Y))
	}
	return l.truthValue(n)
}

// truthValue lowers a condition as a value, which may be null.
func (l *lowerer) truthValue(n ast.Node) plan.Expr {
	switch n := n.(type) {
	case *ast.Junction:
		args := make([]plan.Expr, len(n.Args))
		for i, a := range n.Args {
			args[i] = l.value(a)
		}
		if n.Op == "and" {
			return plan.And(args...)
		}
		return plan.Or(args...)
	case *ast.Negation:
		return negated(n.At(), l.value(n.X))
	case *ast.Match:
		if n.Not {
			return negated(n.At(), l.match(n))
		}
		return l.match(n)
	case *ast.Comparison:
		if x, ok := nullTest(n); ok {
			return l.nullTest(n, x)
		}
		if n.Op == "!=" {
			return negated(n.At(), l.compare(n))
		}
		return l.compare(n)
	}
	l.errorf(n.At(), "not-an-expression", "this is no expression")
	return &plan.Const{Span: n.At()}
}

var arithmetic = map[string]string{"+": "add", "-": "subtract", "*": "multiply", "/": "divide", "%": "modulo"}

func (l *lowerer) minus(n *ast.Minus) plan.Expr {
	if x, ok := n.X.(*ast.Numeral); ok {
		return &plan.Const{V: numeral("-" + x.Text), Span: n.At()}
	}
	return l.call("neg", n.At(), l.value(n.X))
}

// numeral is the number as written; what has no fraction and fits is an integer.
func numeral(s string) column.Value {
	if i, err := strconv.ParseInt(s, 10, 64); err == nil {
		return column.Integer(i)
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil && !math.IsInf(f, 0) {
		return column.Value{}
	}
	return column.Real(f)
}

// constant is the value of an expression without fields, folded.
func (l *lowerer) constant(e plan.Expr) (*plan.Const, bool) {
	if len(plan.Fields(e, nil)) > 0 {
		return nil, false
	}
	c, ok := l.fold.Fold(e).(*plan.Const)
	if ok && c.Span.IsZero() {
		c = &plan.Const{V: c.V, Span: e.At()}
	}
	return c, ok
}
