package lookup

import "strings"

// pattern is a text with `*` for any run of characters, cut at these.
type pattern []string

func newPattern(text string) pattern { return strings.Split(text, "*") }

// plain says whether the pattern matches a single text.
func (p pattern) plain() bool { return len(p) == 1 }

// match says whether the pattern matches the whole of s, in time linear in s but for the search for each piece.
func (p pattern) match(s string) bool {
	first, last := p[0], p[len(p)-1]
	if len(p) == 1 {
		return s == first
	}
	if len(s) < len(first)+len(last) || !strings.HasPrefix(s, first) || !strings.HasSuffix(s, last) {
		return false
	}
	s = s[len(first) : len(s)-len(last)]
	for _, piece := range p[1 : len(p)-1] {
		at := strings.Index(s, piece)
		if at < 0 {
			return false
		}
		s = s[at+len(piece):]
	}
	return true
}
