package engine_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// eqlField is a field that queries ask for, and what they compare it with.
type eqlField struct {
	name   string
	kind   byte // k keyword, l long, d double, b boolean, t date, i ip
	values []string
}

var eqlEntities = []string{"aabbccdd-0001-6638-0000-000000000001:101", "aabbccdd-0002-6638-0000-000000000003:1"}

var eqlNames = []string{"perl", "Perl", "sh", "systemd", "\u212aill", "ſh", "a&b"}

// eqlFieldList is the fields of the schema. The process table may fill those that stand in tableFields.
var eqlFieldList = []eqlField{
	{"process.name", 'k', eqlNames}, {"process.executable", 'k', eqlImages}, {"process.command_line", 'k', eqlLines}, {"process.args", 'k', []string{"perl", "-e", "id; w", "perl -e", "sh", "5"}},
	{"process.parent.name", 'k', eqlNames}, {"process.parent.executable", 'k', eqlImages}, {"process.parent.command_line", 'k', eqlLines}, {"process.parent.args", 'k', []string{"perl", "-e x", "\"id;"}},
	{"process.working_directory", 'k', eqlFolders}, {"process.entity_id", 'k', eqlEntities}, {"process.parent.entity_id", 'k', eqlEntities}, {"user.name", 'k', eqlUsers}, {"user.id", 'k', []string{"0", "1000"}},
	{"host.id", 'k', eqlHosts}, {"host.os.type", 'k', []string{"linux"}}, {"event.action", 'k', []string{"exec", "end", "connection_attempted", "creation", "fork", "deletion"}},
	{"event.type", 'k', []string{"start", "end", "creation"}}, {"event.category", 'k', []string{"process", "network", "file"}}, {"event.code", 'k', []string{"1", "3"}}, {"event.outcome", 'k', []string{"success"}},
	{"network.transport", 'k', []string{"tcp", "udp"}}, {"file.path", 'k', eqlFiles}, {"file.name", 'k', []string{"job", ".x", "a.TXT"}}, {"file.extension", 'k', []string{"TXT", "gz"}}, {"event.dataset", 'k', []string{"endpoint.events.process"}},
	{"process.pid", 'l', eqlPIDs}, {"process.parent.pid", 'l', eqlPIDs}, {"process.args_count", 'l', []string{"1", "3"}}, {"event.sequence", 'l', []string{"3", "7", "12"}}, {"destination.port", 'l', eqlPorts}, {"file.size", 'l', []string{"5"}},
	{"destination.ip", 'i', eqlIPs}, {"@timestamp", 't', []string{"2024-05-06T09:59:59Z", "2024-05-06T10:00:10Z"}},
}

// eqlRareFields is fields that hardly an event has.
var eqlRareFields = []eqlField{
	{"file.Ext.entropy", 'd', []string{"1.5"}}, {"process.interactive", 'b', []string{"true"}},
	{"process.start", 't', []string{"2024-05-06T10:00:00"}}, {"unknown.field", 'k', []string{"perl"}}, {"process.env_vars", 'k', []string{"perl"}}, {"container.id", 'k', []string{"x"}},
}

// customFields is the fields of events that are not of the schema.
var customFields = []eqlField{
	{"kind", 'k', []string{"start", "network", "file"}}, {"who.name", 'k', eqlUsers}, {"who.id", 'k', eqlPIDs}, {"n", 'l', []string{"3", "10", "2.5"}}, {"tag", 'k', eqlLines}, {"on", 'b', []string{"true"}}, {"process.name", 'k', eqlNames},
}

// question is a query in the making. Of the same dice, late ones say the same so that no condition tells the scan anything.
type question struct {
	*dice
	late   bool
	custom bool
	fields []eqlField
	// unusual is the beginning of the names of fields that events of the category in question do not have
	unusual string
}

// never holds for no event, which nobody knows before the event is read.
const never = `length(process.executable) > 99999 or length(host.id) > 99999 or length(zzz) > 99999`

func (q *question) field(kinds string) eqlField {
	var some []eqlField
	fields := q.fields
	if q.oneIn(12) || strings.Trim(kinds, "db") == "" {
		fields = slices.Concat(fields, eqlRareFields)
	}
	for _, f := range fields {
		if strings.IndexByte(kinds, f.kind) >= 0 && !strings.HasPrefix(f.name, q.unusual) {
			some = append(some, f)
		}
	}
	return some[q.roll(len(some))]
}

func (q *question) spelled(f eqlField) string {
	name := f.name
	if q.oneIn(12) {
		name = "`" + name + "`"
	}
	if q.oneIn(12) {
		name = "?" + name
	}
	return name
}

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

