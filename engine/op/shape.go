package op

import (
	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// shape is the rows of a node that makes another table of its rows; nil if it is none.
func (r *runner) shape(n plan.Node, need plan.Need) column.Stream {
	switch n := n.(type) {
	case *plan.Combine:
		return drain(r.below(n, need), &combining{collector{size: r.BatchRows}, n})
	case *plan.Totals:
		in := r.below(n, need)
		if n.Row != "" {
			in = stepwise(in, []step{rowTotals(n)})
		}
		return columnTotals(in, n)
	case *plan.Top:
		return drain(r.below(n, need), &ranker{collector: collector{size: r.BatchRows}, node: n})
	case *plan.Untable:
		return r.reshape(n, need, untable(n))
	case *plan.Series:
		return r.reshape(n, need, series(n))
	case *plan.Transpose:
		return r.reshape(n, need, transpose(n))
	case *plan.Chart:
		return r.chart(n, need)
	}
	return nil
}

func (r *runner) reshape(n plan.Node, need plan.Need, table func(*column.Batch) (*column.Batch, *source.Diagnostic)) column.Stream {
	return drain(r.below(n, need), &reshaper{collector{size: r.BatchRows}, table})
}
