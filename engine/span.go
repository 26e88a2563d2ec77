package engine

import (
	"slices"

	"spoor/engine/plan"
)

// Span is the width of the spans into which the query cuts the time of events, such as 15m; empty if it does not. Of several it is that of the last
// command.
func (p *Program) Span() (span string) {
	visit(p.Lowered, func(n plan.Node) {
		if span != "" {
			return
		}
		switch n := n.(type) {
		case *plan.Chart:
			if n.Spans != nil {
				span = n.Spans.Width
			}
		case *plan.Extend:
			for _, a := range n.Assigns {
				span = max(span, spanOf(a.Expr))
			}
		}
	})
	return span
}

// Apart says whether the rows of each span are the same whatever is in the others: rows meet only once, in groups of one span each.
func (p *Program) Apart() bool {
	n := p.Lowered
	for {
		in := n.Inputs()
		if len(in) != 1 {
			return false
		}
		switch x := n.(type) {
		case *plan.Aggregate:
			return slices.ContainsFunc(x.Keys, func(key string) bool { return cuts(x.In, key) }) && plan.PaceOf(x.In) == plan.ByEvent
		case *plan.Chart:
			return x.Spans != nil && x.Spans.Width != "" && plan.PaceOf(x.In) == plan.ByEvent
		case *plan.Sort:
			if x.Limit > 0 {
				return false
			}
		default:
			if !plan.RowWise(n) {
				return false
			}
		}
		n = in[0]
	}
}

// cuts says whether a column of a plan is the time of events, cut into spans.
func cuts(n plan.Node, name string) (found bool) {
	visit(n, func(n plan.Node) {
		if x, ok := n.(*plan.Extend); ok {
			for _, a := range x.Assigns {
				found = found || a.Name == name && spanOf(a.Expr) != ""
			}
		}
	})
	return found
}

// spanOf is the width of a call of bin for _time.
func spanOf(e plan.Expr) string {
	call, ok := e.(*plan.Call)
	if !ok || call.Func.Name != "bin" || len(call.Args) < 2 {
		return ""
	}
	field, ok := call.Args[0].(*plan.Field)
	width, constant := call.Args[1].(*plan.Const)
	if !ok || !constant || field.Name != "_time" {
		return ""
	}
	return width.V.String()
}
