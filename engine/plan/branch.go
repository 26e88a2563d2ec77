package plan

import "slices"

// orderAll is order for nodes with several inputs. Only of a Union, and of the left side of a Join, may events stay in no order.
func orderAll(n Node) (out Node, unsorted bool) {
	ins := slices.Clone(n.Inputs())
	for i := range ins {
		var loose bool
		ins[i], loose = order(ins[i])
		_, union := n.(*Union)
		_, join := n.(*Join)
		if union || join && i == 0 {
			unsorted = unsorted || loose
		} else if loose {
			ins[i] = settle(ins[i])
		}
	}
	return n.With(ins...), unsorted
}

// settle puts the events that n gives in no order into theirs. Behind a Union every input has an order of its own.
func settle(n Node) Node {
	if !divided(n) {
		return &Sort{In: n, Keys: newestFirst}
	}
	u, ok := n.(*Union)
	if !ok {
		return over(n, settle(n.Inputs()[0]))
	}
	ins := slices.Clone(u.Ins)
	for i, in := range ins {
		if unsorted(in) {
			ins[i] = settle(in)
		}
	}
	return u.With(ins...)
}

// divided says whether the rows that n gives in no order come from a Union whose inputs are not merged.
func divided(n Node) bool {
	for unsorted(n) && len(n.Inputs()) > 0 {
		if u, ok := n.(*Union); ok {
			return !u.Merged
		}
		n = n.Inputs()[0]
	}
	return false
}

// unsorted says whether a plan that order made gives events in no order.
func unsorted(n Node) bool {
	switch n := n.(type) {
	case *Scan:
		return true
	case *Sort:
		return false
	case *Union:
		return slices.ContainsFunc(n.Ins, unsorted)
	}
	return len(n.Inputs()) > 0 && !ordered(n) && !inOrder(n) && unsorted(n.Inputs()[0])
}
