package eql

import (
	"strings"

	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

// invocation lowers the call of a function of EQL.
func (l *lowerer) invocation(n *ast.Invocation) plan.Expr {
	args := make([]plan.Expr, len(n.Args))
	for i, a := range n.Args {
		args[i] = l.value(a)
	}
	null := &plan.Const{Span: n.At()}
	name := strings.ToLower(n.Name)
	full := name
	if n.IgnoreCase {
		full += "~"
	}
	f := function.Lookup(function.EQL, full)
	if f == nil || !f.Callable() {
		hint := source.Suggest(n.Name, function.Names(function.EQL))
		l.errorf(n.NameAt, "unknown-function", "there is no function %s", n.NameAt).WithHint("%s", or(hint, "`spoor help eql` lists them"))
		return null
	}
	if len(args) < f.MinArgs || f.MaxArgs >= 0 && len(args) > f.MaxArgs {
		l.errorf(n.At(), "argument-count", "%s takes %s, not %d", n.Name, arity(f), len(args)).WithHint("syntax: %s", f.Syntax)
		return null
	}
	if argumentType(name, 0) == keyword && name != "number" {
		l.checkText(n.Name+"()", args[0])
	}
	return l.checked(&plan.Call{Func: f, Args: args, Span: n.At()})
}

func arity(f *function.Func) string {
	switch {
	case f.MaxArgs == f.MinArgs:
		return source.Count(f.MinArgs, "argument")
	case f.MaxArgs < 0:
		return "at least " + source.Count(f.MinArgs, "argument")
	}
	return "from " + source.Count(f.MinArgs, "argument") + " to " + source.Count(f.MaxArgs, "argument")
}

// call is an operator applied to operands.
func (l *lowerer) call(name string, at source.Span, args ...plan.Expr) plan.Expr {
	return l.checked(plan.NewCall(function.EQL, name, at, args...))
}

// checked is a call of which it reports the constants that the function refuses.
func (l *lowerer) checked(c *plan.Call) plan.Expr {
	if _, diag := c.Func.Bind(l.Env, plan.BindArgs(c)); diag != nil {
		l.report(diag)
		return &plan.Const{Span: c.Span}
	}
	return c
}
