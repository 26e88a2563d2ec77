package why_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"spoor/engine"
	"spoor/engine/input"
	"spoor/engine/why"
	"spoor/grammar/source"
	"spoor/macros"
)

// starts is a log of three programs of two users, 10 and 64 seconds apart, the third of which ends.
const starts = `{"EventID":"1","Computer":"h","UtcTime":"2024-05-06 10:00:00.000","SystemTime":"2024-05-06T10:00:00.000Z","ProcessGuid":"{5f20aa10-e4f3-6638-15c5-0de310550001}","ProcessId":"10","Image":"/usr/bin/a","CommandLine":"a --fast","User":"root"}
{"EventID":"1","Computer":"h","UtcTime":"2024-05-06 10:00:10.000","SystemTime":"2024-05-06T10:00:10.000Z","ProcessGuid":"{5f20aa10-e4f3-6638-15c5-0de310550002}","ProcessId":"11","Image":"/usr/bin/b","CommandLine":"b","User":"bob","ParentImage":"/usr/bin/a"}
{"EventID":"1","Computer":"h","UtcTime":"2024-05-06 10:01:14.000","SystemTime":"2024-05-06T10:01:14.000Z","ProcessGuid":"{5f20aa10-e4f3-6638-15c5-0de310550003}","ProcessId":"12","Image":"/usr/bin/c","CommandLine":"c","User":"root"}
{"EventID":"5","Computer":"h","UtcTime":"2024-05-06 10:02:00.000","SystemTime":"2024-05-06T10:02:00.000Z","ProcessGuid":"{5f20aa10-e4f3-6638-15c5-0de310550003}","ProcessId":"12","Image":"/usr/bin/c","User":"root"}
{"EventID":"11","Computer":"h","UtcTime":"2024-05-06 10:03:00.000","SystemTime":"2024-05-06T10:03:00.000Z","ProcessGuid":"{5f20aa10-e4f3-6638-15c5-0de310550001}","ProcessId":"10","Image":"/usr/bin/a","TargetFilename":"/etc/x","User":"root"}
`

// question is a question about a query over a log.
func question(t *testing.T, language engine.Language, query, log string, earliest, latest string) *why.Question {
	t.Helper()
	path := filepath.Join(t.TempDir(), "log.json")
	if err := os.WriteFile(path, []byte(log), 0o600); err != nil {
		t.Fatal(err)
	}
	p, errs := engine.Compile(source.New("query", query), engine.Options{
		Language: language, Earliest: earliest, Latest: latest, EQL: engine.EQLOptions{EveryKind: true},
	})
	if errs.Failed() {
		t.Fatal(errs)
	}
	in, errs := input.Resolve([]string{path}, nil)
	if errs.Failed() {
		t.Fatal(errs)
	}
	return &why.Question{Program: p, Run: engine.RunOptions{Inputs: in, Workers: 2}}
}

// ask is the answer about a line; the name of the log in it is log.
func ask(t *testing.T, q *why.Question, line int64) *why.Answer {
	t.Helper()
	a, err := q.Ask(context.Background(), why.Place{Line: line})
	if err != nil {
		t.Fatal(err)
	}
	a.Because = named(q, a.Because)
	return a
}

func named(q *why.Question, text string) string {
	return strings.ReplaceAll(text, q.Run.Inputs[0].Path, "log")
}

