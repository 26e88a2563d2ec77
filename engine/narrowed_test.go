package engine_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"spoor/engine"
	"spoor/engine/rules"
)

// processes is a small log: the ids are those of its events.
var processes = []string{
	`{"@timestamp":"2024-05-06T10:00:01Z","id":1,"event":{"category":"process","sequence":1},"host":{"name":"web1"},"user":{"name":"Bob"},"process":{"name":"sh","pid":7,"executable":"/bin/sh","code_signature":{"trusted":true}},"source":{"ip":"10.1.2.3"}}`,
	`{"@timestamp":"2024-05-06T10:00:02Z","id":2,"event":{"category":"process","sequence":2},"host":{"name":"web1"},"process":{"name":"id","pid":8,"executable":"/usr/bin/id"},"source":{"ip":"192.0.2.1"}}`,
	`{"@timestamp":"2024-05-06T10:00:03Z","id":3,"event":{"category":"process","sequence":3},"host":{"name":"web2"},"user":{"name":"eve"},"process":{"name":"sh","pid":9,"executable":"/opt/x\"y/sh"}}`,
	`{"@timestamp":"2024-05-06T10:00:04Z","id":4,"event":{"category":"process","sequence":4},"host":{"name":"web2"},"process":{"name":"id","pid":10}}`,
}

// What exceptions withhold and filters leave out is not seen by a rule, as in Kibana; what cannot be said is told.
func TestNarrowed(t *testing.T) {
	const all, pairs = "process where process.name == \\\"sh\\\" or process.name == \\\"id\\\"", "sequence by host.name [process where process.name == \\\"sh\\\"] [process where (process.name == \\\"x\\\") or (process.name == \\\"id\\\")]"
	exception := func(entries string) string {
		return `"exceptions_list":[{"list_id":"L"}]}` + "\n" + `{"item_id":"I","list_id":"L","name":"ours","entries":[` + entries + `]}`
	}
	filter := func(f string) string { return `"filters":[` + f + `]}` }
	for _, c := range []struct{ query, more, want, said string }{
		{all, `"tags":[]}`, "1 2 3 4", ""},
		{pairs, `"tags":[]}`, "1 2 3 4", ""},
		{all, exception(`{"field":"host.name","operator":"included","type":"match","value":"web1"}`), "3 4", ""},
		{"process /* where\\n it began */ // where?\\n where true", exception(`{"field":"host.name","operator":"included","type":"match","value":"web1"}`), "3 4", ""},
		{pairs, exception(`{"field":"process.pid","operator":"included","type":"match","value":"8"}`), "3 4", ""},
		{all, exception(`{"field":"host.name","operator":"included","type":"match","value":"web1"},{"field":"process.name","operator":"included","type":"match","value":"sh"}`), "2 3 4", ""},
		{all, exception(`{"field":"user.name","operator":"excluded","type":"match","value":"Bob"}`), "1", ""}, // withheld unless it is Bob, also if it is nobody
		{all, exception(`{"field":"user.name","operator":"included","type":"match","value":"bob"}`), "1 2 3 4", ""},
		{all, exception(`{"field":"user.name.caseless","operator":"included","type":"match","value":"bob"}`), "2 3 4", ""},
		{all, exception(`{"field":"process.pid","operator":"included","type":"match_any","value":["7","9"]}`), "2 4", ""},
		{all, exception(`{"field":"source.ip","operator":"included","type":"match","value":"10.0.0.0/8"}`), "2 3 4", ""},
		{all, exception(`{"field":"process.executable","operator":"included","type":"wildcard","value":"/opt/x\"*"}`), "1 2 4", ""},
		{all, exception(`{"field":"user.name","operator":"included","type":"exists"}`), "2 4", ""},
		{all, exception(`{"field":"user.name","operator":"excluded","type":"exists"}`), "1 3", ""},
		{all, exception(`{"field":"process.code_signature","type":"nested","entries":[{"field":"trusted","operator":"included","type":"match","value":"true"}]}`), "2 3 4", ""},
		{all, exception(`{"field":"host.name","operator":"included","type":"list","list":{"id":"ours","type":"keyword"}}`), "1 2 3 4", `the exception ours of the rule "A", which needs the list of values ours`},
		{all, `"exceptions_list":[{"list_id":"L"}]}` + "\n" + `{"item_id":"I","list_id":"L","name":"old","expire_time":"2024-05-06T00:00:00Z","entries":[{"field":"host.name","operator":"included","type":"match","value":"web1"}]}`, "1 2 3 4", ""},
		{all, filter(`{"meta":{"negate":false},"query":{"match_phrase":{"host.name":"web1"}}}`), "1 2", ""},
		{all, filter(`{"meta":{"negate":true},"query":{"match_phrase":{"host.name":{"query":"web1"}}}}`), "3 4", ""},
		{all, filter(`{"meta":{"disabled":true},"query":{"match_phrase":{"host.name":"web1"}}}`), "1 2 3 4", ""},
		{all, filter(`{"meta":{},"exists":{"field":"user.name"}}`), "1 3", ""},
		{all, filter(`{"query":{"range":{"process.pid":{"gte":8,"lt":10}}}}`), "2 3", ""},
		{all, filter(`{"query":{"bool":{"should":[{"terms":{"process.pid":[7,8]}},{"prefix":{"process.executable":"/opt/"}}],"must_not":{"term":{"process.name":{"value":"id"}}}}}}`), "1 3", ""},
		{all, filter(`{"query":{"bool":{"filter":[{"wildcard":{"host.name":{"value":"web?"}}}],"should":[{"term":{"process.pid":7}}]}}}`), "1 2 3 4", ""},
		{all, filter(`{"query":{"bool":{"should":[{"term":{"process.pid":7}},{"term":{"process.pid":8}}],"minimum_should_match":2}}}`), "1 2 3 4", "of whose queries 2 shall hold"},
		{all, filter(`{"query":{"query_string":{"query":"x"}}}`), "1 2 3 4", `a filter of the rule "A", whose query is of the kind query_string`},
	} {
		file := filepath.Join(t.TempDir(), "rules.ndjson")
		if err := os.WriteFile(file, []byte(`{"rule_id":"a","name":"A","type":"eql","language":"eql","query":"`+c.query+`",`+c.more+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		l := &rules.Library{}
		if errs := l.Load(file); errs != nil {
			t.Fatal(errs)
		}
		p, errs := engine.CompileRule(l.All()[0], engine.Options{Now: time.Date(2024, 5, 6, 12, 0, 0, 0, time.UTC)})
		if errs.Failed() {
			t.Errorf("%s: %v", c.more, errs)
			continue
		}
		if said := errs.Error(); !strings.Contains(said, c.said) || (c.said == "") != (said == "") {
			t.Errorf("%s: said %q, not %q", c.more, said, c.said)
		}
		var ids []string
		o := engine.RunOptions{Inputs: open(t, []string{writeLog(t, strings.Join(processes, "\n")+"\n")}, false)}
		for b, err := range p.Run(t.Context(), o).Rows() {
			if err != nil {
				t.Fatal(err)
			}
			for i := range b.Rows {
				ids = append(ids, fmt.Sprint(b.Col("event.sequence").Value(i).Int()))
			}
		}
		if got := strings.Join(ids, " "); got != c.want {
			t.Errorf("%s: %s, not %s, of\n%s", c.more, got, c.want, p.Text.Body)
		}
	}
}
