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
	if len(b) < len(layout) {
		return 0, false
	}
	for i, want := range []byte(layout) {
		switch c := b[i]; {
		case want == 'd' && (c < '0' || c > '9'), want == 'T' && c != 'T' && c != ' ', want != 'd' && want != 'T' && c != want:
			return 0, false
		}
	}
	at := func(from, to int) int {
		n, _ := strconv.Atoi(string(b[from:to]))
		return n
	}
	t := time.Date(at(0, 4), time.Month(at(5, 7)), at(8, 10), at(11, 13), at(14, 16), at(17, 19), 0, time.UTC)
	if t.Year() < 1678 || t.Year() > 2261 {
		return 0, false
	}
	nanos, rest := fraction(b[len(layout):])
	return t.UnixNano() + nanos - offset(rest), true
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
