package timerange

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Relative applies a relative time to a point in time: offsets (`-1d`, `+30m`, `-h`) and snaps (`@d`, `@w1`) from left to right, after an
// optional `now`. After `now`, Elastic's forms are known too: `now-1M/M`, where M is a month and a week begins on Monday.
func Relative(spec string, now time.Time, zone *time.Location) (time.Time, error) {
	if zone == nil {
		zone = time.UTC
	}
	if err := realTime(spec); err != nil {
		return time.Time{}, err
	}
	t := now.In(zone)
	s := strings.TrimSpace(spec)
	rest, elastic := strings.CutPrefix(s, "now")
	rest = strings.TrimPrefix(rest, "()")
	if rest == "" && !elastic {
		return time.Time{}, fmt.Errorf("an empty text is no relative time; write -70m@m, @d or -1mon@mon")
	}
	for rest != "" {
		sign := rest[0]
		digits, name, after := step(rest[1:])
		u, err := unitOf(s, name, elastic)
		if err != nil {
			return time.Time{}, err
		}
		switch {
		case sign == '@' || sign == '/' && elastic:
			if t, err = snap(t, u, sign == '/', digits, after, s); err != nil {
				return time.Time{}, err
			}
			if u == Week && sign == '@' {
				after = strings.TrimLeft(after, "01234567")
			}
		case sign == '+' || sign == '-':
			n, err := amount(s, digits)
			if err != nil {
				return time.Time{}, err
			}
			if sign == '-' {
				n = -n
			}
			t = shift(t, u, n)
		default:
			return time.Time{}, fmt.Errorf("%q: no time begins with %q; an offset begins with + or -, a snap with @", s, rest)
		}
		if t, err = inRange(s, t); err != nil {
			return time.Time{}, err
		}
		rest = after
	}
	return t, nil
}

// step splits off the digits and the letters at the start.
func step(s string) (digits, name, rest string) {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	j := i
	for j < len(s) && (s[j] >= 'a' && s[j] <= 'z' || s[j] >= 'A' && s[j] <= 'Z') {
		j++
	}
	return s[:i], s[i:j], s[j:]
}

func unitOf(spec, name string, elastic bool) (Unit, error) {
	if elastic && (name == "M" || name == "H") {
		return map[string]Unit{"M": Month, "H": Hour}[name], nil
	}
	if u, ok := UnitNamed(name); ok {
		return u, nil
	}
	if name == "" {
		return 0, fmt.Errorf("%q lacks a unit: s, m, h, d, w, mon, q or y", spec)
	}
	if u := strings.ToLower(name); units[u] != 0 {
		return 0, fmt.Errorf("%q: units are written small: %s (m is a minute, mon a month)", spec, u)
	}
	return 0, fmt.Errorf("%q: unknown unit %q; the units are s, m, h, d, w, mon, q and y", spec, name)
}

func amount(spec, digits string) (int, error) {
	if digits == "" {
		return 1, nil
	}
	n, err := strconv.Atoi(digits)
	if err != nil || n > 1<<40 {
		return 0, fmt.Errorf("%q: the number %s is too large", spec, digits)
	}
	return n, nil
}

func shift(t time.Time, u Unit, n int) time.Time {
	if l := u.Length(); l != 0 {
		const age = 1 << 62 // nanoseconds: 146 years, the most that one step takes
		most := age / int(l)
		for range 8 {
			now := max(min(n, most), -most)
			t, n = t.Add(time.Duration(now)*l), n-now
		}
		return t // if n is not used up, far outside of what inRange lets pass
	}
	n = max(min(n, 1e7), -1e7)
	switch u {
	case Day:
		return t.AddDate(0, 0, n)
	case Week:
		return t.AddDate(0, 0, 7*n)
	case Quarter:
		n *= 3
	case Year:
		n *= 12
	}
	return addMonths(t, n)
}

// addMonths keeps the day, or takes the month's last if the month is too short.
func addMonths(t time.Time, n int) time.Time {
	y, m, d := t.Date()
	last := time.Date(y, m+time.Month(n)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	return time.Date(y, m+time.Month(n), min(d, last), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), t.Location())
}

// snap rounds down to the start of a unit. A week starts on Sunday, or on the day whose number follows (`@w1`, 7 is Sunday too); Elastic's on Monday.
func snap(t time.Time, u Unit, elastic bool, digits, after, spec string) (time.Time, error) {
	if digits != "" {
		return time.Time{}, fmt.Errorf("%q: a snap takes a unit alone, such as @h", spec)
	}
	y, m, d := t.Date()
	switch u {
	case Week:
		start := 0
		if elastic {
			start = 1
		} else if n := strings.IndexFunc(after, func(r rune) bool { return r < '0' || r > '9' }); len(after) > 0 && n != 0 {
			if after[0] > '7' || n > 1 || n < 0 && len(after) > 1 {
				return time.Time{}, fmt.Errorf("%q: a week snaps to w0 (Sunday) to w6 (Saturday), or w7 (Sunday)", spec)
			}
			start = int(after[0] - '0')
		}
		return midnight(y, m, d-(int(t.Weekday())-start+7)%7, t.Location()), nil
	case Day:
		return midnight(y, m, d, t.Location()), nil
	case Month:
		return midnight(y, m, 1, t.Location()), nil
	case Quarter:
		return midnight(y, m-(m-1)%3, 1, t.Location()), nil
	case Year:
		return midnight(y, 1, 1, t.Location()), nil
	}
	within := time.Duration(t.Nanosecond())
	if u >= Minute {
		within += time.Duration(t.Second()) * time.Second
	}
	if u >= Hour {
		within += time.Duration(t.Minute()) * time.Minute
	}
	if u < Second {
		within %= u.Length()
	}
	return t.Add(-within), nil
}

// midnight is the first moment of a day: where clocks skip or repeat the hour at midnight, time.Date alone may miss it.
func midnight(y int, m time.Month, d int, zone *time.Location) time.Time {
	want := time.Date(y, m, d, 12, 0, 0, 0, time.UTC).Day()
	t := time.Date(y, m, d, 0, 0, 0, 0, zone)
	if t.Day() != want {
		return t.Add(time.Hour)
	}
	if before := t.Add(-time.Hour); before.Day() == want {
		return before
	}
	return t
}
