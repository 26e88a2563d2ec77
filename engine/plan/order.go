package plan

import "slices"

// Ordered is the plan with events put into order, newest first, where a step reads them in order; last says whether the one who reads
// the result does.
func Ordered(n Node, last bool) Node {
	out, events := order(n)
	if events && last {
		return settle(out)
	}
	return out
}

// newestFirst is the order in which SPL sees events: by time, and at the same time the later record first.
var newestFirst = []SortKey{{Name: EventTime, Desc: true, By: Num}, {Name: Position, Desc: true, By: Num}}

// order puts sorts into a plan; unsorted says whether n gives events in no order.
func order(n Node) (out Node, unsorted bool) {
	switch n.(type) {
	case *Union, *AppendPipe, *Join, *AppendColumns, *Set:
		return orderAll(n)
	}
	if len(n.Inputs()) == 0 {
		_, events := n.(*Scan)
		return n, events
	}
	in, unsorted := order(n.Inputs()[0])
	if s, ok := n.(*Sort); ok {
		if unsorted && divided(in) {
			return over(n, settle(in)), false
		}
		if unsorted { // rows with equal keys keep the order that they would have had
			s = &Sort{In: in, Keys: slices.Clone(s.Keys), Limit: s.Limit}
			for _, k := range newestFirst {
				if !slices.ContainsFunc(s.Keys, func(own SortKey) bool { return own.Name == k.Name }) {
					s.Keys = append(s.Keys, k)
				}
			}
			return s, false
		}
		return over(n, in), false
	}
	if unsorted && inOrder(n) {
		in, unsorted = settle(in), false
	}
	return over(n, in), unsorted && !ordered(n)
}

// over is the node over another first input.
func over(n, in Node) Node {
	ins := slices.Clone(n.Inputs())
	ins[0] = in
	return n.With(ins...)
}

// ordered says whether a node gives its rows in an order of its own.
func ordered(n Node) bool {
	switch n.(type) {
	case *Aggregate, *Transaction, *Sequence, *Sample, *AppendPipe, *AppendColumns, *Set, *Format, *Series, *Chart, *Summary:
		return true
	}
	return false
}

// inOrder says whether a node's result depends on the order of its rows.
func inOrder(n Node) bool {
	switch n := n.(type) {
	case *Limit, *Cap, *TakeWhile, *Tail, *Reverse, *Dedup, *Transaction, *Format, *ToLookup, *Window, *Trail, *Combine, *Untable, *Series, *Transpose, *Uniq, *Continuous:
		return true
	case *Attach:
		return slices.ContainsFunc(n.Aggs, func(a Agg) bool { return a.Func.Ordered })
	case *Totals:
		return n.Column
	case *Chart:
		return slices.ContainsFunc(n.Aggs, func(a Agg) bool { return a.Func.Ordered })
	case *Aggregate:
		return slices.ContainsFunc(n.Aggs, func(a Agg) bool { return a.Func.Ordered })
	}
	return false
}
