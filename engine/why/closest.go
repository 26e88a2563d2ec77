package why

import (
	"strings"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
)

// closest is which of several alternatives is most like the value that was seen, if one is at all, and what to know of it.
func closest(c *Condition) (best, note string) {
	call, ok := c.expr.(*plan.Call)
	if !ok || len(c.Seen) != 1 || c.Seen[0].Value.Kind() != column.String {
		return "", ""
	}
	if _, _, _, ok := alternatives(c.expr); !ok {
		return "", ""
	}
	seen := c.Seen[0].Value.Text()
	if len(seen) > mostCompared {
		return "", ""
	}
	name := call.Func.Name
	most, several := leastLike, len(call.Args) > 2
	for _, a := range call.Args[1:] {
		text, ok := constant(a)
		if !ok {
			continue
		}
		if literal(call.Func) && strings.ContainsAny(text, "*?") && wild(text, seen) {
			return quotedText(text), "`" + name + "` takes wildcards literally: as a pattern this one would match"
		}
		if strings.EqualFold(text, seen) {
			return quotedText(text), "only the case of letters differs"
		}
		if like := likeness(text, seen); like > most && several {
			best, most = quotedText(text), like
		}
	}
	return best, ""
}

// mostCompared is how long a value may be that is compared, and leastLike how like it an alternative must be.
const (
	mostCompared = 4096
	leastLike    = 0.4
)

func constant(e plan.Expr) (string, bool) {
	c, ok := e.(*plan.Const)
	if !ok || c.V.Kind() != column.String {
		return "", false
	}
	return c.V.Text(), true
}

// literal says whether a predicate takes wildcards for characters like any other.
func literal(f *function.Func) bool {
	switch f.Name {
	case "in", "=", "==", "in~":
		return f.Lang == function.EQL || f.Lang == function.SPL
	}
	return false
}

func wild(pattern, text string) bool {
	_, ok := plan.MatchName(strings.ToLower(strings.ReplaceAll(pattern, "?", "*")), strings.ToLower(text))
	return ok
}

func quotedText(s string) string { return quoted(column.Str(s)) }

// likeness is how much of an alternative's own text is in the value: of a pattern the pieces between the wildcards, of a text without any what it
// has in common with the value at both ends.
func likeness(alternative, seen string) float64 {
	alternative, seen = strings.ToLower(alternative), strings.ToLower(seen)
	pieces := strings.FieldsFunc(alternative, func(r rune) bool { return r == '*' || r == '%' || r == '?' })
	if len(pieces) == 0 {
		return 0
	}
	if len(pieces) == 1 && pieces[0] == alternative {
		return common(alternative, seen)
	}
	found, all := 0, 0
	for _, p := range pieces {
		all += len(p)
		if strings.Contains(seen, p) {
			found += len(p)
		}
	}
	return float64(found) / float64(all)
}

// common is what share of the longer of two texts is the same at their beginnings and ends.
func common(a, b string) float64 {
	short, long := min(len(a), len(b)), max(len(a), len(b))
	front := 0
	for front < short && a[front] == b[front] {
		front++
	}
	back := 0
	for back < short-front && a[len(a)-1-back] == b[len(b)-1-back] {
		back++
	}
	if long == 0 {
		return 0
	}
	return float64(front+back) / float64(long)
}
