package witness

import (
	"regexp"
	"regexp/syntax"
	"strings"
)

// matches says whether a value matches a pattern in the manner of an operator.
func matches(op, value, pattern string) bool {
	insensitive := op == ":" || strings.HasSuffix(op, "~")
	switch strings.TrimSuffix(op, "~") {
	case "in":
		return value == pattern || insensitive && strings.EqualFold(value, pattern)
	case "regex":
		return expression(pattern, insensitive).MatchString(value)
	}
	if insensitive {
		value, pattern = strings.ToLower(value), strings.ToLower(pattern)
	}
	return like([]rune(value), []rune(pattern))
}

var expressions = map[string]*regexp.Regexp{}

// expression is a regular expression that must match the whole value.
func expression(pattern string, insensitive bool) *regexp.Regexp {
	flags := "s"
	if insensitive {
		flags = "si"
	}
	text := `\A(?` + flags + `:` + pattern + `)\z`
	if expressions[text] == nil {
		expressions[text] = regexp.MustCompile(text)
	}
	return expressions[text]
}

// like is a match with * for any text and ? for any character.
func like(value, pattern []rune) bool {
	star, from, v, p := -1, 0, 0, 0
	for v < len(value) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, from = p, v
			p++
		case p < len(pattern) && (pattern[p] == '?' || pattern[p] == value[v]):
			v, p = v+1, p+1
		case star >= 0:
			from++
			v, p = from, star+1
		default:
			return false
		}
	}
	return strings.Trim(string(pattern[p:]), "*") == ""
}

// pieces is the texts of which a value must consist, with anything between them. The first and the last are empty if anything may stand
// before and behind; a single piece is the whole value.
type pieces []string

// globPieces is the pieces of a pattern with stars.
func globPieces(pattern string) pieces {
	return strings.Split(strings.ReplaceAll(pattern, "?", "x"), "*")
}

// regexPieces is the pieces of which some value that matches consists.
func regexPieces(pattern string, long bool) pieces {
	re, err := syntax.Parse(pattern, syntax.Perl|syntax.DotNL)
	if err != nil {
		panic(err)
	}
	parts := []*syntax.Regexp{re}
	if re.Op == syntax.OpConcat {
		parts = re.Sub
	}
	out := pieces{""}
	for _, part := range parts {
		if part.Op == syntax.OpStar && (part.Sub[0].Op == syntax.OpAnyChar || part.Sub[0].Op == syntax.OpAnyCharNotNL) {
			out = append(out, "")
			continue
		}
		out[len(out)-1] += example(part, long)
	}
	return out
}

// example is a text that matches a regular expression: a short one, or one in which what may be there is.
func example(re *syntax.Regexp, long bool) string {
	repeat := func(times int) string { return strings.Repeat(example(re.Sub[0], long), times) }
	switch re.Op {
	case syntax.OpLiteral:
		return string(re.Rune)
	case syntax.OpCharClass:
		return string(member(re.Rune))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return "x"
	case syntax.OpStar, syntax.OpQuest:
		if !long {
			return ""
		}
		return repeat(1)
	case syntax.OpPlus:
		return repeat(1)
	case syntax.OpRepeat:
		if long {
			return repeat(max(re.Min, 1))
		}
		return repeat(re.Min)
	case syntax.OpCapture:
		return repeat(1)
	case syntax.OpAlternate:
		return example(re.Sub[0], long)
	}
	var b strings.Builder
	for _, s := range re.Sub {
		b.WriteString(example(s, long))
	}
	return b.String()
}

// member is a character of a class, given as the ends of its ranges: a common one if it has any.
func member(ranges []rune) rune {
	for _, r := range "x1XRA" {
		for i := 0; i < len(ranges); i += 2 {
			if ranges[i] <= r && r <= ranges[i+1] {
				return r
			}
		}
	}
	return ranges[0]
}

// merge is a text in which the pieces of all stand, with a filling between them. It need not fit all.
func merge(all []pieces, fill string) string {
	start, end := "", ""
	var middle []string
	for _, p := range all {
		if len(p) == 1 {
			return p[0]
		}
		if len(p[0]) > len(start) {
			start = p[0]
		}
		if last := p[len(p)-1]; len(last) > len(end) {
			end = last
		}
		middle = append(middle, p[1:len(p)-1]...)
	}
	text := start
	for _, m := range middle {
		text += fill + m
	}
	return text + fill + end
}
