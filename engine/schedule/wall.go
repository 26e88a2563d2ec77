package schedule

import (
	"math/bits"
	"time"
)

// A cron is meant by the clock on the wall. Where that is put forward, what it skips runs right after the gap; what runs at every hour is not missed
// there. Where it is put back, a time that comes twice runs the first time only, unless hours are * or */n: they are counted one by one.

// rare is the longest time without a tick, in days: from one 29th of February to another, over a year 2100.
const rare = 9 * 366

// star says that a field is *.
const star = 1 << 63

func (c *clockwork) next(after int64) (tick int64, ok bool) {
	c.walk(after, after+rare*86400, func(t int64) bool {
		tick, ok = t, true
		return false
	})
	return tick, ok
}

func (c *clockwork) latest(upTo int64) (tick int64, ok bool) {
	for back := int64(3600); !ok && back < 4*rare*86400; back *= 4 {
		c.walk(upTo-back, upTo, func(t int64) bool {
			tick, ok = t, true
			return true
		})
	}
	return tick, ok
}

func (c *clockwork) due(after, upTo int64, most int) (ticks []int64, left int) {
	n := 0
	c.walk(after, upTo, func(t int64) bool {
		if most < 1 || n < most {
			ticks = append(ticks, t)
		} else {
			ticks[n%most] = t
		}
		n++
		return true
	})
	if n > len(ticks) { // the oldest is where the next one would have gone
		first := n % most
		ticks = append(ticks[first:len(ticks):len(ticks)], ticks[:first]...)
	}
	return ticks, n - len(ticks)
}

// usual is the most frequent distance of some ticks, by the clock of a zone without summer time.
func (c *clockwork) usual() time.Duration {
	plain := &clockwork{zone: time.UTC, fields: c.fields}
	seen := map[int64]int{}
	best, last := int64(0), int64(0)
	for n := 0; n < 100; n++ {
		tick, ok := plain.next(max(last, reference.Unix()))
		if !ok {
			break
		}
		if last > 0 {
			if seen[tick-last]++; seen[tick-last] > seen[best] {
				best = tick - last
			}
		}
		last = tick
	}
	return time.Duration(best) * time.Second
}

func (c *clockwork) minutes(zone *time.Location) uint64 {
	return turned(c.fields.Minute&^star, c.zone, zone)
}

// walk visits the ticks after one time, up to another, until visit has enough. Between two moments at which clocks are changed it is the same as
// anywhere else.
func (c *clockwork) walk(after, upTo int64, visit func(tick int64) bool) {
	for at := after + 1; at <= upTo; {
		begin, end, offset, before := c.stretch(at)
		first, last := at+offset, min(end-1, upTo)+offset
		switch {
		case at == begin && offset > before && !(c.hourly && (offset-before)%3600 == 0) && c.within(begin+before, begin+offset):
			if !visit(begin) {
				return
			}
			first++
		case offset < before && !c.steady:
			first = max(first, begin+before)
		}
		for wall := first; wall <= last; wall++ {
			var ok bool
			if wall, ok = c.wall(wall, last); !ok {
				break
			}
			if !visit(wall - offset) {
				return
			}
		}
		at = end
	}
}

// stretch is the time around a moment in which clocks are not changed, how far they are ahead of UTC in it, and how far they were before.
func (c *clockwork) stretch(at int64) (begin, end, offset, before int64) {
	t := time.Unix(at, 0).In(c.zone)
	from, to := t.ZoneBounds()
	_, ahead := t.Zone()
	begin, end, offset, before = at-1, at+rare*86400, int64(ahead), int64(ahead)
	if !from.IsZero() {
		begin = from.Unix()
		_, ahead = from.Add(-time.Second).Zone()
		before = int64(ahead)
	}
	if !to.IsZero() {
		end = to.Unix()
	}
	return begin, end, offset, before
}

// within says whether there is a tick from one time on the wall to before another.
func (c *clockwork) within(from, to int64) bool {
	_, ok := c.wall(from, to-1)
	return ok
}

// wall is the first tick from one time on the wall up to another.
func (c *clockwork) wall(from, upTo int64) (int64, bool) {
	const hours, minutes = 1<<24 - 1, 1<<60 - 1
	minute := -floored(-from, 60) // what has begun is over
	today := floored(minute, 1440)
	within := int(minute - today*1440)
	if f := &c.fields; c.on(today) {
		if h := within / 60; f.Hour>>h&1 != 0 && f.Minute&minutes>>(within%60) != 0 {
			return bounded((minute+int64(bits.TrailingZeros64(f.Minute&minutes>>(within%60))))*60, upTo)
		}
		if later := f.Hour & hours >> (within/60 + 1) << (within/60 + 1); later != 0 {
			return bounded(c.first(today, later), upTo)
		}
	}
	for d := today + 1; d*86400 <= upTo; d++ {
		if c.on(d) {
			return bounded(c.first(d, c.fields.Hour), upTo)
		}
	}
	return 0, false
}

// first is the first tick of a day in the first of some hours.
func (c *clockwork) first(day int64, hours uint64) int64 {
	return day*86400 + int64(bits.TrailingZeros64(hours))*3600 + int64(bits.TrailingZeros64(c.fields.Minute))*60
}

func bounded(at, upTo int64) (int64, bool) { return at, at <= upTo }

// on says whether there are ticks on a day, counted from 1970. As everywhere with cron, one of both days is enough unless either is *.
func (c *clockwork) on(day int64) bool {
	f := &c.fields
	if f.Dom&f.Dow&f.Month&star != 0 {
		return true
	}
	_, month, date := time.Unix(day*86400, 0).UTC().Date()
	if f.Month>>month&1 == 0 {
		return false
	}
	weekday := day - floored(day+4, 7)*7 + 4 // the first day of all was a Thursday
	a, b := f.Dom>>date&1 != 0, f.Dow>>weekday&1 != 0
	if (f.Dom|f.Dow)&star != 0 {
		return a && b
	}
	return a || b
}

// floored is a quotient, rounded down.
func floored(a, b int64) int64 {
	if a%b < 0 {
		return a/b - 1
	}
	return a / b
}
