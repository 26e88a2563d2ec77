// Package function is the table of scalar functions and operators.
//
// An entry says all that the rest of the engine needs to know of a function: how many arguments, what it makes of multivalues,
// what a filter on its result tells about the raw text, how to bind it, its documentation and an example that a test executes.
// To add a function, add an entry to its family's file; nothing else.
package function

import (
	"time"

	"spoor/engine/column"
	"spoor/engine/lookup"
	"spoor/engine/places"
	"spoor/grammar/source"
)

// Lang tells homonyms apart: names ignore case, and `=` differs between SPL's eval and SPL's search expressions.
type Lang uint8

// The languages. Search holds the comparisons of SPL's search expressions: they ignore case, know wildcards and are never null.
// Command holds what commands use and no expression can name. EQL holds the operators and functions of Elastic's EQL; names that end in
// a tilde ignore case.
const (
	SPL Lang = iota
	Search
	Command
	EQL
)

// Env is what a function may know besides its arguments.
type Env struct {
	Now  int64          // start of the search, nanoseconds since 1970
	Zone *time.Location // of strftime, relative_time and the like
	Seed uint64         // of random
	// Lookups is the tables beside the logs; nil if there are none.
	Lookups *lookup.Library
	// Places says where addresses are; nil if nothing does.
	Places *places.Database
	// Warn gets what goes wrong while a query runs; several workers may call it at once. Nil drops it.
	Warn func(*source.Diagnostic)
}

// Arg is an argument as the compiler knows it: its constant value if it has one, and its place in the query.
type Arg struct {
	Const *column.Value
	Span  source.Span
}

// Carry says what a result has in common with the text of the arguments, for pushing filters down to raw bytes.
type Carry uint8

const (
	NoCarry Carry = iota
	Piece         // a non-null result is, but for the case of letters, a piece of the text of one of the arguments, or one of them whole
	Words         // the same holds for each run without blanks and colons of the result
)

// Requirement is a necessary condition of a predicate being true: the text of argument Arg holds at least one of AnyOf, where ASCII
// letters match in either case. The texts of AnyOf are ASCII: other letters may change their bytes with their case.
type Requirement struct {
	Arg   int
	AnyOf []string
}

// Func is one function or operator.
type Func struct {
	Name    string // lower case; operators by their sign: "+", "=", "like"
	Lang    Lang
	Family  string // heading in the help, such as "text"
	Syntax  string // `substr(<str>, <start>, <length>)`
	MinArgs int
	MaxArgs int // -1: any number
	Doc     string
	Example string // an expression
	Want    string // its value, as String prints it; "null" for null

	// OverRuns names the function that asks a text for a run of its words of which this predicate of EQL holds; empty if there is none.
	OverRuns string

	Lists    column.Lists
	Carries  Carry
	CarryIf  func(args []Arg) bool // whether Carries holds for these constant arguments; nil if it always does
	Volatile bool                  // not determined by its arguments: never folded, never remembered per dictionary entry

	Warns bool // evaluating it may warn, which each query must hear of

	// Lazy marks the functions that the evaluator binds itself, because a branch must see only its own rows or because an argument is
	// evaluated once per value of a list. Bind is nil.
	Lazy bool
	// Bind makes the kernel. Constant patterns are compiled here, once; errors point at the argument's span.
	Bind func(env *Env, args []Arg) (column.Kernel, *source.Diagnostic)
	// Takes is how many arguments the kernel reads: it may be given the first ones only, for Bind has seen the rest. Nil: all of them.
	Takes func(args []Arg) int
	// Requires is the necessary condition that the predicate puts on the text of an argument, given the constant arguments; nil or
	// ok == false if there is none.
	Requires func(args []Arg) (r Requirement, ok bool)
}

// Callable says whether an expression may call the function by its name.
func (f *Func) Callable() bool {
	return f.Lang == SPL || f.Lang == EQL && f.Family != operatorFamily && f.Family != engineFamily
}

// Families of EQL's functions that no expression can call: those that are written as signs, and those that only the engine calls.
const (
	operatorFamily = "operators"
	engineFamily   = "engine"
)

// Carry is what the result of a call with these arguments has in common with their text.
func (f *Func) Carry(args []Arg) Carry {
	if f.CarryIf != nil && !f.CarryIf(args) {
		return NoCarry
	}
	return f.Carries
}
