// Package ast holds the syntax trees of SPL and of EQL (eql.go) as plain data. Printing a tree (String) is the inverse of parsing.
//
// A Pipeline is a list of Commands; a command is its word and a flat list of arguments, made of few kinds of nodes that all
// commands share. What the arguments of a command mean is not known here; engine/spl knows.
package ast

import "spoor/grammar/source"

// Node is any part of a tree. Its String is source text that parses to an equal tree.
type Node interface {
	At() source.Span // where it stands
	String() string
}

// Pos gives a node its place.
type Pos struct{ Span source.Span }

// At is the place of the node.
func (p Pos) At() source.Span { return p.Span }

// Pipeline is a whole search: commands joined by pipes.
type Pipeline struct {
	Pos
	Commands []*Command
}

// Command is one command of a pipeline with its arguments in the order in which they were written.
// A search without a leading pipe has the command `search` put in front, with Implied set.
type Command struct {
	Pos
	Name    string      // lower case, aliases kept as written: `bucket` stays bucket
	Word    source.Span // the command word alone; empty if implied
	Implied bool
	Args    []Node
}

// Option is `name=value`, such as `span=5m`. Value is a Name, a String, a Number, a Subsearch, a search expression (written in
// parentheses), or a Call of eval (`startswith=eval(x>1)`). In a search expression it is `field=[subsearch]`, the name as written.
type Option struct {
	Pos
	Name  string // lower case
	Value Node
}

// Clause is a keyword and what belongs to it: `by a b span=1h`, `from datamodel=X`, `where <search>`, `output a as b`, `as name`.
type Clause struct {
	Pos
	Keyword string // lower case
	Args    []Node
}

// Name is a field, lookup, data model or other name where the language takes names, possibly with wildcards.
type Name struct {
	Pos
	Text  string // unescaped, without quotes
	Quote byte   // 0, '"' or '\''
}

// Alias is `what as name`: a renaming, or an aggregate or a convert function with a name for its result.
type Alias struct {
	Pos
	What Node
	As   *Name
}

// SortKey is one key of sort: an optional sign, an optional function (auto, num, str, ip) and a field. Among the keys, a count is a
// Number, and a final `desc` is a key like any other.
type SortKey struct {
	Pos
	Desc  bool   // by its own sign, or by a Loose one before it
	Sign  byte   // as written: '+', '-' or 0
	Loose bool   // the sign was followed by a blank: it holds for the following fields too
	Func  string // as written but in lower case, or empty
	Field *Name
}

// Sign is a `+` or `-` that stands alone among the arguments: `fields - a b`, `fields + a`.
type Sign struct {
	Pos
	Minus bool
}

// Subsearch is `[ ... ]` with a pipeline in it.
type Subsearch struct {
	Pos
	Pipeline *Pipeline
}

// Template is `[ ... ]` whose text is used only after substitution: the body of foreach.
type Template struct {
	Pos
	Text string
}

// Eval expressions: Field, String, Number, Call, Unary, Binary and In.

// Field is a field in an eval expression. Text of a bare name may hold dots, which may mean concatenation: `a.b`.
type Field struct {
	Pos
	Text   string
	Quoted bool // 'in single quotes'
}

// String is a string in double quotes, unescaped.
type String struct {
	Pos
	Text string
}

// Number is a number as written.
type Number struct {
	Pos
	Text string
}

// Call is `name(args)`: an eval function, an aggregate function or a convert function. An aggregate written without parentheses
// (`count`, `p95`) has Bare set and no arguments.
type Call struct {
	Pos
	Name string // as written; names ignore case
	Bare bool
	Args []Node
}

// Unary is `-x`, `+x` or `NOT x`.
type Unary struct {
	Pos
	Op string // "-", "+" or "NOT"
	X  Node
}

// Binary is `x op y`. Op is one of * / % + - . < > <= >= = == != LIKE AND OR XOR in eval expressions, AND and OR in search expressions.
// An implied AND of a search expression is a plain AND with Implied set.
type Binary struct {
	Pos
	Op      string
	X, Y    Node
	Implied bool
	Search  bool // an operator of a search expression, where OR binds more tightly than AND
}

// In is `x IN (list)` in an eval expression; the function form `in(x, ...)` is a Call.
type In struct {
	Pos
	X    Node
	List []Node
}

// Assign is `target = expression` of eval. Target may hold `{field}` parts.
type Assign struct {
	Pos
	Target *Name
	Value  Node
}

// Search expressions: Compare, Among, Term, Subsearch, joined by Binary (AND, OR) and Unary (NOT).

// Compare is `field op value` in a search expression, and the argument `field="re"` or `field!="re"` of regex. Both sides are literal; the value may hold wildcards.
type Compare struct {
	Pos
	Field *Name
	Op    string // = != < <= > >=
	Value *Value
}

// Among is `field IN (values)` in a search expression. Behind the values stand searches that bring further ones.
type Among struct {
	Pos
	Field    *Name
	Values   []*Value
	Searches []*Subsearch
}

// Value is a literal of a search expression.
type Value struct {
	Pos
	Text   string // unescaped, without quotes
	Quoted bool
	Func   string // "CASE" or "TERM" around it, or empty
}

// Term is a word or phrase of a search expression that is looked for in _raw. A lone `*` matches everything.
type Term struct {
	Pos
	Value *Value
}
