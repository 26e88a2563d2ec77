package op

import (
	"iter"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// transactionNumber is the hidden column that says which transaction a row is in.
const transactionNumber = "\x00transaction"

// apart is the transactions of rows that were put away. At first only the places of their rows are held; then the rows are sorted by transaction.
func (t *transactions) apart() column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		list, rows, err := t.found()
		if err != nil {
			yield(nil, err)
			return
		}
		sorted := &collector{size: t.size, keys: []plan.SortKey{{Name: transactionNumber}}, space: t.space, account: t.space.Account()}
		defer sorted.release()
		if err := t.sort(sorted, list, rows); err != nil {
			yield(nil, err)
			return
		}
		next, stop := iter.Pull2(sorted.Result())
		defer stop()
		in := &rowReader{next: next}
		names := t.columns()
		for from := 0; from < len(list) || from == 0; {
			to, n := portion(list, from)
			b, err := in.take(n, names)
			if err != nil {
				yield(nil, err)
				return
			}
			for piece := range pieces(t.rowsOf(b, list[from:to]), t.size) {
				if !yield(piece, nil) {
					return
				}
			}
			if from = to; to == 0 {
				return
			}
		}
	}
}

// found is the transactions and the number of all rows.
func (t *transactions) found() (list []*txn, rows int, err error) {
	g := t.grouping()
	for b, err := range t.collector.Result() {
		if err != nil {
			return nil, 0, err
		}
		g.add(t, b)
		rows += b.Rows
	}
	g.pool.tell(t.env)
	return g.finished(), rows, nil
}

// sort adds the rows of transactions to a sink that puts those together that are in one.
func (t *transactions) sort(to *collector, list []*txn, rows int) error {
	owner := make([]uint32, rows)
	for i, x := range list {
		for _, r := range x.rows {
			owner[r] = uint32(i + 1)
		}
	}
	for b, err := range t.collector.Result() {
		if err != nil {
			return err
		}
		var kept []uint32
		numbers := &column.Ints{}
		for r, x := range owner[:b.Rows] {
			if x > 0 {
				kept, numbers.Values = append(kept, uint32(r)), append(numbers.Values, int64(x))
			}
		}
		owner = owner[b.Rows:]
		if len(kept) > 0 {
			to.Add(b.Pick(kept).With(transactionNumber, numbers))
		}
	}
	return t.space.Err()
}

// portion is the transactions from one on that are made rows of at a time, and how many rows those are of. These are numbered anew.
func portion(list []*txn, from int) (to, rows int) {
	const enough = 4096
	for to = from; to < len(list) && rows < enough; to++ {
		for i := range list[to].rows {
			list[to].rows[i] = uint32(rows + i)
		}
		rows += len(list[to].rows)
	}
	return to, rows
}
