package eql

import (
	"strings"

	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

// condition lowers what is true or false of an event. Leaves that are null are false, so that `not` is the complement. positive is
// false under an odd number of nots.
func (l *lowerer) condition(n ast.Node, positive bool) plan.Expr {
	switch n := n.(type) {
	case *ast.Junction:
		args := make([]plan.Expr, len(n.Args))
		for i, a := range n.Args {
			args[i] = l.condition(a, positive)
		}
		if n.Op == "and" {
			return plan.And(args...)
		}
		return plan.Or(args...)
	case *ast.Negation:
		return negated(n.At(), l.condition(n.X, !positive))
	case *ast.Boolean:
		return truth(n.Value, n.At())
	case *ast.Null:
		return truth(false, n.At())
	case *ast.Comparison:
		return l.comparison(n, positive)
	case *ast.Match:
		if n.Not {
			return negated(n.At(), l.leaf(l.match(n), !positive))
		}
		return l.leaf(l.match(n), positive)
	}
	return l.bare(n, positive)
}

// bare is a condition without an operator: a boolean field or function.
func (l *lowerer) bare(n ast.Node, positive bool) plan.Expr {
	switch n := n.(type) {
	case *ast.Path:
		f := l.path(n)
		if t := l.declared(n.Name); t != boolean && t != "" {
			l.errorf(n.At(), "not-a-condition", "%s holds %s: it is no condition by itself", n.Name, holds[t]).
				WithHint("`%s != null` is true of events that have it", n)
			return truth(false, n.At())
		}
		return l.leaf(l.call("==", n.At(), f, l.literal("==", f, truth(true, n.At()))), positive)
	case *ast.Invocation:
		if t := results[strings.ToLower(n.Name)]; t != boolean && t != "" {
			l.notACondition(n.At(), "%s() gives %s: it is no condition by itself", n.Name, holds[t])
			return truth(false, n.At())
		}
		return l.leaf(l.invocation(n), positive)
	case *ast.Text:
		l.notACondition(n.At(), "a string is no condition")
	case *ast.Numeral, *ast.Minus, *ast.Arithmetic:
		l.notACondition(n.At(), "a number is no condition")
	}
	return truth(false, n.At())
}

func (l *lowerer) notACondition(at source.Span, format string, args ...any) {
	l.errorf(at, "not-a-condition", format, args...).
		WithHint("a condition compares something, as in `process.pid > 1`, or is `true`")
}

// isCondition says whether a node is true or false (or null) by its form.
func isCondition(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.Junction, *ast.Negation, *ast.Comparison, *ast.Match:
		return true
	case *ast.Invocation:
		return results[strings.ToLower(n.Name)] == boolean
	}
	return false
}

// comparison lowers a comparison as a condition.
func (l *lowerer) comparison(c *ast.Comparison, positive bool) plan.Expr {
	if x, ok := nullTest(c); ok {
		return l.nullTest(c, x)
	}
	differs := c.Op == "!="
	if x, is, ok := truthTest(c); ok { // the complement of a condition, not a comparison with its value, which may be null
		if differs == is {
			return negated(c.At(), l.condition(x, !positive))
		}
		return l.condition(x, positive)
	}
	if differs {
		return negated(c.At(), l.leaf(l.compare(c), !positive))
	}
	return l.leaf(l.compare(c), positive)
}

// truthTest is the condition that is compared with true or false, if that is what the comparison does.
func truthTest(c *ast.Comparison) (x ast.Node, is, ok bool) {
	if c.Op != "==" && c.Op != "!=" {
		return nil, false, false
	}
	if b, ok := c.Y.(*ast.Boolean); ok && isCondition(c.X) {
		return c.X, b.Value, true
	}
	if b, ok := c.X.(*ast.Boolean); ok && isCondition(c.Y) {
		return c.Y, b.Value, true
	}
	return nil, false, false
}

// nullTest is what `== null` or `!= null` is asked of.
func nullTest(c *ast.Comparison) (ast.Node, bool) {
	if c.Op != "==" && c.Op != "!=" {
		return nil, false
	}
	if _, ok := c.Y.(*ast.Null); ok {
		return c.X, true
	}
	_, ok := c.X.(*ast.Null)
	return c.Y, ok
}

// nullTest lowers `x == null` and `x != null`. Within x logic stays three-valued.
func (l *lowerer) nullTest(c *ast.Comparison, x ast.Node) plan.Expr {
	var has plan.Expr
	switch x := x.(type) {
	case *ast.Null:
		has = truth(false, c.At())
	case *ast.Path:
		has = plan.NewCall(function.EQL, "exists", c.At(), l.field(x))
	default:
		has = plan.NewCall(function.EQL, "exists", c.At(), l.value(x))
	}
	if c.Op == "==" {
		return negated(c.At(), has)
	}
	return has
}
