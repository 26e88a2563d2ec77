package plan

import (
	"math"
	"slices"
	"strings"

	"spoor/engine/column"
	"spoor/engine/function"
)

// fewAlternatives are left as they are written: a set of them would gain nothing.
const fewAlternatives = 8

// gatherAlternatives makes one comparison of the many of a filter's OR that compare the same field, or the same few fields, with constants:
// what a subsearch or a long list of indicators becomes.
func gatherAlternatives(n Node) (Node, bool) {
	f, ok := n.(*Filter)
	if !ok {
		return n, false
	}
	if cond := gathered(f.Cond); cond != f.Cond {
		return &Filter{In: f.In, Cond: cond}, true
	}
	return n, false
}

// gathered looks for such ORs where truth values meet.
func gathered(e Expr) Expr {
	c, ok := e.(*Call)
	if !ok || c.Func.Lang != function.SPL || c.Func.Name != "and" && c.Func.Name != "or" && c.Func.Name != "not" {
		return e
	}
	if args := mapped(c.Args, gathered); args != nil {
		c = &Call{c.Func, args, c.Span}
	}
	if c.Func.Name != "or" || len(c.Args) < fewAlternatives {
		return c
	}
	return gatherOr(c)
}

// alternative is one way in which a row may satisfy an OR, in parts: what is compared with what.
type alternative struct {
	family string // alternatives of one family are gathered
	by     *function.Func
	fields []Expr
	values []*Const // row by row: for each of the fields one, and several rows of a single one
}

func gatherOr(or *Call) Expr {
	all := make([]alternative, len(or.Args))
	size := map[string]int{}
	for i, e := range or.Args {
		all[i] = alternativeOf(e)
		size[all[i].family]++
	}
	families := map[string]*alternative{}
	var rest []Expr
	var order []*alternative
	for i, e := range or.Args {
		a := &all[i]
		if a.by == nil || size[a.family] < fewAlternatives {
			rest = append(rest, e)
			continue
		}
		if first := families[a.family]; first != nil {
			first.values = append(first.values, a.values...)
			continue
		}
		families[a.family] = a
		order = append(order, a)
	}
	if order == nil {
		return or
	}
	out := make([]Expr, 0, len(order)+len(rest))
	for _, a := range order {
		out = append(out, a.call())
	}
	return Or(append(out, rest...)...)
}

// call compares the fields with all values.
func (a *alternative) call() Expr {
	var args []Expr
	at := a.fields[0].At()
	if a.by.Name == "rowin" {
		args = append(args, &Const{V: column.Integer(int64(len(a.fields))), Span: at})
	}
	args = slices.Grow(append(args, a.fields...), len(a.values))
	for _, v := range a.values {
		args = append(args, v)
	}
	return &Call{a.by, args, at.To(a.values[len(a.values)-1].Span)}
}

// alternativeOf is the comparison that an expression is; of others by is nil.
func alternativeOf(e Expr) alternative {
	c, ok := e.(*Call)
	if !ok {
		return alternative{}
	}
	switch {
	case c.Func.Lang == function.Search && (c.Func.Name == "=" || c.Func.Name == "in"):
		return compared(function.Lookup(function.Search, "in"), c.Args[0], c.Args[1:])
	case c.Func.Lang == function.Search && (c.Func.Name == "case=" || c.Func.Name == "casein"):
		return compared(function.Lookup(function.Search, "casein"), c.Args[0], c.Args[1:])
	case c.Func.Lang == function.SPL && (c.Func.Name == "=" || c.Func.Name == "=="):
		field, values := c.Args[0], c.Args[1:]
		if _, constant := field.(*Const); constant {
			field, values = c.Args[1], c.Args[:1]
		}
		return equal(field, values)
	case c.Func.Lang == function.SPL && c.Func.Name == "in":
		return equal(c.Args[0], c.Args[1:])
	case c.Func.Lang == function.SPL && c.Func.Name == "and":
		return rowOf(c.Args)
	}
	return alternative{}
}

// compared is the comparison of a field with constants.
func compared(by *function.Func, field Expr, values []Expr) alternative {
	if _, constant := field.(*Const); constant || Volatile(field) {
		return alternative{}
	}
	a := alternative{family: by.Name + " " + field.String(), by: by, fields: []Expr{field}}
	for _, v := range values {
		c, ok := v.(*Const)
		if !ok {
			return alternative{}
		}
		a.values = append(a.values, c)
	}
	return a
}

// equal is compared for the `=` of eval, which has one meaning for all texts and for the integers that a float64 holds.
func equal(field Expr, values []Expr) alternative {
	for _, v := range values {
		c, ok := v.(*Const)
		if !ok || c.V.Kind() != column.String && (c.V.Kind() != column.Int || math.Abs(float64(c.V.Int())) >= 1<<53) {
			return alternative{}
		}
	}
	a := compared(function.Lookup(function.SPL, "in"), field, values)
	a.family = "eval " + a.family
	return a
}

// rowOf is an AND of comparisons of several fields with one value each.
func rowOf(conds []Expr) alternative {
	parts := make([]alternative, len(conds))
	for i, e := range conds {
		parts[i] = alternativeOf(e)
		if parts[i].by != function.Lookup(function.Search, "in") || len(parts[i].values) != 1 {
			return alternative{}
		}
	}
	slices.SortStableFunc(parts, func(a, b alternative) int { return strings.Compare(a.family, b.family) })
	row := alternative{family: "rows", by: function.Lookup(function.Command, "rowin")}
	for i, p := range parts {
		if i > 0 && p.family == parts[i-1].family || i == function.MostRowFields {
			return alternative{}
		}
		row.family += " " + p.family
		row.fields, row.values = append(row.fields, p.fields[0]), append(row.values, p.values[0])
	}
	return row
}

// Wide says whether a call within an expression has so many arguments that it should not be gone through without need.
func Wide(e Expr) bool {
	c, ok := e.(*Call)
	return ok && (len(c.Args) > wideFrom || slices.ContainsFunc(c.Args, Wide))
}

const wideFrom = 200
