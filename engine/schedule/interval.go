package schedule

import (
	"strconv"
	"strings"
	"time"

	"spoor/engine/rules"
	"spoor/engine/timerange"
	"spoor/grammar/source"
)

// interval is ticks at the multiples of so many seconds since 1970.
type interval int64

const day = 24 * time.Hour

// intervalOf reads 5m, 60s, 24h, 1d.
func intervalOf(r *rules.Rule) (cadence, *source.Diagnostic) {
	text := strings.TrimSpace(r.Schedule.Interval)
	digits := text[:len(text)-len(strings.TrimLeft(text, "0123456789"))]
	n, err := strconv.ParseInt(digits, 10, 32)
	unit, known := timerange.UnitNamed(strings.TrimSpace(text[len(digits):]))
	length := unit.Length()
	if unit == timerange.Day {
		length = day
	}
	whole := known && length >= time.Second
	switch {
	case err != nil || !whole:
		return nil, source.Errorf(r.At, "bad-interval", "%q runs every %q, which is no interval", r.Name, text).WithHint("write a number and s, m, h or d: 5m, 60s, 24h")
	case n == 0 || n > int64(366*day/length):
		return nil, source.Errorf(r.At, "bad-interval", "%q runs every %q: an interval is between a second and a year", r.Name, text)
	}
	return interval(n * int64(length/time.Second)), nil
}

func (i interval) next(after int64) (int64, bool) { return i.floor(after) + int64(i), true }

func (i interval) latest(upTo int64) (int64, bool) { return i.floor(upTo), true }

func (i interval) floor(at int64) int64 {
	rest := at % int64(i)
	if rest < 0 {
		rest += int64(i)
	}
	return at - rest
}

func (i interval) due(after, upTo int64, most int) (ticks []int64, left int) {
	first, last := i.floor(after)+int64(i), i.floor(upTo)
	if last < first {
		return nil, 0
	}
	if n := int((last-first)/int64(i)) + 1; most > 0 && n > most {
		left = n - most
		first += int64(left) * int64(i)
	}
	for tick := first; tick <= last; tick += int64(i) {
		ticks = append(ticks, tick)
	}
	return ticks, left
}

func (i interval) usual() time.Duration { return time.Duration(i) * time.Second }

func (i interval) minutes(zone *time.Location) (set uint64) {
	for tick := int64(0); ; tick += int64(i) {
		set |= 1 << (tick / 60 % 60)
		if tick > 0 && tick%3600 == 0 {
			return turned(set, time.UTC, zone)
		}
	}
}

// turned is a set of minutes of the hour by the clock of another zone.
func turned(set uint64, from, to *time.Location) uint64 {
	_, a := reference.In(from).Zone()
	_, b := reference.In(to).Zone()
	by := ((b-a)/60%60 + 60) % 60
	return (set<<by | set>>(60-by)) & (1<<60 - 1)
}
