package engine_test

import (
	"os"
	"strings"
	"testing"

	"spoor/engine"
	"spoor/engine/lookup"
	"spoor/grammar/source"
)

// TestDottedNames reads a bare name with a dot behind all kinds of commands: it is a field where the search says that there is one, and
// else the joining of two fields, which is told.
func TestDottedNames(t *testing.T) {
	t.Chdir(t.TempDir())
	write := func(name, body string) {
		if err := os.WriteFile(name, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("log.json", `{"EventID":"1","Computer":"web1","UtcTime":"2024-05-06 10:00:01.000","Image":"/bin/a","User":"root","ProcessId":"7"}`+"\n")
	write("ecs.json", `{"@timestamp":"2024-05-06T10:00:01Z","event":{"category":"process","kind":"event","type":"start","dataset":"endpoint.events.process","module":"endpoint"},"agent":{"type":"endpoint"},"host":{"name":"web1"},"process":{"name":"a","pid":9}}`+"\n")
	if err := os.Mkdir("lookups", 0o700); err != nil {
		t.Fatal(err)
	}
	write("lookups/people.csv", "User,boss\nroot,eve\n")
	tables, errs := lookup.Open("lookups")
	if errs.Failed() {
		t.Fatal(errs)
	}
	const start = "| makeresults | eval a=\"x\", b=\"y\" "
	for _, c := range []struct {
		query string
		want  string // of the column c
		told  bool
	}{
		{start + `| eval c=a.b`, `"xy"`, true},
		{start + `| eval c=a.b.a`, `"xyx"`, true},
		{start + `| eval c=a . b`, `"xy"`, false},
		{start + `| eval c=a.1`, `"x1"`, true},
		{start + `| eval 'a.b'="f", c=a.b`, `"f"`, false},
		{start + `| eval 'a.b'="f" | eval c=a.b`, `"f"`, false},
		{start + `| eval 'a.b'="f" | fields - a.b | eval c=a.b`, `"xy"`, true},
		{start + `| rename a as "p.q" | eval c=p.q`, `"x"`, false},
		{start + `| rename a as "b.c" | eval c=b.d`, `null`, true},
		{start + `| eval 'a.b'="f" | stats count by a.b | eval c=a.b`, `"f"`, false},
		{start + `| stats values(b) as a.b by a | eval c=a.b`, `"y"`, false},
		{start + `| stats count by a b | eval c=a.b`, `"xy"`, true},
		{start + `| stats count(eval(a.b="xy")) as c`, `1`, true},
		{start + `| join a [| makeresults | eval a="x", 'j.k'="z"] | eval c=j.k`, `"z"`, false},
		{start + `| append [| makeresults | eval 'j.k'="z"] | eval c=coalesce(j.k, "none") | tail 1`, `"z"`, false},
		{start + `| appendpipe [stats count as b.n] | eval c=b.n | tail 1`, `1`, false},
		{start + `| eval User="root" | lookup people.csv User OUTPUT boss as "User.boss" | eval c=User.boss`, `"eve"`, false},
		{start + `| eval User="root" | lookup people.csv User | eval c=User.boss`, `"rooteve"`, true},
		{start + `| table a b a.b | eval c=a.b`, `null`, false},
		{start + `| eval _raw="{\"o\":{\"k\":5}}" | spath path=o.k | eval c=o.k`, `5`, false},
		{start + `| where a.b="xy" | eval c=1`, `1`, true},
		{start + `| eval 'a.b'="f" | where a.b="f" | eval c=1`, `1`, false},
		{`| tstats count from datamodel=Endpoint.Processes by Processes.dest | eval c=Processes.dest`, `"web1"`, false},
		{`| tstats count from datamodel=Endpoint.Processes where Processes.process_id=7 by Processes.dest | rename Processes.* as * | eval c=dest.count`, `"web11"`, true},
		{`EventID=1 | eval c=Image.User`, `"/bin/aroot"`, true},
		{`EventID=1 | eval c='Image.User'`, `null`, false},
		{`EventID=1 | rename Image as i.m | eval c=i.m`, `"/bin/a"`, false},
		{`EventID=1 | stats count by Image | eval c=Image.count`, `"/bin/a1"`, true},
		{`EventID=1 NOT Image.User=x | eval c=coalesce(Image.User, "no field")`, `"no field"`, false},
		{`sourcetype=* process.pid=* | eval c=process.name`, `"a"`, false},
	} {
		p, errs := engine.Compile(source.New("query", c.query+" | eval c=coalesce(c, \"null\") | table c"), engine.Options{Lookups: tables})
		if errs.Failed() {
			t.Errorf("%s: %s", c.query, errs)
			continue
		}
		told := strings.Contains(p.Warnings.Error(), "it is read as its parts joined")
		got := run(t, p, engine.Options{}, []string{"log.json", "ecs.json"}, allOn).rows
		want := strings.ReplaceAll(`{"c":`+c.want+"}\n", "null", `"null"`)
		if got != want || told != c.told {
			t.Errorf("%s: %swant %stold %t: %s", c.query, got, want, told, p.Warnings)
		}
	}
}
