package plan

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Attach gives each row the aggregates of its group, of which the others stay as they are. A row that lacks a key stays without them; one
// with multivalues counts for each, and gets the results of all these groups. Rows keep their order, and all are held.
type Attach struct {
	In   Node
	Keys []string
	Aggs []Agg
}

// Window gives each row, in their order, the aggregates of the rows of its group up to it. Rows that lack a key are passed over.
type Window struct {
	In        Node
	Keys      []string
	Aggs      []Agg
	Rows      int           // only the last ones count; 0: all
	Span      time.Duration // only those count whose _time is nearer than this; 0: all
	Before    bool          // the row itself does not count
	Own       bool          // Rows counts rows of the group, not of all groups
	OnChange  bool          // begin anew at a row of another group than the one before
	Reset     Expr          // begin anew at rows for which it is true; may be nil
	ResetNext Expr          // begin anew behind rows for which it is true; may be nil, and may read the aggregates
}

func (n *Attach) Inputs() []Node { return []Node{n.In} }
func (n *Window) Inputs() []Node { return []Node{n.In} }

func (n *Attach) With(in ...Node) Node { c := *n; c.In = in[0]; return &c }
func (n *Window) With(in ...Node) Node { c := *n; c.In = in[0]; return &c }

func (n *Attach) String() string { return "Attach " + aggregatesBy(n.Aggs, n.Keys) }

func (n *Window) String() string {
	s := "Window " + aggregatesBy(n.Aggs, n.Keys)
	if n.Rows > 0 {
		s += " of " + strconv.Itoa(n.Rows) + " rows"
	}
	if n.Span > 0 {
		s += " within " + n.Span.String()
	}
	for _, o := range []struct {
		on   bool
		name string
	}{{n.Before, "before the row"}, {n.Own, "each group for itself"}, {n.OnChange, "anew on change"}} {
		if o.on {
			s += ", " + o.name
		}
	}
	if n.Reset != nil {
		s += ", anew at " + n.Reset.String()
	}
	if n.ResetNext != nil {
		s += ", anew behind " + n.ResetNext.String()
	}
	return s
}

// aggregatesBy prints aggregates and the keys of their groups.
func aggregatesBy(aggs []Agg, keys []string) string {
	parts := make([]string, len(aggs))
	for i, a := range aggs {
		parts[i] = a.String()
	}
	s := strings.Join(parts, ", ")
	if len(keys) > 0 {
		s += " by " + names(keys)
	}
	return s
}

// Concrete is aggregates without wildcards: one for each of the columns that a wildcard matches, which are no keys.
func Concrete(aggs []Agg, keys, columns []string) []Agg {
	var out []Agg
	for _, a := range aggs {
		if a.Wild == "" {
			out = append(out, a)
			continue
		}
		for _, name := range columns {
			if stars, ok := a.Matches(name); ok && !slices.Contains(keys, name) {
				out = append(out, Agg{Func: a.Func, Param: a.Param, Args: []Expr{&Field{Name: name}}, As: FillName(a.As, stars)})
			}
		}
	}
	return out
}

// ofAttached is what must be read of rows that get aggregates. What has their names is read too: where a row gets none it stays.
func (need Need) ofAttached(keys []string, aggs []Agg) Need {
	own := ofAggregate(&Aggregate{Keys: keys, Aggs: aggs})
	out := need.plus(own.Sorted()...)
	out.All = out.All || own.All
	return out
}

func (need Need) ofWindow(n *Window) Need {
	out := need.ofAttached(n.Keys, n.Aggs)
	if n.Span > 0 {
		out.add("_time")
	}
	for _, e := range []Expr{n.Reset, n.ResetNext} {
		if e != nil {
			out.add(Fields(e, nil)...)
		}
	}
	return out
}

func attachedColumns(in Node, keys []string, aggs []Agg) ([]string, bool) {
	out, exact := Columns(in)
	for _, a := range Concrete(aggs, keys, slices.Clone(out)) {
		out = add(out, a.As)
	}
	return out, exact
}
