package plan

import (
	"slices"
	"strconv"
	"strings"

	"spoor/grammar/source"
)

// Lookup sets columns to cells of a table: of those of its rows that match the keys. Several rows make a multivalue.
type Lookup struct {
	In      Node
	Table   string // name of the definition
	Keys    []LookupPair
	Outputs []LookupPair
	// New leaves the columns alone that have a value.
	New bool
	// Timed says that the time of a row plays a part.
	Timed bool
	Span  source.Span
}

// LookupPair is a column of the table, and the column of the rows that goes with it.
type LookupPair struct{ Column, As string }

// ToLookup writes its rows into a table, once all are known, and gives them on.
type ToLookup struct {
	In     Node
	Table  string
	Append bool
	Key    string // rows replace those with the same value in this column; empty: there is no such column
	// KeepEmpty leaves the table as it is if there are no rows.
	KeepEmpty bool
	Max       int // 0: all
	Span      source.Span
}

func (n *Lookup) Inputs() []Node   { return []Node{n.In} }
func (n *ToLookup) Inputs() []Node { return []Node{n.In} }

func (n *Lookup) With(in ...Node) Node   { c := *n; c.In = in[0]; return &c }
func (n *ToLookup) With(in ...Node) Node { c := *n; c.In = in[0]; return &c }

func (n *Lookup) String() string {
	verb := " output "
	if n.New {
		verb = " output new "
	}
	return "Lookup " + fieldName(n.Table) + " by " + pairs(n.Keys) + verb + pairs(n.Outputs)
}

func (n *ToLookup) String() string {
	s := "ToLookup " + fieldName(n.Table)
	if n.Append {
		s += " append"
	}
	if n.Key != "" {
		s += " by " + fieldName(n.Key)
	}
	if n.Max > 0 {
		s += " limit " + strconv.Itoa(n.Max)
	}
	return s
}

func pairs(list []LookupPair) string {
	parts := make([]string, len(list))
	for i, p := range list {
		parts[i] = fieldName(p.Column)
		if p.As != p.Column {
			parts[i] += " as " + fieldName(p.As)
		}
	}
	return strings.Join(parts, ", ")
}

// sets says whether the lookup sets one of the columns.
func (n *Lookup) sets(names []string) bool {
	return slices.ContainsFunc(n.Outputs, func(p LookupPair) bool { return slices.Contains(names, p.As) })
}

// ofLookup is what a lookup reads: rows without a key keep what they have, so the columns that it sets are read too.
func (need Need) ofLookup(n *Lookup) Need {
	out := need.plus()
	if n.Timed {
		out.add("_time")
	}
	for _, k := range n.Keys {
		out.add(k.As)
	}
	return out
}