// event is one event, as it stands in a query or in brackets.
func (q *question) event(depth int) string {
	category := q.pick([]string{"process", "process", "process", "network", "network", "file", "any", `"process"`, "iam"})
	if q.custom {
		category = q.pick([]string{"start", "network", "any", "file"})
	}
	where := "true"
	if q.unusual = "file."; category == "file" {
		q.unusual = "destination."
	}
	if depth > 0 || q.oneIn(2) {
		where = q.condition(depth)
	}
	if q.late {
		where = "(" + where + ") or " + never
	}
	return category + " where " + where
}

// keys is names of fields by which events are joined.
func (q *question) keys(n int) []string {
	names := []string{"host.id", "process.entity_id", "user.name", "process.pid", "process.parent.entity_id", "?process.parent.entity_id", "process.args", "?user.name", "event.action", "destination.ip", "process.parent.name", "host.id"}
	if q.custom {
		names = []string{"who.name", "?who.id", "kind", "process.pid"}
	}
	var out []string
	for range n {
		out = append(out, q.pick(names))
	}
	return out
}

func (q *question) pipes() string {
	out := ""
	for q.oneIn(4) && len(out) < 30 {
		out += " | " + q.pick([]string{"head", "tail"}) + " " + strconv.Itoa(1+q.roll(4))
	}
	return out
}

// joined is the events of a sequence or sample, each with the keys it needs.
func (q *question) joined(n, keys int, sequence, span bool) []string {
	var out []string
	missing := 0
	own := [][]string{{"process.entity_id", "process.parent.entity_id"}, {"process.pid", "process.parent.pid"}, {"user.name", "user.name"}}[q.roll(3)]
	if q.custom {
		own = []string{"who.name", "who.name"}
	}
	for i := range n {
		item := "[" + q.event(max(0, q.roll(4)-2)) + "]"
		if span && missing < n-1 && q.oneIn(5) {
			missing++
			item = "!" + item
		}
		if keys > 0 {
			item += " by " + own[q.roll(8)/7^min(i, 1)]
			if keys > 1 {
				item += ", " + strings.Join(q.keys(keys-1), ", ")
			}
		}
		if sequence && item[0] != '!' && (n == 1 || q.oneIn(8)) {
			item += " with runs=" + strconv.Itoa(2+q.roll(2))
		}
		out = append(out, item)
	}
	return out
}

// hunt is a sequence with an event that is rare and easy to find.
func (q *question) hunt() string {
	q.unusual = "file."
	f := eqlFieldList[q.roll(3)]
	rare := f.name + q.pick([]string{" == ", " : "}) + q.quote(q.pick(f.values))
	if q.oneIn(3) {
		rare += " and " + q.leaf(0)
	}
	if q.late {
		rare = "(" + rare + ") or " + never
	}
	by := q.pick([]string{"", " by host.id", " by host.id", " by ?user.name"}) + q.pick([]string{"", " with maxspan=5s", " with maxspan=1h"})
	pair := [][2]string{{"process.entity_id", "process.parent.entity_id"}, {"process.entity_id", "process.parent.entity_id"}, {"process.parent.entity_id", "process.entity_id"}, {"process.pid", "process.parent.pid"}, {"process.executable", "process.parent.executable"}}[q.roll(5)]
	items := []string{"[process where " + rare + "] by " + pair[0]}
	for range 1 + q.roll(2) {
		items = append(items, "["+q.event(0)+"] by "+pair[1])
	}
	if q.oneIn(3) {
		items[0], items[1] = items[1], items[0]
	}
	if q.oneIn(6) {
		items = append(items, "until ["+q.event(0)+"] by "+pair[q.roll(2)])
	}
	return "sequence" + by + " " + strings.Join(items, " ") + q.pipes()
}

// query is a whole query.
func (q *question) query() string {
	if q.fields = eqlFieldList; q.custom {
		q.fields = customFields
	}
	own := max(0, q.roll(4)-1)
	shape := q.roll(9)
	if shape < 4 {
		return q.event(3) + q.pipes()
	}
	if shape == 8 && !q.custom {
		return q.hunt()
	}
	by := ""
	if keys := slices.Compact(q.keys(q.roll(3))); len(keys) > 0 {
		by = " by " + strings.Join(keys, ", ")
	}
	if shape >= 7 {
		if by == "" {
			own = max(own, 1)
		}
		return "sample" + by + " " + strings.Join(q.joined(2+q.roll(2), own, false, false), " ")
	}
	span := q.oneIn(2)
	if span {
		by += " with maxspan=" + q.pick([]string{"1s", "500ms", "5s", "1m", "1h", "1d"})
	}
	n := 1 + q.roll(3)
	items := q.joined(n, own, true, span)
	out := "sequence" + by + " " + strings.Join(items, " ")
	if q.oneIn(5) {
		out += " until " + q.joined(1, own, false, false)[0]
	}
	return out + q.pipes()
}
