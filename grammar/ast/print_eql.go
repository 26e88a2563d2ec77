package ast

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

func (q *Query) String() string {
	text := q.Body.String()
	for _, p := range q.Pipes {
		text += " | " + p.String()
	}
	return text
}

func (p *Pipe) String() string { return p.Name + " " + strconv.Itoa(p.Count) }

var (
	plainCategory = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)
	plainPath     = regexp.MustCompile(`^[A-Za-z_@][A-Za-z0-9_]*(\.[A-Za-z_@][A-Za-z0-9_]*)*$`)
)

// Reserved says whether EQL keeps a word for itself, in lower case: a field of that name stands in backticks.
func Reserved(word string) bool { return reserved[word] }

var reserved = map[string]bool{
	"and": true, "by": true, "false": true, "in": true, "like": true, "not": true, "null": true, "or": true, "regex": true, "true": true,
	"until": true, "where": true, "with": true,
}

func (e *EventQuery) String() string {
	category := e.Category
	switch {
	case e.Any:
		category = "any"
	case !plainCategory.MatchString(category) || reserved[strings.ToLower(category)] || strings.EqualFold(category, "any"):
		category = quoteEQL(category)
	}
	return category + " where " + e.Where.String()
}

func (s *Sequence) String() string {
	var b strings.Builder
	b.WriteString("sequence" + by(s.By))
	if s.MaxSpan != nil {
		b.WriteString(" with maxspan=" + s.MaxSpan.String())
	}
	for _, i := range s.Items {
		b.WriteString(" " + i.String())
	}
	if s.Until != nil {
		b.WriteString(" until " + s.Until.String())
	}
	return b.String()
}

func (s *Sample) String() string {
	text := "sample" + by(s.By)
	for _, i := range s.Items {
		text += " " + i.String()
	}
	return text
}

func (i *Item) String() string {
	text := "[" + i.Event.String() + "]" + by(i.By)
	if i.Missing {
		text = "!" + text
	}
	if i.Runs > 1 {
		text += " with runs=" + strconv.Itoa(i.Runs)
	}
	return text
}

func by(keys []*Path) string {
	if len(keys) == 0 {
		return ""
	}
	names := make([]string, len(keys))
	for i, k := range keys {
		names[i] = k.String()
	}
	return " by " + strings.Join(names, ", ")
}

func (d *Duration) String() string { return strconv.FormatInt(d.N, 10) + d.Unit }

func (p *Path) String() string {
	name := p.Name
	if p.Quoted || !plainPath.MatchString(name) || reserved[strings.ToLower(name)] {
		name = "`" + strings.ReplaceAll(name, "`", "``") + "`"
	}
	if p.Optional {
		return "?" + name
	}
	return name
}

func (t *Text) String() string {
	if t.Raw {
		return `"""` + t.Text + `"""`
	}
	return quoteEQL(t.Text)
}

// quoteEQL writes a string in quotes, with EQL's escapes.
func quoteEQL(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch r {
		case '"', '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case '\n':
			b.WriteString(`\n`)
		case '\r':
			b.WriteString(`\r`)
		case '\t':
			b.WriteString(`\t`)
		default:
			if r < ' ' || r == 0x7f {
				fmt.Fprintf(&b, `\u{%02x}`, r)
			} else {
				b.WriteRune(r)
			}
		}
	}
	return b.String() + `"`
}

func (n *Numeral) String() string { return n.Text }

func (b *Boolean) String() string { return strconv.FormatBool(b.Value) }

func (*Null) String() string { return "null" }

func (i *Invocation) String() string {
	name := i.Name
	if i.IgnoreCase {
		name += "~"
	}
	return name + "(" + list(i.Args, ", ") + ")"
}

// binds is how tightly the operator of a node binds; what is no operator binds most tightly.
func binds(n Node) int {
	switch n := n.(type) {
	case *Junction:
		if n.Op == "or" {
			return 1
		}
		return 2
	case *Negation:
		return 3
	case *Comparison, *Match:
		return 4
	case *Arithmetic:
		if n.Op == "+" || n.Op == "-" {
			return 5
		}
		return 6
	case *Minus:
		return 7
	}
	return 8
}

// inside prints an operand: in parentheses unless it binds at least as tightly as level.
func inside(n Node, level int) string {
	if binds(n) < level {
		return "(" + n.String() + ")"
	}
	return n.String()
}

func (n *Negation) String() string { return "not " + inside(n.X, 3) }

func (m *Minus) String() string { return "-" + inside(m.X, 7) }

func (j *Junction) String() string {
	parts := make([]string, len(j.Args))
	for i, a := range j.Args {
		parts[i] = inside(a, binds(j)+1)
	}
	return strings.Join(parts, " "+j.Op+" ")
}

func (c *Comparison) String() string { return inside(c.X, 5) + " " + c.Op + " " + inside(c.Y, 5) }

func (a *Arithmetic) String() string {
	level := binds(a)
	return inside(a.X, level) + " " + a.Op + " " + inside(a.Y, level+1)
}

func (m *Match) String() string {
	op, values := m.Op, list(m.List, ", ")
	if m.Not {
		op = "not " + op
	}
	if m.Bare {
		values = m.List[0].String()
	} else {
		values = "(" + values + ")"
	}
	return inside(m.X, 5) + " " + op + " " + values
}
