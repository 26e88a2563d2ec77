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
	b = b.Pack()
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

// delimiting is how names and cells become lines.
type delimiting struct {
	between byte
	name    func(string) string
	cell    func(dst []byte, v column.Value) []byte
	empty   string // what stands for an empty line
}

// records writes the names, if there are any, and then each row.
func (u *union) records(s *sink, d delimiting) error {
	if len(u.names) == 0 {
		return nil
	}
	err := s.each(1, func(dst []byte, _ int) []byte {
		return d.line(dst, len(u.names), func(dst []byte, i int) []byte { return append(dst, d.name(u.names[i])...) })
	})
	if err != nil {
		return err
	}
	return u.all(func(b *column.Batch) error {
		cols := u.columns(b)
		return s.each(b.Rows, func(dst []byte, row int) []byte {
			return d.line(dst, len(cols), func(dst []byte, i int) []byte { return d.cell(dst, cols[i].Value(row)) })
		})
	})
}

// line appends n cells on a line.
func (d *delimiting) line(dst []byte, n int, cell func(dst []byte, i int) []byte) []byte {
	from := len(dst)
	for i := range n {
		if i > 0 {
			dst = append(dst, d.between)
		}
		dst = cell(dst, i)
	}
	if len(dst) == from {
		dst = append(dst, d.empty...)
	}
	return append(dst, '\n')
}

// columns is the columns of a batch under the names of all.
func (u *union) columns(b *column.Batch) []column.Vector {
	cols := make([]column.Vector, len(u.names))
	for i, name := range u.names {
		cols[i] = b.Col(name)
	}
	return cols
}

// all calls f for each batch until f fails.
func (u *union) all(f func(b *column.Batch) error) error {
	if u.away != nil {
		for b, err := range u.away.All() {
			if err == nil {
				err = f(b)
			}
			if err != nil {
				return err
			}
		}
	}
	for _, b := range u.batches {
		if err := f(b); err != nil {
			return err
		}
	}
	return u.space.Err()
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
	cells := make([]column.Value, len(u.names))
	return u.all(func(b *column.Batch) error {
		cols := u.columns(b)
		for at := range b.Rows {
			for i, c := range cols {
				cells[i] = c.Value(at)
			}
			if err := f(row{cells, b, at}); err != nil {
				return err
			}
		}
		return nil
	})
}
