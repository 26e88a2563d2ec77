package engine

import (
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
