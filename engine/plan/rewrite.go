package plan

// rewrite makes another node, with the same rows, of one for which it says so.
type rewrite func(Node) (Node, bool)

// rewrites is in the order in which they run.
var rewrites = []rewrite{gatherAlternatives, dropFilter, pushFilter, mergeFilters, dropFilter, pushLimit}

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
