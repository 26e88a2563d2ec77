package plan

import (
	"spoor/engine/aggregate"
	"spoor/engine/function"
	"spoor/grammar/source"
)

// Proof is the hidden column that says on which records a row rests: the position of one, or what aggregate.Places makes of several.
const Proof = "\x00proof"

// Proven is the plan with a Proof in each row, of up to so many positions. It has none where rows come from nodes that do not carry it.
func Proven(n Node, most int) Node {
	position := &Field{Name: Position}
	proof := NewCall(function.SPL, "coalesce", source.Span{}, &Field{Name: Proof}, position)
	return &Extend{In: carrying(n, most, proof), Assigns: []Assign{{Proof, proof}}}
}

// carrying adds the proofs of groups to the aggregates from which the rows of a node come.
func carrying(n Node, most int, proof Expr) Node {
	switch n := n.(type) {
	case *Aggregate:
		out := *n
		out.In = carrying(n.In, most, proof)
		out.Aggs = append(n.Aggs[:len(n.Aggs):len(n.Aggs)], Agg{Func: aggregate.Places, Param: float64(most), Args: []Expr{proof}, As: Proof})
		return &out
	case *Sort, *Limit, *Cap, *TakeWhile, *Tail, *Reverse, *Dedup, *Attach, *Window, *Trail:
		return n.With(carrying(n.Inputs()[0], most, proof))
	case *Join:
		return n.With(carrying(n.Left, most, proof), n.Right)
	}
	if RowWise(n) && len(n.Inputs()) == 1 {
		return n.With(carrying(n.Inputs()[0], most, proof))
	}
	return n
}
