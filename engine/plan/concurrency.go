package plan

// Concurrency gives each row the number of rows in progress when it starts, itself among them.
type Concurrency struct {
	In       Node
	Start    string // the column with the time of the start, in seconds
	Duration string // the column with the seconds that it takes
	As       string
}

// Inputs is where the rows come from.
func (n *Concurrency) Inputs() []Node { return []Node{n.In} }

// With is the node over another input.
func (n *Concurrency) With(in ...Node) Node { c := *n; c.In = in[0]; return &c }

func (n *Concurrency) String() string {
	return "Concurrency of " + fieldName(n.Start) + " for " + fieldName(n.Duration) + " as " + fieldName(n.As)
}
