// Package frame cuts logs into records: lines, events of several lines, and the objects of JSON documents.
package frame

import "bytes"

// Limit is the most bytes of one record.
const Limit = 64 << 20

// sysmonBuffer is the most that Sysmon writes of an event: one that is open for longer was cut off, and what looks new is new.
const sysmonBuffer = 64 << 10

// State is where a line stands: within an event that an earlier line opened, or not.
type State struct {
	Open     bool
	prefixed bool  // something stood before the event in its first line, such as a syslog prefix
	Since    int64 // where the record of the open event began
}

const (
	opening = "<Event"
	closing = "</Event>"
)

// Lines cuts text into records.
//
// A record is a line, without its line end. A line in which an event begins and does not end goes on until </Event>, but stops
// before a line in which another begins, and, if something stood before the event or it is too long for one, before a line that looks as
// if it began a record of its own.
// Of several events in a line each is a record. A line that begins with { is one record, whatever it holds.
type Lines struct {
	Data  []byte
	Base  int64 // where Data begins in its file
	Limit int   // most bytes of an event of several lines; 0 means Limit
	At    int   // where the next record begins
	State State // before the line at At; Open after the last record if it reached the end of Data without </Event>
	Part  bool  // Data begins within a line

	from, to int // the line end that was last looked for, and from where: many events may share a line
}

// Next is the next record: Data[start:end]. What an event that is open at the beginning still holds is no record and left out.
func (l *Lines) Next() (start, end int, ok bool) {
	if l.State.Open {
		l.finish(l.At)
	}
	if l.State.Open || l.At >= len(l.Data) {
		return 0, 0, false
	}
	start = l.At
	stop := l.lineEnd(start)
	line := l.Data[start:stop]
	if fromLine := start == 0 && !l.Part || start > 0 && l.Data[start-1] == '\n'; !fromLine {
		for start < stop && isBlank(l.Data[start]) {
			start++
		}
	} else if json(line) {
		return l.line(start, stop)
	}
	return l.event(start, stop)
}

// event is the next record of a line in which events may begin and end.
func (l *Lines) event(start, stop int) (int, int, bool) {
	at, end, opens := l.mark(start, stop)
	switch {
	case at < 0:
		return l.line(start, stop)
	case opens:
		second, secondEnd, again := l.mark(end, stop)
		if second < 0 {
			l.State = State{Open: true, prefixed: len(bytes.TrimSpace(l.Data[start:at])) > 0, Since: l.Base + int64(start)}
			return start, l.finish(min(stop+1, len(l.Data))), true
		}
		if again {
			return l.cut(start, second)
		}
		end = secondEnd
	}
	if l.opens(end, stop) {
		return l.cut(start, end)
	}
	return l.line(start, stop)
}

// finish goes from the line at p to the end of the open event and returns the end of its text.
func (l *Lines) finish(p int) int {
	limit := int64(l.Limit)
	if limit == 0 {
		limit = Limit
	}
	for p < len(l.Data) {
		stop := l.lineEnd(p)
		line := l.Data[p:stop]
		so := l.Base + int64(p) - l.State.Since
		if so+int64(len(line)) > limit || (l.State.prefixed || so > min(limit/4, sysmonBuffer)) && looksNew(line) {
			return l.stopBefore(p)
		}
		at, end, opens := l.mark(p, stop)
		if opens {
			return l.stopBefore(p)
		}
		if at >= 0 {
			l.State = State{}
			if !json(line) && l.opens(end, stop) {
				l.At = end
				return end
			}
			l.At = min(stop+1, len(l.Data))
			return l.trim(stop)
		}
		p = stop + 1
	}
	l.At = len(l.Data)
	return l.trimLine(len(l.Data))
}

func (l *Lines) stopBefore(p int) int {
	l.State, l.At = State{}, p
	return l.trimLine(p)
}

func (l *Lines) line(start, stop int) (int, int, bool) {
	l.At = min(stop+1, len(l.Data))
	return start, max(start, l.trim(stop)), true
}

func (l *Lines) cut(start, end int) (int, int, bool) {
	l.At = end
	return start, end, true
}

func (l *Lines) lineEnd(p int) int {
	if l.from <= p && p < l.to && l.to <= len(l.Data) {
		return l.to
	}
	l.from, l.to = p, len(l.Data)
	if i := bytes.IndexByte(l.Data[p:], '\n'); i >= 0 {
		l.to = p + i
	}
	return l.to
}

// trimLine leaves out the line end before p.
func (l *Lines) trimLine(p int) int {
	if p > 0 && l.Data[p-1] == '\n' {
		p--
	}
	return l.trim(p)
}

func (l *Lines) trim(p int) int {
	if p > 0 && l.Data[p-1] == '\r' {
		p--
	}
	return p
}

// mark is the first place in Data[from:to] at which an event begins or ends; at is -1 if there is none.
func (l *Lines) mark(from, to int) (at, end int, opens bool) {
	for p := from; ; p++ { // E is rarer than the < before it
		i := bytes.IndexByte(l.Data[p:to], 'E')
		if i < 0 {
			return -1, 0, false
		}
		p += i
		switch { // a mark holds no line end, so one that begins before to ends before it
		case p > from && l.Data[p-1] == '<' && isOpening(l.Data[p-1:]):
			return p - 1, p - 1 + len(opening), true
		case p > from+1 && l.Data[p-1] == '/' && isClosing(l.Data[p-2:]):
			return p - 2, p - 2 + len(closing), false
		}
	}
}

// opens says whether an event begins in Data[from:to].
func (l *Lines) opens(from, to int) bool {
	for from < to {
		at, end, opens := l.mark(from, to)
		if at < 0 || opens {
			return opens
		}
		from = end
	}
	return false
}

// endsName says whether a byte behind "<Event" lets that be the whole name.
func endsName(c byte) bool {
	return c == '>' || c == ' ' || c == '/' || c == '\t' || c == '\r' || c == '\n'
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' }

// ServerSent is what stands before each record in the stream of server-sent events that journalctl -o json-sse writes.
var ServerSent = []byte("data: {")

// json says whether a line is JSON, which may hold events but never begins one that goes on in the next line.
func json(line []byte) bool {
	for i, c := range line {
		switch {
		case c == '{':
			return true
		case c == '[':
			return i+1 < len(line) && line[i+1] == '{'
		case c == 'd':
			return bytes.HasPrefix(line[i:], ServerSent)
		case !isBlank(c):
			return false
		}
	}
	return false
}

var dates = []string{"Jan ", "Feb ", "Mar ", "Apr ", "May ", "Jun ", "Jul ", "Aug ", "Sep ", "Oct ", "Nov ", "Dec ",
	"Mon ", "Tue ", "Wed ", "Thu ", "Fri ", "Sat ", "Sun "}

// looksNew says whether a line begins as lines of logs do: with a number, a priority, a month, a day, or JSON, or as audit records do.
func looksNew(line []byte) bool {
	if len(line) == 0 {
		return false
	}
	switch c := line[0]; {
	case isDigit(c), c == '{':
		return true
	case c == '<':
		return len(line) > 1 && isDigit(line[1])
	case c == 't':
		return bytes.HasPrefix(line, []byte("type="))
	}
	for _, d := range dates {
		if string(line[:min(len(line), len(d))]) == d {
			return true
		}
	}
	return false
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
