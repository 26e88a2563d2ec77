package engine_test

import (
	"fmt"
	"strings"
)

// quote writes a text as a string of EQL.
func (q *question) quote(s string) string {
	if !strings.ContainsAny(s, "\"\n\r\t") && q.oneIn(6) {
		return `"""` + s + `"""`
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case strings.ContainsRune(`"\`, r):
			b.WriteString(`\` + string(r))
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r > ' ' && q.oneIn(40):
			fmt.Fprintf(&b, `\u{%04x}`, r)
		default:
			b.WriteRune(r)
		}
	}
	return `"` + b.String() + `"`
}

// pattern is a text of which something stands for anything.
func (q *question) pattern(f eqlField) string {
	v := []rune(q.pick(f.values))
	at := q.roll(len(v))
	switch q.roll(12) {
	case 0, 1:
		return "*" + string(v[at:])
	case 2, 3:
		return string(v[:at+1]) + "*"
	case 4:
		return "*" + string(v[at:min(len(v), at+3)]) + "*"
	case 5:
		return string(v[:at]) + "?" + string(v[at+1:])
	case 6:
		return strings.ToUpper(string(v))
	case 7:
		return q.pick([]string{"*", "", "?*", "*k*", "*S*", "a*b", "*/*", "* *"})
	case 8:
		return string(v[:at]) + "*" + string(v[at:])
	}
	return string(v)
}

func (q *question) list(one func() string) string {
	all := []string{one()}
	for range q.roll(3) {
		all = append(all, one())
	}
	return "(" + strings.Join(all, ", ") + ")"
}

func (q *question) literal(f eqlField) string {
	v := q.pick(f.values)
	switch f.kind {
	case 'l', 'd':
		switch q.roll(12) {
		case 10:
			return "-" + v
		case 11:
			return q.quote(v)
		}
		return v
	case 'b':
		return q.pick([]string{"true", "false"})
	case 'k':
		if q.oneIn(8) {
			v = strings.ToUpper(v)
		}
	}
	return q.quote(v)
}

var eqlRegexes = []string{"perl", ".*perl.*", "/usr/bin/.*", "[pP]erl", "(perl|sh).*", ".?sh", "k?ill", ".* .*", "\\w+", "[^/]*", "p.+l", "(a)?.*", ".*x"}

// condition is made of leaves.
func (q *question) condition(depth int) string {
	if depth > 0 {
		switch q.roll(8) {
		case 0, 1:
			return q.condition(depth-1) + " and " + q.condition(depth-1)
		case 2:
			return "(" + q.condition(depth-1) + " or " + q.condition(depth-1) + ")"
		case 3:
			return "not (" + q.condition(depth-1) + ")"
		case 4:
			return "not " + q.leaf(depth-1)
		case 5:
			return q.condition(depth-1) + " or " + q.condition(depth-1)
		}
	}
	return q.leaf(depth)
}

func (q *question) leaf(depth int) string {
	f := q.field("kkkkldbti")
	name := q.spelled(f)
	if depth > 0 && q.oneIn(4) {
		return q.computed(depth)
	}
	switch q.roll(20) {
	case 0:
		return name + q.pick([]string{" == ", " != "}) + "null"
	case 1:
		return "null == " + q.pick([]string{name, "(" + q.leaf(0) + ")"})
	case 2:
		return name + q.pick([]string{" in ", " not in ", " in "}) + q.list(func() string { return q.literal(f) })
	case 3:
		if f.kind == 'b' {
			return name
		}
		return q.literal(f) + q.pick([]string{" == ", " != "}) + name
	}
	switch f.kind {
	case 'k':
		return q.match(f, name)
	case 'b':
		return name + q.pick([]string{" == ", " != "}) + q.pick([]string{"true", "false"})
	case 'i':
		if q.oneIn(2) {
			return "cidrMatch(" + name + ", " + q.pick([]string{`"10.0.0.0/8"`, `"::1", "192.168.0.0/16"`, `"FE80::/10"`, `"0.0.0.0/0"`}) + ")" + q.pick([]string{"", " == true", " == false"})
		}
		return name + q.pick([]string{" == ", " != "}) + q.literal(f)
	}
	return name + q.pick([]string{" == ", " != ", " < ", " <= ", " > ", " >= "}) + q.literal(f)
}

// match compares text.
func (q *question) match(f eqlField, name string) string {
	pattern := func() string { return q.quote(q.pattern(f)) }
	switch q.roll(12) {
	case 0, 1, 2:
		return name + q.pick([]string{" == ", " == ", " != ", " < ", " >= "}) + q.literal(f)
	case 3:
		return name + " in~ " + q.list(func() string { return q.literal(f) })
	case 4:
		return name + q.pick([]string{" regex ", " regex~ "}) + q.quote(q.pick(eqlRegexes))
	case 5:
		return name + q.pick([]string{" regex ", " regex~ "}) + q.list(func() string { return q.quote(q.pick(eqlRegexes)) })
	case 6:
		return q.pick([]string{"wildcard(", "wildcard~("}) + name + ", " + pattern() + ", " + pattern() + ")"
	case 7:
		return q.pick([]string{"startsWith", "endsWith", "stringContains"}) + q.pick([]string{"", "~"}) + "(" + name + ", " + q.quote(strings.Trim(q.pattern(f), "*")) + ")"
	}
	op := q.pick([]string{" : ", " like ", " like~ ", " : "})
	if q.oneIn(2) {
		return name + op + pattern()
	}
	return name + op + q.list(pattern)
}

// text is an expression that gives text.
func (q *question) text(depth int) string {
	f := q.field("k")
	name := q.spelled(f)
	if depth > 0 {
		x := q.text(depth - 1)
		switch q.roll(7) {
		case 0:
			return "concat(" + x + ", " + q.pick([]string{`""`, `"x"`, q.spelled(q.field("kl")), "5"}) + ")"
		case 1:
			return "substring(" + x + ", " + q.pick([]string{"0", "1, 3", "-4", "2, -1"}) + ")"
		case 2:
			return q.pick([]string{"between(", "between~("}) + x + ", " + q.quote(q.pick([]string{"/", " ", "s"})) + ", " + q.quote(q.pick([]string{"/", "l", "h"})) + q.pick([]string{"", ", true"}) + ")"
		case 3:
			return "string(" + q.spelled(q.field("kldb")) + ")"
		}
	}
	return name
}

func (q *question) number(depth int) string {
	f := q.field("l")
	name := q.spelled(f)
	if depth > 0 {
		switch q.roll(8) {
		case 0, 1:
			return "length(" + q.text(depth-1) + ")"
		case 2:
			return q.pick([]string{"indexOf(", "indexOf~("}) + q.text(depth-1) + ", " + q.quote(q.pick([]string{"/", "r", "S", "e"})) + q.pick([]string{"", ", 2"}) + ")"
		case 3:
			return "number(" + q.pick([]string{"user.id", "event.code", q.text(0)}) + q.pick([]string{"", ", 16", ", null"}) + ")"
		case 4:
			return "(" + q.number(depth-1) + q.pick([]string{" + ", " - ", " * ", " / ", " % "}) + q.pick([]string{"2", "3", "0.5", "0"}) + ")"
		case 5:
			return q.pick([]string{"add", "subtract", "modulo"}) + "(" + q.number(0) + ", " + q.number(0) + ")"
		case 6:
			return "-" + name
		}
	}
	return name
}

// computed compares the results of functions.
func (q *question) computed(depth int) string {
	switch q.roll(6) {
	case 0, 1:
		return q.number(depth) + q.pick([]string{" > ", " == ", " <= ", " != "}) + q.pick([]string{"5", "0", "2.5", "101"})
	case 2:
		return "startsWith(" + q.text(1) + ", " + q.text(1) + ")"
	case 3:
		f := q.field("k")
		return q.text(depth) + q.pick([]string{" : ", " like "}) + q.quote(q.pattern(f))
	case 4:
		return "stringContains~(" + q.text(1) + ", " + q.text(0) + ") == " + q.pick([]string{"true", "false"})
	}
	f := q.field("k")
	return q.text(depth) + q.pick([]string{" == ", " != ", " < "}) + q.quote(q.pick(f.values))
}
