package plan

import "strconv"

// Join gives each row of Left the columns of the rows of Right that have the same values of the keys.
type Join struct {
	Left, Right Node
	Keys        []string // empty: the columns of both sides whose names do not begin with _
	Outer       bool     // rows of Left without a partner stay
	Max         int      // partners of a row; 0: all
	Keep        bool     // where Left has a value already it stays
	When        JoinTime // which rows of Right are partners by their time
}

// JoinTime says which rows may be partners by their time, in whole seconds.
type JoinTime uint8

// The times of partners: any, no later than the row itself, and no earlier.
const (
	AnyTime JoinTime = iota
	NoLater
	NoEarlier
)

// AppendColumns gives the n-th row of Left the columns of the n-th row of Right, but for those whose names begin with _.
type AppendColumns struct {
	Left, Right Node
	Override    bool // also where Left has a value already
}

// SetMode says which rows Set gives.
type SetMode uint8

// The modes of Set: the rows of either side, of both, and of just one of them.
const (
	Either SetMode = iota
	Both
	Differing
)

// Set compares whole rows of two inputs. It gives each row once.
type Set struct {
	Left, Right Node
	Mode        SetMode
}

func (n *Join) Inputs() []Node          { return []Node{n.Left, n.Right} }
func (n *AppendColumns) Inputs() []Node { return []Node{n.Left, n.Right} }
func (n *Set) Inputs() []Node           { return []Node{n.Left, n.Right} }

func (n *Join) With(in ...Node) Node          { c := *n; c.Left, c.Right = in[0], in[1]; return &c }
func (n *AppendColumns) With(in ...Node) Node { c := *n; c.Left, c.Right = in[0], in[1]; return &c }
func (n *Set) With(in ...Node) Node           { c := *n; c.Left, c.Right = in[0], in[1]; return &c }

func (n *Join) String() string {
	s := "Join"
	if n.Outer {
		s += " outer"
	}
	if len(n.Keys) > 0 {
		s += " by " + names(n.Keys)
	}
	if n.Max > 0 {
		s += " with at most " + strconv.Itoa(n.Max)
	}
	if n.Keep {
		s += " keeping values"
	}
	s += [...]string{"", " no later", " no earlier"}[n.When]
	return s
}

func (n *AppendColumns) String() string {
	if n.Override {
		return "AppendColumns overriding values"
	}
	return "AppendColumns"
}

func (n *Set) String() string {
	return "Set " + [...]string{"of either", "of both", "of just one"}[n.Mode]
}

// ofJoin is what a node that puts columns of Right beside those of Left needs of either side.
func (need Need) ofJoin(keys []string, i int) Need {
	if len(keys) == 0 {
		need = Need{true, need.Names}
	}
	need = need.plus(keys...)
	if i > 0 {
		for _, name := range need.hidden() {
			delete(need.Names, name)
		}
	}
	return need
}
