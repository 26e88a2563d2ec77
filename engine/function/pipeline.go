package function

import (
	"strings"

	"spoor/engine/column"
)

// commandsOf is the command words of a search, in order: what stands behind each pipe that is not inside quotes or brackets.
func commandsOf(search string) column.Value {
	var out []column.Value
	for i, stage := range stages(search) {
		stage = strings.TrimSpace(stage)
		word, _ := firstToken(stage)
		switch {
		case word == "" && i == 0:
			continue // the search begins with a pipe
		case i == 0 && !strings.EqualFold(word, "search"):
			word = "search" // which is implied
		case word == "":
			continue
		}
		if at := strings.IndexAny(word, "(["); at > 0 {
			word = word[:at]
		}
		out = append(out, column.Str(strings.ToLower(word)))
	}
	return column.Multi(out)
}

// stages cuts a search at its pipes. A quote, a bracket or a comment that is never closed reaches to the end.
func stages(search string) []string {
	var out []string
	start, depth := 0, 0
	for i := 0; i < len(search); i++ {
		switch search[i] {
		case '\\':
			i++
		case '"':
			i = closing(search, i)
		case '`':
			if strings.HasPrefix(search[i:], "```") {
				if end := strings.Index(search[i+3:], "```"); end >= 0 {
					i += 5 + end
				} else {
					i = len(search)
				}
			}
		case '[':
			depth++
		case ']':
			depth = max(depth-1, 0)
		case '|':
			if depth == 0 {
				out = append(out, search[start:i])
				start = i + 1
			}
		}
	}
	return append(out, search[start:])
}

// closing is the place of the quote that closes the one at from, or the end.
func closing(s string, from int) int {
	for i := from + 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return len(s)
}