func TestBecause(t *testing.T) {
	for _, c := range []struct {
		name     string
		language engine.Language
		query    string
		line     int64
		fired    why.Mark
		want     string
	}{
		{"a wildcard", engine.SPL, `search EventID=1 Image=*/x`, 1, why.False, `Image is "/usr/bin/a", not "*/x"`},
		{"alternatives of one field", engine.SPL, `search Image="*/x" OR Image="*/y"`, 1, why.False, `Image is "/usr/bin/a", not "*/x" or "*/y"`},
		{"two conditions on one field", engine.SPL, `search Image="*/x" Image="/opt/*"`, 1, why.False, `Image is "/usr/bin/a", not "*/x", and Image is "/usr/bin/a", not "/opt/*"`},
		{"a list", engine.SPL, `search User IN (x, y, z)`, 2, why.False, `User is "bob", not "x", "y" or "z"`},
		{"a long list", engine.SPL, `search User IN (t, u, v, w, x, y, z)`, 2, why.False, `User is "bob", not "t", "u", "v" or one of 4 others`},
		{"a field that is absent", engine.SPL, `search EventID=1 ParentImage=*/sh`, 1, why.False, `ParentImage is absent from the event`},
		{"where drops what is null", engine.SPL, `search EventID=1 | where ParentImage!="x"`, 1, why.False, `ParentImage is absent from the event`},
		{"an exclusion", engine.SPL, `search EventID=1 NOT (User=root OR User=ann)`, 1, why.False, `User is "root", which the rule excludes: User=root`},
		{"a number", engine.SPL, `search EventID=1 | eval n=len(CommandLine) | where n > 8 | fields - n`, 1, why.False, `n is 8, not > 8`},
		{"a function", engine.SPL, `search EventID=1 | where len(CommandLine) > 8`, 1, why.False, `CommandLine is "a --fast", so that len(CommandLine) > 8 does not hold`},
		{"all hold", engine.SPL, `search EventID=1 | where len(CommandLine) = 8`, 1, why.True, `all of its conditions hold`},
		{"a field of a model", engine.SPL, `| tstats count from datamodel=Endpoint.Processes where Processes.process_name=x by Processes.user`, 1, why.False, `Processes.process_name is "a", not "x"`},
		{"another kind of event", engine.SPL, `| tstats count from datamodel=Endpoint.Processes where Processes.process_name=a by Processes.user`, 5, why.False,
			`the event is sysmon/11, and no such event is in Endpoint.Processes, which is made of ecs/process, sysmon/1, sysmon/5, sysmon/9`},
		{"EQL in a search, of another kind", engine.SPL, `| eql "network where process.name == \"a\"" | stats count`, 1, why.False, `the event is sysmon/1, and only these can match: ecs/network, ecs/process, sysmon/22, sysmon/3`},
		{"too few in the group", engine.SPL, `search EventID=1 | stats count by User | where count > 2 | sort - count`, 1, why.False, `count is 2, not > 2, in the group of User "root"`},
		{"enough in the group", engine.SPL, `search EventID=1 | stats count by User | where count >= 2`, 1, why.True, `all of its conditions hold`},
		{"another row of its user came first", engine.SPL, `search EventID=1 | dedup User`, 1, why.False, "`Dedup 1 by User` leaves no row that rests on it"},
		{"a transaction that is too short", engine.SPL, `search EventID=1 | transaction User | search duration > 80`, 1, why.False, `duration is 74, not > 80`},
		{"not among the first", engine.SPL, `search EventID=1 | top limit=1 User`, 2, why.False, "`Top 1 of User` leaves no row that rests on it"},
		{"the newest two", engine.SPL, `search EventID=1 | head 2`, 1, why.False, "`Limit 2` leaves no row that rests on it"},
		{"rows that nobody can follow", engine.SPL, `search EventID=1 | fieldsummary User`, 1, why.Unknown,
			"its conditions hold, but what becomes of it is not known behind `Summary of User`: its rows do not tell on which records they rest"},
		{"a subsearch", engine.SPL, `search EventID=1 [search EventID=5 | fields ProcessId]`, 1, why.False, `ProcessId is "10", not "12"`},
		{"a subsearch of very many rows", engine.SPL, `search EventID=1 [| makeresults count=300 | streamstats count as ProcessId | eval ProcessId=ProcessId+100 | fields ProcessId]`, 1, why.False,
			`ProcessId is "10", not "101", "102", "103" or one of 297 others`},
		{"the second of two searches", engine.SPL, `| multisearch [search EventID=5 User=x] [search EventID=1 User=y]`, 1, why.False, `User is "root", not "y"`},
		{"a search without events", engine.SPL, `| makeresults`, 1, why.False, `the rule reads no events`},
		{"EQL", engine.EQL, `process where process.name == "x"`, 1, why.False, `process.name is "a", not "x"`},
		{"EQL, of another category", engine.EQL, `network where process.name == "a"`, 1, why.False, `event.category is "process", not "network"`},
		{"EQL, a pattern where it is none", engine.EQL, `process where process.name in ("a*", "b*")`, 1, why.False, `process.name is "a", not "a*" or "b*"`},
		{"EQL, an exclusion", engine.EQL, `process where not user.name : ("root", "x*")`, 1, why.False, `user.name is "root", which the rule excludes: user.name : ("root", "x*")`},
		{"EQL, of the process table", engine.EQL, `file where process.command_line : "*slow*"`, 5, why.False, `process.command_line is "a --fast", not "*slow*"`},
		{"EQL, arguments", engine.EQL, `process where process.args : ("--slow", "x*")`, 1, why.False, `process.args is "a --fast", not "--slow" or "x*"`},
		{"EQL, all hold", engine.EQL, `process where user.name == "bob" and process.parent.name == "a"`, 2, why.True, `all of its conditions hold`},
		{"EQL, only the last one", engine.EQL, `process where event.type == "start" | tail 1`, 1, why.False, "`Tail 1` leaves no row that rests on it"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := ask(t, question(t, c.language, c.query, starts, "", ""), c.line)
			if a.Fired != c.fired || a.Because != c.want {
				t.Errorf("%s: %s\nwant %s: %s", a.Fired, a.Because, c.fired, c.want)
			}
		})
	}
}

