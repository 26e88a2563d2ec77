package plan

import (
	"slices"
	"strings"

	"spoor/engine/column"
)

// Matches is MatchName for the fields that a wildcard of an aggregate stands for: not for internal ones such as _time, unless the pattern
// begins as they do.
func (a *Agg) Matches(name string) (stars []string, ok bool) {
	if strings.HasPrefix(name, "_") && !strings.HasPrefix(a.Wild, "_") {
		return nil, false
	}
	return MatchName(a.Wild, name)
}

// MatchName matches a column name with a pattern in which each * stands for any run of characters, and returns what they stood for.
// The first star takes as little as it can. Hidden columns match nothing.
func MatchName(pattern, name string) (stars []string, ok bool) {
	if column.Hidden(name) {
		return nil, false
	}
	head, rest, wild := strings.Cut(pattern, "*")
	if !wild {
		return nil, pattern == name
	}
	if !strings.HasPrefix(name, head) {
		return nil, false
	}
	name = name[len(head):]
	for from := 0; from <= len(name); from++ {
		i := from
		if lit, _, _ := strings.Cut(rest, "*"); lit != "" {
			if i = strings.Index(name[from:], lit); i < 0 {
				return nil, false
			}
			i += from
		} else if !strings.Contains(rest, "*") {
			i = len(name) // the last star takes the rest
		}
		if tail, ok := MatchName(rest, name[i:]); ok {
			return append([]string{name[:i]}, tail...), true
		}
		from = i
	}
	return nil, false
}

// FillName puts stars into the wildcards of a pattern, in order.
func FillName(pattern string, stars []string) string {
	var b strings.Builder
	for {
		head, rest, wild := strings.Cut(pattern, "*")
		b.WriteString(head)
		if !wild {
			return b.String()
		}
		if len(stars) > 0 {
			b.WriteString(stars[0])
			stars = stars[1:]
		}
		pattern = rest
	}
}

// Renamed is the names after renaming: what the pairs make of them, one pair after another. A column that another is renamed to is gone,
// even if there is no such other one.
// from[i] is the index in names of the column that becomes to[i].
func Renamed(names []string, pairs []RenamePair) (to []string, from []int) {
	to = slices.Clone(names)
	from = make([]int, len(names))
	for i := range from {
		from[i] = i
	}
	for _, p := range pairs {
		var moved []int
		for i, n := range to {
			if stars, ok := MatchName(p.From, n); ok {
				to[i] = FillName(p.To, stars)
				moved = append(moved, i)
			}
		}
		for _, m := range moved { // drop what stood under the new name
			for i := range to {
				if i != m && from[i] >= 0 && to[i] == to[m] && !slices.Contains(moved, i) {
					from[i] = -1
				}
			}
		}
		if at := slices.Index(to, p.To); len(moved) == 0 && p.Plain() && at >= 0 {
			from[at] = -1
		}
		keep := 0
		for i := range to {
			if from[i] >= 0 {
				to[keep], from[keep] = to[i], from[i]
				keep++
			}
		}
		to, from = to[:keep], from[:keep]
	}
	return lastOfEach(to, from)
}

// lastOfEach drops all but the last of equal names.
func lastOfEach(to []string, from []int) ([]string, []int) {
	keep := 0
	for i, n := range to {
		if !slices.Contains(to[i+1:], n) {
			to[keep], from[keep] = n, from[i]
			keep++
		}
	}
	return to[:keep], from[:keep]
}

// Projected is the names that a projection gives, in its order. With Table, plain names that do not exist are among them.
func Projected(names []string, mode ProjectMode, patterns []string) []string {
	matches := func(n string) bool {
		return slices.ContainsFunc(patterns, func(p string) bool { _, ok := MatchName(p, n); return ok })
	}
	var out []string
	switch mode {
	case Drop:
		for _, n := range names {
			if !matches(n) {
				out = append(out, n)
			}
		}
		return out
	case Keep:
		for _, n := range names {
			if slices.Contains(internals, n) && !matches(n) {
				out = append(out, n)
			}
		}
	}
	for _, p := range patterns {
		if !strings.Contains(p, "*") {
			if !slices.Contains(out, p) && (mode == Table || slices.Contains(names, p)) {
				out = append(out, p)
			}
			continue
		}
		for _, n := range names {
			if _, ok := MatchName(p, n); ok && !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	if mode == Keep { // internal columns go last
		slices.SortStableFunc(out, func(a, b string) int { return internal(a) - internal(b) })
	}
	for _, n := range names {
		if column.Hidden(n) {
			out = append(out, n)
		}
	}
	return out
}

func internal(name string) int {
	if slices.Contains(internals, name) {
		return 1
	}
	return 0
}
