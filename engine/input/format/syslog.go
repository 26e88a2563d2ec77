package format

import "bytes"

var eventTag = []byte("<Event")

// findEvent is where the first event starts, or -1.
func findEvent(b []byte) int {
	for at := 0; ; {
		n := bytes.Index(b[at:], eventTag)
		if n < 0 {
			return -1
		}
		if at += n; startsEvent(b[at:]) {
			return at
		}
		at += len(eventTag)
	}
}

func startsEvent(b []byte) bool {
	return len(b) > len(eventTag) && bytes.HasPrefix(b, eventTag) && (b[len(eventTag)] == '>' || isBlank(b[len(eventTag)]))
}

// isPrefix says whether what stands before an event was written by syslog, and not an XML declaration, a root element or a key.
func isPrefix(b []byte) bool {
	b = bytes.TrimSpace(b)
	if len(b) == 0 {
		return false
	}
	last := b[len(b)-1]
	return last != '>' && last != '='
}

var sysmonTag = []byte("sysmon")

// prefixHost is the word before the program's name.
func prefixHost(prefix []byte) []byte {
	words := bytes.Fields(prefix)
	for i := len(words) - 1; i > 0; i-- {
		if bytes.HasPrefix(words[i], sysmonTag) {
			return words[i-1]
		}
	}
	if n := len(words); n > 1 && bytes.HasSuffix(words[n-1], []byte(":")) {
		return words[n-2]
	}
	return nil
}

// taggedJSON is the JSON that stands behind a syslog prefix of Sysmon, or nil.
func taggedJSON(b []byte) []byte {
	i := bytes.Index(b, []byte(`{"`))
	if i < 0 || !bytes.Contains(b[:i], sysmonTag) {
		return nil
	}
	return b[i:]
}

// csvEvent is an event whose quotes a CSV file has doubled, with single ones; nil if they are not.
func csvEvent(to *Record, b []byte) []byte {
	n := bytes.IndexByte(b[:min(len(b), 256)], '=')
	if n < 0 || n+3 >= len(b) || string(b[n+1:n+3]) != `""` || !wordByte[b[n+3]] {
		return nil
	}
	out := to.Grow(len(b))[:0]
	for {
		n := bytes.Index(b, []byte(`""`))
		if n < 0 {
			return append(out, b...)
		}
		out, b = append(out, b[:n+1]...), b[n+2:]
	}
}

// criLine is the message in a line that a container runtime wrote, or nil: time, stream, F or P, message.
func criLine(b []byte) []byte {
	if b[0] < '0' || b[0] > '9' {
		return nil
	}
	for _, mark := range [...]string{" stdout F ", " stderr F ", " stdout P ", " stderr P "} {
		if n := bytes.Index(b[:min(len(b), 64)], []byte(mark)); n > 0 {
			return b[n+len(mark):]
		}
	}
	return nil
}

// unknown says what a text without an event is. program says that Sysmon is known to have written it.
func (d *Decoder) unknown(b []byte, program bool) Outcome {
	if n := auditAt(b); n >= 0 {
		if d.wanted.audits() {
			if outcome, mine := d.readAudit(b, n); mine {
				return outcome
			}
		}
		d.to.Note = "auditd"
		if bytes.Contains(b[:n], []byte("AUOMS")) {
			d.to.Note = "auoms"
		}
		return Unsupported
	}
	if program || tagged(b) {
		return Banner
	}
	return Other
}

// tagged says whether a line has Sysmon as its program: sysmon:, sysmon[123]: or RFC 5424's sysmon 123.
func tagged(b []byte) bool {
	for at := 0; ; {
		n := bytes.Index(b[at:], sysmonTag)
		if n < 0 {
			return false
		}
		at += n + len(sysmonTag)
		before := at - len(sysmonTag) - 1
		if before >= 0 && b[before] != ' ' || at >= len(b) {
			continue
		}
		switch c := b[at]; {
		case c == ':', c == '[':
			return true
		case c == ' ' && b[0] == '<' && at+1 < len(b) && (b[at+1] == '-' || b[at+1] >= '0' && b[at+1] <= '9'):
			return true
		}
	}
}
