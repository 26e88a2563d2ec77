package engine_test

import (
	"strings"
	"testing"

	"spoor/engine"
	"spoor/engine/generate"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// Rows that carry their key are those of the search without: of all queries of the examples.
func TestKeyedRows(t *testing.T) {
	logs := append(everyKind(t), generated(t, generate.Config{Events: 300, Attacks: 2, Seed: 4}))
	plain, keyed := exampleQueriesWith(t, engine.Options{}), exampleQueriesWith(t, engine.Options{Keyed: true, Evidence: 1})
	at := point{workers: 2, batchRows: 7, blockSize: 512, rewrites: true, prefilter: true, memory: 1}
	want, got := together(t, plain, logs, allOn), together(t, keyed, logs, at)
	for i := range want {
		diff(t, plain[i].name+" with keys", got[i].rows+got[i].errors, want[i].rows+want[i].errors)
	}
}

// What a row is called does not depend on what was counted, nor on what became of its columns.
func TestGroupKeys(t *testing.T) {
	lines := []string{
		`{"EventID":"1","Computer":"a","UtcTime":"2024-05-06 10:00:01.000","Image":"/bin/x"}`,
		`{"EventID":"1","Computer":"b","UtcTime":"2024-05-06 10:00:02.000","Image":"/bin/y"}`,
		`{"EventID":"1","Computer":"a","UtcTime":"2024-05-06 10:00:03.000","Image":"/bin/x"}`,
	}
	log := writeLog(t, strings.Join(lines, "\n")+"\n")
	for _, c := range []struct {
		language engine.Language
		query    string
		want     string // of each row, - for null
	}{
		{engine.SPL, `EventID=1 Image=/bin/y | table Image`, "-"},
		{engine.SPL, `EventID=1 | eventstats count | sort Computer | head 2`, "-|-"},
		{engine.SPL, `EventID=1 | stats count by Computer`, `["group","a"]|["group","b"]`},
		{engine.SPL, `EventID=1 | stats count`, `["group"]`},
		{engine.SPL, `EventID=1 | stats count by Computer | eval Computer="c" | fields count | rename count as n`, `["group","a"]|["group","b"]`},
		{engine.SPL, `| tstats count from datamodel=Endpoint.Processes by Processes.dest Processes.process_name | rename Processes.* as * | where count>1`, `["group","a","x"]`},
		{engine.SPL, `EventID=1 | stats count by Computer Image | stats sum(count) by Image`, `["group","/bin/x"]|["group","/bin/y"]`},
		{engine.SPL, `EventID=1 | stats count values(Computer) as c by Image | append [search EventID=1 Image=/bin/y | table Image]`, `["group","/bin/x"]|["group","/bin/y"]|-`},
		{engine.SPL, `EventID=1 | dedup Image | sort Image`, `["group","/bin/x"]|["group","/bin/y"]`},
		{engine.SPL, `EventID=1 | dedup Image consecutive=true | sort Image | head 1`, "-"},
		{engine.SPL, `EventID=1 | top limit=1 Image by Computer`, `["group","a","/bin/x"]|["group","b","/bin/y"]`},
		{engine.SPL, `EventID=1 | chart count over Computer by Image`, `["group","a"]|["group","b"]`},
		{engine.SPL, `EventID=1 Image=/bin/y | eval n=split("p q", " ") | mvexpand n`, `["part",null,"p"]|["part",null,"q"]`},
		{engine.SPL, `EventID=1 | transaction Computer | sort Computer`, `["part","a"]|["part","b"]`},
		{engine.EQL, `process where process.name == "y"`, "-"},
		{engine.EQL, `sequence by host.name [process where process.name == "x"] [process where process.name == "x"]`, "-|-"},
	} {
		p, errs := engine.Compile(source.New("query", c.query), engine.Options{Language: c.language, Keyed: true})
		if errs.Failed() {
			t.Fatal(errs)
		}
		var keys []string
		for b, err := range p.Run(t.Context(), engine.RunOptions{Workers: 2, Inputs: open(t, []string{log}, false)}).Rows() {
			if err != nil {
				t.Fatal(err)
			}
			for i := range b.Rows {
				key := "-"
				if v := b.Col(plan.GroupKey).Value(i); !v.IsNull() {
					key = v.Clone().String()
				}
				keys = append(keys, key)
			}
		}
		if got := strings.Join(keys, "|"); got != c.want {
			t.Errorf("%s: %s, want %s", c.query, got, c.want)
		}
	}
}
