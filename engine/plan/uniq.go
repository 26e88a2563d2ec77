package plan

// Uniq drops rows that equal the row before, wherever they stand in the logs.
type Uniq struct{ In Node }

func (n *Uniq) Inputs() []Node       { return []Node{n.In} }
func (n *Uniq) With(in ...Node) Node { return &Uniq{in[0]} }
func (n *Uniq) String() string       { return "Uniq" }
