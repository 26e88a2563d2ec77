package plan

import (
	"math"
	"slices"
)

// rewrite makes another node, with the same rows, of one for which it says so.
type rewrite func(Node) (Node, bool)

// rewrites is in the order in which they run.
var rewrites = []rewrite{gatherAlternatives, pushFilter, mergeFilters, dropFilter, pushLimit}

// Optimise is a plan with the same rows that takes less work.
func Optimise(n Node) Node {
	for _, r := range rewrites {
		n = r.everywhere(n)
	}
	return n
}

// everywhere applies a rewrite to all nodes, from the scan upwards, until it changes nothing.
func (r rewrite) everywhere(n Node) Node {
	if ins := n.Inputs(); len(ins) > 0 {
		with := make([]Node, len(ins))
		changed := false
		for i, in := range ins {
			with[i] = r.everywhere(in)
			changed = changed || with[i] != in
		}
		if changed {
			n = n.With(with...)
		}
	}
	if m, changed := r(n); changed {
		return r.everywhere(m)
	}
	return n
}

// pushFilter moves a filter towards the scan, through columns that it does not read or whose expressions it can take over.
func pushFilter(n Node) (Node, bool) {
	f, ok := n.(*Filter)
	if !ok || Volatile(f.Cond) {
		return n, false
	}
	reads := Fields(f.Cond, nil)
	switch in := f.In.(type) {
	case *Extend:
		return pushThroughExtend(f, in)
	case *Rename:
		return pushThroughRename(f, in, reads)
	case *Project:
		kept := Projected(reads, in.Mode, in.Patterns)
		if slices.ContainsFunc(reads, func(r string) bool { return !slices.Contains(kept, r) }) {
			return n, false // it reads what the projection took away
		}
		return in.With(f.With(in.In)), true
	case *Expand:
		if !slices.Contains(reads, in.Field) {
			return in.With(f.With(in.In)), true
		}
	case *Lookup:
		if !in.sets(reads) {
			return in.With(f.With(in.In)), true
		}
	case *Sort:
		if in.Limit == 0 {
			return in.With(f.With(in.In)), true
		}
	case *Union:
		parts := make([]Node, len(in.Ins))
		for i, part := range in.Ins {
			parts[i] = f.With(part)
		}
		return in.With(parts...), true
	}
	return n, false
}

func pushThroughExtend(f *Filter, in *Extend) (Node, bool) {
	cond, most := f.Cond, size(f.Cond, math.MaxInt)+growth
	for _, a := range slices.Backward(in.Assigns) {
		if !slices.Contains(Fields(cond, nil), a.Name) {
			continue
		}
		if Volatile(a.Expr) {
			return f, false
		}
		cond = Rewrite(cond, func(x *Field) Expr {
			if x.Name == a.Name {
				return a.Expr
			}
			return nil
		})
		if size(cond, most) == most {
			return f, false
		}
	}
	return in.With(&Filter{In: in.In, Cond: cond}), true
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

// pushThroughRename moves a filter below a renaming of columns that are known.
func pushThroughRename(f *Filter, in *Rename, reads []string) (Node, bool) {
	names, exact := Columns(in.In)
	if !exact {
		return f, false
	}
	to, from := Renamed(names, in.Pairs)
	for _, r := range reads {
		if !slices.Contains(to, r) {
			return f, false
		}
	}
	cond := Rewrite(f.Cond, func(x *Field) Expr {
		return &Field{names[from[slices.Index(to, x.Name)]], x.Span}
	})
	return in.With(&Filter{In: in.In, Cond: cond}), true
}

// dropFilter removes `search *`, which is what a filter macro that nobody defined stands for.
func dropFilter(n Node) (Node, bool) {
	f, ok := n.(*Filter)
	if !ok {
		return n, false
	}
	c, ok := f.Cond.(*Const)
	if !ok || !c.V.True() {
		return n, false
	}
	return f.In, true
}

// mergeFilters makes neighbouring filters one.
func mergeFilters(n Node) (Node, bool) {
	f, ok := n.(*Filter)
	if !ok {
		return n, false
	}
	in, ok := f.In.(*Filter)
	if !ok {
		return n, false
	}
	return &Filter{In: in.In, Cond: And(in.Cond, f.Cond)}, true
}

// pushLimit tells a limit on sorted rows to the sort, which then keeps no more.
func pushLimit(n Node) (Node, bool) {
	l, ok := n.(*Limit)
	if !ok {
		return n, false
	}
	s, ok := l.In.(*Sort)
	if !ok || s.Limit > 0 && s.Limit <= l.N || l.N == 0 {
		return n, false
	}
	return l.With(&Sort{In: s.In, Keys: s.Keys, Limit: l.N}), true
}
