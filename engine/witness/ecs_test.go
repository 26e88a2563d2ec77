package witness

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// start is when the first event happens.
var start = time.Date(2026, time.January, 5, 10, 0, 0, 0, time.UTC)

// ecsShape is the form in which Elastic Defend writes the n-th event: documents under ECS names.
func ecsShape(n int) *shape {
	s := &shape{name: "ecs", fixed: map[string][]string{}, open: true}
	for field, value := range map[string]string{
		"host.id": "host-1", "process.entity_id": fmt.Sprintf("entity-%d", n), "process.pid": fmt.Sprint(1000 + n),
	} {
		c := ownCell(field)
		c.needed = true
		c.choices = func(g *guess) [][]string { return append([][]string{{value}}, g.one(field)...) }
		s.cells = append(s.cells, c)
	}
	return s
}

// ecsLine is an event as a document.
func ecsLine(r *record) string {
	doc := map[string]any{}
	put := func(name string, value any) {
		at := doc
		parts := strings.Split(name, ".")
		for _, p := range parts[:len(parts)-1] {
			if at[p] == nil {
				at[p] = map[string]any{}
			}
			at = at[p].(map[string]any)
		}
		at[parts[len(parts)-1]] = value
	}
	for name, values := range r.doc.values {
		put(name, ecsValue(name, values))
	}
	put("@timestamp", start.Add(r.at).Format("2006-01-02T15:04:05.000000000Z"))
	put("event.sequence", r.id)
	line, err := json.Marshal(doc)
	if err != nil {
		panic(err)
	}
	return string(line) + "\n"
}

// ecsValue is values as JSON: an array if the schema says that there may be several, though event.action is one only if there are.
func ecsValue(name string, values []string) any {
	f := field(name)
	list := make([]any, len(values))
	for i, v := range values {
		list[i] = v
		if f != nil && slices.Contains([]string{"long", "double", "boolean"}, f.Type) {
			list[i] = json.RawMessage(v)
		}
	}
	if f != nil && f.Multivalue && name != "event.action" || len(list) > 1 {
		return list
	}
	return list[0]
}
