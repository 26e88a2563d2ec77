package plan

// Combine makes one row of those that differ in one field only, which becomes a multivalue. It stands where the first of them stood.
type Combine struct {
	In    Node
	Field string
	Delim string // what stands between the values where they become one text
}

// Inputs is where the rows come from.
func (n *Combine) Inputs() []Node { return []Node{n.In} }

// With is the node over another input.
func (n *Combine) With(in ...Node) Node { c := *n; c.In = in[0]; return &c }

func (n *Combine) String() string { return "Combine " + fieldName(n.Field) }
