package function

import (
	"regexp"
	"strings"
)

// counted is a quantifier such as {2,3} at the end.
var counted = regexp.MustCompile(`\{[0-9]+(?:,[0-9]*)?\}$`)

// translate rewrites what PCRE knows and neither engine does: possessive quantifiers, \h, \R, \Z, \e.
func translate(pattern string) string {
	var b strings.Builder
	class, quantified := false, false
	for i := 0; i < len(pattern); i++ {
		c := pattern[i]
		was := quantified
		quantified = false
		switch {
		case c == '\\' && i+1 < len(pattern):
			i++
			b.WriteString(translateEscape(pattern[i], class))
			continue
		case class:
			class = c != ']'
		case c == '[':
			class = true
			if strings.HasPrefix(pattern[i:], "[^]") || strings.HasPrefix(pattern[i:], "[]") {
				n := strings.IndexByte(pattern[i:], ']')
				b.WriteString(pattern[i:i+n] + `\]`)
				i += n
				continue
			}
		case c == '+' && was:
			continue
		case c == '*', c == '+', c == '?' && (i == 0 || pattern[i-1] != '('), c == '}' && counted.MatchString(pattern[max(0, i-16):i+1]):
			quantified = !was
		}
		b.WriteByte(c)
	}
	return b.String()
}

func translateEscape(c byte, class bool) string {
	switch {
	case c == 'h' && class:
		return ` \t`
	case c == 'h':
		return `[ \t]`
	case c == 'e':
		return `\x1b`
	case class:
	case c == 'H':
		return `[^ \t]`
	case c == 'R':
		return `(?:\r\n|\n|\r)`
	case c == 'Z':
		return `(?:\n?\z)`
	}
	return `\` + string(c)
}
