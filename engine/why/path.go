package why

import (
	"slices"

	"spoor/engine/plan"
)

// path is the nodes from a scan up to the end of a plan: the way of an event's row.
type path []plan.Node

// paths is the ways through a plan, one for each scan from whose events its rows come. What rows are only compared or joined with is none.
func paths(n plan.Node) (out []path) {
	if scan, is := n.(*plan.Scan); is {
		return []path{{scan}}
	}
	ins := n.Inputs()
	switch n.(type) {
	case *plan.Union, *plan.Set:
	default:
		ins = ins[:min(len(ins), 1)]
	}
	for _, in := range ins {
		for _, p := range paths(in) {
			out = append(out, append(slices.Clone(p), n))
		}
	}
	return out
}

// scan is where the path begins.
func (p path) scan() *plan.Scan { return p[0].(*plan.Scan) }

// apart is how many nodes of the path treat each row on its own: the process table does, too.
func (p path) apart() int {
	for i, n := range p {
		if _, is := n.(*plan.Enrich); !is && !plan.RowWise(n) {
			return i
		}
	}
	return len(p)
}

// view is the dataset through which the path reads events; nil if there is none.
func (p path) view() *plan.View {
	if len(p) > 1 {
		if v, is := p[1].(*plan.View); is {
			return v
		}
	}
	return nil
}

// weakened says whether the i-th node is a filter that only thins the rows before the process table is asked: what it asks is asked again behind it.
func (p path) weakened(i int) bool {
	if _, is := p[i].(*plan.Filter); !is || i+1 == len(p) {
		return false
	}
	_, is := p[i+1].(*plan.Enrich)
	return is
}

// over is a node of the path over another input in place of the one that the path comes from.
func (p path) over(i int, in plan.Node) plan.Node {
	ins := slices.Clone(p[i].Inputs())
	ins[slices.Index(ins, p[i-1])] = in
	return p[i].With(ins...)
}

// grouped is the last aggregate below the i-th node; -1 if there is none.
func (p path) grouped(i int) int {
	for k := i - 1; k > 0; k-- {
		if _, is := p[k].(*plan.Aggregate); is {
			return k
		}
	}
	return -1
}

// meets says whether a row of the path's end may rest on several events.
func (p path) meets() bool {
	return slices.ContainsFunc(p[p.apart():], func(n plan.Node) bool {
		switch n.(type) {
		case *plan.Aggregate, *plan.Chart, *plan.Top, *plan.Transaction:
			return true
		}
		return false
	})
}
