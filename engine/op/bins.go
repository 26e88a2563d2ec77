package op

import (
	"math"
	"strconv"

	"spoor/engine/column"
	"spoor/engine/plan"
)

// timeSpans is the widths that bins of _time may have, in seconds.
var timeSpans = []float64{1, 5, 10, 30, 60, 300, 600, 1800, 3600, 86400, 30 * 86400, 365 * 86400}

// bins is the sink of plan.Bins: it keeps the rows until the range of the field is known.
type bins struct {
	collector
	node *plan.Bins
}

func (s *bins) Merge(from Sink) { s.collector.Merge(&from.(*bins).collector) }

func (s *bins) Result() column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		low, high, isTime := math.Inf(1), math.Inf(-1), false
		for b, err := range s.collector.Result() {
			if err != nil {
				yield(nil, err)
				return
			}
			from, to, times := s.extent(b.Col(s.node.Field))
			low, high, isTime = min(low, from), max(high, to), isTime || times
		}
		span := s.span(low, high, isTime)
		for b, err := range s.collector.Result() {
			if err == nil {
				b = b.With(s.node.As, binned(b.Col(s.node.Field), span, isTime))
			}
			if !yield(b, err) || err != nil {
				return
			}
		}
	}
}

// binned is the bin of each value.
func binned(v column.Vector, span float64, isTime bool) column.Vector {
	out := make([]column.Value, v.Len())
	for i := range out {
		x := v.Value(i)
		n, ok := x.Number()
		switch {
		case !ok || isTime && !instant(x):
			out[i] = x
		case isTime:
			out[i] = column.Nanos(int64(math.Floor(n/span)) * int64(span) * 1e9)
		default:
			from := math.Floor(n/span) * span
			out[i] = column.Str(column.FormatFloat(tidy(from)) + "-" + column.FormatFloat(tidy(from+span)))
		}
	}
	return column.FromValues(out)
}

func instant(v column.Value) bool {
	_, ok := v.Instant()
	return ok
}

// extent is the least and greatest number in the column, widened to the node's start and end.
func (s *bins) extent(v column.Vector) (low, high float64, isTime bool) {
	low, high = math.Inf(1), math.Inf(-1)
	for i := range v.Len() {
		x := v.Value(i)
		isTime = isTime || x.Kind() == column.Time
		if n, ok := x.Number(); ok {
			low, high = min(low, n), max(high, n)
		}
	}
	if !math.IsNaN(s.node.Start) {
		low = min(low, s.node.Start)
	}
	if !math.IsNaN(s.node.End) {
		high = max(high, s.node.End)
	}
	return low, high, isTime
}

// span is the least width, a power of ten (or, for times, a round one), that needs no more bins than asked for.
func (s *bins) span(low, high float64, isTime bool) float64 {
	fits := func(span float64) bool {
		return span >= s.node.MinSpan && math.Floor(high/span)-math.Floor(low/span)+1 <= float64(s.node.N)
	}
	if isTime {
		for _, span := range timeSpans {
			if fits(span) {
				return span
			}
		}
		return timeSpans[len(timeSpans)-1]
	}
	span := 1.0 // of a single value
	if high > low {
		span = math.Pow(10, math.Floor(math.Log10((high-low)/float64(s.node.N))))
	}
	for range 40 {
		if fits(span) {
			break
		}
		span = tidy(span * 10)
	}
	return span
}

// tidy removes the noise of repeated multiplication.
func tidy(x float64) float64 {
	y, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 12, 64), 64)
	return y
}
