package ast

import "strings"

// String is the search with a leading pipe, unless it begins with `search`.
func (p *Pipeline) String() string {
	parts := make([]string, len(p.Commands))
	for i, c := range p.Commands {
		parts[i] = c.String()
	}
	text := strings.Join(parts, " | ")
	if len(p.Commands) > 0 && p.Commands[0].Name != "search" {
		return "| " + text
	}
	return text
}

func (c *Command) String() string {
	between := " "
	if c.Name == "eval" || c.Name == "fieldformat" {
		between = ", "
	}
	parts := make([]string, len(c.Args))
	for i, a := range c.Args {
		parts[i] = a.String()
		if _, option := a.(*Option); c.Name == "head" && !option && !isNumber(a) {
			parts[i] = "(" + parts[i] + ")"
		}
	}
	args := strings.Join(parts, between)
	switch {
	case c.Implied && beginsWithSearch(args):
		return "(" + args + ")"
	case c.Implied:
		return args
	case args == "":
		return c.Name
	}
	return c.Name + " " + args
}

// beginsWithSearch says whether a search expression would be taken for the command `search`.
func beginsWithSearch(s string) bool {
	return len(s) >= 6 && strings.EqualFold(s[:6], "search") && (len(s) == 6 || strings.IndexByte(" ([", s[6]) >= 0)
}

func isNumber(n Node) bool { _, ok := n.(*Number); return ok }

func (o *Option) String() string {
	value := o.Value.String()
	switch o.Value.(type) {
	case *Binary, *Unary, *Compare, *Among, *Term, *Option:
		value = "(" + value + ")"
	}
	name := o.Name
	if strings.ContainsAny(name, " ") {
		name = quote(name)
	}
	return name + "=" + value
}

func (c *Clause) String() string { return c.Keyword + " " + list(c.Args, " ") }

func (n *Name) String() string {
	switch n.Quote {
	case '"':
		return quote(n.Text)
	case '\'':
		return "'" + n.Text + "'"
	}
	return bare(n.Text)
}

func (a *Alias) String() string { return a.What.String() + " as " + a.As.String() }

func (k *SortKey) String() string {
	text := k.Field.String()
	if k.Func != "" {
		text = k.Func + "(" + text + ")"
	}
	switch {
	case k.Sign == 0:
		return text
	case k.Loose || k.Func == "" && k.Field.Quote != 0: // a quote ends the word that a sign begins
		return string(k.Sign) + " " + text
	}
	return string(k.Sign) + text
}

func (s *Sign) String() string {
	if s.Minus {
		return "-"
	}
	return "+"
}

func (s *Subsearch) String() string { return "[" + s.Pipeline.String() + "]" }

func (t *Template) String() string { return "[" + t.Text + "]" }

func (f *Field) String() string {
	if f.Quoted {
		return "'" + f.Text + "'"
	}
	return f.Text
}

func (s *String) String() string { return quote(s.Text) }

func (n *Number) String() string { return n.Text }

func (c *Call) String() string {
	if c.Bare {
		return bare(c.Name)
	}
	return bare(c.Name) + "(" + list(c.Args, ", ") + ")"
}

func (u *Unary) String() string {
	x := within(u.X, binding(u))
	if u.Op == "NOT" {
		return "NOT " + x
	}
	return u.Op + x
}

func (b *Binary) String() string {
	var out strings.Builder
	writeBinary(&out, b)
	return out.String()
}

// writeBinary writes a chain of operators from the left, so that a long one costs no more than its length.
func writeBinary(out *strings.Builder, b *Binary) {
	level := binding(b)
	if x, ok := b.X.(*Binary); ok && binding(x) >= level {
		writeBinary(out, x)
	} else {
		out.WriteString(within(b.X, level))
	}
	out.WriteByte(' ')
	if !b.Implied {
		out.WriteString(b.Op)
		out.WriteByte(' ')
	}
	out.WriteString(within(b.Y, level+1))
}

func (i *In) String() string {
	return within(i.X, binding(i)) + " IN (" + list(i.List, ", ") + ")"
}

func (a *Assign) String() string { return a.Target.String() + "=" + a.Value.String() }

func (c *Compare) String() string { return c.Field.String() + c.Op + c.Value.String() }

func (a *Among) String() string {
	var parts []string
	for _, v := range a.Values {
		parts = append(parts, v.String())
	}
	for _, s := range a.Searches {
		parts = append(parts, s.String())
	}
	return a.Field.String() + " IN (" + strings.Join(parts, ", ") + ")"
}

func (v *Value) String() string {
	text := v.Text
	if v.Quoted {
		text = quote(text)
	} else if v.Func == "" {
		text = bare(text)
	}
	if v.Func != "" {
		return v.Func + "(" + text + ")"
	}
	return text
}

func (t *Term) String() string { return t.Value.String() }

// within is the text of n as an operand of an operator that binds as tightly as level says.
func within(n Node, level int) string {
	if binding(n) < level {
		return "(" + n.String() + ")"
	}
	return n.String()
}

// tightest is the level of what is never put in parentheses.
const tightest = 20

// binding is how tightly a node holds its operands together.
func binding(n Node) int {
	switch x := n.(type) {
	case *Binary:
		return operatorBinding(x)
	case *Unary:
		if x.Op == "NOT" {
			return 4
		}
		return 9
	case *In:
		return 5
	}
	return tightest
}

func operatorBinding(b *Binary) int {
	switch b.Op {
	case "XOR":
		return 1
	case "OR", "AND":
		if (b.Op == "OR") != b.Search {
			return 2
		}
		return 3
	case ".":
		return 6
	case "+", "-":
		return 7
	case "*", "/", "%":
		return 8
	}
	return 5
}

func list(nodes []Node, between string) string {
	parts := make([]string, len(nodes))
	for i, n := range nodes {
		parts[i] = n.String()
	}
	return strings.Join(parts, between)
}

var (
	inQuotes = strings.NewReplacer(`\`, `\\`, `"`, `\"`)
	inWords  = strings.NewReplacer(`\`, `\\`, `"`, `\"`, `|`, `\|`)
)

func quote(s string) string { return `"` + inQuotes.Replace(s) + `"` }

// bare is a word without quotes, which must not hold blanks or other characters that end a word.
func bare(s string) string { return inWords.Replace(s) }
