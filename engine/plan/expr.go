package plan

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/grammar/source"
)

// Expr is a scalar expression: a Field, a Const or a Call. Expressions are never changed once made.
type Expr interface {
	// At is where the expression stands in the query or the mapping.
	At() source.Span
	// String prints the expression; equal prints mean equal expressions.
	String() string
	expr()
}

// Field is a column by name. A column that does not exist is null in every row.
type Field struct {
	Name string
	Span source.Span
}

// Const is a literal.
type Const struct {
	V    column.Value
	Span source.Span
}

// Call is a function or operator applied to arguments.
type Call struct {
	Func *function.Func
	Args []Expr
	Span source.Span
}

func (f *Field) At() source.Span { return f.Span }
func (c *Const) At() source.Span { return c.Span }
func (c *Call) At() source.Span  { return c.Span }

func (*Field) expr() {}
func (*Const) expr() {}
func (*Call) expr()  {}

// String prints the name, in single quotes unless it is a plain word.
func (f *Field) String() string { return fieldName(f.Name) }

func fieldName(name string) string {
	name = strings.ReplaceAll(name, "\x00", "#") // hidden columns
	quoted := "'" + strings.ReplaceAll(name, "'", `\'`) + "'"
	if name == "" || name == "True" || name == "False" || name == "null" { // so print constants
		return quoted
	}
	for i := range len(name) {
		c := name[i]
		word := c == '_' || c == '#' || c == '.' || c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z'
		if !word || i == 0 && c >= '0' && c <= '9' {
			return quoted
		}
	}
	return name
}

func (c *Const) String() string {
	switch c.V.Kind() {
	case column.String:
		return strconv.Quote(c.V.Text())
	case column.List:
		var items []string
		for _, v := range c.V.Items() {
			items = append(items, (&Const{V: v}).String())
		}
		return "[" + strings.Join(items, ", ") + "]"
	case column.Null:
		return "null"
	}
	return c.V.String()
}

func (c *Call) String() string {
	var b strings.Builder
	c.write(&b, math.MaxInt)
	return b.String()
}

// Brief prints an expression for people: of very many arguments only the first.
func Brief(e Expr) string {
	c, ok := e.(*Call)
	if !ok {
		return e.String()
	}
	var b strings.Builder
	c.write(&b, mostShown)
	return b.String()
}

// mostShown is how many arguments of a call Brief prints.
const mostShown = 20

// write prints a call; of more than most arguments the first half of most.
func (c *Call) write(b *strings.Builder, most int) {
	name := c.Func.Name
	before, between, after := name+"(", ", ", ")"
	switch search := c.Func.Lang == function.Search; {
	case name == "and" || name == "or":
		before, between = "(", " "+name+" "
	case len(c.Args) == 2 && !isWord(name) && search:
		before, between = "(", " ~"+name+" " // SPL's search comparison, which ignores case and knows wildcards
	case len(c.Args) == 2 && !isWord(name):
		before, between = "(", " "+name+" "
	case search:
		before = "~" + before
	}
	b.WriteString(before)
	for i, a := range c.Args {
		if i > 0 {
			b.WriteString(between)
		}
		if len(c.Args) > most && i == most/2 {
			fmt.Fprintf(b, "... %d more", len(c.Args)-i)
			break
		}
		if inner, ok := a.(*Call); ok {
			inner.write(b, most)
		} else {
			b.WriteString(a.String())
		}
	}
	b.WriteString(after)
}

func isWord(s string) bool { return s[0]|0x20 >= 'a' && s[0]|0x20 <= 'z' }

// NewCall is the call of a function of the table, which must exist.
func NewCall(lang function.Lang, name string, at source.Span, args ...Expr) *Call {
	f := function.Lookup(lang, name)
	if f == nil {
		panic("plan: no function " + name)
	}
	return &Call{f, args, at}
}

// And is the conjunction of the conditions, flattened; without conditions it is true.
func And(conds ...Expr) Expr { return junction("and", true, conds) }

// Or is the disjunction of the conditions, flattened; without conditions it is false.
func Or(conds ...Expr) Expr { return junction("or", false, conds) }

func junction(name string, empty bool, conds []Expr) Expr {
	var flat []Expr
	for _, c := range conds {
		if call, ok := c.(*Call); ok && call.Func.Name == name && call.Func.Lang == function.SPL {
			flat = append(flat, call.Args...)
		} else {
			flat = append(flat, c)
		}
	}
	switch len(flat) {
	case 0:
		return &Const{V: column.Boolean(empty)}
	case 1:
		return flat[0]
	}
	return NewCall(function.SPL, name, flat[0].At().To(flat[len(flat)-1].At()), flat...)
}

// Conjuncts is the conditions that must all hold for e to be true.
func Conjuncts(e Expr) []Expr {
	if c, ok := e.(*Call); ok && isAnd(c) {
		return c.Args
	}
	return []Expr{e}
}

func isAnd(c *Call) bool { return c.Func.Name == "and" && c.Func.Lang == function.SPL }

// Fields adds the names of the fields that e reads to the list, each once, in order of appearance.
func Fields(e Expr, to []string) []string {
	switch e := e.(type) {
	case *Field:
		if !slices.Contains(to, e.Name) {
			to = append(to, e.Name)
		}
	case *Call:
		if item, ok := itemOf(e); ok {
			for _, name := range Fields(e.Args[2], nil) {
				if name != item && !slices.Contains(to, name) {
					to = append(to, name)
				}
			}
			return Fields(e.Args[0], to)
		}
		for _, a := range e.Args {
			to = Fields(a, to)
		}
	}
	return to
}

// Rewrite is e with every field replaced by what replace makes of it; nil leaves a field as it is.
func Rewrite(e Expr, replace func(*Field) Expr) Expr {
	switch e := e.(type) {
	case *Field:
		if isItem(e.Name) {
			return e
		}
		if r := replace(e); r != nil {
			return r
		}
	case *Call:
		if args := mapped(e.Args, func(a Expr) Expr { return Rewrite(a, replace) }); args != nil {
			return &Call{e.Func, args, e.Span}
		}
	}
	return e
}

// mapped is what f makes of the expressions; nil if it changes none.
func mapped(list []Expr, f func(Expr) Expr) []Expr {
	var out []Expr
	for i, e := range list {
		to := f(e)
		if to != e && out == nil {
			out = append(make([]Expr, 0, len(list)), list[:i]...)
		}
		if out != nil {
			out = append(out, to)
		}
	}
	return out
}

// Volatile says whether e is not determined by its fields.
func Volatile(e Expr) bool {
	c, ok := e.(*Call)
	return ok && (c.Func.Volatile || slices.ContainsFunc(c.Args, Volatile))
}
