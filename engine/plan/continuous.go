package plan

// Continuous puts the values of a column into ranges, the rows into their order, and adds a row for each range between them that has none.
type Continuous struct {
	In         Node
	Field      string
	Span       string  // the width of a range; empty: the least that gives at most N
	N          int     // ranges
	Start, End float64 // widen the range of the data to these; NaN: not
	Align      int64   // a time at which a range begins, of those of time that are shorter than a day
}

// Inputs is where the rows come from.
func (n *Continuous) Inputs() []Node { return []Node{n.In} }

// With is the node over another input.
func (n *Continuous) With(in ...Node) Node { c := *n; c.In = in[0]; return &c }

func (n *Continuous) String() string {
	s := "Continuous " + fieldName(n.Field)
	if n.Span != "" {
		s += " in ranges of " + n.Span
	}
	return s
}
