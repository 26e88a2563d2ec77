package function

import "strings"

func replaceAll(s, template string, matches [][]int) string {
	if len(matches) == 0 {
		return s
	}
	var b strings.Builder
	at := 0
	for _, m := range matches {
		b.WriteString(s[at:m[0]])
		b.WriteString(expand(template, s, m))
		at = m[1]
	}
	b.WriteString(s[at:])
	return b.String()
}

// expand fills the groups of a match of s into a template: \1 is the first group, \0 the whole match, \\ a backslash.
func expand(template, s string, match []int) string {
	var b strings.Builder
	for i := 0; i < len(template); i++ {
		c := template[i]
		if c != '\\' || i+1 == len(template) {
			b.WriteByte(c)
			continue
		}
		i++
		g := 2 * int(template[i]-'0')
		switch {
		case template[i] == '\\':
			b.WriteByte('\\')
		case template[i] < '0' || template[i] > '9':
			b.WriteString(template[i-1 : i+1])
		case g < len(match) && match[g] >= 0:
			b.WriteString(s[match[g]:match[g+1]])
		}
	}
	return b.String()
}
