package spl

import (
	"strings"

	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var rex = Command{
	Name:   "rex",
	Syntax: "rex [field=<field>] \"<regular expression>\" [max_match=<count>] [offset_field=<field>] | rex [field=<field>] mode=sed \"<sed expression>\"",
	Doc:    "Set fields to the named groups of a regular expression, (?<name>...), found in a field (_raw, unless told otherwise). max_match=0 takes all matches, as multivalues. mode=sed replaces instead: s/expression/replacement/flags or y/abc/xyz/. Of the flags, g replaces all matches, a number the match of that number, and i ignores case. offset_field gets the places of the groups, name=first-last, in characters from 0 on.",
	Options: []Option{
		{Name: "field", Value: "<field>", Default: "_raw", Doc: "The field to look at."},
		{Name: "max_match", Value: "<count>", Default: "1", Doc: "How many matches to take; several make a multivalue. 0 takes all."},
		{Name: "offset_field", Value: "<name>", Doc: "A field to set to the places of the groups."},
		{Name: "mode", Value: "sed", Doc: "Replace instead of extracting."},
	},
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		field, mode := a.text("field", "_raw"), strings.ToLower(a.text("mode", ""))
		max, offset := a.count("max_match", 1), a.text("offset_field", "")
		patterns := take(a, every[*ast.String])
		a.done()
		if len(patterns) != 1 {
			p.errorf(commandSpan(c), "missing-pattern", "rex needs one regular expression in double quotes")
			return in
		}
		at := patterns[0].Span
		expression := pattern(patterns[0].Text, at)
		switch mode {
		case "sed":
			return p.sed(in, field, expression, at)
		case "":
		default:
			p.errorf(commandSpan(c), "bad-option", "the only mode of rex is sed, not %q", mode)
		}
		re, diag := function.CompileRegex(expression, at)
		if diag != nil {
			p.report(diag)
			return in
		}
		if len(plan.GroupNames(expression)) == 0 {
			p.errorf(at, "no-groups", "the regular expression has no named group, so rex has nothing to extract").
				WithHint("name one: (?<name>...)%s", groupsHint(re))
			return in
		}
		return &plan.Extract{In: in, Field: field, Pattern: expression, Max: max, OffsetAs: offset}
	},
}

func groupsHint(re function.Regex) string {
	if len(re.Names()) > 1 {
		return "; the groups that it has are not named"
	}
	return ""
}
