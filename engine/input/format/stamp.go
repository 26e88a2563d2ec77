package format

import (
	"bytes"
	"math"
	"strconv"
	"time"
)

// findTime reads the first date with a year in a prefix, or the seconds since 1970 that it begins with. Zero: there is none.
func findTime(prefix []byte) int64 {
	for i := range prefix {
		if t, ok := readTime(prefix[i:]); ok {
			return t
		}
	}
	if n := bytes.IndexByte(prefix, ' '); n >= 12 {
		return epoch(prefix[:n], false)
	}
	return 0
}

// stampTime reads the time of an envelope: a date, or a number since 1970. Zero: it is neither.
func stampTime(b []byte, micros bool) int64 {
	if t, ok := readTime(b); ok {
		return t
	}
	return epoch(b, micros)
}

// readTime reads 2022-05-11T18:10:20.399931Z, with a blank for the T, any number of digits, and any zone or none for UTC.
func readTime(b []byte) (int64, bool) {
	const layout = "dddd-dd-ddTdd:dd:dd"
	if len(b) < len(layout) || b[4] != '-' || b[7] != '-' || b[10] != 'T' && b[10] != ' ' || b[13] != ':' || b[16] != ':' {
		return 0, false
	}
	century, year, month, day := digits(b[0:2]), digits(b[2:4]), digits(b[5:7]), digits(b[8:10])
	hour, minute, second := digits(b[11:13]), digits(b[14:16]), digits(b[17:19])
	if century|year|month|day|hour|minute|second < 0 {
		return 0, false
	}
	year += 100 * century
	if month < 1 || month > 12 { // as time.Date has it: the 13th month is the first of the next year
		year, month = year+(month+11)/12-1, (month+11)%12+1
	}
	if year < 1678 || year > 2261 {
		return 0, false
	}
	seconds := int64(Days(year, month, day))*86400 + int64(3600*hour+60*minute+second)
	nanos, rest := fraction(b[len(layout):])
	return seconds*1e9 + nanos - offset(rest), true
}

// digits is the number in two digits, or negative.
func digits(b []byte) int {
	x, y := b[0]-'0', b[1]-'0'
	if x > 9 || y > 9 {
		return -1
	}
	return 10*int(x) + int(y)
}

// Days is the number of days from 1970-01-01, by the usual shift of the year's begin to March. Days beyond a month's end are of the next one.
func Days(y, m, d int) int {
	if m <= 2 {
		y, m = y-1, m+12
	}
	return 365*y + y/4 - y/100 + y/400 + (153*(m-3)+2)/5 + d - 719469
}

func fraction(b []byte) (nanos int64, rest []byte) {
	if len(b) == 0 || b[0] != '.' && b[0] != ',' {
		return 0, b
	}
	unit, i := int64(time.Second), 1
	for ; i < len(b) && b[i] >= '0' && b[i] <= '9'; i++ {
		unit /= 10
		nanos += int64(b[i]-'0') * unit
	}
	return nanos, b[i:]
}

// offset reads +09:00 or +0000, in nanoseconds.
func offset(b []byte) int64 {
	if len(b) < 5 || b[0] != '+' && b[0] != '-' {
		return 0
	}
	digits := [4]int64{}
	n := 0
	for _, c := range b[1:] {
		if c >= '0' && c <= '9' && n < len(digits) {
			digits[n] = int64(c - '0')
			n++
		} else if c != ':' {
			break
		}
	}
	seconds := (digits[0]*10+digits[1])*3600 + (digits[2]*10+digits[3])*60
	if b[0] == '-' {
		seconds = -seconds
	}
	return seconds * int64(time.Second)
}

// epoch reads a count since 1970: microseconds if so told, else seconds, unless it is so large that it must count parts of them.
func epoch(b []byte, micros bool) int64 {
	whole, rest := b, []byte(nil)
	if n := bytes.IndexByte(b, '.'); n >= 0 {
		whole, rest = b[:n], b[n:]
	}
	n, err := strconv.ParseInt(string(whole), 10, 64)
	unit := int64(time.Second)
	switch {
	case err != nil || n < 0:
		return 0
	case micros || n > 1e14:
		unit = int64(time.Microsecond)
	case n > 1e11:
		unit = int64(time.Millisecond)
	}
	if n >= math.MaxInt64/unit {
		return 0
	}
	nanos := int64(0)
	if unit == int64(time.Second) {
		nanos, _ = fraction(rest)
	}
	return n*unit + nanos
}
