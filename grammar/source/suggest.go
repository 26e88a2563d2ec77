package source

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// Suggest is "did you mean `x`?" for the candidate that is most like word, or "" if none is like it.
func Suggest(word string, candidates []string) string {
	if best := Closest(word, candidates); best != "" {
		return fmt.Sprintf("did you mean `%s`?", best)
	}
	return ""
}

// Closest is the candidate most like word, ignoring case, or "" if none is within a third of its length. The first of equals wins.
func Closest(word string, candidates []string) string {
	length := utf8.RuneCountInString(word)
	best, least := "", 1+max(1, len(word)/3)
	low := strings.ToLower(word)
	for _, c := range candidates {
		if n := utf8.RuneCountInString(c) - length; max(n, -n) > least {
			continue // so that a word of a megabyte costs nothing
		}
		if d := distance(low, strings.ToLower(c)); d < least {
			best, least = c, d
		}
	}
	return best
}

// distance is the number of edits from a to b. Two neighbours in the wrong order are the commonest slip, and count as one.
func distance(a, b string) int {
	if len(a) == len(b) {
		i := 0
		for i < len(a) && a[i] == b[i] {
			i++
		}
		if i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:] {
			return 1
		}
	}
	return levenshtein.ComputeDistance(a, b)
}
