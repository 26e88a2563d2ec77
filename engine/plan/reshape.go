package plan

import "fmt"

// Untable gives each value of a row a row of its own: the row's X, the name of the column, and the value.
type Untable struct {
	In             Node
	X, Name, Value string
}

// Series is the inverse of Untable: a row for each value of X, with a column for each name that stands in Name and, if there are several, for
// each of Values.
type Series struct {
	In      Node
	X, Name string
	Values  []string
	Titles  Titles
}

// Titles says how a column is called that has a value out of Value for a name.
type Titles struct {
	Sep    string
	Format string // with $AGG$ for the one and $VAL$ for the other; empty: both with Sep between
}

// Transpose makes columns of the first rows.
type Transpose struct {
	In     Node
	N      int    // 0: all
	Column string // the column that says what columns there were
	Header string // the column whose values name the new ones; empty: row 1, row 2 ...
	Empty  bool   // columns without a value count too
}

// Inputs is where the rows come from.
func (n *Untable) Inputs() []Node { return []Node{n.In} }

// Inputs is where the rows come from.
func (n *Series) Inputs() []Node { return []Node{n.In} }

// Inputs is where the rows come from.
func (n *Transpose) Inputs() []Node { return []Node{n.In} }

// With is the node over another input.
func (n *Untable) With(in ...Node) Node { c := *n; c.In = in[0]; return &c }

// With is the node over another input.
func (n *Series) With(in ...Node) Node { c := *n; c.In = in[0]; return &c }

// With is the node over another input.
func (n *Transpose) With(in ...Node) Node { c := *n; c.In = in[0]; return &c }

func (n *Untable) String() string {
	return fmt.Sprintf("Untable %s, %s, %s", fieldName(n.X), fieldName(n.Name), fieldName(n.Value))
}

func (n *Series) String() string {
	return fmt.Sprintf("Series %s by %s of %s", fieldName(n.X), fieldName(n.Name), names(n.Values))
}

func (n *Transpose) String() string { return fmt.Sprintf("Transpose %d", n.N) }

// everything is the need of every column, and of the hidden ones that it names.
func (need Need) everything() Need {
	out := need.plus()
	out.All = true
	return out
}
