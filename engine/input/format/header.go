package format

import (
	"bytes"
	"time"
)

// header is what stands before the message in a line of a log: syslog's stamp, host and program, or just a date.
type header struct {
	host, tag, pid []byte
	time           int64 // nanoseconds since 1970; 0 if there is none
	syslog         bool  // it names a host or a program
	yearless       bool  // the time may be without a year
	message        []byte
}

// readHeader divides a line.
func readHeader(b []byte, w *Wanted) (h header) {
	b = bytes.TrimLeft(b, " \t")
	if rest, ok := priority(b); ok {
		if after, ok := bytes.CutPrefix(rest, []byte("1 ")); ok && h.modern(after, w) {
			return h
		}
		b = rest
	}
	var named bool
	h.time, b, named = stampBefore(b, w)
	h.message, h.yearless = b, named
	if h.time != 0 || named {
		h.program(b, named)
	}
	return h
}

// priority is the line behind a priority in angle brackets, and behind the number of bytes that may stand before one.
func priority(b []byte) (rest []byte, ok bool) {
	n := 0
	for n < len(b) && n < 9 && isDigit(b[n]) {
		n++
	}
	if n > 0 && n < len(b) && b[n] == ' ' {
		b = b[n+1:]
	}
	end := bytes.IndexByte(b[:min(len(b), 5)], '>')
	if end < 2 || b[0] != '<' || !consistsOf(b[1:end], decimal) {
		return nil, false
	}
	return b[end+1:], true
}

// modern reads what follows the version in RFC 5424: a date, the host, the program, its id, the message's, and structured data.
func (h *header) modern(b []byte, w *Wanted) bool {
	var words [5][]byte
	for i := range words {
		n := bytes.IndexByte(b, ' ')
		if n < 0 {
			return false
		}
		words[i], b = b[:n], b[n+1:]
		if len(words[i]) == 1 && words[i][0] == '-' {
			words[i] = nil
		}
	}
	for len(b) > 0 && b[0] == '[' {
		n := bytes.IndexByte(b, ']')
		for n > 0 && b[n-1] == '\\' && bytes.IndexByte(b[n+1:], ']') >= 0 {
			n += 1 + bytes.IndexByte(b[n+1:], ']')
		}
		if n < 0 {
			break
		}
		b = b[n+1:]
	}
	b = bytes.TrimPrefix(bytes.TrimPrefix(bytes.TrimPrefix(b, []byte("-")), []byte(" ")), []byte("\ufeff"))
	h.time, _ = zonedTime(words[0], w)
	h.host, h.tag, h.pid, h.message, h.syslog = words[1], words[2], words[3], b, true
	return true
}

// stampBefore reads the date or time that a line begins with. sure says that only syslog writes it so.
func stampBefore(b []byte, w *Wanted) (ns int64, rest []byte, sure bool) {
	if len(b) > 4 && b[3] == ' ' && string(b[:3]) != "" {
		if ns, n, ok := oldStamp(b, w); ok {
			return ns, b[n:], true
		}
		if _, ok := weekdays[string(b[:3])]; ok {
			if ns, n := zonedTime(b[4:], w); n > 0 {
				rest := bytes.TrimPrefix(b[4+n:], []byte(" "))
				if i := bytes.IndexByte(rest, ' '); i > 0 { // the zone's name
					rest = rest[i:]
				}
				return ns, rest, true
			}
		}
	}
	from := 0
	if len(b) > 0 && b[0] == '[' {
		from = 1
	}
	if ns, n := zonedTime(b[from:], w); n > 0 {
		return ns, bytes.TrimPrefix(b[from+n:], []byte("]")), false
	}
	if n := bytes.IndexByte(b[:min(len(b), 24)], ' '); n >= 12 && consistsOf(b[:n], decimal+".") {
		if ns := epoch(b[:n], false); ns != 0 {
			return ns, b[n:], false
		}
	}
	return 0, b, false
}

var weekdays = map[string]time.Weekday{"Sun": 0, "Mon": 1, "Tue": 2, "Wed": 3, "Thu": 4, "Fri": 5, "Sat": 6}

var months = map[string]time.Month{"Jan": 1, "Feb": 2, "Mar": 3, "Apr": 4, "May": 5, "Jun": 6, "Jul": 7, "Aug": 8, "Sep": 9, "Oct": 10, "Nov": 11, "Dec": 12}