func TestWindow(t *testing.T) {
	for _, c := range []struct{ earliest, latest, want string }{
		{"2024-05-06T10:00:10.001Z", "2024-05-07", "the event is too old: it is of 2024-05-06T10:00:10.000Z, and the time searched begins at 2024-05-06T10:00:10.001Z"},
		{"", "2024-05-06T10:00:10Z", "the event is too new: it is of 2024-05-06T10:00:10.000Z, and the time searched ends at 2024-05-06T10:00:10.000Z"},
		{"2024-05-06T10:00:10Z", "2024-05-06T10:00:11Z", `User is "bob", not "x"`},
	} {
		q := question(t, engine.SPL, `search EventID=1 User=x`, starts, c.earliest, c.latest)
		if a := ask(t, q, 2); a.Because != c.want || a.Fired != why.False {
			t.Errorf("from %s to %s: %s: %s, want %s", c.earliest, c.latest, a.Fired, a.Because, c.want)
		}
	}
}

func TestSequences(t *testing.T) {
	for _, c := range []struct {
		name, query string
		line        int64
		want        string
	}{
		{"too late", `sequence by host.name with maxspan=1m [process where process.name == "a"] [process where process.name == "c"]`, 1,
			"stage 2 came 14s too late: 1m14s after stage 1, and maxspan is 1m"},
		{"too late, from its end", `sequence by host.name with maxspan=1m [process where process.name == "a"] [process where process.name == "c"]`, 3,
			"stage 2 came 14s too late: 1m14s after stage 1, and maxspan is 1m"},
		{"never came", `sequence by host.name with maxspan=1m [process where process.name == "a"] [network where true]`, 1,
			`stage 1 is there, but no event of stage 2 followed within 1m with host.name "h"`},
		{"another than is wanted", `sequence by host.name with maxspan=1m [process where process.name == "a"] [process where process.name == "x" and user.name == "bob"]`, 1,
			`stage 1 is there, but no event of stage 2 followed within 1m with host.name "h"; what came nearest is log:2: process.name is "b", not "x"`},
		{"of somebody else", `sequence by user.name [process where process.name == "a"] [process where process.name == "b"]`, 1,
			`stage 1 is there, but no event of stage 2 followed with user.name "root"; one with other keys is there (log:2) with user.name "bob"`},
		{"nothing before it", `sequence by host.name with maxspan=5s [process where process.name == "b"] [process where process.name == "a"]`, 1,
			`the event is stage 2, but no event of stage 1 came before it within 5s with host.name "h"`},
		{"a newer one", `sequence by host.name [process where event.type == "start"] [network where true]`, 1,
			"a newer event of stage 1 (log:2) took its place before one of stage 2 came"},
		{"until", `sequence by host.name [process where process.name == "a"] [process where event.type == "end"] until [process where process.name == "b"]`, 1,
			"the event of until (log:2) came before one of stage 2"},
		{"what must not be there", `sequence by host.name with maxspan=5m [process where process.name == "a"] ![process where process.name == "b"] [process where process.name == "c"]`, 1,
			"an event came that must not be there, of stage 2 (log:2)"},
		{"too few in a row", `sequence by host.name [process where event.type == "start"] with runs=4 [process where event.type == "end"]`, 3,
			`3 of 4 events of stage 1 are there, but no further one followed with host.name "h"; what came nearest is log:4: event.type is "end", not "start"`},
		{"no stage", `sequence by host.name [process where process.name == "x"] [process where process.name == "y" and user.name == "bob"]`, 2,
			`the event is none of the stages; it comes nearest to stage 2: process.name is "b", not "y"`},
		{"no key", `sequence by dns.question.name [process where process.name == "a"] [process where process.name == "b"]`, 1,
			"the event is stage 1, but cannot be joined: dns.question.name is absent from it"},
		{"a sample", `sample by host.name [process where process.name == "a"] [network where true] [file where file.name == "y"]`, 1,
			`the event is filter 1 of the sample, but there is no event of filter 2 or 3 with host.name "h"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := ask(t, question(t, engine.EQL, c.query, starts, "", ""), c.line)
			if a.Fired != why.False || a.Because != c.want {
				t.Errorf("%s: %s\nwant %s", a.Fired, a.Because, c.want)
			}
		})
	}
}

func TestSequenceFired(t *testing.T) {
	for _, query := range []string{
		`sequence by host.name with maxspan=74s [process where process.name == "a"] [process where process.name == "c"]`,
		`sample by host.name [process where process.name == "b"] [process where process.name == "a"]`,
	} {
		if a := ask(t, question(t, engine.EQL, query, starts, "", ""), 1); a.Fired != why.True {
			t.Errorf("%s: %s: %s", query, a.Fired, a.Because)
		}
	}
	query := `sequence by host.name [process where process.name == "a"] [process where process.name == "c"] | head 1`
	twice := starts + strings.NewReplacer("10:00:", "11:00:", "10:01:", "11:01:").Replace(starts)
	a := ask(t, question(t, engine.EQL, query, twice, "", ""), 6)
	if want := "all of its conditions hold, but another result took its place"; a.Fired != why.False || a.Because != want {
		t.Errorf("%s: %s, want %s", a.Fired, a.Because, want)
	}
}

func TestMacroExcludes(t *testing.T) {
	lib := macros.Builtin()
	if errs := lib.Define(source.New("-D", `my_filter=search NOT User=root`)); errs.Failed() {
		t.Fatal(errs)
	}
	q := question(t, engine.SPL, "search EventID=1", starts, "", "")
	p, errs := engine.Compile(source.New("query", "search EventID=1 | stats count by User | `my_filter`"), engine.Options{Macros: lib})
	if errs.Failed() {
		t.Fatal(errs)
	}
	q.Program = p
	want := `User is "root", which the macro my_filter excludes: User=root, in the group of User "root"`
	if a := ask(t, q, 1); a.Fired != why.False || a.Because != want {
		t.Errorf("%s: %s, want %s", a.Fired, a.Because, want)
	}
}
