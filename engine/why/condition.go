package why

import (
	"slices"
	"strconv"
	"strings"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// Mark is what became of a condition.
type Mark string

// The marks: a condition is absent if it does not hold and the event lacks a field that it reads, and unknown if nobody asked it.
const (
	True    Mark = "true"
	False   Mark = "false"
	Absent  Mark = "absent"
	Unknown Mark = "unknown"
)

// Condition is a condition of a rule as it was written, and what it is of an event. What joins others has them as its parts.
type Condition struct {
	Op      string // and, or, not; empty: it has no parts
	Text    string
	At      source.Span
	Mark    Mark
	Decides bool // it is why the whole is what it is
	Seen    []Seen
	Closest string // of several alternatives none of which holds
	Note    string
	Parts   []*Condition

	expr  plan.Expr
	truth string // the column of its value
	reads []Seen // the columns of the fields that it reads
}

// Seen is a field that a condition reads, and its value in the event.
type Seen struct {
	Name  string
	Value column.Value
	From  string // how the event's own fields make it, if it is not one of them

	column string
}

// columns names the columns in which a trial gives what it was asked, and remembers of what expressions they are made.
type columns struct {
	first   int // the number of the first
	assigns []plan.Assign
}

const prefix = "\x00why "

func (c *columns) add(e plan.Expr) string {
	name := prefix + strconv.Itoa(c.first+len(c.assigns))
	c.assigns = append(c.assigns, plan.Assign{Name: name, Expr: e})
	return name
}

// wanted is rows with all of the columns wanted to their end, whatever the nodes below take for the last to read them.
func (c *columns) wanted(n plan.Node) plan.Node {
	again := make([]plan.Assign, len(c.assigns))
	for i, a := range c.assigns {
		again[i] = plan.Assign{Name: a.Name, Expr: &plan.Field{Name: a.Name}}
	}
	if len(again) == 0 {
		return n
	}
	return &plan.Extend{In: n, Assigns: again}
}

// condition is the tree of an expression, of whose parts the columns will tell the values; nil if it is always true, as a filter macro that
// nobody defined, or no condition of the rule's: that an event of EQL has a time.
func (c *columns) condition(e plan.Expr) *Condition {
	if k, ok := e.(*plan.Const); ok && k.V.True() || slices.Equal(plan.Fields(e, nil), []string{plan.EventTime}) {
		return nil
	}
	out := &Condition{At: e.At(), expr: unheld(e), truth: c.add(e)}
	if call, ok := e.(*plan.Call); ok && call.Func.Lang == function.SPL && slices.Contains([]string{"and", "or", "not"}, call.Func.Name) && !oneWritten(call) && (call.Func.Name != "or" || len(call.Args) <= mostParts) {
		out.Op = call.Func.Name
		for _, a := range call.Args {
			if part := c.condition(a); part != nil {
				out.Parts = append(out.Parts, part)
			}
		}
	}
	if out.Op == "" {
		for _, name := range plan.Fields(e, nil) {
			out.reads = append(out.reads, Seen{Name: visible(name), column: c.add(&plan.Field{Name: name})})
		}
	}
	out.Text = written(e)
	return out
}

// mostParts is how many alternatives are asked singly: of more, as a subsearch makes them, only the whole is.
const mostParts = 100

// unheld is the condition of which EQL asks whether it holds.
func unheld(e plan.Expr) plan.Expr {
	if call, ok := e.(*plan.Call); ok && call.Func.Lang == function.EQL && call.Func.Name == "holds" {
		return call.Args[0]
	}
	return e
}

// oneWritten says whether all parts of a junction stand for the same condition as written: one on a list that events hold in several ways.
func oneWritten(call *plan.Call) bool {
	return call.Func.Name != "not" && !call.Span.IsZero() && !slices.ContainsFunc(call.Args, func(a plan.Expr) bool { return a.At() != call.Span })
}

// visible is the field for which a column stands that only the engine names.
func visible(name string) string {
	if column.Hidden(name) {
		return name[strings.LastIndexByte(name, ' ')+1:]
	}
	return name
}

// mostWritten is how many bytes of a condition are shown.
const mostWritten = 1000

// written is a condition as the query has it, or as the plan prints it if the query only hints at it.
func written(e plan.Expr) string {
	text := strings.Join(strings.Fields(e.At().String()), " ")
	if len(text) > mostWritten {
		return cut(text, mostWritten)
	}
	for _, name := range plan.Fields(e, nil) {
		name = visible(name)
		if last := name[strings.LastIndexByte(name, '.')+1:]; !strings.Contains(text, last) {
			return plan.Brief(unheld(e))
		}
	}
	if text == "" {
		return plan.Brief(unheld(e))
	}
	return text
}

// fill gives a condition its values out of a row; nil leaves it unknown.
func (c *Condition) fill(row func(column string) column.Value) {
	if c == nil {
		return
	}
	for _, p := range c.Parts {
		p.fill(row)
	}
	v := row(c.truth)
	c.Seen, c.Closest, c.Note = nil, "", ""
	for _, s := range c.reads {
		s.Value = row(s.column)
		c.Seen = append(c.Seen, s)
	}
	c.Seen = once(c.Seen)
	lacking := slices.ContainsFunc(c.Seen, func(s Seen) bool { return s.Value.IsNull() })
	switch {
	case v.True():
		c.Mark = True
	case lacking, c.Op != "" && v.IsNull():
		c.Mark = Absent
	default:
		c.Mark = False
	}
	if c.Op == "" && c.Mark == False {
		c.Closest, c.Note = closest(c)
	}
}

// once is the fields each once, though several columns stand for one of which events have either.
func once(list []Seen) []Seen {
	var out []Seen
	for _, s := range list {
		i := slices.IndexFunc(out, func(o Seen) bool { return o.Name == s.Name })
		switch {
		case i < 0:
			out = append(out, s)
		case out[i].Value.IsNull():
			out[i] = s
		}
	}
	return out
}

// decide marks what makes the condition true or not.
func (c *Condition) decide() {
	if c == nil || c.Decides {
		return
	}
	c.Decides = true
	for _, p := range c.Parts {
		matters := c.Op == "not" || c.Op == "and" && (c.Mark == True || p.Mark != True) || c.Op == "or" && (c.Mark != True || p.Mark == True)
		if matters {
			p.decide()
		}
	}
}

// unknown says of a condition and its parts that nobody asked.
func (c *Condition) unknown() {
	if c == nil {
		return
	}
	c.Mark = Unknown
	for _, p := range c.Parts {
		p.unknown()
	}
}

// leaf is a condition without parts that decides.
type leaf struct {
	*Condition
	negated bool       // it stands under an odd number of nots
	among   *Condition // the outermost `or` in which it is one of several, else itself
}

// leaves is the conditions without parts that decide.
func (c *Condition) leaves() []leaf { return c.leavesIn(nil, leaf{}) }

func (c *Condition) leavesIn(to []leaf, in leaf) []leaf {
	if c == nil || !c.Decides {
		return to
	}
	if in.among == nil && (c.Op == "or" || c.Op == "") {
		in.among = c
	}
	if in.Condition = c; c.Op == "" {
		return append(to, in)
	}
	in.negated = in.negated != (c.Op == "not")
	for _, p := range c.Parts {
		to = p.leavesIn(to, in)
	}
	return to
}

// counts is how many of a condition's conjuncts are true, and how many there are.
func (c *Condition) counts() (true, all int) {
	switch {
	case c == nil:
		return 0, 0
	case c.Op != "and":
		if c.Mark == True {
			return 1, 1
		}
		return 0, 1
	}
	for _, p := range c.Parts {
		t, n := p.counts()
		true, all = true+t, all+n
	}
	return true, all
}
