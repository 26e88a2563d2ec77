package plan

import (
	"math"
	"slices"
)

// Rule is one rewrite of a plan: it returns a plan with the same rows.
type Rule struct {
	Name, Doc string
	Apply     func(Node) Node
}

// Rules is the rewrites in the order in which they run.
var Rules = []Rule{
	{"push-filters", "filters move towards the scan, through columns that they do not read or whose expressions they can take over", everywhere(pushFilter)},
	{"merge-filters", "neighbouring filters become one", everywhere(mergeFilters)},
	{"drop-filters", "a filter that keeps every row goes away", everywhere(dropFilter)},
	{"push-limit", "a limit on sorted rows is told to the sort, which then keeps no more", everywhere(pushLimit)},
}

// Optimise applies the rules.
func Optimise(n Node) Node {
	for _, r := range Rules {
		n = r.Apply(n)
	}
	return n
}

// everywhere applies a rewrite of one node to all nodes, from the scan upwards, until it changes nothing.
func everywhere(f func(Node) (Node, bool)) func(Node) Node {
	var walk func(Node) Node
	walk = func(n Node) Node {
		ins := n.Inputs()
		if len(ins) > 0 {
			with := make([]Node, len(ins))
			changed := false
			for i, in := range ins {
				with[i] = walk(in)
				changed = changed || with[i] != in
			}
			if changed {
				n = n.With(with...)
			}
		}
		if m, changed := f(n); changed {
			return walk(m)
		}
		return n
	}
	return walk
}

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
	case *Sort:
		if in.Limit == 0 {
			return in.With(f.With(in.In)), true
		}
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

// Ordered is the plan with events put into order, newest first, where a step reads them in order; last says whether the one who reads
// the result does.
func Ordered(n Node, last bool) Node {
	out, events := order(n)
	if events && last {
		return &Sort{In: out, Keys: NewestFirst}
	}
	return out
}

// NewestFirst is the order in which SPL sees events: by time, and at the same time the later record first.
var NewestFirst = []SortKey{{Name: EventTime, Desc: true, By: Num}, {Name: Position, Desc: true, By: Num}}

// order puts sorts into a plan; unsorted says whether n gives events in no order.
func order(n Node) (out Node, unsorted bool) {
	if _, ok := n.(*Scan); ok {
		return n, true
	}
	needs := inOrder(n)
	in, unsorted := order(n.Inputs()[0])
	if s, ok := n.(*Sort); ok {
		if unsorted {
			s = &Sort{In: in, Keys: slices.Concat(s.Keys, NewestFirst), Limit: s.Limit}
			return s, false
		}
		return n.With(in), false
	}
	if _, ok := n.(*Aggregate); ok {
		if unsorted && needs {
			in = &Sort{In: in, Keys: NewestFirst}
		}
		return n.With(in), false
	}
	if unsorted && needs {
		return n.With(&Sort{In: in, Keys: NewestFirst}), false
	}
	return n.With(in), unsorted
}

// inOrder says whether a node's result depends on the order of its rows.
func inOrder(n Node) bool {
	switch n := n.(type) {
	case *Limit, *TakeWhile, *Tail, *Reverse, *Dedup:
		return true
	case *Aggregate:
		return slices.ContainsFunc(n.Aggs, func(a Agg) bool { return a.Func.Ordered })
	}
	return false
}
