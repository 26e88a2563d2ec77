package function

import (
	"math"
	"regexp"
	"strconv"
	"time"

	"spoor/engine/column"
	"spoor/engine/timerange"
	"spoor/grammar/source"
)

// binning is the function behind bin and behind span= in by-lists.
var binning = []Func{{
	Name: "bin", Lang: Command, Family: "commands", Syntax: "bin(<value>, <span>)", MinArgs: 2, MaxArgs: 2,
	Doc:     "The range of the given width that the value lies in: the start of a span of time, or `0-10` for numbers. Spans below a day count from 1970 UTC, longer ones from midnight in the zone.",
	Example: `bin(1700000000, "1h")`, Want: "1699999200",
	Bind: func(env *Env, args []Arg) (column.Kernel, *source.Diagnostic) {
		span, err := parseSpan(args[1])
		if err != nil {
			return nil, err
		}
		return rowKernel(func(row []column.Value) column.Value { return span.bin(row[0], env.Zone) }), nil
	},
}}

// rowKernel is the kernel of a function of values. It must not keep the slice.
func rowKernel(f func(row []column.Value) column.Value) column.Kernel {
	k, _ := rowwise(func(_ *Env, row []column.Value) column.Value { return f(row) })(nil, nil)
	return k
}

// span is a width of bins: of time if it has a unit, of numbers otherwise.
type span struct {
	n     float64
	fixed int64 // nanoseconds of a unit below a day; 0 otherwise
	unit  timerange.Unit
}

var spanForm = regexp.MustCompile(`^([0-9]*\.?[0-9]*)([a-z]*)$`)

func parseSpan(arg Arg) (span, *source.Diagnostic) {
	text := ""
	if arg.Const != nil {
		text = arg.Const.String()
	}
	m := spanForm.FindStringSubmatch(text)
	bad := func() (span, *source.Diagnostic) {
		return span{}, source.Errorf(arg.Span, "bad-span", "%q is no span", text).WithHint("write a number, or a span of time such as 30s, 5m, 1h, 1d, 1w or 1mon")
	}
	if m == nil || m[1] == "" && m[2] == "" {
		return bad()
	}
	s := span{n: 1}
	if m[1] != "" {
		n, err := strconv.ParseFloat(m[1], 64)
		if err != nil || n <= 0 {
			return bad()
		}
		s.n = n
	}
	if m[2] == "" {
		return s, nil
	}
	s.unit, _ = timerange.UnitNamed(m[2])
	if d := s.unit.Length(); d > 0 {
		s.fixed = nanoseconds(s.n * float64(d))
		return s, nil
	}
	if s.n != math.Trunc(s.n) || s.n > longest[s.unit] {
		return bad()
	}
	return s, nil
}

// longest is how many of a unit a span may have: some hundred years, so that the year in which a span starts is one of nanoseconds'.
var longest = map[timerange.Unit]float64{
	timerange.Day: 36500, timerange.Week: 5200, timerange.Month: 1200, timerange.Quarter: 400, timerange.Year: 100,
}

// nanoseconds is a width of time, at least one nanosecond and at most a hundred years.
func nanoseconds(n float64) int64 { return int64(min(max(n, 1), 36500*86400e9)) }

// bin is the range that a value lies in; what has no number stays as it is.
func (s span) bin(v column.Value, zone *time.Location) column.Value {
	n, ok := v.Number()
	if !ok {
		return v
	}
	if s.fixed == 0 && s.unit == 0 {
		if v.Kind() == column.Time { // a bare number is seconds
			return span{n: s.n, fixed: nanoseconds(s.n * 1e9)}.bin(v, zone)
		}
		from := math.Floor(n/s.n) * s.n
		return column.Str(column.FormatFloat(from) + "-" + column.FormatFloat(from+s.n))
	}
	ns := v.Int()
	if v.Kind() != column.Time {
		if math.Abs(n) > 9e9 {
			return v // no time that nanoseconds can hold
		}
		ns = int64(math.Floor(n * 1e9))
	}
	start := s.start(ns, zone)
	if v.Kind() == column.Time {
		return column.Nanos(start)
	}
	if start%1e9 == 0 {
		return column.Integer(start / 1e9)
	}
	return column.Real(column.Seconds(start))
}

// start is the start of the span of time that ns lies in.
func (s span) start(ns int64, zone *time.Location) int64 {
	if s.fixed > 0 {
		return floorDiv(ns, s.fixed) * s.fixed
	}
	t, n := time.Unix(0, ns).In(zone), int(s.n)
	year, month, day := t.Date()
	switch s.unit {
	case timerange.Week:
		n *= 7
		fallthrough
	case timerange.Day:
		days := int(floorDiv(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix(), 86400))
		if s.unit == timerange.Week {
			days += 4 // 1970 began on a Thursday; weeks begin on Sunday
		}
		back := ((days % n) + n) % n
		return time.Date(year, month, day-back, 0, 0, 0, 0, zone).UnixNano()
	case timerange.Quarter:
		n *= 3
		fallthrough
	case timerange.Month:
		months := year*12 + int(month) - 1
		months -= ((months % n) + n) % n
		return time.Date(months/12, time.Month(months%12+1), 1, 0, 0, 0, 0, zone).UnixNano()
	}
	return time.Date(year-year%n, 1, 1, 0, 0, 0, 0, zone).UnixNano()
}
