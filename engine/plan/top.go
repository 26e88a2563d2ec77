package plan

import (
	"fmt"
	"slices"
)

// Frequency is the column with the number of rows that Top reads.
const Frequency = "\x00count"

// Top ranks combinations of values by the number of their rows, within each combination of By. Its input is sorted by By.
type Top struct {
	In         Node
	By, Fields []string
	Least      bool // the rarest first
	Limit      int  // 0: all
	// Count and Percent are the columns for the number of rows and for their share; empty: none.
	Count, Percent string
	Other          string // what a row for all that is beyond the limit has for values; empty: there is none
}

// Inputs is where the rows come from.
func (n *Top) Inputs() []Node { return []Node{n.In} }

// With is the node over another input.
func (n *Top) With(in ...Node) Node { c := *n; c.In = in[0]; return &c }

func (n *Top) String() string {
	s := fmt.Sprintf("Top %d of %s", n.Limit, names(n.Fields))
	if n.Least {
		s = fmt.Sprintf("Top %d, rarest first, of %s", n.Limit, names(n.Fields))
	}
	if len(n.By) > 0 {
		s += " by " + names(n.By)
	}
	return s
}

// columns is what the rows have.
func (n *Top) columns() []string {
	out := slices.Concat(n.By, n.Fields)
	for _, name := range []string{n.Count, n.Percent} {
		if name != "" {
			out = add(out, name)
		}
	}
	return out
}
