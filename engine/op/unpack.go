package op

import (
	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// mostNames is how many columns the texts of rows may make: the texts are not the user's.
const mostNames = 2000

// unpacker sets columns to what a text in each row holds.
type unpacker struct {
	env   *function.Env
	node  *plan.Unpack
	names map[string]bool // met so far
	told  bool            // of too many names
	short bool            // it was told of a text that was cut
}

func (bd *binder) unpack(n *plan.Unpack) step {
	u := &unpacker{env: bd.env, node: n, names: map[string]bool{}}
	return u.step
}

func (u *unpacker) step(b *column.Batch) *column.Batch {
	in := b.Col(u.node.Field)
	cols := map[string]*cells{}
	var order []string
	for r := range b.Rows {
		for _, item := range in.Value(r).Items() {
			u.read(item.String(), func(name string, v column.Value) {
				name = u.node.Prefix + name
				if !u.takes(name) {
					return
				}
				c := cols[name]
				if c == nil {
					c = &cells{row: -1, values: column.ToValues(b.Col(name))}
					cols[name] = c
					order = append(order, name)
				}
				c.put(r, v, u.node)
			})
		}
	}
	for _, name := range order {
		c := cols[name]
		c.flush()
		b = b.With(name, column.FromValues(c.values))
	}
	return b
}

// takes says whether a name may be one of a column.
func (u *unpacker) takes(name string) bool {
	if u.names[name] {
		return true
	}
	if name == "" || column.Hidden(name) {
		return false
	}
	if len(u.names) == mostNames {
		if !u.told && u.env.Warn != nil {
			u.told = true
			u.env.Warn(source.Warnf(source.Span{}, "limit", "the texts in %s name more than %d fields: the others are left out", u.node.Field, mostNames).
				WithHint("name those that you want: spath path=..., rex"))
		}
		return false
	}
	u.names[name] = true
	return true
}

// beginning is what the limit leaves of a text.
func (u *unpacker) beginning(text string) string {
	if u.node.Most == 0 || len(text) <= u.node.Most {
		return text
	}
	if l := u.node.Limit; u.env.Warn != nil && !u.short {
		u.short = true
		u.env.Warn(source.Warnf(l.Span, l.Name, "%s reads %d bytes of a text (%s): values behind them were lost", l.Of, u.node.Most, l.Name).WithHint("%s", l.Cure))
	}
	return function.Beginning(text, u.node.Most)
}

func (u *unpacker) read(text string, put func(string, column.Value)) {
	switch u.node.From {
	case plan.Paths:
		function.Unpack(u.beginning(text), put)
	case plan.Members:
		function.Members(text, put)
	case plan.Tags:
		function.Tags(text, put)
	case plan.Pairs:
		p := u.node.Pairs
		function.Pairs(text, function.PairOptions{Pairs: p.Between, Values: p.Within, Dirty: p.Dirty, Limit: p.Limit, Length: p.Length}, put)
	}
}

// cells is the values of one of the columns, and those of the row that is read.
type cells struct {
	values []column.Value
	row    int
	items  []column.Value
	kept   bool // the row has a value that stays
}

func (c *cells) put(row int, v column.Value, n *plan.Unpack) {
	if row != c.row {
		c.flush()
		before := c.values[row]
		c.row, c.items, c.kept = row, nil, n.Keep && !before.IsNull()
		if n.Add {
			c.items = append(c.items, before.Items()...)
		}
	}
	switch {
	case c.kept:
	case n.Keep && len(c.items) > 0 || n.Last && len(c.items) > 0:
		if n.Last {
			c.items[0] = v
		}
	default:
		c.items = append(c.items, v)
	}
}

// flush ends the row.
func (c *cells) flush() {
	if c.row >= 0 && !c.kept && len(c.items) > 0 {
		c.values[c.row] = column.Multi(c.items)
	}
}
