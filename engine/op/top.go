package op

import (
	"cmp"
	"math"
	"slices"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// ranker is the sink of plan.Top.
type ranker struct {
	collector
	node   *plan.Top
	out    [][]column.Value // by column
	proven bool             // the rows that are ranked have proofs
}

func (s *ranker) Merge(from Sink) { s.collector.Merge(&from.(*ranker).collector) }

func (s *ranker) Result() column.Stream {
	n := s.node
	names := slices.Concat(n.By, n.Fields, []string{n.Count, n.Percent, plan.Proof})
	s.out = make([][]column.Value, len(names))
	if len(s.batches) > 0 {
		b := s.table().all()
		s.proven = b.Schema.Slot(plan.Proof) >= 0
		for from, to := 0, 0; from < b.Rows; from = to {
			key := rowKey(b, n.By, from)
			for to = from + 1; to < b.Rows && rowKey(b, n.By, to) == key; to++ {
			}
			s.rank(b, from, to)
		}
	}
	var kept []string
	var cols []column.Vector
	for i, name := range names {
		if name != "" && !slices.Contains(kept, name) && (name != plan.Proof || s.proven) {
			kept, cols = append(kept, name), append(cols, column.FromValues(s.out[i]))
		}
	}
	return pieces(column.NewBatch(column.NewSchema(kept...), cols, len(s.out[0])), s.size)
}

// rank adds the rows of one combination of By.
func (s *ranker) rank(b *column.Batch, from, to int) {
	n, counts := s.node, b.Col(plan.Frequency)
	total := int64(0)
	order := make([]int, 0, to-from)
	for r := from; r < to; r++ {
		total += counts.Value(r).Int()
		order = append(order, r)
	}
	slices.SortStableFunc(order, func(x, y int) int {
		d := cmp.Compare(counts.Value(y).Int(), counts.Value(x).Int())
		if n.Least {
			d = -d
		}
		return d
	})
	rest := int64(0)
	if n.Limit > 0 && len(order) > n.Limit {
		for _, r := range order[n.Limit:] {
			rest += counts.Value(r).Int()
		}
		order = order[:n.Limit]
	}
	for _, r := range order {
		s.add(b, r, false, counts.Value(r).Int(), total)
	}
	if rest > 0 && n.Other != "" {
		s.add(b, from, true, rest, total)
	}
}

// add adds the row for a combination, or the one for all others.
func (s *ranker) add(b *column.Batch, r int, other bool, count, total int64) {
	n := s.node
	for i, name := range slices.Concat(n.By, n.Fields) {
		v := b.Col(name).Value(r)
		if other && i >= len(n.By) {
			v = column.Str(n.Other)
		}
		s.out[i] = append(s.out[i], v)
	}
	last := len(s.out) - 1
	share := math.Round(float64(count)*1e8/float64(total)) / 1e6
	s.out[last-2] = append(s.out[last-2], column.Integer(count))
	s.out[last-1] = append(s.out[last-1], column.Real(share))
	proof := b.Col(plan.Proof).Value(r)
	if other {
		proof = column.Value{}
	}
	s.out[last] = append(s.out[last], proof)
}
