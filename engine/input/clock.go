package input

import (
	"bytes"
	"math"
	"strconv"
	"time"

	"spoor/engine/column"
	"spoor/engine/input/format"
)

// parseTime reads YYYY-MM-DD, a blank or T, HH:MM:SS, up to nine digits of a second and a zone, in nanoseconds since 1970. Without
// a zone it is UTC. A plain number is seconds, milliseconds, microseconds or nanoseconds since 1970, by its size.
func parseTime(b []byte) (int64, bool) {
	if len(b) < 19 || b[4] != '-' {
		return parseEpoch(b)
	}
	if b[7] != '-' || b[10] != ' ' && b[10] != 'T' || b[13] != ':' || b[16] != ':' {
		return 0, false
	}
	year, month, day := digits(b[0:2])*100+digits(b[2:4]), digits(b[5:7]), digits(b[8:10])
	hour, minute, second := digits(b[11:13]), digits(b[14:16]), digits(b[17:19])
	if year < 1678 || year > 2261 || month < 1 || month > 12 || day < 1 || day > monthDays[month] {
		return 0, false
	}
	if hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60 {
		return 0, false
	}
	if month == 2 && day == 29 && (year%4 != 0 || year%100 == 0 && year%400 != 0) {
		return 0, false
	}
	nanos, rest := fraction(b[19:])
	offset, ok := zone(rest)
	if !ok {
		return 0, false
	}
	return (int64(format.Days(year, month, day))*86400+int64(hour*3600+minute*60+second)-offset)*1e9 + nanos, true
}

var monthDays = [13]int{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

// digits is the number in two digits; negative beyond what a valid date can mend if one is none.
func digits(b []byte) int {
	x, y := b[0]-'0', b[1]-'0'
	if x > 9 || y > 9 {
		return math.MinInt16
	}
	return int(x)*10 + int(y)
}

func fraction(b []byte) (int64, []byte) {
	if len(b) == 0 || b[0] != '.' && b[0] != ',' {
		return 0, b
	}
	nanos, scale, i := int64(0), int64(1e8), 1
	for ; i < len(b) && b[i]-'0' <= 9; i++ {
		nanos += int64(b[i]-'0') * scale
		scale /= 10
	}
	return nanos, b[i:]
}

// zone is the offset from UTC in seconds.
func zone(b []byte) (int64, bool) {
	b = bytes.TrimSpace(b)
	if len(b) == 0 || len(b) == 1 && (b[0] == 'Z' || b[0] == 'z') || string(b) == "UTC" {
		return 0, true
	}
	sign := int64(1)
	if b[0] == '-' {
		sign = -1
	} else if b[0] != '+' {
		return 0, false
	}
	b = b[1:]
	if len(b) == 5 && b[2] == ':' {
		b = []byte{b[0], b[1], b[3], b[4]}
	}
	if len(b) == 2 {
		b = []byte{b[0], b[1], '0', '0'}
	}
	if len(b) != 4 {
		return 0, false
	}
	h, m := digits(b[:2]), digits(b[2:])
	if h < 0 || h > 23 || m < 0 || m > 59 {
		return 0, false
	}
	return sign * int64(h*3600+m*60), true
}

func parseEpoch(b []byte) (int64, bool) {
	if i, err := strconv.ParseInt(string(b), 10, 64); err == nil && i > 0 {
		switch {
		case i < 9e9:
			return i * 1e9, true
		case i < 9e12:
			return i * 1e6, i >= 1e11
		case i < 9e15:
			return i * 1e3, i >= 1e14
		}
		return i, i >= 1e17
	}
	n, ok := column.ParseNumber(string(b))
	if !ok || n <= 0 || n >= 9e9 {
		return 0, false
	}
	seconds, part := math.Modf(n)
	return int64(seconds)*1e9 + int64(math.Round(part*1e6))*1e3, true
}

// slack is how far apart UtcTime and SystemTime may be before the clock of the former counts as wrong.
const slack = int64(time.Minute)

// instants is the times that an event itself holds.
type instants struct {
	utc, system       int64
	hasUTC, hasSystem bool
}

// drifted says whether the clock behind UtcTime was wrong; known is false if the event cannot tell.
func (t instants) drifted() (wrong, known bool) {
	d := t.system - t.utc
	return d > slack || d < -slack, t.hasUTC && t.hasSystem
}

// written is when a Sysmon event was written, as far as it says so.
func (t instants) written() (int64, bool) {
	if t.hasSystem {
		return t.system, true
	}
	return t.utc, t.hasUTC
}

// event is the time of a Sysmon event: UtcTime, unless its clock was wrong.
func (t instants) event() (int64, bool) {
	if wrong, known := t.drifted(); known && wrong || !t.hasUTC {
		return t.system, t.hasSystem
	}
	return t.utc, true
}
