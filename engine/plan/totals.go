package plan

import (
	"slices"
	"strings"
)

// Totals adds the sum of each row's numbers as a column, a row with the sum of each column at the end, or both.
type Totals struct {
	In     Node
	Fields []string // patterns of what is added up; none: every column that does not begin with _
	Row    string   // the column for the sum of a row; empty: none
	Column bool     // add a row with the sums of the columns
	// Label is what LabelField says in that row; without a LabelField nothing does.
	Label, LabelField string
}

// Inputs is where the rows come from.
func (n *Totals) Inputs() []Node { return []Node{n.In} }

// With is the node over another input.
func (n *Totals) With(in ...Node) Node { c := *n; c.In = in[0]; return &c }

func (n *Totals) String() string {
	s := "Totals"
	if len(n.Fields) > 0 {
		s += " of " + names(n.Fields)
	}
	if n.Row != "" {
		s += " as " + fieldName(n.Row)
	}
	if n.Column {
		s += ", of columns"
	}
	return s
}

// Adds says whether a column is added up.
func (n *Totals) Adds(name string) bool {
	if len(n.Fields) == 0 {
		_, ok := MatchName("*", name)
		return ok && !strings.HasPrefix(name, "_") && name != n.Row && name != n.LabelField
	}
	return slices.ContainsFunc(n.Fields, func(p string) bool { _, ok := MatchName(p, name); return ok })
}

func (need Need) ofTotals(n *Totals) Need {
	out := need.plus(n.Fields...)
	wild := slices.ContainsFunc(n.Fields, func(p string) bool { return strings.Contains(p, "*") })
	out.All = out.All || wild || len(n.Fields) == 0
	if n.LabelField != "" {
		out.add(n.LabelField)
	}
	return out
}

func totalsColumns(n *Totals) ([]string, bool) {
	names, exact := Columns(n.In)
	for _, name := range []string{n.Row, n.LabelField} {
		if name != "" {
			names = add(names, name)
		}
	}
	return names, exact
}
