package plan

import (
	"spoor/engine/column"
	"spoor/engine/function"
)

// Folder evaluates what is constant in expressions.
type Folder struct {
	Env    *function.Env
	Memory *Memory // of the plan whose expressions they are; nil: nothing is remembered
}

// Fold is an expression equal to e with its constant parts evaluated and its decided branches taken.
func (f Folder) Fold(e Expr) Expr {
	call, ok := e.(*Call)
	if !ok {
		return e
	}
	args := mapped(call.Args, f.Fold)
	if args != nil {
		call = &Call{call.Func, args, call.Span}
	} else {
		args = call.Args
	}
	if call.Func.Lazy {
		return f.foldLazy(call)
	}
	if call.Func.Volatile || call.Func.Lists == column.Whole && len(args) == 0 {
		return call
	}
	for _, a := range args {
		if _, ok := a.(*Const); !ok {
			return call
		}
	}
	if v, ok := f.apply(call); ok {
		return &Const{v, call.Span}
	}
	return call
}

// apply calls a function with constant arguments.
func (f Folder) apply(call *Call) (column.Value, bool) {
	kernel, diag := call.Func.Bind(f.Env, BindArgs(call))
	if diag != nil {
		return column.Value{}, false // reported when the call is bound for good
	}
	taken := Taken(call)
	args := make([]column.Vector, len(taken))
	for i, a := range taken {
		args[i] = &column.Const{V: a.(*Const).V, N: 1}
	}
	lift := column.Lift{Kernel: kernel, Lists: call.Func.Lists}
	return lift.Apply(1, args).Value(0), true
}

// BindArgs is a call's arguments as functions want them for binding.
func BindArgs(call *Call) []function.Arg {
	args := make([]function.Arg, len(call.Args))
	for i, a := range call.Args {
		args[i].Span = a.At()
		if c, ok := a.(*Const); ok {
			args[i].Const = &c.V
		}
	}
	return args
}

// Taken is the arguments of a call that its kernel reads.
func Taken(call *Call) []Expr {
	if call.Func.Takes == nil {
		return call.Args
	}
	return call.Args[:call.Func.Takes(BindArgs(call))]
}

// foldLazy takes the branches that constant conditions decide.
func (f Folder) foldLazy(call *Call) Expr {
	switch call.Func.Name {
	case "and":
		return foldJunction(call, true)
	case "or":
		return foldJunction(call, false)
	case "if":
		if c, ok := call.Args[0].(*Const); ok && len(call.Args) == 3 {
			if c.V.True() {
				return call.Args[1]
			}
			return call.Args[2]
		}
	case "case":
		return foldPairs(call, column.Value.True)
	case "validate":
		return foldPairs(call, func(v column.Value) bool { return !v.IsNull() && !v.True() })
	case "coalesce":
		return foldCoalesce(call)
	case "perhaps":
		return foldPerhaps(call)
	}
	return call
}

// foldJunction drops the terms that do not matter: true in AND, false in OR. A term that decides ends it.
func foldJunction(call *Call, isAnd bool) Expr {
	var rest []Expr
	for _, a := range call.Args {
		c, ok := a.(*Const)
		if !ok || c.V.Kind() != column.Bool {
			rest = append(rest, a)
			continue
		}
		if c.V.True() != isAnd {
			return c
		}
	}
	if len(rest) == 1 && !predicate(rest[0]) { // what is no truth value would become null
		rest = []Expr{&Const{V: column.Boolean(isAnd), Span: call.Span}, rest[0]}
	}
	if isAnd {
		return And(rest...)
	}
	return Or(rest...)
}

// predicate says whether an expression is surely true, false or null.
func predicate(e Expr) bool {
	c, ok := e.(*Call)
	if !ok {
		return false
	}
	switch c.Func.Name {
	case "and", "or", "not", "isnull", "isnotnull":
		return c.Func.Lang == function.SPL
	}
	return c.Func.Lists == column.Any || c.Func.Lists == column.AnyCombination || c.Func.Lang == function.Search
}

// foldPairs drops the pairs of which a constant condition does not choose the value.
func foldPairs(call *Call, chooses func(column.Value) bool) Expr {
	args := call.Args
	for len(args) >= 2 {
		c, ok := args[0].(*Const)
		if !ok {
			break
		}
		if chooses(c.V) {
			return args[1]
		}
		args = args[2:]
	}
	switch {
	case len(args) < 2:
		return &Const{Span: call.Span}
	case len(args) == len(call.Args):
		return call
	}
	return &Call{call.Func, args, call.Span}
}

func foldCoalesce(call *Call) Expr {
	var rest []Expr
	for _, a := range call.Args {
		c, ok := a.(*Const)
		if ok && c.V.IsNull() {
			continue
		}
		rest = append(rest, a)
		if ok {
			break
		}
	}
	switch len(rest) {
	case 0:
		return &Const{Span: call.Span}
	case 1:
		return rest[0]
	case len(call.Args):
		return call
	}
	return &Call{call.Func, rest, call.Span}
}
