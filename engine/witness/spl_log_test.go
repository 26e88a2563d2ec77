package witness

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strings"
	"time"

	"spoor/datamodels"
)

// log is the records of all roles, with these facts; nil if there are not as many different ones as are asked for.
func (j *journey) log(f facts, aims []aim) []byte {
	different := map[string][][]string{}
	for name, v := range f {
		if of, ok := strings.CutPrefix(name, varied); ok && of != "" && len(v) > 0 {
			n := 0
			fmt.Sscan(v[0], &n)
			if n > 1 {
				if different[of] = variants(of, j.counts[name], n, f, aims); len(different[of]) < n {
					return nil
				}
			}
		}
	}
	var b strings.Builder
	for i := range f.records() {
		one := maps.Clone(f)
		for name, values := range different {
			one[name] = values[i%len(values)]
		}
		for name, same := range j.alias {
			one[name] = same.value(one)
		}
		for _, r := range j.roles {
			b.WriteString(j.line(r, one, i))
		}
	}
	return []byte(b.String())
}

// line is a record of a role.
func (j *journey) line(r *role, f facts, i int) string {
	own := map[string][]string{}
	for name, v := range f {
		if name[0] != varied[0] && strings.HasPrefix(name, r.name) && !strings.Contains(name[len(r.name):], "|") && len(v) > 0 {
			own[name[len(r.name):]] = v
		}
	}
	kind := j.kinds[r.name]
	switch {
	case kind != nil && strings.HasPrefix(kind.Name, "sysmon/"):
		return sysmonRecord(kind, own, i)
	case kind != nil:
		own["event.category"], own["event.action"] = []string{strings.TrimPrefix(kind.Name, "ecs/")}, []string{"call"}
		own["@timestamp"], own["ecs.version"] = []string{start.Format(time.RFC3339)}, []string{"8.11.0"}
		return object(own) + "\n"
	case len(own["sourcetype"]) > 0 && own["sourcetype"][0] == "linux:audit":
		return auditRecord(own, i)
	}
	return collected(own, i)
}

// sysmonRecord is an event of Sysmon, as JSON or as XML.
func sysmonRecord(kind *datamodels.Kind, own map[string][]string, i int) string {
	id := strings.TrimPrefix(kind.Name, "sysmon/")
	if payload[id] == "" {
		var names []string
		for _, field := range kind.Fields {
			if !slices.Contains(systemFields, field.Name) {
				names = append(names, field.Name)
			}
		}
		payload[id] = strings.Join(names, " ")
	}
	rec := &record{id: i + 1, kind: id, raw: map[string]string{"Computer": "host-1"}}
	h := fnv.New32()
	for _, name := range slices.Sorted(maps.Keys(own)) {
		rec.raw[name] = own[name][0]
		h.Write([]byte(own[name][0]))
	}
	if h.Sum32()%2 == 0 {
		return flatLine(rec)
	}
	return xmlLine(rec)
}

var systemFields = strings.Fields("ProviderName ProviderGuid EventID Version Level Task Opcode Keywords SystemTime EventRecordID ProcessID ThreadID Channel Computer UserId")

// auditRecord is a line of auditd, enriched.
func auditRecord(own map[string][]string, i int) string {
	var b strings.Builder
	if h := own["host"]; h != nil {
		fmt.Fprintf(&b, "node=%s ", h[0])
	}
	kind := "SYSCALL"
	if k := own["type"]; k != nil {
		kind = k[0]
	}
	fmt.Fprintf(&b, "type=%s msg=audit(%d.%03d:%d):", kind, start.Unix(), 0, 100+i)
	for _, name := range slices.Sorted(maps.Keys(own)) {
		value := own[name][0]
		if slices.Contains([]string{"host", "type", "source", "sourcetype"}, name) {
			continue
		}
		switch {
		case isCoded(name) && strings.ContainsAny(value, " \"\t\n"):
			fmt.Fprintf(&b, " %s=%X", name, value)
		case isCoded(name) || strings.ContainsAny(value, " \"=") || strings.ToUpper(name) == name:
			fmt.Fprintf(&b, " %s=%q", name, value)
		default:
			fmt.Fprintf(&b, " %s=%s", name, value)
		}
	}
	return b.String() + "\n"
}

// isCoded says whether the kernel writes a field that has blanks in it as hex digits.
func isCoded(name string) bool {
	return slices.Contains([]string{"proctitle", "name", "exe", "comm", "cwd", "a0", "a1", "a2", "a3"}, name)
}

// collected is an event as it is sent to Splunk's HTTP event collector.
func collected(own map[string][]string, i int) string {
	envelope := map[string][]string{"sourcetype": {"json"}}
	for _, name := range []string{"host", "source", "sourcetype"} {
		if own[name] != nil {
			envelope[name] = own[name]
			delete(own, name)
		}
	}
	text := object(envelope)
	return fmt.Sprintf(`{"time":%d,"event":%s`, start.Unix(), object(own)) + strings.TrimSuffix(","+text[1:], ",}") + "\n"
}

// object is fields as an object of JSON, nested by the dots in their names.
func object(own map[string][]string) string {
	doc := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(own)) {
		if !nest(doc, strings.Split(name, "."), own[name]) {
			doc[name] = listed(own[name])
		}
	}
	text, err := json.Marshal(doc)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func listed(values []string) any {
	if len(values) == 1 {
		return values[0]
	}
	return values
}

// nest puts values under a path, in which {} stands behind the names of arrays; false if there is something else on the way.
func nest(at map[string]any, path []string, values []string) bool {
	name, array := strings.CutSuffix(path[0], "{}")
	if name == "" {
		return false
	}
	if len(path) == 1 {
		if _, taken := at[name]; taken {
			return false
		}
		if at[name] = listed(values); array {
			at[name] = values
		}
		return true
	}
	if array && len(values) > 1 { // an object for each
		list, _ := at[name].([]any)
		for i, v := range values {
			if i == len(list) {
				list = append(list, map[string]any{})
			}
			if one, ok := list[i].(map[string]any); !ok || !nest(one, path[1:], []string{v}) {
				return false
			}
		}
		at[name] = list
		return true
	}
	var next map[string]any
	switch there := at[name].(type) {
	case nil:
		next = map[string]any{}
		if at[name] = next; array {
			at[name] = []any{next}
		}
	case map[string]any:
		next = there
	case []any:
		next, _ = there[0].(map[string]any)
	}
	return next != nil && nest(next, path[1:], values)
}

// later is when a search is run.
var later = start.Add(time.Hour)
