package plan

import (
	"slices"

	"spoor/engine/column"
	"spoor/engine/function"
)

// A condition on the keys of groups holds of all rows of a group or of none, so it can be asked of the rows, before there are groups. Two
// things are in the way. Of a row that has a multivalue in a key each value has a group of its own: such rows pass, and their groups are asked
// again. And values that print alike are one key, so the condition must not tell them apart.

// ungrouped is a condition on groups before rows are grouped.
func (n *Aggregate) ungrouped(cond Expr) (Expr, bool) {
	reads := Fields(cond, nil)
	if len(reads) == 0 || known(cond) < byValue {
		return nil, false // without keys, there is a row whatever is grouped
	}
	keys := make([]Expr, 0, len(reads)+1)
	for _, name := range reads {
		replaced := func(a Agg) bool { return a.Wild != "" || a.As == name }
		if !slices.Contains(n.Keys, name) || slices.ContainsFunc(n.Aggs, replaced) {
			return nil, false
		}
		keys = append(keys, &Field{Name: name, Span: cond.At()})
	}
	return NewCall(function.Command, "perhaps", cond.At(), append([]Expr{cond}, keys...)...), true
}

// only is the aggregate with no groups but those of which a filter is true. What of it stays above is left out.
func (n *Aggregate) only(f *Filter, stays []Expr) *Aggregate {
	c := *n
	conds := slices.DeleteFunc(slices.Clone(Conjuncts(f.Cond)), func(e Expr) bool { return slices.Contains(stays, e) })
	if n.Only != nil {
		conds = append([]Expr{n.Only}, conds...)
	}
	c.Only = And(conds...)
	return &c
}

// determined says what is known of a value if no more than the texts of the fields are: nothing, its text, or all of it.
type determined uint8

const (
	unknown determined = iota
	byText
	byValue
)

// known says how far an expression is determined by the texts of its fields.
func known(e Expr) determined {
	call, ok := e.(*Call)
	if !ok {
		if _, field := e.(*Field); field {
			return byText
		}
		return byValue
	}
	args, whole, text := BindArgs(call), true, true
	for i, a := range call.Args {
		k := known(a)
		whole = whole && (k == byValue || k == byText && call.Func.ByText(args, i))
		text = text && k != unknown
	}
	switch {
	case whole:
		return byValue
	case text && call.Func.Lang == function.SPL && call.Func.Name == "coalesce":
		return byText
	}
	return unknown
}

// foldPerhaps drops the keys that are no multivalues.
func foldPerhaps(call *Call) Expr {
	if c, ok := call.Args[0].(*Const); ok && c.V.True() {
		return c
	}
	args := slices.DeleteFunc(slices.Clone(call.Args[1:]), func(e Expr) bool {
		c, ok := e.(*Const)
		return ok && c.V.Kind() != column.List
	})
	switch len(args) {
	case 0:
		return Holds(call.Args[0])
	case len(call.Args) - 1:
		return call
	}
	return &Call{call.Func, append([]Expr{call.Args[0]}, args...), call.Span}
}
