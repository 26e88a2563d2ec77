package plan

import (
	"spoor/engine/column"
	"spoor/engine/function"
)

// Weaken is a condition that holds wherever cond may hold once the open ones of the fields are filled: what can be asked of an event
// before the process table is. Conditions must be two-valued, as EQL's are.
func Weaken(cond Expr, fields []string) Expr {
	open := map[string]bool{}
	for _, f := range fields {
		open[f] = true
	}
	return weakener{open}.apply(cond, true)
}

type weakener struct{ fields map[string]bool }

// apply replaces what is not known yet by what makes the condition more likely to hold, or less.
func (w weakener) apply(e Expr, likelier bool) Expr {
	if c, ok := e.(*Call); ok && c.Func.Lang == function.SPL {
		switch c.Func.Name {
		case "and", "or", "not":
			args := make([]Expr, len(c.Args))
			for i, a := range c.Args {
				args[i] = w.apply(a, likelier != (c.Func.Name == "not"))
			}
			return &Call{c.Func, args, c.Span}
		}
	}
	var unknown []Expr
	for _, f := range Fields(e, nil) {
		if w.fields[f] {
			unknown = append(unknown, &Field{Name: Open(f), Span: e.At()})
		}
	}
	switch {
	case len(unknown) == 0:
		return e
	case likelier:
		return Or(append(unknown, e)...)
	}
	return And(NewCall(function.SPL, "not", e.At(), Or(unknown...)), e)
}

// Holds is the condition as a truth value: false where it is null.
func Holds(e Expr) Expr {
	if c, ok := e.(*Const); ok {
		return &Const{V: column.Boolean(c.V.True()), Span: c.Span}
	}
	return NewCall(function.EQL, "holds", e.At(), e)
}
