package output

import (
	"spoor/engine/column"
	"spoor/engine/spill"
)

// union collects batches whose columns differ, for formats that must know all columns before the first row. Where they are too many, it puts
// the first ones away.
type union struct {
	names   []string // visible columns in the order of first appearance
	known   map[string]bool
	last    *column.Schema
	batches []*column.Batch
	space   *spill.Space
	account *spill.Account // nil: all are held
	away    *spill.Run     // nil: nothing was put away
}

func newUnion(space *spill.Space) union { return union{space: space, account: space.Account()} }

// batch is that of the writer around it: the rows wait for close.
func (u *union) batch(b *column.Batch) error {
	if b.Schema != u.last {
		u.last = b.Schema
		u.learn(b.Schema)
	}
	if b.Rows == 0 {
		return nil
	}
	b = b.Keep()
	u.batches = append(u.batches, b)
	if u.account != nil && !u.account.Grow(spill.Weight(b)) {
		u.putAway()
	}
	return u.space.Err()
}

func (u *union) putAway() {
	if u.away == nil {
		u.away = u.space.Run()
	}
	for _, b := range u.batches {
		u.away.Add(b)
	}
	u.batches = nil
	u.account.Release()
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

// records hands over the names, if there are any, and then each row, as texts that are valid during the call.
func (u *union) records(name func(string) string, cell func(column.Value) string, record func([]string) error) error {
	if len(u.names) == 0 {
		return nil
	}
	texts := make([]string, len(u.names))
	for i, n := range u.names {
		texts[i] = name(n)
	}
	if err := record(texts); err != nil {
		return err
	}
	return u.rows(func(r row) error {
		for i, v := range r.cells {
			texts[i] = cell(v)
		}
		return record(texts)
	})
}

// row is one row of all.
type row struct {
	cells []column.Value // one per name, valid until the next row
	batch *column.Batch
	at    int
}

// cell is the value of a column, which may be a hidden one.
func (r row) cell(name string) column.Value { return r.batch.Col(name).Value(r.at) }

// rows calls f for each row until f fails.
func (u *union) rows(f func(r row) error) error {
	if u.away != nil {
		for b, err := range u.away.All() {
			if err == nil {
				err = u.rowsOf(b, f)
			}
			if err != nil {
				return err
			}
		}
	}
	for _, b := range u.batches {
		if err := u.rowsOf(b, f); err != nil {
			return err
		}
	}
	return u.space.Err()
}

func (u *union) rowsOf(b *column.Batch, f func(r row) error) error {
	cells := make([]column.Value, len(u.names))
	cols := make([]column.Vector, len(u.names))
	for i, name := range u.names {
		cols[i] = b.Col(name)
	}
	for at := range b.Rows {
		for i, c := range cols {
			cells[i] = c.Value(at)
		}
		if err := f(row{cells, b, at}); err != nil {
			return err
		}
	}
	return nil
}
