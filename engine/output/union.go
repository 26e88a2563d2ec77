package output

import "spoor/engine/column"

// union collects batches whose columns differ, for formats that must know all columns before the first row.
type union struct {
	names   []string // visible columns in the order of first appearance
	known   map[string]bool
	last    *column.Schema
	batches []*column.Batch
}

func (u *union) add(b *column.Batch) {
	if b.Schema != u.last {
		u.last = b.Schema
		u.learn(b.Schema)
	}
	if b.Rows > 0 {
		u.batches = append(u.batches, b.Keep())
	}
}

func (u *union) learn(s *column.Schema) {
	if u.known == nil {
		u.known = map[string]bool{}
	}
	for _, name := range s.Visible() {
		if !u.known[name] {
			u.known[name] = true
			u.names = append(u.names, name)
		}
	}
}

// rows calls f for each row, with a cell per name, until f fails. The cells are valid during the call.
func (u *union) rows(f func(cells []column.Value) error) error {
	cells := make([]column.Value, len(u.names))
	cols := make([]column.Vector, len(u.names))
	for _, b := range u.batches {
		for i, name := range u.names {
			cols[i] = b.Col(name)
		}
		for row := range b.Rows {
			for i, c := range cols {
				cells[i] = c.Value(row)
			}
			if err := f(cells); err != nil {
				return err
			}
		}
	}
	return nil
}
