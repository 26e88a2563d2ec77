package frame

import "bytes"

// HasEvents says whether an event may begin in the data: if not, every line that is not within an event is one record.
func HasEvents(data []byte) bool { return bytes.Contains(data, opening) }

// After is the state behind whole lines, if it does not depend on the state before them.
func After(data []byte, base int64, limit int) (State, bool) {
	at := lastMark(data)
	if at < 0 {
		return State{}, false
	}
	return run(&Lines{Data: data, Base: base, Limit: limit, At: bytes.LastIndexByte(data[:at], '\n') + 1}), true
}

// Through is the state behind whole lines before which the state was in.
func Through(data []byte, base int64, limit int, in State) State {
	if out, ok := After(data, base, limit); ok || !in.Open {
		return out
	}
	return run(&Lines{Data: data, Base: base, Limit: limit, State: in})
}

func run(l *Lines) State {
	for ok := true; ok; {
		_, _, ok = l.Next()
	}
	return l.State
}

// lastMark is where the last begin or end of an event stands, or -1.
func lastMark(data []byte) int {
	if !bytes.Contains(data, opening) && !bytes.Contains(data, closing) {
		return -1
	}
	for at := len(data); ; {
		at = bytes.LastIndexByte(data[:at], '<')
		if at < 0 {
			return -1
		}
		rest := data[at:]
		if bytes.HasPrefix(rest, closing) || bytes.HasPrefix(rest, opening) && (len(rest) == len(opening) || endsName(rest[len(opening)])) {
			return at
		}
	}
}
