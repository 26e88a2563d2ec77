package plan

import (
	"slices"

	"spoor/engine/aggregate"
	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/grammar/source"
)

// Proof is the hidden column that says on which records a row rests: the position of one, or what aggregate.Places makes of several.
const Proof = "\x00proof"

// Proven is the plan with a Proof in each row, of up to so many positions. It has none where rows come from nodes that do not carry it.
func Proven(n Node, most int) Node { return resting(n, most, &Field{Name: Position}) }

// Marked is the plan with a Proof in the rows that rest on the record at one position, and in no others.
func Marked(n Node, position int64) Node {
	at := &Field{Name: Position}
	same := NewCall(function.SPL, "=", source.Span{}, at, &Const{V: column.Integer(position)})
	return resting(n, 1, NewCall(function.SPL, "if", source.Span{}, same, at, &Const{}))
}

// resting is the plan with a Proof in each row, which for a record is the value of an expression.
func resting(n Node, most int, record Expr) Node {
	proof := NewCall(function.SPL, "coalesce", source.Span{}, &Field{Name: Proof}, record)
	return &Extend{In: carrying(n, most, proof), Assigns: []Assign{{Proof, proof}}}
}

// Carries says whether the rows of a node have the Proof of the rows that it gets.
func Carries(n Node) bool {
	switch n.(type) {
	case *Aggregate, *Sort, *Limit, *Cap, *TakeWhile, *Tail, *Reverse, *Dedup, *Attach, *Window, *Trail, *Join, *Union, *Chart, *Top, *Transaction,
		*Set, *Uniq, *Bins, *Unify, *Shorten:
		return true
	}
	return RowWise(n) && len(n.Inputs()) == 1
}

// carrying adds the proofs of groups to the aggregates from which the rows of a node come.
func carrying(n Node, most int, proof Expr) Node {
	switch n := n.(type) {
	case *Aggregate:
		out := *n
		out.In = carrying(n.In, most, proof)
		out.Aggs = append(n.Aggs[:len(n.Aggs):len(n.Aggs)], Agg{Func: aggregate.Places, Param: float64(most), Args: []Expr{proof}, As: Proof})
		return &out
	case *Chart:
		out := *n
		out.In = carrying(n.In, most, proof)
		out.Rests = &Agg{Func: aggregate.Places, Param: float64(most), Args: []Expr{proof}, As: Proof}
		return &out
	case *Transaction:
		out := *n
		out.In = &Extend{In: carrying(n.In, most, proof), Assigns: []Assign{{Proof, proof}}}
		out.Rests = &Agg{Func: aggregate.Places, Param: float64(most), Args: []Expr{&Field{Name: Proof}}, As: Proof}
		return &out
	case *Join:
		return n.With(carrying(n.Left, most, proof), n.Right)
	case *Union, *Set:
		ins := slices.Clone(n.Inputs())
		for i, in := range ins {
			ins[i] = carrying(in, most, proof)
		}
		return n.With(ins...)
	}
	if !Carries(n) {
		return n
	}
	in := n.Inputs()[0]
	if with := carrying(in, most, proof); with != in {
		return n.With(with)
	}
	return n
}
