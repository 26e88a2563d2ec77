package spl

import (
	"strings"

	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

var rex = Command{
	Name:   "rex",
	Syntax: "rex [field=<field>] \"<regular expression>\" [max_match=<count>] [offset_field=<field>] | rex [field=<field>] mode=sed \"<sed expression>\"",
	Doc:    "Set fields to the named groups of a regular expression, (?<name>...), found in a field (_raw, unless told otherwise). max_match=0 takes all matches, as multivalues. mode=sed replaces instead: s/expression/replacement/flags or y/abc/xyz/.",
	Lower: func(p *Planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		field, mode := a.text("field", "_raw"), strings.ToLower(a.text("mode", ""))
		max, offset := a.count("max_match", 1), a.text("offset_field", "")
		patterns := take(a, every[*ast.String])
		a.done()
		if len(patterns) != 1 {
			p.errorf(commandSpan(c), "missing-pattern", "rex needs one regular expression in double quotes")
			return in
		}
		pattern := patterns[0]
		switch mode {
		case "sed":
			return p.sed(in, field, pattern)
		case "":
		default:
			p.errorf(commandSpan(c), "bad-option", "the only mode of rex is sed, not %q", mode)
		}
		re, diag := function.CompileRegex(pattern.Text, pattern.Span)
		if diag != nil {
			p.report(diag)
			return in
		}
		if len(plan.GroupNames(pattern.Text)) == 0 {
			p.errorf(pattern.Span, "no-groups", "the regular expression has no named group, so rex has nothing to extract").
				WithHint("name one: (?<name>...)%s", groupsHint(re))
			return in
		}
		return &plan.Extract{In: in, Field: field, Pattern: pattern.Text, Max: max, OffsetAs: offset}
	},
}

func groupsHint(re function.Regex) string {
	if len(re.Names()) > 1 {
		return "; the groups that it has are not named"
	}
	return ""
}

// sed lowers mode=sed: s/// is replace(), y/// goes character by character.
func (p *Planner) sed(in plan.Node, field string, pattern *ast.String) plan.Node {
	parts, flags, ok := sedParts(pattern.Text)
	x := plan.Expr(&plan.Field{Name: field, Span: pattern.Span})
	str := func(s string) plan.Expr { return &plan.Const{V: text(s), Span: pattern.Span} }
	switch {
	case !ok:
		p.errorf(pattern.Span, "bad-sed", "this is no sed expression").WithHint("write s/expression/replacement/g or y/abc/xyz/")
		return in
	case pattern.Text[0] == 's':
		x = p.sedReplace(x, parts, flags, pattern.Span, str)
	default:
		x = p.sedTranslate(x, parts, pattern.Span, str)
	}
	return &plan.Each{In: in, Rules: []plan.EachRule{{Pattern: field, Expr: x}}}
}

func (p *Planner) sedReplace(x plan.Expr, parts [2]string, flags string, at source.Span, str func(string) plan.Expr) plan.Expr {
	re := parts[0]
	if strings.Contains(flags, "i") {
		re = "(?i)" + re
	}
	name := "replace"
	if !strings.Contains(flags, "g") {
		re = "(?s)^(.*?)" + nonCapturing(re) // the first match only
		parts[1] = `\1` + shiftGroups(parts[1])
	}
	return p.call(name, at, []plan.Expr{x, str(re), str(parts[1])})
}

func nonCapturing(re string) string { return "(?:" + re + ")" }

// shiftGroups adds one to the numbers of groups in a replacement.
func shiftGroups(template string) string {
	var b strings.Builder
	for i := 0; i < len(template); i++ {
		b.WriteByte(template[i])
		if template[i] == '\\' && i+1 < len(template) {
			i++
			if d := template[i]; d >= '1' && d <= '8' {
				b.WriteByte(d + 1)
			} else {
				b.WriteByte(d)
			}
		}
	}
	return b.String()
}

func (p *Planner) sedTranslate(x plan.Expr, parts [2]string, at source.Span, str func(string) plan.Expr) plan.Expr {
	from, to := []rune(parts[0]), []rune(parts[1])
	if len(from) != len(to) {
		p.errorf(at, "bad-sed", "both sides of y need as many characters")
		return x
	}
	return &plan.Call{Func: function.Lookup(function.Command, "translate"), Args: []plan.Expr{x, str(parts[0]), str(parts[1])}, Span: at}
}

// sedParts cuts s/a/b/flags into its parts; the delimiter may be any character, and is taken literally after a backslash.
func sedParts(s string) (parts [2]string, flags string, ok bool) {
	if len(s) < 4 || s[0] != 's' && s[0] != 'y' {
		return parts, "", false
	}
	delim, rest := s[1], s[2:]
	for i := range parts {
		var b strings.Builder
		for {
			j := strings.IndexAny(rest, `\`+string(delim))
			if j < 0 {
				return parts, "", false
			}
			b.WriteString(rest[:j])
			if rest[j] == delim {
				rest = rest[j+1:]
				break
			}
			if j+1 < len(rest) && rest[j+1] == delim {
				b.WriteByte(delim)
			} else {
				b.WriteString(rest[j:min(j+2, len(rest))])
			}
			rest = rest[min(j+2, len(rest)):]
		}
		parts[i] = b.String()
	}
	return parts, rest, strings.Trim(rest, "gi0123456789") == ""
}

var regex = Command{
	Name:   "regex",
	Syntax: "regex [<field>=|<field>!=]\"<regular expression>\"",
	Doc:    "Keep the rows in which the regular expression is found in the field (_raw, unless told otherwise), or with != those in which it is not. A row without the field is kept by != only.",
	Lower: func(p *Planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		compares, patterns := take(a, every[*ast.Compare]), take(a, every[*ast.String])
		a.done()
		if len(compares)+len(patterns) != 1 {
			p.errorf(commandSpan(c), "missing-pattern", "regex needs one regular expression in double quotes: regex field=\"...\"")
			return in
		}
		var field plan.Expr
		var pattern *plan.Const
		not := false
		if len(compares) == 1 {
			field, pattern, not = &plan.Field{Name: compares[0].Field.Text, Span: compares[0].Field.Span}, value(compares[0].Value).(*plan.Const), compares[0].Op == "!="
			p.checkNames(in, []*ast.Name{compares[0].Field})
		} else {
			field, pattern = &plan.Field{Name: "_raw", Span: patterns[0].Span}, &plan.Const{V: text(patterns[0].Text), Span: patterns[0].Span}
		}
		cond := p.call("match", c.At(), []plan.Expr{field, pattern})
		if not {
			cond = plan.NewCall(function.SPL, "coalesce", c.At(), plan.NewCall(function.SPL, "not", c.At(), cond), truth(true, c.At()))
		}
		return &plan.Filter{In: in, Cond: cond}
	},
}
