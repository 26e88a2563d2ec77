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
	Name: "bin", Lang: Command, Family: "commands", Syntax: "bin(<value>, <span>[, <start>])", MinArgs: 2, MaxArgs: 3,
	Doc:     "The range of the given width that the value lies in: the start of a span of time, or `0-10` for numbers. Spans below a day count from 1970 UTC, longer ones from midnight in the zone; with a start, in seconds, shorter ones count from that. Ranges of 2log3 begin at 2, 6, 18 and so on.",
	Example: `bin(1700000000, "1h")`, Want: "1699999200",
	Bind: func(env *Env, args []Arg) (column.Kernel, *source.Diagnostic) {
		span, err := parseSpan(args[1])
		if err != nil {
			return nil, err
		}
		if len(args) == 3 && args[2].Const != nil {
			start, _ := args[2].Const.Number()
			span.first = int64(start * 1e9)
		}
		each := rowKernel(func(row []column.Value) column.Value { return span.bin(row[0], env.Zone) })
		return func(rows int, args []column.Vector) column.Vector {
			if times, ok := args[0].(*column.Times); ok && span.base == 0 {
				return span.ofTime().times(times, env.Zone)
			}
			return each(rows, args)
		}, nil
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
	first int64   // where spans of fixed width begin
	base  float64 // of ranges n, n*base, n*base*base and so on; 0: all are n wide
}

var logForm = regexp.MustCompile(`^([0-9]*\.?[0-9]*)log([0-9]*\.?[0-9]*)$`)

func numberOr(text string, otherwise float64) float64 {
	if text == "" {
		return otherwise
	}
	n, _ := strconv.ParseFloat(text, 64)
	return n
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
	if log := logForm.FindStringSubmatch(text); log != nil {
		s := span{n: numberOr(log[1], 1), base: numberOr(log[2], 10)}
		if !(s.n >= 1 && s.base > 1 && s.n < s.base) {
			return span{}, source.Errorf(arg.Span, "bad-span", "%q is no span of logarithms", text).WithHint("write log2 or 1.5log3: the number before is at least 1 and less than the base, which is 10 if it is missing")
		}
		return s, nil
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
	if s.base > 0 {
		return s.power(v, n)
	}
	if s.fixed == 0 && s.unit == 0 {
		if v.Kind() == column.Time {
			return s.ofTime().bin(v, zone)
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

// ofTime is the span as one of time: a bare number is seconds.
func (s span) ofTime() span {
	if s.fixed == 0 && s.unit == 0 {
		return span{n: s.n, fixed: nanoseconds(s.n * 1e9), first: s.first}
	}
	return s
}

// times is bin for nothing but times. The next one is mostly in the span of the last, which needs no division.
func (s span) times(v *column.Times, zone *time.Location) column.Vector {
	out := &column.Times{Values: make([]column.Instant, len(v.Values)), Null: v.Null}
	start, next := int64(0), int64(0)
	for i, t := range v.Values {
		if ns := int64(t); ns < start || ns >= next {
			start = s.start(ns, zone)
			next = start + s.fixed
		}
		out.Values[i] = column.Instant(start)
	}
	return out
}

// power is the range between two powers of the base in which a number lies; what is not above zero lies in none.
func (s span) power(v column.Value, n float64) column.Value {
	if v.Kind() == column.Time || n <= 0 || math.IsInf(n, 0) || math.IsNaN(n) {
		return v
	}
	edge := func(k float64) float64 {
		x, _ := strconv.ParseFloat(strconv.FormatFloat(s.n*math.Pow(s.base, k), 'g', 12, 64), 64)
		return x
	}
	k := math.Floor(math.Log(n/s.n) / math.Log(s.base))
	switch { // what rounding did
	case edge(k+1) <= n:
		k++
	case edge(k) > n:
		k--
	}
	return column.Str(column.FormatFloat(edge(k)) + "-" + column.FormatFloat(edge(k+1)))
}

// start is the start of the span of time that ns lies in.
func (s span) start(ns int64, zone *time.Location) int64 {
	if s.fixed > 0 {
		return floorDiv(ns-s.first, s.fixed)*s.fixed + s.first
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
