package lookup

import "spoor/grammar/source"

// Filter gives the rows of a table, in their order, that satisfy the filter of a definition.
type Filter func(t *Table, filter *source.Text) ([]uint32, source.Errors)

// Understand says how filters are read; the first to say so counts.
func (l *Library) Understand(f Filter) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.filter == nil {
		l.filter = f
	}
}

// filtered is the rows of a definition out of the whole table.
type filtered struct{ whole, table *Table }

// filtered leaves out the rows that do not satisfy the filter of a definition. The library is locked.
func (l *Library) filtered(at source.Span, d *Definition, whole *Table) (*Table, *source.Diagnostic) {
	if d.Filter == "" {
		return whole, nil
	}
	if old := l.parts[d.Name]; old.whole == whole {
		return old.table, nil
	}
	if l.filter == nil {
		return nil, source.Errorf(at, "bad-lookup", "the lookup %s has a filter, and nothing here reads filters", d.Name)
	}
	keep, errs := l.filter(whole, source.New("filter of "+d.Name, d.Filter))
	if errs.Failed() {
		return nil, source.Errorf(at, "bad-lookup", "the filter of the lookup %s cannot be read: %s", d.Name, errs)
	}
	part := whole.rows(keep)
	l.parts[d.Name] = filtered{whole, part}
	return part, nil
}

// rows is the table with some of its rows.
func (t *Table) rows(keep []uint32) *Table {
	out := &Table{Columns: t.Columns, Rows: len(keep), texts: t.texts}
	for _, cells := range t.Cells {
		out.Cells = append(out.Cells, cells.of(keep))
	}
	return out
}
