package engine_test

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
)

func naiveSearch(c chance, rows []row) ([]row, naive) {
	x := c.searched(2)
	return rows, filtered("search "+x.text, rows, x.holds)
}

func naiveWhere(c chance, rows []row) ([]row, naive) {
	rows = single(rows, "k", "n")
	x := c.compared(2)
	return rows, filtered("where "+x.text, rows, x.holds)
}

// truth is yes, no, or neither: unknown.
type truth int

const (
	no truth = iota
	unknown
	yes
)

func is(b bool) truth {
	if b {
		return yes
	}
	return no
}

// condition is the text of a condition, and what a plain reading makes of it.
type condition struct {
	text  string
	holds func(row) truth
}

func filtered(command string, rows []row, holds func(row) truth) naive {
	n := naive{command: command}
	for _, r := range rows {
		if holds(r) == yes {
			n.want = append(n.want, r)
		}
	}
	return n
}

func (c condition) not() condition {
	return condition{"NOT " + c.text, func(r row) truth { return yes - c.holds(r) }}
}

func (c condition) inBrackets() condition { return condition{"(" + c.text + ")", c.holds} }

// joined is several conditions of which the worst counts, or with any the best.
func joined(between string, any bool, parts []condition) condition {
	texts := make([]string, len(parts))
	for i, p := range parts {
		texts[i] = p.text
	}
	return condition{strings.Join(texts, between), func(r row) truth {
		out := yes
		if any {
			out = no
		}
		for _, p := range parts {
			if any {
				out = max(out, p.holds(r))
			} else {
				out = min(out, p.holds(r))
			}
		}
		return out
	}}
}

// list is one or two conditions.
func (c chance) list(make func() condition) []condition {
	out := []condition{make()}
	if c.oneIn(2) {
		out = append(out, make())
	}
	return out
}

// searched is a condition of search: NOT before OR, and OR before AND.
func (c chance) searched(depth int) condition {
	return joined(c.of(" ", " AND "), false, c.list(func() condition {
		return joined(" OR ", true, c.list(func() condition {
			unit := c.term()
			if depth > 0 && c.oneIn(3) {
				unit = c.searched(depth - 1).inBrackets()
			}
			if c.oneIn(4) {
				unit = unit.not()
			}
			return unit
		}))
	}))
}

// term compares a field in a search: any of its values may do.
func (c chance) term() condition {
	field, value, sign := c.of("k", "g", "n", "none"), c.of("a", "B", "9", "010", "1*", "*", "-3", "u", "*x*", "2", "10.0", "v"), c.of("=", "=", "!=", "<", ">=", ">", "<=")
	any := func(of func(string) bool) func(row) truth {
		return func(r row) truth {
			for _, v := range r[field] {
				if of(v) {
					return yes
				}
			}
			return no
		}
	}
	switch {
	case c.oneIn(5):
		other := c.of("a", "b*", "9", "x")
		return condition{field + " IN (" + value + ", " + other + ")", any(func(v string) bool { return alike(v, value) || alike(v, other) })}
	case sign == "=":
		return condition{field + sign + value, any(func(v string) bool { return alike(v, value) })}
	case sign == "!=":
		return condition{field + sign + value, any(func(v string) bool { return !alike(v, value) })}
	}
	return condition{field + sign + value, any(func(v string) bool { return holds(sign, order(strings.ToLower(v), strings.ToLower(value))) })}
}

// alike says whether a value is what a search asks for: in any case, with stars, and equal numbers.
func alike(v, pattern string) bool {
	x, errx := strconv.ParseFloat(v, 64)
	y, erry := strconv.ParseFloat(pattern, 64)
	expression := "(?is)^" + strings.ReplaceAll(regexp.QuoteMeta(pattern), `\*`, ".*") + "$"
	return errx == nil && erry == nil && x == y || regexp.MustCompile(expression).MatchString(v)
}

// order compares two texts: as numbers if both are.
func order(a, b string) int {
	x, errx := strconv.ParseFloat(a, 64)
	y, erry := strconv.ParseFloat(b, 64)
	if errx == nil && erry == nil {
		return cmp.Compare(x, y)
	}
	return strings.Compare(a, b)
}

func holds(sign string, order int) bool {
	switch sign {
	case "<":
		return order < 0
	case "<=":
		return order <= 0
	case ">":
		return order > 0
	case ">=":
		return order >= 0
	case "!=":
		return order != 0
	}
	return order == 0
}

// compared is a condition of where: NOT before AND, and AND before OR; what is missing makes it unknown.
func (c chance) compared(depth int) condition {
	return joined(c.of(" OR ", " or "), true, c.list(func() condition {
		return joined(c.of(" AND ", " and "), false, c.list(func() condition {
			unit := c.comparison()
			if depth > 0 && c.oneIn(3) {
				unit = c.compared(depth - 1).inBrackets()
			}
			if c.oneIn(4) {
				unit = unit.not()
			}
			return unit
		}))
	}))
}

// comparison compares a field with a value or another field, or asks for something else of it.
func (c chance) comparison() condition {
	field := c.of("k", "g", "n", "none")
	known := func(of func(string) bool) func(row) truth {
		return func(r row) truth {
			if len(r[field]) == 0 {
				return unknown
			}
			return is(of(r.one(field)))
		}
	}
	sign := c.of("=", "==", "!=", "<", ">=", ">", "<=")
	switch c.IntN(7) {
	case 0:
		return condition{"isnull(" + field + ")", func(r row) truth { return is(len(r[field]) == 0) }}
	case 1:
		return condition{"isnotnull(" + field + ")", func(r row) truth { return is(len(r[field]) > 0) }}
	case 2:
		return condition{"like(" + field + `, "%` + c.of("a", "1", "A") + `%")`, nil}.likes(known)
	case 3:
		return condition{"in(" + field + `, "a", "9", 2)`, known(func(v string) bool { return v == "a" || order(v, "9") == 0 || order(v, "2") == 0 })}
	case 4:
		other := c.of("k", "g", "n")
		return condition{field + sign + other, func(r row) truth {
			if len(r[field]) == 0 || len(r[other]) == 0 {
				return unknown
			}
			return is(holds(sign, order(r.one(field), r.one(other))))
		}}
	case 5:
		value := c.of("3", "9", "-1.5", "10.0")
		return condition{field + sign + value, known(func(v string) bool { return holds(sign, order(v, value)) })}
	}
	value := c.of("a", "A", "10", "x")
	return condition{field + sign + `"` + value + `"`, known(func(v string) bool { return holds(sign, order(v, value)) })}
}

// likes reads what stands between the signs for anything.
func (c condition) likes(known func(func(string) bool) func(row) truth) condition {
	_, rest, _ := strings.Cut(c.text, "%")
	part, _, _ := strings.Cut(rest, "%")
	c.holds = known(func(v string) bool { return strings.Contains(v, part) })
	return c
}
