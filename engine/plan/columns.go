package plan

import (
	"regexp"
	"slices"
	"strings"
)

// Metadata is the columns that every event has besides its own fields.
var Metadata = []string{"_time", "host", "source", "sourcetype", "_raw", "_file", "_offset"}

// internals is those of them that `fields` keeps unasked.
var internals = []string{"_time", "_raw", "_file", "_offset"}

// Columns is the names of the columns that a node gives, in order. exact is false if the data may bring more: events under their own
// field names.
func Columns(n Node) (names []string, exact bool) {
	switch n := n.(type) {
	case *Scan:
		return slices.Clone(Metadata), false
	case *Rows:
		return slices.Clone(n.Names), true
	case *View:
		if n.Open {
			return slices.Clone(n.Fields), false
		}
		return slices.Concat(n.Fields, Metadata), true
	case *Extend:
		names, exact = Columns(n.In)
		for _, a := range n.Assigns {
			names = add(names, a.Name)
		}
		return names, exact
	case *Each:
		return eachColumns(n)
	case *Project:
		return projectColumns(n)
	case *Rename:
		names, exact = Columns(n.In)
		names, _ = Renamed(names, n.Pairs)
		return names, exact
	case *Extract:
		names, exact = Columns(n.In)
		for _, g := range GroupNames(n.Pattern) {
			names = add(names, g)
		}
		if n.OffsetAs != "" {
			names = add(names, n.OffsetAs)
		}
		return names, exact
	case *Aggregate:
		return aggregateColumns(n)
	case *Attach:
		return attachedColumns(n.In, n.Keys, n.Aggs)
	case *Window:
		return attachedColumns(n.In, n.Keys, n.Aggs)
	case *Trail:
		return trailColumns(n)
	case *Sequence, *Sample:
		names, exact = Columns(n.Inputs()[0])
		return add(add(names, SequenceNumber), StageNumber), exact
	case *Lookup:
		names, exact = Columns(n.In)
		for _, o := range n.Outputs {
			names = add(names, o.As)
		}
		return names, exact
	case *Continuous:
		names, exact = Columns(n.In)
		return add(names, n.Field), exact
	case *Concurrency:
		names, exact = Columns(n.In)
		return add(names, n.As), exact
	case *Summary:
		return slices.Clone(SummaryColumns), true
	case *Totals:
		return totalsColumns(n)
	case *Chart:
		return n.columns()
	case *Top:
		return n.columns(), true
	case *Untable:
		return []string{n.X, n.Name, n.Value}, true
	case *Series:
		return []string{n.X}, false
	case *Transpose:
		return []string{n.Column}, false
	case *Transaction:
		names, exact = Columns(n.In)
		for _, c := range TransactionColumns {
			names = add(names, c)
		}
		if n.Orphans {
			names = add(names, OrphanColumn)
		}
		return names, exact
	case *Unpack:
		names, _ = Columns(n.In)
		return names, false
	case *Bins:
		names, exact = Columns(n.In)
		return add(names, n.As), exact
	case *Union, *Join, *AppendColumns, *Set, *AppendPipe:
		return unionColumns(n.Inputs())
	case *Spread:
		names, _ = Columns(n.In)
		return names, false
	case *Pending:
		names, _ = Columns(n.In)
		return names, false
	case *Format:
		return []string{"search"}, true
	case *Given:
		return slices.Clone(n.Names), n.Exact
	}
	return Columns(n.Inputs()[0])
}

func add(names []string, name string) []string {
	if slices.Contains(names, name) {
		return names
	}
	return append(names, name)
}

func eachColumns(n *Each) ([]string, bool) {
	names, exact := Columns(n.In)
	for _, name := range slices.Clone(names) {
		if r, stars := n.Rule(name); r != nil && r.As != "" {
			names = add(names, FillName(r.As, stars))
		}
	}
	return names, exact
}

// Rule is the first rule that matches a column, with what its wildcards stood for; nil if none does or it leaves the column alone.
func (n *Each) Rule(name string) (*EachRule, []string) {
	for i := range n.Rules {
		if stars, ok := MatchName(n.Rules[i].Pattern, name); ok {
			if n.Rules[i].Expr == nil {
				return nil, nil
			}
			return &n.Rules[i], stars
		}
	}
	return nil, nil
}

func projectColumns(n *Project) ([]string, bool) {
	names, exact := Columns(n.In)
	wild := slices.ContainsFunc(n.Patterns, func(p string) bool { return strings.Contains(p, "*") })
	if !exact && n.Mode == Keep { // any of the plain names may exist
		for _, p := range n.Patterns {
			if !strings.Contains(p, "*") {
				names = add(names, p)
			}
		}
	}
	return Projected(names, n.Mode, n.Patterns), exact || n.Mode != Drop && !wild
}

func aggregateColumns(n *Aggregate) ([]string, bool) {
	names := slices.Clone(n.Keys)
	in, exact := []string(nil), true
	if slices.ContainsFunc(n.Aggs, func(a Agg) bool { return a.Wild != "" }) {
		in, exact = Columns(n.In)
	}
	for _, a := range Concrete(n.Aggs, n.Keys, in) {
		names = add(names, a.As)
	}
	return names, exact
}

var groupName = regexp.MustCompile(`\(\?P?<([A-Za-z_][A-Za-z0-9_]*)>`)

// GroupNames is the named groups of a regular expression, in order.
func GroupNames(pattern string) []string {
	var out []string
	for _, m := range groupName.FindAllStringSubmatch(pattern, -1) {
		out = add(out, m[1])
	}
	return out
}
