package plan

import (
	"slices"
	"strconv"
)

// Union gives the rows of all its inputs. Each input has a scan of its own, if it reads events at all.
type Union struct {
	Ins []Node
	// Merged gives events in their order in time, whichever input they came from; otherwise one input comes after the other.
	Merged bool
}

// AppendPipe gives its rows, and then what Pipe makes of them. The leaf of Pipe is a Given.
type AppendPipe struct {
	In, Pipe Node
}

// Given is the rows of the AppendPipe in whose Pipe it stands. It is never copied.
type Given struct {
	Names []string // of the columns, as Columns tells them
	Exact bool
}

func (n *Union) Inputs() []Node      { return n.Ins }
func (n *AppendPipe) Inputs() []Node { return []Node{n.In, n.Pipe} }
func (*Given) Inputs() []Node        { return nil }

func (n *Union) With(in ...Node) Node      { return &Union{slices.Clone(in), n.Merged} }
func (n *AppendPipe) With(in ...Node) Node { return &AppendPipe{in[0], in[1]} }
func (n *Given) With(...Node) Node         { return n }

func (n *Union) String() string {
	s := "Union of " + strconv.Itoa(len(n.Ins))
	if n.Merged {
		s += " in order of time"
	}
	return s
}
func (n *AppendPipe) String() string { return "AppendPipe" }
func (n *Given) String() string      { return "Given" }

// GivenOf is the Given at the bottom of an AppendPipe's Pipe.
func (n *AppendPipe) GivenOf() *Given {
	leaf := n.Pipe
	for len(leaf.Inputs()) > 0 {
		leaf = leaf.Inputs()[0]
	}
	given, _ := leaf.(*Given)
	return given
}

// unionColumns is the columns of all the nodes, those of the first one first.
func unionColumns(nodes []Node) (names []string, exact bool) {
	exact = true
	for _, in := range nodes {
		own, all := Columns(in)
		for _, name := range own {
			names = add(names, name)
		}
		exact = exact && all
	}
	return names, exact
}
