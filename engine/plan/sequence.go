package plan

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Fields by which EQL tells processes apart.
const (
	HostID    = "host.id"
	EntityID  = "process.entity_id"
	ProcessID = "process.pid"
)

// Columns that a view of EQL's events has for the process table. They are constant for most kinds of events.
const (
	Starts = "\x00starts" // the event starts a process
	Ends   = "\x00ends"   // the event ends a process
	// Nameless says that events of the kind may lack the entity id of their process, which is then known by its process id and the time.
	Nameless = "\x00nameless"
)

// Open is the hidden column that says whether the process table may fill a field, where the event has no value of it.
func Open(field string) string { return "\x00open " + field }

// Enrich fills columns that are null from the process table: the start event of the event's own process, of the same host, by entity id.
// Where that is lacking, as Nameless says it may, the process is known by its process id and the time. Of several starts the last one
// that is not later than the event counts, else the first.
type Enrich struct {
	In     Node
	Starts Node     // the events that start or end processes, of any host
	Fields []string // the columns to fill; a row is looked up if one of them is null and open
}

// Columns of the rows of sequences and samples besides those of the events.
const (
	SequenceNumber = "_sequence" // 1 for the first
	StageNumber    = "_stage"    // 1 for the first event
)

// JoinKey is the hidden column that holds the i-th join key of a sequence.
func JoinKey(i int) string { return keyPrefix + strconv.Itoa(i) }

const keyPrefix = "\x00key "

// Sequence finds, for each combination of keys, events that follow each other as the stages say. Its rows are the events of the first
// sequence, then those of the second and so on, ordered by the last event; where a stage wants no event the row holds nothing.
type Sequence struct {
	In         Node // events
	Stages     []Stage
	Until      *Stage        // an event that ends what is pending; nil if there is none
	MaxSpan    time.Duration // from the first to the last event; 0: any
	Tiebreaker string        // column that orders events of one time, missing last; empty: none
	Picks      []Pick        // of the sequences
}

// Stage is one event of a sequence, or one filter of a sample.
type Stage struct {
	Cond    Expr
	Keys    []Key
	Missing bool // no such event may be there
	Runs    int  // how many such events in a row, at least 1
}

// Key is a field by which events are joined.
type Key struct {
	Field    string
	Optional bool // a missing value is a key like any other; else the event cannot be joined
}

// Pick keeps the first or the last N of the results.
type Pick struct {
	N    int
	Last bool
}

// Sample finds, for each combination of keys, one event per filter, in any order, no event twice. Its rows are as those of a Sequence,
// in the order of the keys.
type Sample struct {
	In      Node
	Filters []Stage
	Picks   []Pick
}

func (n *Enrich) Inputs() []Node   { return []Node{n.In, n.Starts} }
func (n *Sequence) Inputs() []Node { return []Node{n.In} }
func (n *Sample) Inputs() []Node   { return []Node{n.In} }

func (n *Enrich) With(in ...Node) Node   { c := *n; c.In, c.Starts = in[0], in[1]; return &c }
func (n *Sequence) With(in ...Node) Node { c := *n; c.In = in[0]; return &c }
func (n *Sample) With(in ...Node) Node   { c := *n; c.In = in[0]; return &c }

func (n *Sequence) until() []Stage {
	if n.Until == nil {
		return nil
	}
	return []Stage{*n.Until}
}

// order is the columns that order events.
func (n *Sequence) order() []string {
	if n.Tiebreaker == "" {
		return []string{EventTime, Position}
	}
	return []string{EventTime, n.Tiebreaker, Position}
}

func (n *Enrich) String() string { return "Enrich " + names(n.Fields) + " from the process table" }

func (n *Sequence) String() string {
	s := "Sequence"
	if n.MaxSpan > 0 {
		s += " within " + n.MaxSpan.String()
	}
	for _, st := range n.Stages {
		s += " " + st.String()
	}
	if n.Until != nil {
		s += " until " + n.Until.String()
	}
	return s + picks(n.Picks)
}

func (n *Sample) String() string {
	s := "Sample"
	for _, f := range n.Filters {
		s += " " + f.String()
	}
	return s + picks(n.Picks)
}

func (s *Stage) String() string {
	text := "[" + s.Cond.String() + "]"
	if s.Missing {
		text = "!" + text
	}
	if len(s.Keys) > 0 {
		keys := make([]string, len(s.Keys))
		for i, k := range s.Keys {
			if keys[i] = fieldName(k.Field); k.Optional {
				keys[i] = "?" + keys[i]
			}
		}
		text += " by " + strings.Join(keys, ", ")
	}
	if s.Runs > 1 {
		text += " runs " + strconv.Itoa(s.Runs)
	}
	return text
}

func picks(list []Pick) string {
	s := ""
	for _, p := range list {
		s += fmt.Sprintf(" %s %d", map[bool]string{false: "first", true: "last"}[p.Last], p.N)
	}
	return s
}
