package ast

import "spoor/grammar/source"

// The trees of EQL, Elastic's event query language: a Query of an EventQuery, a Sequence or a Sample, whose conditions are made of Path,
// Text, Numeral, Boolean, Null, Invocation, Negation, Minus, Junction, Comparison, Arithmetic and Match.

// Query is a whole EQL query.
type Query struct {
	Pos
	Body  Node // *EventQuery, *Sequence or *Sample
	Pipes []*Pipe
}

// Pipe is `| head n` or `| tail n`.
type Pipe struct {
	Pos
	Name  string // head or tail
	Count int
}

// EventQuery is `category where condition`.
type EventQuery struct {
	Pos
	Category   string // unquoted; empty if Any
	Any        bool   // `any where`
	CategoryAt source.Span
	Where      Node
}

// Sequence is `sequence by keys with maxspan=5s [item] [item] until [item]`.
type Sequence struct {
	Pos
	By      []*Path
	MaxSpan *Duration // nil if there is none
	Items   []*Item
	Until   *Item // nil if there is none
}

// Sample is `sample by keys [item] [item]`.
type Sample struct {
	Pos
	By    []*Path
	Items []*Item
}

// Item is `[event query] by keys with runs=n`, with `!` before it if no such event may be there.
type Item struct {
	Pos
	Missing bool
	Event   *EventQuery
	By      []*Path
	Runs    int // 1 if not said
}

// Duration is a number with a unit: ms, s, m, h or d.
type Duration struct {
	Pos
	N    int64
	Unit string
}

// Path is a field: dotted names, or `in backticks`; `?field` is optional.
type Path struct {
	Pos
	Name     string // without backticks
	Optional bool
	Quoted   bool // in backticks
}

// Text is a string, unescaped.
type Text struct {
	Pos
	Text string
	Raw  bool // between three quotes
}

// Numeral is a number as written, without sign.
type Numeral struct {
	Pos
	Text string
}

// Boolean is `true` or `false`.
type Boolean struct {
	Pos
	Value bool
}

// Null is `null`.
type Null struct{ Pos }

// Invocation is `name(args)` or, ignoring case, `name~(args)`.
type Invocation struct {
	Pos
	Name       string // as written, without the tilde
	NameAt     source.Span
	IgnoreCase bool
	Args       []Node
}

// Negation is `not x`.
type Negation struct {
	Pos
	X Node
}

// Minus is `-x`.
type Minus struct {
	Pos
	X Node
}

// Junction is conditions joined by `and`, or by `or`: two or more, none of which is a Junction of the same word unless it stood in
// parentheses.
type Junction struct {
	Pos
	Op   string // and, or
	Args []Node
}

// Comparison is `x op y` with one of == != < <= > >=.
type Comparison struct {
	Pos
	Op   string
	X, Y Node
}

// Arithmetic is `x op y` with one of + - * / %.
type Arithmetic struct {
	Pos
	Op   string
	X, Y Node
}

// Match is `x op (list)` with one of : in in~ like like~ regex regex~; all but in and in~ also take a single value.
type Match struct {
	Pos
	Op   string
	Not  bool // `x not in (list)`
	X    Node
	List []Node
	Bare bool // one value, without parentheses
}
