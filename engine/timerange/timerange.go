// Package timerange reads points in time as the languages write them: `-70m@m`, `@w0`, `now`, seconds since 1970, dates.
package timerange

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

const forms = "write now, -70m@m, @d, seconds since 1970, 2024-05-01T12:00:00Z or 05/01/2024:12:00:00"

// Parse reads a point in time: `now`, a relative time, seconds since 1970 with an optional fraction, ISO 8601 with or without zone, or
// `%m/%d/%Y:%H:%M:%S`. What names no zone of its own is meant in the given one. An error says what would be right.
func Parse(spec string, now time.Time, zone *time.Location) (time.Time, error) {
	if zone == nil {
		zone = time.UTC
	}
	if err := realTime(spec); err != nil {
		return time.Time{}, err
	}
	s := strings.TrimSpace(spec)
	switch {
	case s == "":
		return time.Time{}, fmt.Errorf("an empty text is no time; %s", forms)
	case s == "now" || s == "now()":
		return now.In(zone), nil
	case s[0] == '+' || s[0] == '-' || s[0] == '@' || strings.HasPrefix(s, "now"):
		return Relative(s, now, zone)
	case strings.Trim(s, "0123456789.") == "":
		return epoch(s, zone)
	}
	return date(s, zone)
}

// epoch reads seconds since 1970 digit by digit, so that nanoseconds survive.
func epoch(s string, zone *time.Location) (time.Time, error) {
	whole, fraction, _ := strings.Cut(s, ".")
	seconds, err := strconv.ParseInt(whole, 10, 64)
	if err == nil && seconds > math.MaxInt64/int64(time.Second) && len(whole) == 13 {
		return time.Time{}, fmt.Errorf("%q looks like milliseconds since 1970; write seconds: %s.%s", s, whole[:10], whole[10:])
	}
	if err != nil || strings.Contains(fraction, ".") || seconds > math.MaxInt64/int64(time.Second) {
		return time.Time{}, fmt.Errorf("%q is no number of seconds since 1970; %s", s, forms)
	}
	nanos, _ := strconv.ParseInt((fraction + "000000000")[:9], 10, 64)
	return time.Unix(seconds, nanos).In(zone), nil
}

var layouts = []string{
	"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05Z07", "2006-01-02T15:04:05",
	"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 Z07:00", "2006-01-02 15:04:05Z0700", "2006-01-02 15:04:05 Z0700", "2006-01-02 15:04:05",
	"2006-01-02T15:04Z07:00", "2006-01-02T15:04Z0700", "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02",
	"01/02/2006:15:04:05", "01/02/2006:15:04", "01/02/2006",
}

func date(s string, zone *time.Location) (time.Time, error) {
	if _, err := Relative("-"+s, time.Unix(0, 0), zone); err == nil {
		return time.Time{}, fmt.Errorf("%q has no sign; did you mean -%s?", s, s)
	}
	for _, layout := range layouts {
		t, err := time.ParseInLocation(layout, s, zone)
		if err == nil {
			return inRange(s, t.In(zone))
		}
		if strings.HasSuffix(err.Error(), "out of range") {
			return time.Time{}, fmt.Errorf("%q is no date: its %s", s, strings.TrimPrefix(err.Error()[strings.LastIndex(err.Error(), ":")+1:], " "))
		}
	}
	return time.Time{}, fmt.Errorf("%q is no time; %s", s, forms)
}

// inRange refuses times that do not fit nanoseconds in 64 bits.
func inRange(spec string, t time.Time) (time.Time, error) {
	if y := t.Year(); y < 1678 || y > 2261 {
		return time.Time{}, fmt.Errorf("%q is outside of the years 1678 to 2261", spec)
	}
	return t, nil
}
