package spl

import (
	"strings"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// withOperands adds to the argument of sigfig, if that is a calculation, its operator and what it joins; numbers as they are written.
func withOperands(args []plan.Expr) []plan.Expr {
	top, ok := args[0].(*plan.Call)
	if !ok || !isCalculation(top, top.Func.Name) {
		return args
	}
	args = []plan.Expr{top, text(top.Func.Name, top.Span)}
	for x := top; ; {
		args = append(args, written(x.Args[1]))
		left, ok := x.Args[0].(*plan.Call)
		if !ok || !isCalculation(left, top.Func.Name) {
			return append(args, written(x.Args[0]))
		}
		x = left
	}
}

// isCalculation says whether a call is an operator of the same rank as the given one.
func isCalculation(c *plan.Call, op string) bool {
	for _, rank := range []string{"+-", "*/"} {
		if strings.Contains(rank, op) && strings.Contains(rank, c.Func.Name) {
			return true
		}
	}
	return false
}

func written(e plan.Expr) plan.Expr {
	if c, ok := e.(*plan.Const); ok && (c.V.Kind() == column.Int || c.V.Kind() == column.Float) {
		return text(c.Span.String(), c.Span)
	}
	return e
}
