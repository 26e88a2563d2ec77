package witness

import (
	"net/netip"
	"net/url"
	"path"
	"regexp"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// predicates is the functions of eval that are true or false, by what they are documented to do.
var predicates map[string]func(args [][]string) truth

// calculations is the functions whose results are texts or numbers.
var calculations map[string]func(args [][]string) []string

func init() {
	predicates = map[string]func([][]string) truth{
		"isnull":    func(a [][]string) truth { return truthOf(len(a[0]) == 0) },
		"isnotnull": func(a [][]string) truth { return truthOf(len(a[0]) > 0) },
		"like": func(a [][]string) truth {
			return texts(a, func(x, y string) bool { return likeExpression(y).MatchString(x) })
		},
		"match": func(a [][]string) truth { return texts(a, func(x, y string) bool { return pcre(y).MatchString(x) }) },
		"in": func(a [][]string) truth {
			return texts(a[:1], func(x, _ string) bool {
				return slices.ContainsFunc(a[1:], func(v []string) bool { return len(v) > 0 && v[0] == x })
			})
		},
		"cidrmatch": func(a [][]string) truth {
			return texts(a, func(x, y string) bool {
				addr, err := netip.ParseAddr(y)
				return err == nil && prefix(x).Contains(addr)
			})
		},
	}
	calculations = map[string]func([][]string) []string{
		"lower":     text(strings.ToLower),
		"upper":     text(strings.ToUpper),
		"trim":      text(strings.TrimSpace),
		"basename":  text(func(s string) string { return s[strings.LastIndex(s, "/")+1:] }),
		"dirname":   text(path.Dir),
		"tostring":  text(func(s string) string { return s }),
		"tonumber":  numberOnly,
		"round":     numberOnly,
		"len":       text(func(s string) string { return strconv.Itoa(utf8.RuneCountInString(s)) }),
		"urldecode": text(func(s string) string { u, _ := url.PathUnescape(s); return u }),
		"coalesce":  coalesce,
		"nullif":    nullIf,
		"mvindex":   mvindex,
		"mvdedup":   func(a [][]string) []string { return distinct(slices.Clone(a[0])) },
		"mvappend":  func(a [][]string) []string { return slices.Concat(a...) },
		"mvjoin":    func(a [][]string) []string { return joinValues(a) },
		"mvcount":   mvcount,
		"mvfind":    mvfind,
		"split":     splitText,
		"replace":   replaceText,
		"mvzip":     func(a [][]string) []string { return nil },
		"true":      func([][]string) []string { return []string{"True"} },
	}
}

// texts is a predicate of the first values, unknown if one is missing.
func texts(a [][]string, holds func(x, y string) bool) truth {
	first := make([]string, max(len(a), 2))
	for i, v := range a {
		if len(v) == 0 {
			return unknown
		}
		first[i] = v[0]
	}
	return truthOf(holds(first[0], first[1]))
}

func text(f func(string) string) func([][]string) []string {
	return func(a [][]string) []string {
		if len(a[0]) == 0 {
			return nil
		}
		return []string{f(a[0][0])}
	}
}

func numberOnly(a [][]string) []string {
	if len(a[0]) == 0 {
		return nil
	}
	if _, err := strconv.ParseFloat(a[0][0], 64); err != nil {
		return nil
	}
	return a[0][:1]
}

func coalesce(a [][]string) []string {
	for _, v := range a {
		if len(v) > 0 {
			return v
		}
	}
	return nil
}

func nullIf(a [][]string) []string {
	if len(a[0]) > 0 && len(a[1]) > 0 && a[0][0] == a[1][0] {
		return nil
	}
	return a[0]
}

func mvindex(a [][]string) []string {
	if len(a[1]) == 0 || len(a) > 2 {
		return nil
	}
	i, err := strconv.Atoi(a[1][0])
	if i < 0 {
		i += len(a[0])
	}
	if err != nil || i < 0 || i >= len(a[0]) {
		return nil
	}
	return a[0][i : i+1]
}

func mvcount(a [][]string) []string {
	if len(a[0]) == 0 {
		return nil
	}
	return []string{strconv.Itoa(len(a[0]))}
}

func mvfind(a [][]string) []string {
	if len(a[1]) == 0 {
		return nil
	}
	if i := slices.IndexFunc(a[0], pcre(a[1][0]).MatchString); i >= 0 {
		return []string{strconv.Itoa(i)}
	}
	return nil
}

func joinValues(a [][]string) []string {
	if len(a[0]) == 0 {
		return nil
	}
	return []string{strings.Join(a[0], a[1][0])}
}

func splitText(a [][]string) []string {
	if len(a[0]) == 0 || len(a[1]) == 0 {
		return nil
	}
	return strings.Split(a[0][0], a[1][0])
}

func replaceText(a [][]string) []string {
	if len(a[0]) == 0 || len(a[1]) == 0 || len(a[2]) == 0 {
		return nil
	}
	to := regexp.MustCompile(`\\(\d)`).ReplaceAllString(strings.ReplaceAll(a[2][0], "$", "$$"), "$${$1}")
	return []string{pcre(a[1][0]).ReplaceAllString(a[0][0], to)}
}

func arithmetic(op string, x, y []string) []string {
	if len(x) == 0 || len(y) == 0 {
		return nil
	}
	a, err := strconv.ParseFloat(x[0], 64)
	b, err2 := strconv.ParseFloat(y[0], 64)
	if err != nil || err2 != nil {
		return nil
	}
	switch op {
	case "+":
		a += b
	case "-":
		a -= b
	case "*":
		a *= b
	default:
		if b == 0 {
			return nil
		}
		a /= b
	}
	return []string{strconv.FormatFloat(a, 'f', -1, 64)}
}

var compiled = map[string]*regexp.Regexp{}

// pcre is a regular expression as searches write it; one that cannot be read matches nothing.
func pcre(pattern string) *regexp.Regexp {
	if compiled[pattern] == nil {
		re, err := regexp.Compile(pattern)
		if err != nil {
			re = regexp.MustCompile(`[^\x00-\x{10FFFF}]`)
		}
		compiled[pattern] = re
	}
	return compiled[pattern]
}

// likeExpression is a pattern of like.
func likeExpression(pattern string) *regexp.Regexp {
	var b strings.Builder
	for _, r := range pattern {
		switch r {
		case '%':
			b.WriteString(".*")
		case '_':
			b.WriteString(".")
		default:
			b.WriteString(regexp.QuoteMeta(string(r)))
		}
	}
	return pcre(`(?s)\A` + b.String() + `\z`)
}

// wantedBy is texts with which a predicate is true, by its constant.
func wantedBy(name, constant string) []pieces {
	switch name {
	case "like":
		return []pieces{strings.Split(strings.ReplaceAll(constant, "_", "x"), "%")}
	case "in":
		return []pieces{{constant}}
	case "match":
		return matching(constant)
	}
	return nil
}

// matching is texts in which a regular expression finds something.
func matching(pattern string) []pieces {
	if _, err := syntax.Parse(pattern, syntax.Perl); err != nil {
		return nil
	}
	var out []pieces
	for _, long := range []bool{false, true} {
		p := regexPieces(pattern, long)
		out = append(out, slices.Concat(pieces{""}, p, pieces{""}), pieces{strings.Join(p, "")})
	}
	return out
}
