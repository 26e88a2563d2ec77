// Package plan is the logical plan: what a search is lowered to, what the rewrites work on and explain prints.
//
// A plan is data, without closures or handles. Its nodes form a tree whose leaf is a Scan. Node types end where package op begins:
// op turns each into work.
package plan

import (
	"strings"

	"spoor/engine/aggregate"
	"spoor/engine/column"
)

// Node is one step of a plan: it takes the rows of its inputs and gives rows.
type Node interface {
	// Inputs is where the rows come from.
	Inputs() []Node
	// With is the same node over other inputs, as many as before.
	With(inputs ...Node) Node
	// String is the node in one line, without its inputs.
	String() string
}

// Hidden columns that events carry: they order rows and survive every projection.
const (
	EventTime = "\x00time"      // _time as the scan found it
	Position  = column.Position // file and offset
)

// Scan reads the logs. It gives the source's own fields, and batches of one kind each.
type Scan struct {
	Earliest, Latest int64 // window of _time in nanoseconds; earliest inclusive, latest exclusive
	Clock            Clock
	// Raw reads every record, whatever it is: other lines and documents too, under the fields that they name.
	Raw bool
}

// Clock says what the time of an event is: what is compared with the window, and _time.
type Clock struct {
	// Written takes, of the two times of a Sysmon event, the one when it was written (SystemTime), not the one that it tells (UtcTime).
	Written bool
	// Field is a field that holds the time of all events; those without it have none. Empty: every source's own.
	Field string
	// Needed leaves out events without a time.
	Needed bool
}

// View presents the events of those kinds that a dataset maps, under the dataset's field names.
type View struct {
	In      Node
	Dataset string               // "Endpoint.Processes"
	Fields  []string             // every field that the dataset declares, with its prefix; of an open one, those of Metadata that it has
	Kinds   map[string]*KindView // by kind; events of other kinds are not in the dataset. The empty kind stands for all that are not named
	// Open says that events have only those of the fields that their kind fills, and perhaps others.
	Open bool
}

// KindView is how one kind of event fills a dataset: for each field an expression, and for membership a condition, both over raw fields.
type KindView struct {
	Where  Expr // nil: every event of the kind
	Fields map[string]Expr
	// AsIs gives the fields that Fields does not name as they are in the event; otherwise they are missing.
	AsIs bool
}

// Filter keeps the rows for which the condition is true.
type Filter struct {
	In   Node
	Cond Expr
}

// Assign gives a column the value of an expression.
type Assign struct {
	Name string
	Expr Expr
}

// Extend sets columns, one after another: a later expression sees the earlier columns.
type Extend struct {
	In      Node
	Assigns []Assign
}

// Each sets, for every existing column that matches the pattern of a rule, the column As (or itself) to an expression in which the
// field It stands for the column. Of several rules the first that matches wins; a rule without Expr leaves the column alone.
type Each struct {
	In    Node
	Rules []EachRule
}

// EachRule is one rule of Each.
type EachRule struct {
	Pattern string
	As      string // empty: the column itself; may hold as many wildcards as the pattern
	Expr    Expr
	// Whole applies the rule only if the expression is not null wherever the column is not: all or nothing.
	Whole bool
}

// It is the name by which the expression of an EachRule reads the column.
const It = "<it>"

// ProjectMode says what Project does with its patterns.
type ProjectMode uint8

// The modes: Keep keeps the matching columns, and _time, _raw, _file and _offset; Drop drops the matching ones; Table
// gives the matching ones in the order of the patterns, and makes a plain name that does not exist a column of nulls.
const (
	Keep ProjectMode = iota
	Drop
	Table
)

// Project chooses columns by name. Patterns may hold the wildcard *.
type Project struct {
	In       Node
	Mode     ProjectMode
	Patterns []string
}

// Rename renames columns; wildcards of From carry over to To. What does not exist is not renamed, what exists under the new name is overwritten.
type Rename struct {
	In    Node
	Pairs []RenamePair
	// Loose says that the columns depend on the data, so that a column exists row by row: where it has a value.
	Loose bool
}

// RenamePair is one renaming.
type RenamePair struct{ From, To string }

// Plain says whether the pair names one field, and another one.
func (p RenamePair) Plain() bool { return p.From != p.To && !strings.Contains(p.From, "*") }

// Extract sets columns to the named groups of a regular expression found in a field.
type Extract struct {
	In       Node
	Field    string
	Pattern  string
	Max      int    // matches to take; 0: all; above 1 the columns are multivalues
	OffsetAs string // column for the groups' places, or empty
}

// Aggregate makes one row per group, sorted by key. Without keys it makes one row, even of no rows.
type Aggregate struct {
	In   Node
	Keys []string
	Aggs []Agg
	// Only is a condition on the keys that groups must satisfy; nil: there is none. Rows that have one value of each key satisfy it already.
	Only Expr
}

// Agg is one aggregate. Args are the function's arguments; none counts rows.
// If Wild is set the function is applied to every column that the pattern matches, and As may hold wildcards too.
type Agg struct {
	Func  *aggregate.Func
	Param float64
	Args  []Expr
	As    string
	Wild  string
}

