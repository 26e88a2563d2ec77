package plan

// Summary makes a row for each column: how many rows have it, how many different values and numbers there are, and which.
type Summary struct {
	In     Node
	Fields []string // patterns of the columns; none: every column that does not begin with _
	Most   int      // values that are listed; 0: all
}

// SummaryColumns is what a Summary says of a column.
var SummaryColumns = []string{"field", "count", "distinct_count", "is_exact", "max", "mean", "min", "numeric_count", "stdev", "values"}

// Inputs is where the rows come from.
func (n *Summary) Inputs() []Node { return []Node{n.In} }

// With is the node over another input.
func (n *Summary) With(in ...Node) Node { c := *n; c.In = in[0]; return &c }

func (n *Summary) String() string {
	if len(n.Fields) == 0 {
		return "Summary"
	}
	return "Summary of " + names(n.Fields)
}

// Of says whether a column has a row.
func (n *Summary) Of(name string) bool {
	return (&Totals{Fields: n.Fields}).Adds(name)
}
