package op

import (
	"slices"
	"strings"

	"spoor/engine/column"
	"spoor/engine/plan"
)

func rename(n *plan.Rename) step {
	if !n.Loose {
		return reshape(func(names []string) ([]string, []int) { return plan.Renamed(names, n.Pairs) })
	}
	return func(b *column.Batch) *column.Batch {
		for _, p := range n.Pairs {
			b = renameRows(b, p)
		}
		return b
	}
}

// renameRows renames columns that exist in some rows only: which batch a row is in must not matter to it. A column stays where it is,
// unless the new name is one that is there already. With a wildcard, rows without the field keep what they have under the new name; a
// field named in full takes its place whether a row has it or not.
func renameRows(b *column.Batch, p plan.RenamePair) *column.Batch {
	if p.Plain() && b.Schema.Slot(p.To) >= 0 {
		if b.Schema.Slot(p.From) < 0 {
			return b.With(p.To, column.Nulls(b.Rows))
		}
		b = b.With(p.To, column.Nulls(b.Rows))
	}
	type move struct{ from, to string }
	var moves []move
	out := &column.Batch{Rows: b.Rows}
	var names []string
	add := func(name string, v column.Vector) { names, out.Cols = append(names, name), append(out.Cols, v) }
	for i, name := range b.Schema.Names {
		stars, ok := plan.MatchName(p.From, name)
		if !ok {
			add(name, b.Cols[i])
			continue
		}
		to := plan.FillName(p.To, stars)
		moves = append(moves, move{name, to})
		if b.Schema.Slot(to) < 0 && !slices.Contains(names, to) {
			add(to, column.Nulls(b.Rows))
		}
	}
	if len(moves) == 0 {
		return b
	}
	slices.SortFunc(moves, func(x, y move) int { return strings.Compare(x.from, y.from) })
	out.Schema = column.NewSchema(names...)
	for _, m := range moves {
		v := b.Col(m.from)
		out = out.With(m.to, where(v, v, out.Col(m.to)))
	}
	return out
}

// where is the values of yes in the rows in which cond has a value, and those of no in the others.
func where(cond, yes, no column.Vector) column.Vector {
	if c, ok := no.(*column.Const); ok && c.V.IsNull() {
		return yes
	}
	m := merger{rows: cond.Len()}
	var with, without []uint32
	for i := range cond.Len() {
		if cond.IsNull(i) {
			without = append(without, uint32(i))
		} else {
			with = append(with, uint32(i))
		}
	}
	if len(with) > 0 {
		m.put(with, pickRows(yes, with))
	}
	if len(without) > 0 {
		m.put(without, pickRows(no, without))
	}
	return m.vector()
}

func pickRows(v column.Vector, rows []uint32) column.Vector {
	if len(rows) == v.Len() {
		return v
	}
	return v.Pick(rows)
}
