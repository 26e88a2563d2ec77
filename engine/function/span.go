package function

import (
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
