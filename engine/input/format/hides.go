package format

import (
	"bytes"
	"slices"
)

// Hide is a text in a record that may write ordinary characters in another way than as themselves. A search for a literal must look into such a
// record.
type Hide struct {
	Text string
	If   func(data []byte, at int) bool // if not nil, whether the text at a place of data does; it may look at all of its line
}

// Hides is what a record holds that hides characters from a search: escapes, character references, and text that is divided by markup or spelled
// out in numbers.
func Hides(w *Wanted) []Hide {
	out := []Hide{{Text: `\u`}, {Text: "&#"}, {Text: "<!"}}
	for _, b := range byteArrays {
		out = append(out, Hide{Text: b})
	}
	if w.audits() {
		out = append(out, Hide{string(auditMark), auditHides}, Hide{Text: "audit["}, Hide{Text: `"_AUDIT_TYPE_NAME"`}, Hide{Text: `"ARGV"`})
	}
	return out
}

// auditHides says whether the record of auditd whose stamp is at a place may hold what is not written there: values in hex digits or in pieces, and
// what readAudit adds. It may say so in vain.
func auditHides(data []byte, at int) bool {
	head := data[bytes.LastIndexByte(data[:at], '\n')+1 : at]
	line := data[at:]
	if n := bytes.IndexByte(line, '\n'); n >= 0 {
		line = line[:n]
	}
	n := bytes.LastIndex(head, []byte("type=")) + len("type=")
	if n < len("type=") || n < len(head) && isDigit(head[n]) || bytes.Contains(head[n:], []byte(auomsMark)) || bytes.IndexByte(head, '"') >= 0 {
		return true
	}
	if bytes.Contains(line, []byte("_len=")) || !enriched(line) && numbersNamed(line) {
		return true
	}
	commands := bytes.Contains(head[n:], []byte("EXECVE"))
	for i := 0; ; i++ {
		next := bytes.IndexByte(line[i:], '=')
		if i += next; next < 0 || i+2 >= len(line) {
			return false
		}
		if !upperHex(line[i+1]) || !upperHex(line[i+2]) {
			continue
		}
		from := i
		for from > 0 && inName[line[from-1]] {
			from--
		}
		name := line[from:i]
		if codedNames[string(name)] || bytes.IndexByte(name, '[') >= 0 || commands && isArgument(string(name)) {
			return true
		}
	}
}

// numbersNamed says whether a record may hold numbers that get names: every name of such a field ends in one of these.
func numbersNamed(line []byte) bool {
	return slices.ContainsFunc([]string{"id=", "arch=", "syscall="}, func(name string) bool { return bytes.Contains(line, []byte(name)) })
}
