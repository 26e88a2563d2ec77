package function

import (
	"errors"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"

	"spoor/engine/column"
	"spoor/grammar/source"
)

// luceneTest is a compiled expression that matches the whole of a text, or of some run of its words.
type luceneTest struct {
	expr  *regexp.Regexp
	fold  bool
	needs []needle // texts of which a match holds at least one; nil if there are none
	signs []signs
}

// mostNeeds is how many texts are worth looking for before the expression is tried.
const mostNeeds = 4

func compileLucene(pattern string, fold, runs bool, at source.Span) (luceneTest, *source.Diagnostic) {
	l := lucene{rest: pattern, fold: fold}
	text := l.expression()
	if l.err != nil {
		l.err.Span = at
		return luceneTest{}, l.err
	}
	tree, err := syntax.Parse("(?s:"+text+")", syntax.Perl)
	if err == nil {
		t := luceneTest{fold: fold, signs: signsOf(tree)}
		if t.expr, err = regexp.Compile(bounded(pattern, tree, fold, runs)); err == nil {
			if needs := neededByLucene(pattern); len(needs) <= mostNeeds {
				for _, s := range needs {
					if fold {
						s = lowerASCII(s)
					}
					t.needs = append(t.needs, newNeedle(s))
				}
			}
			return t, nil
		}
	}
	var refused *syntax.Error
	if errors.As(err, &refused) {
		err = reason(refused)
	}
	return luceneTest{}, source.Errorf(at, "regex-unsupported", "the regular expression cannot be run: %s", err).WithHint("write a shorter one, or several")
}

// bounded is an expression that is found in a text if the pattern, of which the tree is made, matches the whole of it, or of a run of
// words. Where the pattern begins or ends with any text there is nothing to hold.
func bounded(pattern string, tree *syntax.Regexp, fold, runs bool) string {
	subs := []*syntax.Regexp{tree}
	if tree.Op == syntax.OpConcat {
		subs = tree.Sub
	}
	before, after := `\A`, `\z`
	if runs {
		before, after = `(?:\A| )`, `(?: |\z)`
	}
	if rest, ok := strings.CutPrefix(pattern, ".*"); ok && anyText(subs[0]) && !quantified(rest) {
		pattern, subs, before = rest, subs[1:], ""
	}
	if rest, ok := strings.CutSuffix(pattern, ".*"); ok && len(subs) > 0 && anyText(subs[len(subs)-1]) {
		pattern, after = rest, ""
	}
	if pattern == "" && before == "" {
		after = ""
	}
	l := lucene{rest: pattern, fold: fold} // and not the tree's own text: to make that takes long for a class of most characters
	return before + "(?s:" + l.expression() + ")" + after
}

// quantified says whether a quantifier stands at the beginning.
func quantified(rest string) bool { return rest != "" && strings.IndexByte("?*+{", rest[0]) >= 0 }

func anyText(re *syntax.Regexp) bool {
	return re.Op == syntax.OpStar && re.Sub[0].Op == syntax.OpAnyChar
}

func (t *luceneTest) match(s string) bool {
	if t.needs != nil && !slices.ContainsFunc(t.needs, func(n needle) bool { return t.index(s, &n) >= 0 }) {
		return false
	}
	for _, x := range t.signs {
		if strings.Count(s, x.sign) < x.least {
			return false
		}
	}
	return t.expr.MatchString(s)
}

func (t *luceneTest) index(s string, n *needle) int {
	if t.fold {
		return n.index(s)
	}
	return strings.Index(s, n.text)
}

func bindLucene(fold bool) binding { return bindRegexes(fold, false) }

func bindRegexes(fold, runs bool) binding {
	return func(_ *Env, args []Arg) (column.Kernel, *source.Diagnostic) {
		var tests []luceneTest
		for _, a := range args[1:] {
			texts, err := constantTexts([]Arg{a})
			if err != nil {
				return nil, err
			}
			for _, text := range texts {
				t, err := compileLucene(text, fold, runs, a.Span)
				if err != nil {
					return nil, err
				}
				tests = append(tests, t)
			}
		}
		return func(rows int, args []column.Vector) column.Vector {
			return onTexts(rows, args[0], func(s string) bool {
				return slices.ContainsFunc(tests, func(t luceneTest) bool { return t.match(s) })
			})
		}, nil
	}
}
