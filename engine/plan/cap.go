package plan

import (
	"strconv"
	"time"

	"spoor/grammar/source"
)

// Cap keeps the first rows, and of a search that runs too long those that came in time; it is said of what was lost.
type Cap struct {
	In    Node
	Rows  int           // 0: any number
	Time  time.Duration // from the first row that is asked for; 0: any
	Limit Bound
}

// Bound names a limit for those whose rows it takes.
type Bound struct {
	Span source.Span
	Name string // the code of what is said: limit-sort
	Of   string // what is limited: sort, a subsearch
	Cure string // how to raise it
}

// Shorten takes the values of multivalues that are beyond the first ones; it is said of what was lost.
type Shorten struct {
	In      Node
	Columns []string // may hold the wildcard *
	Values  int
	Limit   Bound
}

func (n *Cap) Inputs() []Node     { return []Node{n.In} }
func (n *Shorten) Inputs() []Node { return []Node{n.In} }

func (n *Cap) With(in ...Node) Node     { c := *n; c.In = in[0]; return &c }
func (n *Shorten) With(in ...Node) Node { c := *n; c.In = in[0]; return &c }

func (n *Cap) String() string {
	s := "Cap of " + n.Limit.Of
	if n.Rows > 0 {
		s += " " + strconv.Itoa(n.Rows) + " rows"
	}
	if n.Time > 0 {
		s += " " + n.Time.String()
	}
	return s
}

func (n *Shorten) String() string {
	return "Shorten " + names(n.Columns) + " to " + strconv.Itoa(n.Values) + " values"
}
