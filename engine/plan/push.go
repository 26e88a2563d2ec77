package plan

import (
	"math"
	"slices"
	"strings"
)

// pushFilter moves a filter towards the scan, one conjunct after another: through columns that it does not read or whose expressions it can
// take over, and through groups if it reads their keys only.
func pushFilter(n Node) (Node, bool) {
	f, ok := n.(*Filter)
	if !ok || Volatile(f.Cond) {
		return n, false
	}
	if in, ok := f.In.(*Filter); ok && !Volatile(in.Cond) { // what the other one could not pass this one may
		return &Filter{In: in.In, Cond: And(in.Cond, f.Cond)}, true
	}
	through := passage(f.In)
	if through == nil {
		return n, false
	}
	var below, stay []Expr
	for _, c := range Conjuncts(f.Cond) {
		if passed, ok := through(c); ok {
			below = append(below, passed)
		} else {
			stay = append(stay, c)
		}
	}
	if len(below) == 0 {
		return n, false
	}
	ins := slices.Clone(f.In.Inputs())
	for i, in := range ins {
		ins[i] = &Filter{In: in, Cond: And(below...)}
	}
	out := f.In.With(ins...)
	if a, ok := out.(*Aggregate); ok {
		out = a.only(f, stay)
	}
	if len(stay) > 0 {
		out = &Filter{In: out, Cond: And(stay...)}
	}
	return out, true
}

// passage says what a condition on the rows of a node comes to on the rows of its inputs; ok is false if it comes to nothing there. Nil: no
// condition passes.
func passage(n Node) func(cond Expr) (below Expr, ok bool) {
	switch n := n.(type) {
	case *Extend:
		return n.unassigned
	case *Rename:
		return n.unnamed
	case *Lookup:
		return n.unasked
	case *Aggregate:
		return n.ungrouped
	case *Project: // unless it took away what is read
		return passing(n.keeps)
	case *Expand:
		return passing(func(reads []string) bool { return !slices.Contains(reads, n.Field) })
	case *Each:
		return passing(n.spares)
	case *Extract:
		sets := append(GroupNames(n.Pattern), n.OffsetAs)
		return passing(func(reads []string) bool { return !overlap(reads, sets) })
	case *Sort:
		return passing(func([]string) bool { return n.Limit == 0 })
	case *Union:
		return passing(func([]string) bool { return true })
	}
	return nil
}

// passing lets conditions pass as they are, by the fields that they read.
func passing(may func(reads []string) bool) func(Expr) (Expr, bool) {
	return func(cond Expr) (Expr, bool) { return cond, may(Fields(cond, nil)) }
}

// keeps says whether the projection leaves all columns.
func (n *Project) keeps(names []string) bool {
	kept := Projected(names, n.Mode, n.Patterns)
	return !slices.ContainsFunc(names, func(name string) bool { return !slices.Contains(kept, name) })
}

func overlap(x, y []string) bool {
	return slices.ContainsFunc(x, func(name string) bool { return slices.Contains(y, name) })
}

// unassigned is a condition before columns are set: with their expressions in their place.
func (n *Extend) unassigned(cond Expr) (Expr, bool) {
	most := size(cond, math.MaxInt) + growth
	for _, a := range slices.Backward(n.Assigns) {
		if !slices.Contains(Fields(cond, nil), a.Name) {
			continue
		}
		if Volatile(a.Expr) {
			return nil, false
		}
		cond = Rewrite(cond, func(x *Field) Expr {
			if x.Name == a.Name {
				return a.Expr
			}
			return nil
		})
		if size(cond, most) == most {
			return nil, false
		}
	}
	return cond, true
}

// growth bounds what a condition may gain by taking over a column's expression: where each eval reads the one before twice, it would
// double every time.
const growth = 2000

// size counts the parts of an expression, up to most.
func size(e Expr, most int) int {
	n := 1
	if c, ok := e.(*Call); ok {
		for _, a := range c.Args {
			if n >= most {
				return most
			}
			n += size(a, most-n)
		}
	}
	return min(n, most)
}

// unnamed is a condition before a renaming of columns that are known.
func (n *Rename) unnamed(cond Expr) (Expr, bool) {
	names, exact := Columns(n.In)
	if !exact {
		return nil, false
	}
	to, from := Renamed(names, n.Pairs)
	for _, r := range Fields(cond, nil) {
		if !slices.Contains(to, r) {
			return nil, false
		}
	}
	return Rewrite(cond, func(x *Field) Expr {
		return &Field{names[from[slices.Index(to, x.Name)]], x.Span}
	}), true
}

// spares says whether none of the columns is set.
func (n *Each) spares(names []string) bool {
	for _, r := range n.Rules {
		if r.Whole { // it looks at all rows
			return false
		}
		as := r.As
		if as == "" {
			as = r.Pattern
		}
		if r.Expr != nil && slices.ContainsFunc(names, func(name string) bool { return matches(as, name) }) {
			return false
		}
	}
	return true
}

func matches(pattern, name string) bool {
	if !strings.Contains(pattern, "*") {
		return pattern == name
	}
	_, ok := MatchName(pattern, name)
	return ok
}
