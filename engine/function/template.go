package function

import "strings"

// replaceAll replaces matches of s by what the template makes of each; false if that is too long.
func replaceAll(s, template string, matches [][]int) (string, bool) {
	if len(matches) == 0 {
		return s, true
	}
	var b strings.Builder
	at := 0
	for _, m := range matches {
		b.WriteString(s[at:m[0]])
		b.WriteString(expand(template, s, m))
		if at = m[1]; b.Len() > longestText {
			return "", false
		}
	}
	b.WriteString(s[at:])
	return b.String(), true
}

// expand fills the groups of a match of s into a template: \1 is the first group, \0 the whole match, \\ a backslash.
func expand(template, s string, match []int) string {
	var b strings.Builder
	for i := 0; i < len(template) && b.Len() <= longestText; i++ {
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