// Compare says how sort compares a key.
type Compare uint8

// The comparisons of sort: by what the values look like, as numbers, as text, as addresses.
const (
	Auto Compare = iota
	Num
	Text
	IP
)

// SortKey is one key of Sort.
type SortKey struct {
	Name string
	Desc bool
	By   Compare
}

// Sort orders rows; equal rows keep their order. With a limit it keeps the first rows only.
type Sort struct {
	In    Node
	Keys  []SortKey
	Limit int // 0: all
}

// Limit keeps the first rows.
type Limit struct {
	In Node
	N  int
}

// TakeWhile keeps the first rows up to the first one for which the condition is not true.
type TakeWhile struct {
	In       Node
	Cond     Expr
	Null     bool // a null condition counts as true
	KeepLast bool // the row that ended it is kept too
}

// Tail keeps the last rows, the last one first.
type Tail struct {
	In Node
	N  int
}

// Reverse turns the order of the rows round.
type Reverse struct{ In Node }

// Dedup keeps the first N rows for each combination of values.
type Dedup struct {
	In          Node
	N           int
	Fields      []string
	KeepEvents  bool // keep the other rows too, without the fields
	KeepEmpty   bool // keep rows that lack one of the fields
	Consecutive bool // forget a combination as soon as another one comes
}

// Bins cuts a field into at most N ranges of one width, chosen from the data.
type Bins struct {
	In         Node
	Field, As  string
	N          int
	Start, End float64 // widen the range of the data to these; NaN: not
	MinSpan    float64
}

// Unify gives all rows the same columns: those in which any of them has a value.
type Unify struct{ In Node }

func (*Scan) Inputs() []Node        { return nil }
func (n *View) Inputs() []Node      { return []Node{n.In} }
func (n *Filter) Inputs() []Node    { return []Node{n.In} }
func (n *Extend) Inputs() []Node    { return []Node{n.In} }
func (n *Each) Inputs() []Node      { return []Node{n.In} }
func (n *Project) Inputs() []Node   { return []Node{n.In} }
func (n *Rename) Inputs() []Node    { return []Node{n.In} }
func (n *Extract) Inputs() []Node   { return []Node{n.In} }
func (n *Aggregate) Inputs() []Node { return []Node{n.In} }
func (n *Sort) Inputs() []Node      { return []Node{n.In} }
func (n *Limit) Inputs() []Node     { return []Node{n.In} }
func (n *TakeWhile) Inputs() []Node { return []Node{n.In} }
func (n *Tail) Inputs() []Node      { return []Node{n.In} }
func (n *Reverse) Inputs() []Node   { return []Node{n.In} }
func (n *Dedup) Inputs() []Node     { return []Node{n.In} }
func (n *Bins) Inputs() []Node      { return []Node{n.In} }
func (n *Unify) Inputs() []Node     { return []Node{n.In} }

func (n *Scan) With(...Node) Node         { return n }
func (n *View) With(in ...Node) Node      { c := *n; c.In = in[0]; return &c }
func (n *Filter) With(in ...Node) Node    { c := *n; c.In = in[0]; return &c }
func (n *Extend) With(in ...Node) Node    { c := *n; c.In = in[0]; return &c }
func (n *Each) With(in ...Node) Node      { c := *n; c.In = in[0]; return &c }
func (n *Project) With(in ...Node) Node   { c := *n; c.In = in[0]; return &c }
func (n *Rename) With(in ...Node) Node    { c := *n; c.In = in[0]; return &c }
func (n *Extract) With(in ...Node) Node   { c := *n; c.In = in[0]; return &c }
func (n *Aggregate) With(in ...Node) Node { c := *n; c.In = in[0]; return &c }
func (n *Sort) With(in ...Node) Node      { c := *n; c.In = in[0]; return &c }
func (n *Limit) With(in ...Node) Node     { c := *n; c.In = in[0]; return &c }
func (n *TakeWhile) With(in ...Node) Node { c := *n; c.In = in[0]; return &c }
func (n *Tail) With(in ...Node) Node      { c := *n; c.In = in[0]; return &c }
func (n *Reverse) With(in ...Node) Node   { c := *n; c.In = in[0]; return &c }
func (n *Dedup) With(in ...Node) Node     { c := *n; c.In = in[0]; return &c }
func (n *Bins) With(in ...Node) Node      { c := *n; c.In = in[0]; return &c }
func (n *Unify) With(in ...Node) Node     { c := *n; c.In = in[0]; return &c }

// RowWise says whether a node treats each row on its own, so that it may run below the cut, on every core, in any order.
func RowWise(n Node) bool {
	switch n := n.(type) {
	case *Scan, *View, *Filter, *Extend, *Project, *Rename, *Extract, *Expand, *Lookup, *Unpack:
		return true
	case *Totals:
		return !n.Column
	case *Each:
		for _, r := range n.Rules {
			if r.Whole {
				return false
			}
		}
		return true
	}
	return false
}
