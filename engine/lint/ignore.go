package lint

import (
	"regexp"
	"slices"
	"strings"

	"spoor/engine/rules"
	"spoor/grammar/source"
)

// ignoring is found by what drops the problems, behind all other checks.
var ignoring = &Check{
	Code: "ignore", Severity: source.Warning,
	Doc:  "A comment spoor:ignore gives no reason, names no check, or ignores nothing.",
	Why:  "What is ignored without a reason is never looked at again, and what is ignored in vain hides the next problem. Write # spoor:ignore CODE and why; remove it when the problem is gone.",
	File: "shells.yml",
	Bad:  "# spoor:ignore technique\n" + shells,
	Good: shells,
}

// ignore is a comment that asks to ignore a check.
type ignore struct {
	at     source.Span
	code   string
	reason string
	used   bool
}

// ignores is the comments of files, by the file's text, in the order in which they stand.
type ignores struct {
	comments map[*source.Text][]*ignore
	rules    map[*source.Text][]*rules.Rule // of a file, in order
	texts    []*source.Text
}

var ignoreComment = regexp.MustCompile(`(?m)(?:^|[ \t])#[ \t]*spoor:ignore(?:[ \t]+([^\s]+))?(?:[ \t]+([^\r\n]*))?`)

func newIgnores(list []*rules.Rule) *ignores {
	out := &ignores{map[*source.Text][]*ignore{}, map[*source.Text][]*rules.Rule{}, nil}
	for _, r := range list {
		t := r.At.Text
		if out.rules[t] == nil {
			out.read(t)
		}
		out.rules[t] = append(out.rules[t], r)
	}
	for _, l := range out.rules {
		slices.SortFunc(l, func(a, b *rules.Rule) int { return int(a.At.Start - b.At.Start) })
	}
	return out
}

func (g *ignores) read(t *source.Text) {
	g.texts = append(g.texts, t)
	for _, m := range ignoreComment.FindAllStringSubmatchIndex(t.Body, -1) {
		group := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return strings.TrimSpace(t.Body[m[2*i]:m[2*i+1]])
		}
		from := m[0] + strings.IndexByte(t.Body[m[0]:m[1]], '#')
		g.comments[t] = append(g.comments[t], &ignore{at: t.Span(from, m[1]), code: group(1), reason: group(2)})
	}
}

// drop leaves out what is to be ignored, and adds what is wrong with the comments.
func (g *ignores) drop(problems []Problem) (out []Problem) {
	for _, p := range problems {
		if !g.ignored(p) {
			out = append(out, p)
		}
	}
	for _, t := range g.texts {
		for _, c := range g.comments[t] {
			if d := c.wrong(); d != nil {
				out = append(out, Problem{d, g.ruleAt(c.at)})
			}
		}
	}
	return out
}

// ignored says whether a comment of the problem's rule, or before all rules of its file, asks to ignore it.
func (g *ignores) ignored(p Problem) bool {
	if p.Rule == nil {
		return false
	}
	found := false
	for _, c := range g.comments[p.Rule.At.Text] {
		if c.code != p.Code || c.reason == "" {
			continue
		}
		if r := g.ruleAt(c.at); r == nil || r == p.Rule {
			c.used, found = true, true
		}
	}
	return found
}

// ruleAt is the rule in which a place of a file is; nil if it is before all of them.
func (g *ignores) ruleAt(at source.Span) (in *rules.Rule) {
	for _, r := range g.rules[at.Text] {
		if r.At.Start <= at.Start {
			in = r
		}
	}
	return in
}

// ruleOf is the rule that a place belongs to: what stands before all rules of a file is of the first.
func (g *ignores) ruleOf(at source.Span) *rules.Rule {
	if r := g.ruleAt(at); r != nil {
		return r
	}
	if here := g.rules[at.Text]; len(here) > 0 {
		return here[0]
	}
	return nil
}

func (c *ignore) wrong() *source.Diagnostic {
	switch {
	case c.code == "":
		return source.Warnf(c.at, ignoring.Code, "the comment does not say what to ignore").WithHint("write # spoor:ignore CODE and why")
	case Find(c.code) == nil:
		return source.Warnf(c.at, ignoring.Code, "there is no check %q to ignore", c.code).WithHint("%s", suggest(c.code, Codes(), "`spoor help checks` lists them"))
	case c.reason == "":
		return source.Warnf(c.at, ignoring.Code, "the comment does not say why %s is ignored, so it is not", c.code).WithHint("write # spoor:ignore %s and why", c.code)
	case !c.used:
		return source.Warnf(c.at, ignoring.Code, "there is no problem %s here to ignore", c.code).WithHint("remove the comment")
	}
	return nil
}

func suggest(word string, known []string, otherwise string) string {
	if near := source.Suggest(word, known); near != "" {
		return near
	}
	return otherwise
}
