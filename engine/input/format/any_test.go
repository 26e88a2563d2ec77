package format

import (
	"maps"
	"testing"
)

func TestAnyJSON(t *testing.T) {
	for _, c := range []struct {
		name, rec string
		outcome   Outcome
		fields    map[string]string
	}{
		{"one field", `{"a":1}`, Event, map[string]string{"a": "1"}},
		{"dotted names", `{"a":{"b":{"c":"x"}},"d.e":true}`, Event, map[string]string{"a.b.c": "x", "d.e": "true"}},
		{"several values", `{"a":[1,[2,"3"],null],"b":[{"c":1},{"c":2}]}`, Event, map[string]string{"a": "1|2|3", "b.c": "1|2"}},
		{"nothing", `{"a":null,"b":[],"c":{}}`, Event, map[string]string{}},
		{"escapes", `{"a\u0062":"\u00e9\n"}`, Event, map[string]string{"ab": "é\n"}},
		{"the last of equal names", `{"a":1,"a":2}`, Event, map[string]string{"a": "2"}},
		{"broken", `{"a":1,"b":2,oh no`, Salvaged, map[string]string{"a": "1", "b": "2"}},
		{"cut off", `{"a":1,"b":"xy`, Salvaged, map[string]string{"a": "1", "b": "xy"}},
		{"a line of a collector", `{"log":"hello","stream":"stdout"}`, Event, map[string]string{"log": "hello", "stream": "stdout"}},
		{"a message of JSON is a text", `{"message":"{\"a\":1}","level":"x"}`, Event, map[string]string{"message": `{"a":1}`, "level": "x"}},
		{"an object event", `{"event":{"x":1},"y":2}`, Event, map[string]string{"event.x": "1", "y": "2"}},
		{"sent to Splunk's collector", `{"time":1,"sourcetype":"s","event":{"a":1,"b":{"c":"x"}}}`, Event, map[string]string{"a": "1", "b.c": "x"}},
		{"nothing sent to it", `{"sourcetype":"s","event":{},"a":1}`, Event, map[string]string{"sourcetype": "s", "a": "1"}},
		{"a hit of a search", `{"_index":"i","_source":{"a":{"b":1}}}`, Event, map[string]string{"a.b": "1"}},
		{"a result", `{"preview":false,"result":{"a":1}}`, Event, map[string]string{"a": "1"}},
		{"a field called result", `{"result":{"b":1},"a":2}`, Event, map[string]string{"result.b": "1", "a": "2"}},
		{"an array of one", `[{"a":1}]`, Event, map[string]string{"a": "1"}},

		{"no members", `{}`, Other, nil},
		{"no JSON", `{hello}`, Unreadable, nil},
		{"an event of ECS", `{"event":{"category":"process"},"process":{"name":"sh"}}`, Event, nil},
		{"an event of Sysmon", `{"EventID":"5","Image":"x"}`, Event, nil},
		{"a journal's line", `{"SYSLOG_IDENTIFIER":"sshd","MESSAGE":"Accepted"}`, Other, nil},
		{"another provider", `{"EventID":4624,"Channel":"Security"}`, Foreign, nil},
		{"another tool", `{"output":"x","output_fields":{}}`, Unsupported, nil},
		{"a banner", `{"SYSLOG_IDENTIFIER":"sysmon","message":"Running..."}`, Banner, nil},
	} {
		for _, all := range []bool{true, false} {
			w := &Wanted{All: all, JSON: true, Fields: []string{"a", "ab", "a.b", "a.b.c", "b", "b.c", "d.e", "log", "stream", "message", "level", "event.x", "y", "result.b", "sourcetype"}}
			d, r := New(w), NewRecord(w)
			g := plainly(d.Decode([]byte(c.rec), r), r)
			if g.outcome != c.outcome || c.fields != nil != (g.kind == "json") {
				t.Errorf("%s: %s of kind %q, want %s", c.name, g.outcome, g.kind, c.outcome)
			} else if c.fields != nil && !maps.Equal(g.fields, c.fields) {
				t.Errorf("%s:%s", c.name, differences(g.fields, c.fields))
			}
		}
		plain := decodeOne(c.rec)
		if c.fields != nil && (plain.kind != "" || plain.outcome == Event) || c.fields == nil && plain.outcome != c.outcome {
			t.Errorf("%s: without being asked for: %s of kind %q", c.name, plain.outcome, plain.kind)
		}
	}
}

// TestNamesByOtherKeys reads names that are keys and paths too, before and after each of them was met alone.
func TestNamesByOtherKeys(t *testing.T) {
	for _, c := range []struct {
		rec, path string
		fields    map[string]string
	}{
		{`{"a{}":"x","a":["y"]}`, `{"a":["z"]}`, map[string]string{"a{}": "y"}},
		{`{"a.b":"x","a":{"b":null}}`, `{"a":{"b":1}}`, map[string]string{}},
		{`{"a.b":"x","a":{"b":"y"}}`, `{"a":{"b":1}}`, map[string]string{"a.b": "y"}},
		{`{"a":{"b":"x"},"a.b":null}`, `{"a.b":1}`, map[string]string{}},
		{`{"a.b":null,"a":{"b":"x"}}`, `{"a.b":1}`, map[string]string{"a.b": "x"}},
	} {
		for _, w := range []*Wanted{{All: true, JSON: true, Braces: true}, {Fields: []string{"a.b", "a{}"}, JSON: true, Braces: true}} {
			d, r := New(w), NewRecord(w)
			for _, rec := range []string{c.rec, c.path, c.rec} {
				if g := plainly(d.Decode([]byte(rec), r), r); rec == c.rec && !maps.Equal(g.fields, c.fields) {
					t.Errorf("%s:%s", rec, differences(g.fields, c.fields))
				}
			}
		}
	}
}

func TestAnyJSONIsOneOfTheKinds(t *testing.T) {
	const rec = `{"time":"2025-03-20T07:23:00Z","host":"web1","a":1}`
	for _, c := range []struct {
		wanted Wanted
		want   Outcome
	}{
		{Wanted{JSON: true}, Event},
		{Wanted{JSON: true, Kinds: map[string]struct{}{"json": {}}}, Event},
		{Wanted{JSON: true, Kinds: map[string]struct{}{"ecs/process": {}}}, Unwanted},
		{Wanted{JSON: true, Except: map[string]struct{}{"json": {}}}, Unwanted},
		{Wanted{}, Other},
	} {
		r := NewRecord(&c.wanted)
		if got := New(&c.wanted).Decode([]byte(rec), r); got != c.want {
			t.Errorf("%+v: got %s, want %s", c.wanted, got, c.want)
		} else if got == Event && (r.Host() != "web1" || r.Time() != 1742455380e9 || r.Meta.Envelope != "json") {
			t.Errorf("%+v: got %+v", c.wanted, r.Meta)
		}
	}
}
