// Package aggregate is the table of aggregate functions: stats, tstats and their kin.
package aggregate

import (
	"bufio"

	"spoor/engine/column"
)

// State is the running result of one aggregate for all groups of one worker.
//
// Merge is commutative and exact: whichever way the rows were split among workers and batches, Result is the same to the last bit.
type State interface {
	// Add takes the rows of a batch: groups holds each row's group number, args the function's arguments. Group numbers are dense;
	// a number not seen before makes a new group. Values that are kept must be cloned.
	Add(groups []uint32, args []column.Vector)
	// Merge adds the groups of another state of the same function: its group i becomes groups[i].
	Merge(from State, groups []uint32)
	// Result is one value per group, for groups 0 up to n. It changes nothing and may be called again.
	Result(n int) column.Vector
	// Size is roughly the number of bytes that the state retains.
	Size() int
	// Save writes the given groups, which it keeps: in the state that Load makes of it, groups[i] is group i. What concerns all groups
	// together, such as the range of time of sparkline, is written with any of them and with none. Errors stay in w; its Flush tells them.
	Save(w *bufio.Writer, groups []uint32)
	// Load reads into a new state of the same function what Save wrote, and not a byte more. After an error the state is of no use.
	Load(r *bufio.Reader) error
}

// Func is one aggregate function.
type Func struct {
	Name    string   // lower case
	Aliases []string // further names, such as distinct_count
	Syntax  string   // `perc<num>(<field>)`
	Doc     string
	Example string // an aggregate over the example rows of the tests, such as `sum(n)`
	Want    string

	// Ordered marks functions whose result depends on the order of the rows (first, last, list): they need sorted input and never
	// run in parallel.
	Ordered bool
	// Timed marks functions that get two further arguments, _time and the record's position: earliest, latest, rate.
	Timed bool
	// Series marks functions that get the host as their second argument: each host's values are a series of their own.
	Series bool
	// PerSpan marks functions that only timechart has: their second argument is the seconds of the row's span.
	PerSpan bool
	// Numeric marks functions of numbers alone, which pass over all else.
	Numeric bool
	// Whole marks functions that have the same result for integers as for the texts of which Wholes makes them.
	Whole bool
	// NoArg allows the function without an argument: count.
	NoArg bool
	// Param says that the name ends in a number, as perc95 does.
	Param bool
	// New makes a state. Its parameter is the number at the name's end, or the most values that list keeps, 0 for all.
	New func(param float64) State
}
