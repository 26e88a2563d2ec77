package engine_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

var ecsNumbers = map[string]bool{"event.sequence": true, "process.pid": true, "process.parent.pid": true, "destination.port": true}

// elastic writes a document as Elastic's agent does, and notes in it what is written otherwise than by Sysmon.
func (d *dice) elastic(doc *document) string {
	doc.kind, doc.lines = "ecs", map[string]string{}
	if args := doc.fields["process.args"]; len(args) > 2 && d.oneIn(2) { // the true arguments have blanks
		doc.fields["process.args"] = append([]string{args[0]}, strings.Join(args[1:], " "))
	}
	if doc.fields["event.type"][0] == "start" && doc.fields["event.category"][0] == "process" {
		switch d.roll(6) {
		case 4:
			doc.fields["event.action"] = []string{"fork", "exec"}
		case 5:
			doc.fields["event.action"], doc.fields["event.type"] = []string{"fork", "exec", "end"}, []string{"start", "end"}
		}
	}
	if _, has := doc.fields["process.parent.entity_id"]; !has && d.oneIn(2) {
		doc.fields["process.parent.entity_id"] = []string{strings.ToLower(d.pick(eqlGUIDs)) + ":" + d.pick(eqlPIDs)}
	}
	if d.oneIn(8) {
		delete(doc.fields, d.pick([]string{"process.entity_id", "process.pid", "host.id", "event.sequence", "user.name"}))
	}
	if d.oneIn(8) {
		doc.fields["user.name"] = []string{d.pick(eqlUsers), d.pick(eqlUsers)}
	}
	if d.unnumbered && d.oneIn(2) {
		delete(doc.fields, "event.sequence")
	}
	doc.fields["event.id"] = []string{fmt.Sprint(doc.n)}
	members := map[string]string{}
	if !doc.at.IsZero() {
		members["@timestamp"] = `"` + doc.at.Format(time.RFC3339Nano) + `"`
	}
	for _, name := range slices.Sorted(maps.Keys(doc.fields)) {
		members[name] = d.elasticValue(name, doc.fields[name])
	}
	if d.oneIn(2) {
		return flatObject(members)
	}
	return nestedObject(members)
}

func (d *dice) elasticValue(name string, values []string) string {
	one := func(v string) string {
		if ecsNumbers[name] && !d.oneIn(4) {
			return v
		}
		return d.json(v)
	}
	if len(values) == 1 && (ecsNumbers[name] || !d.oneIn(4)) {
		if !d.plain && d.oneIn(40) {
			return d.value(d.pick(texts))
		}
		return one(values[0])
	}
	all := make([]string, len(values))
	for i, v := range values {
		all[i] = one(v)
	}
	return "[" + strings.Join(all, ",") + "]"
}

func flatObject(members map[string]string) string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(members)) {
		all = append(all, `"`+name+`":`+members[name])
	}
	return "{" + strings.Join(all, ",") + "}"
}

// nestedObject makes objects of the parts of names.
func nestedObject(members map[string]string) string {
	parts := map[string]map[string]string{}
	for name, value := range members {
		first, rest, _ := strings.Cut(name, ".")
		if parts[first] == nil {
			parts[first] = map[string]string{}
		}
		parts[first][rest] = value
	}
	var all []string
	for _, first := range slices.Sorted(maps.Keys(parts)) {
		value, leaf := parts[first][""]
		if !leaf {
			value = nestedObject(parts[first])
		}
		all = append(all, `"`+first+`":`+value)
	}
	return "{" + strings.Join(all, ",") + "}"
}
