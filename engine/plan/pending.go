package plan

// Pending stands where a plan cannot be made before rows are known: those of In. It does not run.
type Pending struct {
	In   Node
	What string
}

func (n *Pending) Inputs() []Node       { return []Node{n.In} }
func (n *Pending) With(in ...Node) Node { return &Pending{in[0], n.What} }
func (n *Pending) String() string       { return "Pending " + n.What }
