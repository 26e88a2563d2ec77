package op

import (
	"math"
	"slices"
	"strconv"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// continuous is the sink of plan.Continuous: it keeps the rows until the range of the column is known.
type continuous struct {
	collector
	node *plan.Continuous
	bd   *binder
}

func (s *continuous) Merge(from Sink) { s.collector.Merge(&from.(*continuous).collector) }

// ranges is the ranges of a column: each has a number or a time at which it begins as its key.
type ranges struct {
	key     func(column.Value) (int64, bool)
	value   func(key int64) column.Value
	between func(first, last int64) []int64 // the keys, or one more than mostSpans of them
}

func (s *continuous) Result() column.Stream {
	if len(s.batches) == 0 {
		return nothing
	}
	b := newRows(s.batches, s.arrange).all()
	v := b.Col(s.node.Field)
	isTime := false
	for r := range b.Rows {
		isTime = isTime || v.Value(r).Kind() == column.Time
	}
	in := s.numbers(v)
	if isTime || s.ofTime() {
		in = s.times(v, isTime)
	}
	var keys []int64
	var rows, without []uint32
	at := make([]int64, b.Rows)
	for r := range b.Rows {
		key, ok := in.key(v.Value(r))
		if at[r] = key; ok {
			rows, keys = append(rows, uint32(r)), append(keys, key)
		} else {
			without = append(without, uint32(r))
		}
	}
	if len(rows) == 0 {
		return pieces(b, s.size)
	}
	slices.SortStableFunc(rows, func(x, y uint32) int { return direction(at[x] < at[y], at[x] > at[y], false) })
	first, last := slices.Min(keys), slices.Max(keys)
	if !isTime {
		first, last = s.widened(in, first, last)
	}
	filled := in.between(first, last)
	if len(filled) > mostSpans {
		if s.bd.env.Warn != nil {
			s.bd.env.Warn(source.Warnf(source.Span{}, "many-spans", "there are more than %d ranges of %s: those without rows are left out", mostSpans, s.node.Field).WithHint("choose a longer span"))
		}
		filled = slices.Compact(slices.Sorted(slices.Values(keys)))
	}
	return pieces(s.spreadOut(b, rows, without, at, filled, in), s.size)
}

// spreadOut is the rows in the order of their ranges, with an empty one for each range without rows, and those that are in none.
func (s *continuous) spreadOut(b *column.Batch, rows, without []uint32, at, filled []int64, in ranges) *column.Batch {
	var from []int // the row that one comes from; -1: it is made here
	var values []column.Value
	for _, key := range filled {
		before := len(from)
		for len(rows) > 0 && at[rows[0]] == key {
			from, values, rows = append(from, int(rows[0])), append(values, in.value(key)), rows[1:]
		}
		if len(from) == before {
			from, values = append(from, -1), append(values, in.value(key))
		}
	}
	for _, r := range without {
		from, values = append(from, int(r)), append(values, b.Col(s.node.Field).Value(int(r)))
	}
	cols := make([]column.Vector, len(b.Cols))
	for i, c := range b.Cols {
		cells := make([]column.Value, len(from))
		for k, r := range from {
			if r >= 0 {
				cells[k] = c.Value(r)
			}
		}
		cols[i] = column.FromValues(cells)
	}
	return column.NewBatch(b.Schema, cols, len(from)).With(s.node.Field, column.FromValues(values))
}

// ofTime says whether the ranges are as wide as a span of time, so that numbers are seconds.
func (s *continuous) ofTime() bool {
	_, err := strconv.ParseFloat(s.node.Span, 64)
	return s.node.Span != "" && err != nil
}

// times is the ranges of a column of times, or of seconds, which remain numbers.
func (s *continuous) times(v column.Vector, isTime bool) ranges {
	zone := s.bd.env.Zone
	width := s.node.Span
	if width == "" {
		first, last := int64(math.MaxInt64), int64(math.MinInt64)
		for i := range v.Len() {
			if ns, ok := v.Value(i).Instant(); ok {
				first, last = min(first, ns), max(last, ns)
			}
		}
		width = function.FittingSpan(first, last, s.node.N, "", zone)
	}
	cut := cutterOf(width, s.node.Align, zone)
	value := column.Nanos
	if !isTime {
		value = func(key int64) column.Value { return column.Real(float64(key) / 1e9) }
	}
	return ranges{
		key: func(v column.Value) (int64, bool) {
			ns, ok := v.Instant()
			return cut.span.Start(ns, zone), ok
		},
		value:   value,
		between: func(first, last int64) []int64 { return cut.span.Between(first, last, mostSpans, zone) },
	}
}

// numbers is the ranges of a column of numbers: their keys count widths.
func (s *continuous) numbers(v column.Vector) ranges {
	width, err := strconv.ParseFloat(s.node.Span, 64)
	if err != nil || width <= 0 {
		of := &bins{node: &plan.Bins{N: s.node.N, Start: s.node.Start, End: s.node.End}}
		low, high, _ := of.extent(v)
		width = of.span(low, high, false)
	}
	return ranges{
		key: func(v column.Value) (int64, bool) {
			n, ok := v.Number()
			k := math.Floor(n / width)
			return int64(k), ok && math.Abs(k) < 1<<53
		},
		value: func(key int64) column.Value { return column.Real(tidy(float64(key) * width)) },
		between: func(first, last int64) []int64 {
			var out []int64
			for k := first; k <= last && len(out) <= mostSpans; k++ {
				out = append(out, k)
			}
			return out
		},
	}
}

// widened is the keys of the first and the last range, as far as start and end ask for.
func (s *continuous) widened(in ranges, first, last int64) (int64, int64) {
	if key, ok := in.key(column.Real(s.node.Start)); ok && !math.IsNaN(s.node.Start) {
		first = min(first, key)
	}
	if key, ok := in.key(column.Real(s.node.End)); ok && !math.IsNaN(s.node.End) {
		last = max(last, key)
	}
	return first, last
}
