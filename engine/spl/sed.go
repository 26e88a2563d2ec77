package spl

import (
	"strings"

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
	lang, name := function.Command, "translate"
	parts[1] = strings.ReplaceAll(parts[1], `\|`, "|")
	if expression[0] == 's' {
		lang, name = function.SPL, "replace"
		parts = sedReplace(parts, flags)
	} else {
		parts[0] = strings.ReplaceAll(parts[0], `\|`, "|")
	}
	x := plan.NewCall(lang, name, at, &plan.Field{Name: field, Span: at}, text(parts[0], at), text(parts[1], at))
	return &plan.Each{In: in, Rules: []plan.EachRule{{Pattern: field, Expr: p.checked(x)}}}
}

// sedReplace is the regular expression and the replacement with the flags put into them.
func sedReplace(parts [2]string, flags string) [2]string {
	re, template := parts[0], parts[1]
	if strings.Contains(flags, "i") {
		re = "(?i)" + re
	}
	if !strings.Contains(flags, "g") { // the first match only
		re, template = "(?s)^(.*?)(?:"+re+")", `\1`+shiftGroups(template)
	}
	return [2]string{re, template}
}

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
