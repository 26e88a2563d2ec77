package op

import (
	"spoor/engine/column"
	"spoor/engine/plan"
)

// fittingChart keeps the rows until it is known what width of time fits them.
type fittingChart struct {
	collector
	node *plan.Chart
	bd   *binder
}

func (s *fittingChart) Merge(from Sink) { s.collector.Merge(&from.(*fittingChart).collector) }

func (s *fittingChart) Result() column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		width, err := fittingCutter(s.collector.Result(), s.node, s.bd.env.Zone)
		if err != nil {
			yield(nil, err)
			return
		}
		c := newCharter(s.node, s.bd, s.size, width)
		for b, err := range s.collector.Result() {
			if err != nil {
				yield(nil, err)
				return
			}
			c.Add(b)
		}
		c.Result()(yield)
	}
}
