package source

import (
	"iter"
	"strings"
)

// ConfLines yields the trimmed lines of t. Lines that a backslash continues are one, and the line breaks stay in it.
func ConfLines(t *Text) iter.Seq[Span] {
	return func(yield func(Span) bool) {
		for at := 0; at < len(t.Body); {
			line, next := lineAt(t, at)
			if continued(line) {
				line, next = joinLines(t, at)
			}
			if !yield(line.trim()) {
				return
			}
			at = next
		}
	}
}

// lineAt is the line of t that starts at at, without its end, and where the next one starts.
func lineAt(t *Text, at int) (line Span, next int) {
	next = len(t.Body)
	if i := strings.IndexByte(t.Body[at:], '\n'); i >= 0 {
		next = at + i + 1
	}
	return t.Span(at, at+len(strings.TrimRight(t.Body[at:next], "\r\n"))), next
}

func continued(line Span) bool {
	text := line.String()
	return strings.HasSuffix(text, `\`) && !strings.HasPrefix(strings.TrimLeft(text, " \t"), "#")
}

func joinLines(t *Text, at int) (line Span, next int) {
	var b Builder
	for {
		line, next = lineAt(t, at)
		text, more := strings.CutSuffix(line.String(), `\`)
		b.Copy(line.Sub(0, len(text)))
		if !more || next == len(t.Body) {
			return b.Text(t.Name).All(), next
		}
		b.Copy(t.Span(next-1, next))
		at = next
	}
}

func (s Span) trim() Span {
	text := s.String()
	from := len(text) - len(strings.TrimLeft(text, " \t\r\n"))
	return s.Sub(from, max(from, len(strings.TrimRight(text, " \t\r\n"))))
}
