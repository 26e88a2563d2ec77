package op

import (
	"math"
	"slices"
	"sort"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// concurrent is the sink of plan.Concurrency: it keeps the rows until all starts and ends are known.
type concurrent struct {
	collector
	node *plan.Concurrency
}

func (s *concurrent) Merge(from Sink) { s.collector.Merge(&from.(*concurrent).collector) }

func (s *concurrent) Result() column.Stream {
	if len(s.batches) == 0 {
		return nothing
	}
	b := newRows(s.batches, s.arrange).all()
	from, lasts := b.Col(s.node.Start), b.Col(s.node.Duration)
	var starts, ends []float64
	own := make([]float64, b.Rows)
	for r := range own {
		start, ok := from.Value(r).Number()
		length, known := lasts.Value(r).Number()
		if own[r] = math.NaN(); !ok || !known || math.IsNaN(start+length) {
			continue
		}
		own[r] = start
		starts = append(starts, start)
		ends = append(ends, max(start+length, math.Nextafter(start, math.Inf(1)))) // what takes no time is in progress when it starts
	}
	slices.Sort(starts)
	slices.Sort(ends)
	out := column.ToValues(b.Col(s.node.As))
	for r, at := range own {
		if !math.IsNaN(at) {
			begun := sort.Search(len(starts), func(i int) bool { return starts[i] > at })
			over := sort.Search(len(ends), func(i int) bool { return ends[i] > at })
			out[r] = column.Integer(int64(begun - over))
		}
	}
	return pieces(b.With(s.node.As, column.FromValues(out)), s.size)
}
