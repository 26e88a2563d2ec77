package engine_test

import (
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
