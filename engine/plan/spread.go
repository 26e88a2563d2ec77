package plan

// Spread sets, in every row, the column whose name is the value of an expression.
type Spread struct {
	In         Node
	Name, Expr Expr
}

func (n *Spread) Inputs() []Node       { return []Node{n.In} }
func (n *Spread) With(in ...Node) Node { return &Spread{in[0], n.Name, n.Expr} }
func (n *Spread) String() string       { return "Spread {" + n.Name.String() + "} := " + n.Expr.String() }
