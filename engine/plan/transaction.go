package plan

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Transaction makes one row of the rows that belong together: those that agree in the fields, from the last one for which End is true back
// to the one for which Start is.
type Transaction struct {
	In         Node
	Fields     []string
	Span       time.Duration // the longest that a transaction may last; negative: any
	Pause      time.Duration // the longest between two rows; negative: any
	Most       int           // rows; 0: any
	Start, End Expr          // nil: no such condition
	// Loose lets a row without a value in common join, if nothing in it disagrees.
	Loose   bool
	Evicted bool // give those too of which the start was not found
	Orphans bool // give the rows too that are in no transaction
	Lists   bool // fields keep all values, in the order of time; else each once, sorted
	Missing string
	Listed  []string // fields that do so even without Lists
	RawList bool     // _raw is a multivalue, not one text of several lines
	// MostOpen and MostRows bound the open transactions and the rows in them: beyond it the one that was idle longest is given up.
	MostOpen, MostRows OpenLimit
	Rests              *Agg // makes the Proof of each row; nil: there is none
}

// OpenLimit bounds what is open at a time.
type OpenLimit struct {
	Most  int // 0: any number
	Limit Bound
}

// TransactionColumns is what Transaction adds to the columns.
var TransactionColumns = []string{"closed_txn", "duration", "eventcount"}

// OrphanColumn is what it adds if Orphans is set.
const OrphanColumn = "_txn_orphan"

// Inputs is where the rows come from.
func (n *Transaction) Inputs() []Node { return []Node{n.In} }

// With is the node over another input.
func (n *Transaction) With(in ...Node) Node { c := *n; c.In = in[0]; return &c }

func (n *Transaction) String() string {
	var b strings.Builder
	b.WriteString("Transaction")
	for _, f := range n.Fields {
		b.WriteString(" " + fieldName(f))
	}
	if n.Span >= 0 {
		b.WriteString(" span " + n.Span.String())
	}
	if n.Pause >= 0 {
		b.WriteString(" pause " + n.Pause.String())
	}
	if n.Start != nil {
		b.WriteString(" start " + n.Start.String())
	}
	if n.End != nil {
		b.WriteString(" end " + n.End.String())
	}
	if n.MostOpen.Most > 0 {
		b.WriteString(" of at most " + strconv.Itoa(n.MostOpen.Most) + " open")
	}
	if n.MostRows.Most > 0 {
		b.WriteString(" of at most " + strconv.Itoa(n.MostRows.Most) + " rows open")
	}
	return b.String()
}

// Reads is the columns that say which rows belong together.
func (n *Transaction) Reads() []string {
	out := []string{"_time"}
	for _, name := range n.Fields {
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	for _, e := range []Expr{n.Start, n.End} {
		if e != nil {
			out = Fields(e, out)
		}
	}
	return out
}
