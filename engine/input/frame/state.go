package frame

import "bytes"

// HasEvents says whether an event may begin in the data: if not, every line that is not within an event is one record.
func HasEvents(data []byte) bool { return firstMark(data) >= 0 }

// firstMark is where the first begin or end of an event stands, or -1.
func firstMark(data []byte) int {
	for at := 0; ; at++ {
		i := bytes.IndexByte(data[at:], '<')
		if i < 0 {
			return -1
		}
		if at += i; isMark(data[at:]) {
			return at
		}
	}
}

func isMark(b []byte) bool { return isClosing(b) || isOpening(b) }

func isClosing(b []byte) bool { return len(b) >= len(closing) && string(b[:len(closing)]) == closing }

func isOpening(b []byte) bool {
	return len(b) >= len(opening) && string(b[:len(opening)]) == opening && (len(b) == len(opening) || endsName(b[len(opening)]))
}

// After is the state behind whole lines, if it does not depend on the state before them.
func (l Lines) After() (State, bool) {
	at := lastMark(l.Data)
	if at < 0 {
		return State{}, false
	}
	l.At, l.State = bytes.LastIndexByte(l.Data[:at], '\n')+1, State{}
	return run(&l), true
}

// Through is the state behind whole lines.
func (l Lines) Through() State {
	if out, ok := l.After(); ok || !l.State.Open {
		return out
	}
	return run(&l)
}

func run(l *Lines) State {
	for ok := true; ok; {
		_, _, ok = l.Next()
	}
	return l.State
}

// lastMark is where the last begin or end of an event stands, or -1.
func lastMark(data []byte) int {
	first := firstMark(data)
	if first < 0 {
		return -1
	}
	for at := len(data); ; {
		if at = bytes.LastIndexByte(data[:at], '<'); at == first || isMark(data[at:]) {
			return at
		}
	}
}
