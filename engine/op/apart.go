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
		list, owners, err := t.found()
		if err != nil {
			yield(nil, err)
			return
		}
		sorted := &collector{size: t.size, keys: []plan.SortKey{{Name: transactionNumber}}, space: t.space, account: t.space.Account()}
		defer sorted.release()
		if err := t.sort(sorted, owners); err != nil {
			yield(nil, err)
			return
		}
		next, stop := iter.Pull2(sorted.Result())
		defer stop()
		in := &rowReader{next: next}
		names := t.columns()
		bounds := stretches(list)
		for i, to := range bounds[1:] {
			some, rows := list[bounds[i]:to], 0
			for _, x := range some {
				rows += int(x.count)
			}
			b, err := in.take(rows, names)
			if err != nil {
				yield(nil, err)
				return
			}
			for piece := range pieces(lasting(t.rowsOf(b, some)), t.size) {
				if !yield(piece, nil) {
					return
				}
			}
		}
	}
}

// found is the transactions and, by row, the place among them of the one that it is in; 0 is none.
func (t *transactions) found() (list []*txn, owners []uint32, err error) {
	g := t.grouping()
	for b, err := range t.collector.Result() {
		if err != nil {
			return nil, nil, err
		}
		g.add(t, b)
	}
	g.pool.tell(t.env)
	list = g.finished()
	places := make([]uint32, len(g.all))
	for i, x := range list {
		places[x.number] = uint32(i + 1)
	}
	for r, x := range g.owners {
		g.owners[r] = places[x]
	}
	return list, g.owners, nil
}

// sort adds the rows of transactions to a sink that puts those together that are in one.
func (t *transactions) sort(to *collector, owner []uint32) error {
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
