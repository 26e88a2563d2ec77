package spl

import (
	"strconv"
	"strings"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// sed lowers mode=sed: s/// is replace(), y/// goes character by character.
func (p *planner) sed(in plan.Node, field, expression string, at source.Span) plan.Node {
	parts, flags, ok := sedParts(expression)
	if !ok {
		p.errorf(at, "bad-sed", "this is no sed expression").WithHint("write s/expression/replacement/g or y/abc/xyz/")
		return in
	}
	f := &plan.Field{Name: field, Span: at}
	var x *plan.Call
	if expression[0] == 'y' {
		unpiped := func(s string) plan.Expr { return text(strings.ReplaceAll(s, `\|`, "|"), at) }
		x = plan.NewCall(function.Command, "translate", at, f, unpiped(parts[0]), unpiped(parts[1]))
	} else {
		if strings.Contains(flags, "i") {
			parts[0] = "(?i)" + parts[0]
		}
		first, more := sedNumbers(flags)
		replacement := text(strings.ReplaceAll(parts[1], `\|`, "|"), at)
		x = plan.NewCall(function.Command, "replacenth", at, f, text(parts[0], at), replacement,
			&plan.Const{V: column.Integer(first), Span: at}, &plan.Const{V: column.Integer(more), Span: at})
	}
	return &plan.Each{In: in, Rules: []plan.EachRule{{Pattern: field, Expr: p.checked(x)}}}
}

// sedNumbers is the number of the match with which s/// begins, and how many behind it are replaced too, -1 for all.
func sedNumbers(flags string) (first, more int64) {
	first = 1
	if n, err := strconv.ParseInt(strings.Trim(flags, "gi"), 10, 32); err == nil {
		first = max(n, 1)
	}
	if strings.Contains(flags, "g") {
		more = -1
	}
	return first, more
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
