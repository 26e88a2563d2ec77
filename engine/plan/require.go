package plan

import "spoor/grammar/source"

// Require fails if it has no rows, and gives them as they are otherwise.
type Require struct {
	In   Node
	Span source.Span
}

// Inputs is where the rows come from.
func (n *Require) Inputs() []Node { return []Node{n.In} }

// With is the node over another input.
func (n *Require) With(in ...Node) Node { return &Require{in[0], n.Span} }

func (n *Require) String() string { return "Require rows" }
