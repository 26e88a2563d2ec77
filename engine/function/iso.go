package function

import (
	"strings"
	"time"
)

// parseISO reads a date in ISO 8601, a year at least, and perhaps a time of day with up to nine digits of a second and a zone. Without a
// zone it is UTC.
func parseISO(s string) (ns int64, ok bool) {
	if len(s) < 4 || len(s) > 40 || s[0] < '0' || s[0] > '9' {
		return 0, false
	}
	d := dateText{rest: s, ok: true}
	year, month, day := d.number(4), 1, 1
	if d.take('-') {
		month = d.number(2)
		if d.take('-') {
			day = d.number(2)
		}
	}
	var hour, minute, second, nanos, offset int
	if d.take('T') || d.take('t') || d.take(' ') {
		hour = d.number(2)
		if d.take(':') {
			minute = d.number(2)
			if d.take(':') {
				second = d.number(2)
				nanos = d.fraction()
			}
		}
		offset = d.zone()
	}
	t := time.Date(year, time.Month(month), day, hour, minute, second, nanos, time.UTC)
	valid := d.ok && d.rest == "" && t.Month() == time.Month(month) && t.Day() == day && hour < 24 && minute < 60 && second < 60
	return t.UnixNano() - int64(offset)*1e9, valid && year >= 1678 && year <= 2261
}

// dateText is what is left to read of a date.
type dateText struct {
	rest string
	ok   bool // nothing was wrong so far
}

func (d *dateText) take(c byte) bool {
	if d.rest == "" || d.rest[0] != c {
		return false
	}
	d.rest = d.rest[1:]
	return true
}

func (d *dateText) digits() string {
	n := len(d.rest) - len(strings.TrimLeft(d.rest, "0123456789"))
	s := d.rest[:n]
	d.rest = d.rest[n:]
	return s
}

// number reads a number of exactly so many digits.
func (d *dateText) number(digits int) int {
	if len(d.rest) < digits {
		d.ok = false
		return 0
	}
	n := 0
	for _, c := range []byte(d.rest[:digits]) {
		d.ok = d.ok && c >= '0' && c <= '9'
		n = 10*n + int(c-'0')
	}
	d.rest = d.rest[digits:]
	return n
}

// fraction reads the digits of a second, if there are any, in nanoseconds.
func (d *dateText) fraction() int {
	if !d.take('.') && !d.take(',') {
		return 0
	}
	digits := d.digits()
	d.ok = d.ok && digits != "" && len(digits) <= 9
	n := 0
	for i := range 9 {
		n *= 10
		if i < len(digits) {
			n += int(digits[i] - '0')
		}
	}
	return n
}

// zone reads Z, or a sign, hours and perhaps minutes, in seconds; nothing is UTC.
func (d *dateText) zone() int {
	if d.rest == "" || d.take('Z') || d.take('z') {
		return 0
	}
	sign := 1
	if d.take('-') {
		sign = -1
	} else if !d.take('+') {
		d.ok = false
	}
	hours, minutes := d.number(2), 0
	if d.take(':') || d.rest != "" {
		minutes = d.number(2)
	}
	d.ok = d.ok && hours <= 18 && minutes < 60
	return sign * (hours*3600 + minutes*60)
}
