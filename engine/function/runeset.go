package function

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// runeSet is ranges of characters.
type runeSet [][2]rune

// expression is the set in the syntax of package regexp; with fold it holds the other case of its letters, too.
func (s runeSet) expression(fold, negated bool) string {
	if fold {
		s = s.folded()
	}
	s = s.merged()
	if len(s) == 1 && s[0][0] == s[0][1] && !negated {
		return regexp.QuoteMeta(string(s[0][0]))
	}
	var b strings.Builder
	b.WriteByte('[')
	if negated {
		b.WriteByte('^')
	}
	for _, r := range s {
		fmt.Fprintf(&b, `\x{%X}-\x{%X}`, r[0], r[1])
	}
	b.WriteByte(']')
	return b.String()
}

func (s runeSet) folded() runeSet {
	out := slices.Clone(s)
	for _, r := range s {
		if from, to := max(r[0], 'A'), min(r[1], 'Z'); from <= to {
			out = append(out, [2]rune{from + 'a' - 'A', to + 'a' - 'A'})
		}
		if from, to := max(r[0], 'a'), min(r[1], 'z'); from <= to {
			out = append(out, [2]rune{from - ('a' - 'A'), to - ('a' - 'A')})
		}
		letters := cased()
		at, _ := slices.BinarySearch(letters, r[0])
		for ; at < len(letters) && letters[at] <= r[1]; at++ {
			for f := unicode.SimpleFold(letters[at]); f != letters[at]; f = unicode.SimpleFold(f) {
				if f >= utf8.RuneSelf {
					out = append(out, [2]rune{f, f})
				}
			}
		}
	}
	return out
}

// cased is the letters outside of ASCII that have another case, in their order.
var cased = sync.OnceValue(func() []rune {
	var out []rune
	for _, c := range unicode.CaseRanges {
		for r := max(rune(c.Lo), utf8.RuneSelf); r <= rune(c.Hi); r++ {
			for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
				if out = append(out, r); f >= utf8.RuneSelf {
					out = append(out, f)
				}
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
})

func (s runeSet) merged() runeSet {
	s = slices.Clone(s)
	slices.SortFunc(s, func(a, b [2]rune) int { return int(a[0] - b[0]) })
	out := s[:0]
	for _, r := range s {
		if n := len(out); n > 0 && r[0] <= out[n-1][1]+1 {
			out[n-1][1] = max(out[n-1][1], r[1])
			continue
		}
		out = append(out, r)
	}
	return out
}
