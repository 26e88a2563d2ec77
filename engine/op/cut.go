package op

import (
	"math"
	"time"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// cutter cuts time into spans of one width.
type cutter struct {
	span function.Span
	zone *time.Location
}

// mostSpans is how many spans are filled in: a day in seconds has more, and nobody looks at them.
const mostSpans = 50_000

func cutterOf(width string, align int64, zone *time.Location) cutter {
	span, _ := function.ParseSpan(width, source.Span{}) // checked when the plan was made
	return cutter{span.From(align), zone}
}

// fittingCutter is the least width in which the times, and the window if that is filled, give no more spans than asked for.
func fittingCutter(rows column.Stream, n *plan.Chart, zone *time.Location) (cutter, error) {
	first, last := int64(math.MaxInt64), int64(math.MinInt64)
	for b, err := range rows {
		if err != nil {
			return cutter{}, err
		}
		v := b.Col(n.Row)
		for i := range v.Len() {
			if ns, ok := v.Value(i).Instant(); ok {
				first, last = min(first, ns), max(last, ns)
			}
		}
	}
	if first > last {
		first, last = 0, 0
	}
	return cutterOf(function.FittingSpan(first, last, n.Spans.Most, n.Spans.Least, zone), n.Spans.Align, zone), nil
}

// column is the start of each time's span in nanoseconds since 1970, which are faster to group by than times, and the seconds that it has.
func (c cutter) column(v column.Vector) (starts, seconds column.Vector) {
	if times, ok := v.(*column.Times); ok {
		return c.times(times)
	}
	from, to := make([]column.Value, v.Len()), make([]column.Value, v.Len())
	start, next := int64(0), int64(0) // of the last one
	for i := range from {
		ns, ok := v.Value(i).Instant()
		if !ok {
			continue
		}
		if ns < start || ns >= next {
			start = c.span.Start(ns, c.zone)
			next = c.span.After(start, c.zone)
		}
		from[i], to[i] = column.Integer(start), column.Real(column.Seconds(next-start))
	}
	return column.FromValues(from), column.FromValues(to)
}

// times is column for nothing but times.
func (c cutter) times(v *column.Times) (starts, seconds column.Vector) {
	from, to := make([]int64, len(v.Values)), make([]float64, len(v.Values))
	start, next, width := int64(0), int64(0), 0.0
	for i, t := range v.Values {
		if v.Null != nil && v.Null[i] {
			continue
		}
		if ns := int64(t); ns < start || ns >= next {
			start = c.span.Start(ns, c.zone)
			next = c.span.After(start, c.zone)
			width = column.Seconds(next - start)
		}
		from[i], to[i] = start, width
	}
	return &column.Ints{Values: from, Null: v.Null}, &column.Floats{Values: to, Null: v.Null}
}

// timeless is rows that have no place in time: those without a value, and those of which the value is no time.
type timeless struct{ none, odd int }

// count adds the rows of a column.
func (t *timeless) count(v column.Vector) {
	if times, ok := v.(*column.Times); ok && times.Null == nil {
		return
	}
	for i := range v.Len() {
		x := v.Value(i)
		if _, ok := x.Instant(); x.IsNull() {
			t.none++
		} else if !ok {
			t.odd++
		}
	}
}

// tell says how many rows were left out for their times, if any.
func (t timeless) tell(env *function.Env, field string) {
	if env.Warn == nil {
		return
	}
	if t.none > 0 {
		env.Warn(source.Warnf(source.Span{}, "no-time", "timechart leaves out rows without %s: %d", field, t.none).
			WithHint("rows of stats have %[1]s only if it is among their fields, as with latest(%[1]s) as %[1]s; eval may set it from another field", field))
	}
	if t.odd > 0 {
		env.Warn(source.Warnf(source.Span{}, "no-time", "timechart leaves out rows whose %s is no time of the years 1678 to 2261: %d", field, t.odd).
			WithHint("a number is seconds since 1970: divide milliseconds by 1000, and read a text with strptime"))
	}
}

// fill adds the spans without rows, and takes away those that the window cuts, as asked for. The rows are sorted.
func (c cutter) fill(rows []column.Value, s *plan.Spans, bd *binder) []column.Value {
	if s.Fill {
		first, last := rows[0].Int(), rows[len(rows)-1].Int()
		if s.Window && s.From != column.Beginning {
			first = min(first, s.From)
		}
		if s.Window && s.To != column.End {
			last = max(last, s.To-1)
		}
		if starts := c.span.Between(first, last, mostSpans, c.zone); len(starts) <= mostSpans {
			rows = rows[:0:0]
			for _, at := range starts {
				rows = append(rows, column.Nanos(at))
			}
		} else if bd.env.Warn != nil {
			bd.env.Warn(source.Warnf(source.Span{}, "many-spans", "there are more than %d spans of time: those without rows are left out", mostSpans).WithHint("choose a longer span"))
		}
	}
	if !s.Whole {
		return rows
	}
	var kept []column.Value
	for _, v := range rows {
		if v.Int() >= s.From && (s.To == column.End || c.span.After(v.Int(), c.zone) <= s.To) {
			kept = append(kept, v)
		}
	}
	return kept
}
