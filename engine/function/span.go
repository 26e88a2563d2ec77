package function

import (
	"slices"
	"time"

	"spoor/engine/column"
	"spoor/engine/timerange"
	"spoor/grammar/source"
)

// Span is a width of time into which time is cut.
type Span struct{ span }

// ParseSpan reads a span of time such as 5m, 1h or 1mon; a bare number is seconds.
func ParseSpan(text string, at source.Span) (Span, *source.Diagnostic) {
	v := column.Str(text)
	s, diag := parseSpan(Arg{Const: &v, Span: at})
	if diag == nil && s.fixed == 0 && s.unit == 0 {
		s.fixed = nanoseconds(s.n * 1e9)
	}
	return Span{s}, diag
}

// From is the span with a place at which spans shorter than a day begin.
func (s Span) From(ns int64) Span {
	if s.fixed > 0 {
		s.first = ns % s.fixed
	}
	return s
}

// Start is the start of the span that a time lies in, in nanoseconds since 1970.
func (s Span) Start(ns int64, zone *time.Location) int64 { return s.start(ns, zone) }

// After is the time one width behind another; behind the start of a span that is the start of the next one.
func (s Span) After(ns int64, zone *time.Location) int64 {
	if s.fixed > 0 {
		return ns + s.fixed
	}
	t, n := time.Unix(0, ns).In(zone), int(s.n)
	switch s.unit {
	case timerange.Day:
		t = t.AddDate(0, 0, n)
	case timerange.Week:
		t = t.AddDate(0, 0, 7*n)
	case timerange.Month:
		t = t.AddDate(0, n, 0)
	case timerange.Quarter:
		t = t.AddDate(0, 3*n, 0)
	default:
		t = t.AddDate(n, 0, 0)
	}
	return t.UnixNano()
}

// Between is the starts of the spans from one time to another, and at most one more than asked for.
func (s Span) Between(first, last int64, most int, zone *time.Location) []int64 {
	var out []int64
	for at := s.Start(first, zone); at <= last && len(out) <= most; {
		out = append(out, at)
		next := s.After(at, zone)
		if next <= at { // beyond what nanoseconds can hold
			break
		}
		at = next
	}
	return out
}

// fitting is the widths that are chosen from.
var fitting = []string{"1s", "5s", "10s", "30s", "1m", "5m", "10m", "30m", "1h", "1d", "1mon", "1y"}

// FittingSpan is the least width, of those that are no shorter than a given one, in which at most so many spans lie between two times.
func FittingSpan(first, last int64, most int, least string, zone *time.Location) string {
	from := 0
	if s, diag := ParseSpan(least, source.Span{}); diag == nil {
		from = slices.IndexFunc(fitting, func(width string) bool { return spanOf(width).After(0, time.UTC) >= s.After(0, time.UTC) })
	}
	if from < 0 {
		return fitting[len(fitting)-1]
	}
	for _, width := range fitting[from:] {
		if len(spanOf(width).Between(first, last, most, zone)) <= most {
			return width
		}
	}
	return fitting[len(fitting)-1]
}

// spanOf is the span that one of the fitting widths is.
func spanOf(width string) Span {
	s, _ := ParseSpan(width, source.Span{})
	return s
}
