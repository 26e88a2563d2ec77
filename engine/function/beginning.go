package function

import (
	"slices"
	"strings"
)

// Beginning is the first bytes of a text that is JSON or XML, without the value in which they end; what is open there is closed.
func Beginning(text string, most int) string {
	if len(text) <= most {
		return text
	}
	text = text[:most]
	if strings.HasPrefix(strings.TrimLeft(text, " \t\r\n"), "<") {
		return text[:strings.LastIndexByte(text, '>')+1]
	}
	var open, kept []byte // what closes the objects and arrays that are open: here, and behind the last value that is whole
	end, quoted := 0, false
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			open = append(open, c+2)
			end, kept = i+1, slices.Clone(open)
		case c == '}' || c == ']':
			open = open[:max(len(open)-1, 0)]
			end, kept = i+1, slices.Clone(open)
		case c == ',':
			end, kept = i, slices.Clone(open)
		}
	}
	slices.Reverse(kept)
	return text[:end] + string(kept)
}
