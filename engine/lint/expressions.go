package lint

import "spoor/engine/plan"

// nodes calls see for each node of a plan.
func nodes(n plan.Node, see func(plan.Node)) {
	see(n)
	for _, in := range n.Inputs() {
		nodes(in, see)
	}
}

// calls calls see for each call in the conditions and assignments of a plan.
func calls(root plan.Node, see func(*plan.Call)) {
	nodes(root, func(n plan.Node) {
		switch n := n.(type) {
		case *plan.Filter:
			within(n.Cond, see)
		case *plan.TakeWhile:
			within(n.Cond, see)
		case *plan.Extend:
			for _, a := range n.Assigns {
				within(a.Expr, see)
			}
		case *plan.Aggregate:
			for _, a := range n.Aggs {
				for _, e := range a.Args {
					within(e, see)
				}
			}
		}
	})
}

func within(e plan.Expr, see func(*plan.Call)) {
	call, is := e.(*plan.Call)
	if !is {
		return
	}
	see(call)
	for _, arg := range call.Args {
		within(arg, see)
	}
}