// oldStamp reads Nov 24 09:59:47, with or without parts of a second, and says how long it is. The year is the last in which that was not in the future:
// so much is known only if now is.
func oldStamp(b []byte, w *Wanted) (ns int64, length int, ok bool) {
	const layout = "Nov 24 09:59:47"
	if len(b) < len(layout) || b[6] != ' ' || b[9] != ':' || b[12] != ':' {
		return 0, 0, false
	}
	month, ok := months[string(b[:3])]
	day, hour, minute, second := twoDigits(b[4:]), twoDigits(b[7:]), twoDigits(b[10:]), twoDigits(b[13:])
	if !ok || day < 1 || day > 31 || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60 {
		return 0, 0, false
	}
	nanos, rest := fraction(b[len(layout):])
	length = len(b) - len(rest)
	if w.Now == 0 {
		return 0, length, true
	}
	now := time.Unix(0, w.Now).In(w.zone())
	for year := now.Year() + 1; year > now.Year()-8; year-- {
		t := time.Date(year, month, day, hour, minute, second, 0, w.zone())
		if t.Day() == day && !t.After(now.AddDate(0, 0, 1)) { // a clock may be ahead, by a day at most
			return t.UnixNano() + nanos, length, true
		}
	}
	return 0, length, true
}

// twoDigits is the number in two digits, the first of which may be a blank; negative if it is none.
func twoDigits(b []byte) int {
	if b[0] == ' ' {
		b = []byte{'0', b[1]}
	}
	if !isDigit(b[0]) || !isDigit(b[1]) {
		return -1
	}
	return int(b[0]-'0')*10 + int(b[1]-'0')
}

// zonedTime reads a date with a year and a time, in the logs' own zone unless it names one, and says how long they are; 0 if there are none.
func zonedTime(b []byte, w *Wanted) (ns int64, length int) {
	ns, ok := readTime(b)
	if !ok {
		return 0, 0
	}
	_, rest := fraction(b[len("2006-01-02T15:04:05"):])
	switch {
	case len(rest) > 0 && (rest[0] == 'Z' || rest[0] == 'z'):
		rest = rest[1:]
	case len(rest) > 4 && (rest[0] == '+' || rest[0] == '-'):
		n := 1
		for n < len(rest) && n < 6 && (isDigit(rest[n]) || rest[n] == ':') {
			n++
		}
		rest = rest[n:]
	case w.zone() != time.UTC:
		t := time.Unix(0, ns).UTC()
		ns = time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), w.zone()).UnixNano()
	}
	return ns, len(b) - len(rest)
}

// program reads the host and the program, if there are such behind the stamp. sure says that there should be.
func (h *header) program(b []byte, sure bool) {
	b = bytes.TrimLeft(b, " ")
	host, rest, ok := bytes.Cut(b, []byte(" "))
	if tag, pid, message, ok := tagBefore(b); ok && sure { // the kernel's own, without a host
		h.tag, h.pid, h.message, h.syslog = tag, pid, message, true
		return
	}
	if !ok || len(host) == 0 || bytes.ContainsAny(host, "[](){}=,;\"'") || levels[string(host)] {
		return
	}
	if tag, pid, message, ok := tagBefore(bytes.TrimLeft(rest, " ")); ok {
		h.host, h.tag, h.pid, h.message, h.syslog = host, tag, pid, message, true
	} else if sure {
		h.host, h.message, h.syslog = host, rest, true
	}
}

// levels are words behind a date that are no host.
var levels = map[string]bool{"TRACE": true, "DEBUG": true, "INFO": true, "NOTICE": true, "WARN": true, "WARNING": true, "ERROR": true, "CRITICAL": true,
	"FATAL": true, "trace": true, "debug": true, "info": true, "notice": true, "warn": true, "warning": true, "error": true, "critical": true, "fatal": true}

// tagBefore reads the name of a program and its process id: sshd[5617]: or kernel:.
func tagBefore(b []byte) (tag, pid, message []byte, ok bool) {
	n := bytes.IndexAny(b[:min(len(b), 128)], ":[ ")
	if n <= 0 || b[n] == ' ' {
		return nil, nil, nil, false
	}
	tag, b = b[:n], b[n:]
	if b[0] == '[' {
		end := bytes.IndexByte(b[:min(len(b), 32)], ']')
		if end < 0 {
			return nil, nil, nil, false
		}
		pid, b = b[1:end], b[end+1:]
	}
	if len(b) == 0 || b[0] != ':' || len(b) > 1 && b[1] != ' ' {
		return nil, nil, nil, false
	}
	return tag, pid, bytes.TrimPrefix(b[1:], []byte(" ")), true
}
