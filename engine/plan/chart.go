package plan

import (
	"fmt"

	"spoor/engine/aggregate"
	"spoor/engine/column"
)

// Chart aggregates rows into a table: a row for each value of Row and, with Split, a column for each of its values.
type Chart struct {
	In    Node
	Row   string
	Split string // empty: a column for each aggregate alone
	Aggs  []Agg
	// Shown is the columns, computed of those of Aggs; nil: Aggs themselves.
	Shown []Assign
	Spans *Spans // how the times of Row are cut; nil: they are not
	// Limit is how many values of Split have columns, those with the greatest sum of values or, of several aggregates, the most rows; with
	// Least the least. 0: all.
	Limit int
	Least bool
	// Choice is another way to choose them; nil: the one of Limit.
	Choice *Choice
	// Other and Null are the columns for the rows with other values of Split and with none; empty: these rows are left out.
	Other, Null string
	Titles      Titles
	Rests       *Agg     // makes the Proof of each row; nil: there is none
	Short       *Shorten // how long the lists of Aggs may be, which has no input of its own; nil: any length
}

// Choice says which values of Split have columns, by a function of their results.
type Choice struct {
	Func  *aggregate.Func
	Param float64
	Op    string // in: those of Limit; notin: all but those of Limit; < and the like: those for which the function is so
	Bound float64
}

// Chooses says whether a value has a column by its score, with a Choice that compares.
func (c *Choice) Chooses(score float64) bool {
	switch c.Op {
	case "<":
		return score < c.Bound
	case "<=":
		return score <= c.Bound
	case ">":
		return score > c.Bound
	case ">=":
		return score >= c.Bound
	}
	return true
}

// Spans says how time is cut.
type Spans struct {
	Width    string // such as 5m; empty: the least that gives at most Most spans
	Most     int
	Least    string // the least width to choose; may be empty
	Fill     bool   // spans without rows have a row too
	Align    int64  // a time at which a span begins, if they are shorter than a day
	From, To int64  // the window of the search
	Window   bool   // spans without rows are those of the window, not only those between the first and the last row
	Whole    bool   // leave out spans that the window cuts
}

// The columns that a chart makes for its aggregates: the keys, and the seconds of the span.
const (
	ChartRow    = "\x00row"
	ChartSeries = "\x00series"
	SpanSeconds = "\x00span"
)

// Inputs is where the rows come from.
func (n *Chart) Inputs() []Node { return []Node{n.In} }

// With is the node over another input.
func (n *Chart) With(in ...Node) Node { c := *n; c.In = in[0]; return &c }

func (n *Chart) String() string {
	s := (&Aggregate{Aggs: n.Aggs, Keys: []string{n.Row}}).String()
	if n.Spans != nil && n.Spans.Width != "" {
		s += " in spans of " + n.Spans.Width
	}
	if n.Split != "" {
		s += fmt.Sprintf(", %d columns by %s", n.Limit, fieldName(n.Split))
	}
	for _, a := range n.Shown {
		s += ", " + fieldName(a.Name) + " := " + a.Expr.String()
	}
	if n.Choice != nil {
		s += fmt.Sprintf(" where %s %s %s", n.Choice.Func.Name, n.Choice.Op, column.FormatFloat(n.Choice.Bound))
	}
	return "Chart" + s[len("Aggregate"):]
}

// columns is what the rows have; exact is false if values name columns.
func (n *Chart) columns() (names []string, exact bool) {
	names = []string{n.Row}
	if n.Split != "" {
		return names, false
	}
	for _, a := range n.Results() {
		names = add(names, a.Name)
	}
	return names, true
}

// Results is the columns for each value of Split, or of the chart if there is no Split.
func (n *Chart) Results() []Assign {
	if n.Shown != nil {
		return n.Shown
	}
	out := make([]Assign, len(n.Aggs))
	for i, a := range n.Aggs {
		out[i] = Assign{a.As, &Field{Name: a.As}}
	}
	return out
}

// need is what a chart reads.
func (n *Chart) need() Need {
	out := ofAggregate(&Aggregate{Keys: []string{n.Row}, Aggs: n.Aggs})
	delete(out.Names, SpanSeconds)
	if n.Split != "" {
		out.add(n.Split)
	}
	if n.Rests != nil {
		out.add(Fields(n.Rests.Args[0], nil)...)
	}
	return out
}
