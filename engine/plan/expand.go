package plan

import "strconv"

// Expand gives each value of a field a row of its own, in their order; a row without a value stays.
type Expand struct {
	In    Node
	Field string
	Limit int // values of a row that count; 0: all
}

// Inputs is where the rows come from.
func (n *Expand) Inputs() []Node { return []Node{n.In} }

// With is the node over another input.
func (n *Expand) With(in ...Node) Node { c := *n; c.In = in[0]; return &c }

func (n *Expand) String() string {
	s := "Expand " + fieldName(n.Field)
	if n.Limit > 0 {
		s += " limit " + strconv.Itoa(n.Limit)
	}
	return s
}
