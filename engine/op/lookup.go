package op

import (
	"encoding/binary"
	"slices"

	"spoor/engine/column"
	"spoor/engine/lookup"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// looker finds the rows of a table for the rows of batches. It belongs to one worker, but for the table.
type looker struct {
	*plan.Lookup
	table   *lookup.Matcher
	columns []*lookup.Cells // by output
	values  []string
	found   []uint32 // of this batch

	dictionary *column.Dictionary // of the only key
	known      [][]uint32         // by its codes, the rows that were found; nil: not looked for yet
	firsts     []uint32           // likewise, if there is one row at most: it, plus one, or 0
	remembered map[string][]uint32
	key        []byte
}

// lookup makes the step of a lookup.
func (bd *binder) lookup(n *plan.Lookup) step {
	library := bd.env.Lookups
	definition, diag := library.Find(n.Span, n.Table)
	if diag != nil {
		bd.fail(diag)
		return never
	}
	names := make([]string, len(n.Keys))
	for i, k := range n.Keys {
		names[i] = k.Column
	}
	table, diag := library.Matcher(n.Span, definition, names, bd.env.Times)
	if diag != nil {
		bd.fail(diag)
		return never
	}
	l := &looker{Lookup: n, table: table, values: make([]string, len(n.Keys)), remembered: map[string][]uint32{}}
	for _, o := range n.Outputs {
		at := slices.Index(table.Table.Columns, o.Column)
		if at < 0 {
			bd.fail(source.Errorf(n.Span, "unknown-column", "the lookup %s has no column %s any more", n.Table, o.Column))
			return never
		}
		l.columns = append(l.columns, table.Table.Cells[at])
	}
	return l.step
}

func (l *looker) step(b *column.Batch) *column.Batch {
	if l.table.Single() {
		if out := l.single(b); out != nil {
			return out
		}
	}
	hits := l.hits(b)
	out := b
	for i, o := range l.Outputs {
		out = out.With(o.As, l.output(hits, l.columns[i], b.Col(o.As)))
	}
	return out
}

// match is what was found for a row: rows of the table, and how many times the default stands in for more.
type match struct {
	rows   []uint32
	filled int
	asked  bool // the row has all keys
}

// hits is what is found for each row of a batch.
func (l *looker) hits(b *column.Batch) []match {
	keys := make([]column.Vector, len(l.Keys))
	for i, k := range l.Keys {
		keys[i] = b.Col(k.As)
	}
	out := make([]match, b.Rows)
	l.found = l.found[:0]
	if d, ok := keys[0].(*column.Dict); ok && len(keys) == 1 && !l.Timed {
		l.hitsOf(d, out)
		return out
	}
	var at column.Vector
	if l.Timed {
		at = b.Col("_time")
	}
	row := make([]column.Value, len(keys))
	for r := range out {
		whole, lists := true, false
		for i, k := range keys {
			row[i] = k.Value(r)
			whole, lists = whole && !row[i].IsNull(), lists || row[i].Kind() == column.List
		}
		second := 0.0
		if l.Timed {
			second, _ = at.Value(r).Number()
		}
		switch {
		case !whole: // a row without one of the keys is not looked for
		case lists:
			out[r] = l.combinations(row, second)
		default:
			for i, v := range row {
				l.values[i] = v.String()
			}
			out[r] = l.of(l.find(second))
		}
	}
	return out
}

// hitsOf is hits by a single key with few values: each is looked for once.
func (l *looker) hitsOf(d *column.Dict, out []match) {
	if l.dictionary != d.Dictionary {
		l.dictionary, l.known = d.Dictionary, nil
	}
	if missing := d.Dictionary.Len() - len(l.known); missing > 0 {
		l.known = append(l.known, make([][]uint32, missing)...)
	}
	for r, code := range d.Codes {
		v := d.Dictionary.Value(code)
		switch {
		case v.IsNull():
		case v.Kind() == column.List:
			out[r] = l.combinations([]column.Value{v}, 0)
		default:
			if l.known[code] == nil {
				l.values[0] = v.String()
				l.known[code] = l.table.Find(l.values, 0, []uint32{})
			}
			out[r] = l.of(l.known[code])
		}
	}
}

// of is what was found for one value of each key.
func (l *looker) of(rows []uint32) match {
	return match{rows: rows, filled: max(0, l.table.Min-len(rows)), asked: true}
}

// mostPairings bounds what is looked for on behalf of one row with several multivalues.
const mostPairings = 10_000

// combinations looks for each combination of the values of the keys, the last key's values changing first.
func (l *looker) combinations(row []column.Value, second float64) match {
	items := make([][]column.Value, len(row))
	for i, v := range row {
		items[i] = v.Items()
	}
	at := make([]int, len(row))
	var all match
	for range mostPairings {
		for i := range row {
			l.values[i] = items[i][at[i]].String()
		}
		one := l.of(l.find(second))
		all.rows, all.filled, all.asked = append(all.rows, one.rows...), all.filled+one.filled, true
		i := len(row) - 1
		for ; i >= 0; i-- {
			if at[i]++; at[i] < len(items[i]) {
				break
			}
			at[i] = 0
		}
		if i < 0 {
			break
		}
	}
	return all
}

// mostRemembered bounds the answers that a worker keeps.
const mostRemembered = 1 << 16

// find is the rows for l.values, until the next batch. Answers that cost much are kept.
func (l *looker) find(second float64) []uint32 {
	if l.Timed || !l.table.Costly() {
		start := len(l.found)
		l.found = l.table.Find(l.values, second, l.found)
		return l.found[start:len(l.found):len(l.found)]
	}
	l.key = l.key[:0]
	for _, v := range l.values {
		l.key = append(binary.AppendUvarint(l.key, uint64(len(v))), v...)
	}
	rows, known := l.remembered[string(l.key)]
	if !known {
		if len(l.remembered) >= mostRemembered {
			clear(l.remembered)
		}
		rows = l.table.Find(l.values, second, nil)
		l.remembered[string(l.key)] = rows
	}
	return rows
}

// output is a column of the result: cells of the table, and of the rows that were not looked for, or are not to be changed, what they have.
func (l *looker) output(hits []match, cells *lookup.Cells, before column.Vector) column.Vector {
	if v := fresh(hits, cells, before); v != nil {
		return v
	}
	out := make([]column.Value, len(hits))
	for r, h := range hits {
		if !h.asked || l.New && !before.IsNull(r) {
			out[r] = before.Value(r)
			continue
		}
		if len(h.rows) == 1 && h.filled == 0 {
			out[r] = cells.Value(h.rows[0])
			continue
		}
		var items []column.Value
		for _, row := range h.rows {
			items = append(items, cells.Value(row))
		}
		for range h.filled {
			items = append(items, column.Str(l.table.Default))
		}
		out[r] = column.Multi(items)
	}
	return column.FromValues(out)
}

// fresh is a column that no row had before, if each row gets one cell at most, else nil.
func fresh(hits []match, cells *lookup.Cells, before column.Vector) column.Vector {
	if !empty(before) {
		return nil
	}
	firsts := make([]uint32, len(hits))
	for r, h := range hits {
		switch {
		case len(h.rows) > 1 || h.filled > 0:
			return nil
		case len(h.rows) == 1:
			firsts[r] = h.rows[0] + 1
		}
	}
	return cells.Pick(firsts)
}

// empty says whether a column is known to have no values.
func empty(v column.Vector) bool {
	c, ok := v.(*column.Const)
	return ok && c.V.IsNull()
}
