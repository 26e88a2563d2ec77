package plan

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"spoor/engine/column"
	"spoor/engine/function"
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

// unasked is a condition on rows before the lookup: what reads columns that it sets asks the table by itself.
func (n *Lookup) unasked(cond Expr) (Expr, bool) {
	reads := Fields(cond, nil)
	sets := make([]string, len(n.Outputs))
	for i, o := range n.Outputs {
		sets[i] = o.As
	}
	if !overlap(reads, sets) {
		return cond, true
	}
	if n.Timed {
		return nil, false
	}
	before, exact := Columns(n.In)
	kept := n.New || !exact || overlap(before, sets) // rows may have a value already
	most := size(cond, math.MaxInt) + growth
	cond = Rewrite(cond, func(f *Field) Expr {
		for _, o := range slices.Backward(n.Outputs) {
			if o.As == f.Name {
				return n.value(o, kept)
			}
		}
		return nil
	})
	return cond, size(cond, most) < most
}

// value is the expression of what the lookup makes of a column, which rows may have already.
func (n *Lookup) value(o LookupPair, kept bool) Expr {
	cell := []Expr{&Const{V: column.Str(n.Table)}, &Const{V: column.Str(o.Column)}}
	var asked []Expr
	for _, k := range n.Keys {
		key := &Field{Name: k.As, Span: n.Span}
		cell = append(cell, &Const{V: column.Str(k.Column)}, key)
		asked = append(asked, NewCall(function.SPL, "isnotnull", n.Span, key))
	}
	found := NewCall(function.Command, "cell", n.Span, cell...)
	if !kept {
		return found
	}
	before := &Field{Name: o.As, Span: n.Span}
	if n.New {
		found = NewCall(function.SPL, "coalesce", n.Span, before, found)
	}
	return NewCall(function.SPL, "if", n.Span, And(asked...), found, before)
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
