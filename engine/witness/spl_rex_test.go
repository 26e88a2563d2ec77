package witness

import (
	"regexp"
	"regexp/syntax"
	"strings"

	"spoor/grammar/ast"
)

// walkRex makes the fields of the groups of a regular expression.
func (t *trail) walkRex(c *ast.Command) {
	field, pattern := "_raw", ""
	for _, a := range c.Args {
		switch n := a.(type) {
		case *ast.Option:
			switch n.Name {
			case "field":
				field = strings.Trim(n.Value.String(), `"`)
			case "mode":
				t.names[field] = vague("a text that sed has edited")
				return
			}
		case *ast.String:
			pattern = n.Text
		}
	}
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil || field == "_raw" {
		for _, m := range regexp.MustCompile(`\(\?P?<(\w+)>`).FindAllStringSubmatch(pattern, -1) {
			t.names[m[1]] = vague("what a regular expression finds in the record")
		}
		return
	}
	of := t.field(field)
	compiled := pcre(pattern)
	for i, name := range compiled.SubexpNames() {
		if name == "" {
			continue
		}
		before := t.field(name)
		f := over(func(_ facts, a [][]string) []string {
			for _, v := range a[0] {
				if m := compiled.FindStringSubmatch(v); m != nil {
					return []string{m[i]}
				}
			}
			return a[1]
		}, of, before)
		f.from = of.from
		f.whole = func(p pieces) []pieces { return groupTexts(re, name, p) }
		t.names[name] = f
	}
}

// groupTexts is texts in which the group of a regular expression is as wanted; if that is all the same, some that it may be.
func groupTexts(re *syntax.Regexp, group string, p pieces) (out []pieces) {
	inner := []string{strings.Join(p, "")}
	if inner[0] == anything {
		inner = append(inner, examplesOf(namedGroup(re, group))...)
	}
	for _, text := range inner {
		out = append(out, pieces{withGroup(re, group, text)})
	}
	return out
}

// namedGroup is the group of a name.
func namedGroup(re *syntax.Regexp, group string) *syntax.Regexp {
	if re.Op == syntax.OpCapture && re.Name == group {
		return re
	}
	for _, s := range re.Sub {
		if found := namedGroup(s, group); found != nil {
			return found
		}
	}
	return nil
}

// withGroup is a text that matches a regular expression, with this text for one of its groups.
func withGroup(re *syntax.Regexp, group, inner string) string {
	var put func(re *syntax.Regexp) string
	put = func(re *syntax.Regexp) string {
		switch {
		case re.Op == syntax.OpCapture && re.Name == group:
			return inner
		case re.Op == syntax.OpConcat || re.Op == syntax.OpCapture:
			text := ""
			for _, s := range re.Sub {
				text += put(s)
			}
			return text
		case re.Op == syntax.OpBeginText || re.Op == syntax.OpEndText || re.Op == syntax.OpBeginLine || re.Op == syntax.OpEndLine:
			return ""
		}
		return example(re, true)
	}
	return put(re)
}

// anything is a text that is made where any will do.
const anything = "zz"

// mostExamples bounds the texts that are made for one regular expression.
const mostExamples = 20

// examplesOf is some texts that match a regular expression.
func examplesOf(re *syntax.Regexp) (out []string) {
	switch re.Op {
	case syntax.OpAlternate:
		for _, s := range re.Sub {
			out = append(out, examplesOf(s)...)
		}
	case syntax.OpCapture:
		out = examplesOf(re.Sub[0])
	case syntax.OpCharClass:
		for i := 0; i < len(re.Rune) && i < 2*mostExamples; i += 2 {
			out = append(out, string(re.Rune[i]), string(re.Rune[i+1]))
		}
	case syntax.OpConcat:
		out = []string{""}
		for _, s := range re.Sub {
			var longer []string
			for _, o := range out {
				for _, more := range examplesOf(s) {
					longer = append(longer, o+more)
				}
			}
			out = longer[:min(len(longer), mostExamples)]
		}
	default:
		out = []string{example(re, true)}
	}
	return out[:min(len(out), mostExamples)]
}
