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

// groupTexts is texts in which the group of a regular expression is as wanted.
func groupTexts(re *syntax.Regexp, group string, p pieces) []pieces {
	inner := strings.Join(p, "")
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
	return []pieces{{put(re)}}
}
