package ruletest_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"spoor/datamodels"
	"spoor/engine"
	"spoor/engine/detect"
	"spoor/engine/input"
	"spoor/engine/rules"
	"spoor/engine/ruletest"
	"spoor/grammar/source"
	"spoor/macros"
)

// base is a log of three starts and a rule that finds two of them.
const base = `
-- log.json --
{"EventID":"1","Computer":"web1","UtcTime":"2024-05-06 10:00:01.000","Image":"/usr/bin/curl","CommandLine":"curl a","User":"root"}
{"EventID":"1","Computer":"web2","UtcTime":"2024-05-06 10:30:00.000","Image":"/usr/bin/curl","CommandLine":"curl b","User":"eve"}
{"EventID":"1","Computer":"web2","UtcTime":"2024-05-06 10:31:00.000","Image":"/usr/bin/id","CommandLine":"id","User":"eve"}
-- quiet.json --
{"EventID":"1","Computer":"web2","UtcTime":"2024-05-06 10:31:00.000","Image":"/usr/bin/id","CommandLine":"id","User":"eve"}
-- curl.yml --
title: Curl
language: spl
query: EventID=1 Image="*/curl" | table Computer User CommandLine
schedule: {earliest: -10m, latest: now}
`

func TestTests(t *testing.T) {
	for _, c := range []struct{ name, files, want string }{
		{"one is enough", "-- curl.test.yml --\ndata: log.json\n", "pass"},
		{"none is not", "-- curl.test.yml --\ndata: quiet.json\n", "fail: 0 findings, and there must be at least 1"},
		{"exactly", "-- curl.test.yml --\n- {data: log.json, exactly: 2}\n- {data: log.json, exactly: 1}\n- {data: log.json, exactly: 3}\n",
			"pass; fail: 2 findings, and there must be exactly 1; fail: 2 findings, and there must be exactly 3"},
		{"bounds", "-- curl.test.yml --\n- {data: log.json, at_most: 1}\n- {data: log.json, at_least: 1, at_most: 2}\n- {data: quiet.json, at_least: 1, at_most: 2}\n- {data: quiet.json, at_most: 1}\n",
			"fail: 2 findings, and there must be at most 1; pass; fail: 0 findings, and there must be 1 to 2; pass"},
		{"rows", "-- curl.test.yml --\ndata: log.json\nexpect:\n- {User: eve, Computer: web2}\n- {User: root}\n", "pass"},
		{"a row for each finding", "-- curl.test.yml --\ndata: log.json\nexpect: [{User: eve}, {User: eve}]\n",
			"fail: no finding is like row 2 of expect: those that are like it count for other rows"},
		{"rows give way", "-- curl.test.yml --\ndata: log.json\nexpect: [{}, {User: root}, {User: ~}]\n",
			`fail: no finding is like row 3 of expect; of the nearest User is "eve", not missing`},
		{"the one that is most general goes first", "-- curl.test.yml --\ndata: log.json\nexpect: [{}, {User: root}]\n", "pass"},
		{"an unknown column", "-- curl.test.yml --\ndata: log.json\nexpect: [{user: root}]\n", `fail: no finding is like row 1 of expect; of the nearest user is missing, not "root"`},
		{"nothing to compare with", "-- curl.test.yml --\ndata: quiet.json\nat_most: 9\nexpect: [{User: root}]\n", "fail: no finding is like row 1 of expect: there are none"},
		{"negative", "-- curl.test.yml --\n- negative: quiet.json\n- negative: [quiet.json, log.json]\n", "pass; fail: 2 findings, and there must be none"},
		{"both", "-- curl.test.yml --\ndata: log.json\nnegative: quiet.json\n", "pass; pass"},
		{"a pattern and a folder", "-- curl.test.yml --\n- {data: 'l*.json', exactly: 2}\n- {data: logs, exactly: 1}\n-- logs/a.json --\n{\"EventID\":\"1\",\"Image\":\"/bin/curl\",\"UtcTime\":\"2024-05-06 10:00:01.000\"}\n", "pass; pass"},
		{"by schedule", "-- curl.test.yml --\n- {data: log.json, now: '2024-05-06T10:31:00', exactly: 1, expect: [{User: eve}]}\n- {data: log.json, now: '+1h'}\n- {data: log.json, now: '-30s', exactly: 1}\n- {data: log.json, now: soon}\n",
			`pass; fail: 0 findings, and there must be at least 1; pass; error: now: "soon" is no time`},
		{"no log", "-- curl.test.yml --\ndata: none.json\n", "skip: none.json: no such file or folder"},
		{"no test", "", "skip: it has no test"},
		{"an empty log", "-- curl.test.yml --\ndata: empty.json\n-- empty.json --\n", "fail: 0 findings"},
		{"a log of nothing known", "-- curl.test.yml --\nnegative: x.bin\n-- x.bin --\nabc\n", "pass"},
		{"a pointer", "-- curl.test.yml --\ndata: big.json\n-- big.json --\nversion https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n",
			"skip: big.json is a pointer of Git LFS rather than a log: git -C '.' lfs pull --include 'big.json'"},
		{"a broken file of tests", "-- curl.test.yml --\ndata: log.json\nexactly: many\n", "error: exactly must be a number"},
		{"for another rule", "-- curl.test.yml --\nrule: Crul\ndata: log.json\n", `error: there is no rule "Crul" in curl.yml: did you mean`},
		{"a rule of several", "-- savedsearches.conf --\n[A]\nsearch = EventID=1\n[B]\nsearch = EventID=2\n-- savedsearches.test.yml --\n- {rule: B, data: log.json}\n- {data: log.json}\n- {rule: A, data: log.json}\n",
			"error: the test does not say which of the 2 rules; pass; fail: 0 findings; skip: it has no test"},
		{"a rule that cannot run", "-- x.yml --\ntitle: X\nlanguage: spl\nquery: '| nosuch'\n-- x.test.yml --\ndata: log.json\n", "skip: it has no test; error: x.yml:3:"},
		{"a language that cannot", "-- x.yml --\ntitle: X\nlanguage: KQL\nquery: x\n-- x.test.yml --\ndata: log.json\n", "skip: it has no test; skip: KQL is not supported"},
		{"now is that of the log", "-- curl.yml --\ntitle: Curl\nlanguage: spl\nquery: EventID=1 | eval age=now()-_time | table age\n-- curl.test.yml --\ndata: log.json\nexpect: [{age: 1859}, {age: 60.0}, {age: 0}]\n", "pass"},
	} {
		if got := ended(t, base+c.files, nil); !alike(got, c.want) {
			t.Errorf("%s:\n got %s\nwant %s", c.name, strings.Join(got, "\n     "), c.want)
		}
	}
}

// content is a rule of security_content with tests.
const content = base + `
-- rules/ping.yml --
name: Ping
id: 7c1b1f6e-0000-4000-8000-000000000001
type: TTP
search: sourcetype=mine EventID=1 | table Computer
tests:
- name: Positive
%s
`

func TestPublishedTests(t *testing.T) {
	pointer := "-- data/datasets/a/big.json --\nversion https://git-lfs.github.com/spec/v1\noid sha256:00\n"
	log := "-- data/datasets/a/b c.json --\n" + `{"EventID":"1","Computer":"web1","UtcTime":"2024-05-06 10:00:01.000","Image":"/usr/bin/curl"}` + "\n"
	for _, c := range []struct{ name, test, files, root, want string }{
		{"no root", "  attack_data: [{data: 'https://x/master/datasets/a/b%20c.json', sourcetype: mine}]", log, "", "skip: its logs are at https://x/master/datasets/a/b%20c.json: --data-root"},
		{"below the root", "  attack_data: [{data: 'https://x/master/datasets/a/b%20c.json', sourcetype: mine}]", log, "data", "pass"},
		{"the folder of data sets itself", "  attack_data: [{data: 'https://x/master/datasets/a/b%20c.json', sourcetype: mine}]", log, "data/datasets", "pass"},
		{"another sourcetype", "  attack_data: [{data: 'https://x/master/datasets/a/b%20c.json', sourcetype: other}]", log, "data", "fail: 0 findings"},
		{"not above the root", "  attack_data: [{data: 'https://x/datasets/../../log.json', sourcetype: mine}]", log, "data", "skip: data/datasets/log.json: no such file"},
		{"no data sets", "  attack_data: [{data: 'https://x/a.json'}]", log, "data", "skip: where https://x/a.json would be"},
		{"a pointer", "  attack_data: [{data: 'https://x/datasets/a/big.json'}]", pointer, "data", "skip: data/datasets/a/big.json is a pointer of Git LFS rather than a log: git -C 'data' lfs pull --include 'datasets/a/big.json'"},
		{"a path beside the rule", "  attack_data: [{data: ../log.json, sourcetype: mine}]", "", "", "pass"},
		{"a path from the root", "  attack_data: [{data: a.json, sourcetype: mine}]", "-- data/a.json --\n{\"EventID\":\"1\",\"UtcTime\":\"2024-05-06 10:00:01.000\"}\n", "data", "pass"},
		{"a condition", "  pass_condition: '| stats count | where count == 3'\n  attack_data: [{data: ../log.json, sourcetype: mine}]", "", "", "pass"},
		{"a condition that fails", "  pass_condition: '| stats count | where count > 3'\n  attack_data: [{data: ../log.json, sourcetype: mine}]", "", "", "fail: 3 findings, and there must be at least 4"},
		{"a condition of another kind", "  pass_condition: '| where x=1'\n  attack_data: [{data: ../log.json}]", "", "", `error: the pass_condition "| where x=1" is not understood`},
		{"no data", "  attack_data: []", "", "", "skip: the test has no data"},
	} {
		got := ended(t, fmt.Sprintf(content, c.test)+c.files, func(o *ruletest.Options) { o.DataRoot = c.root })
		if !alike(got, "skip: it has no test; "+c.want) {
			t.Errorf("%s:\n got %q\nwant %s", c.name, got, c.want)
		}
	}
	bySource := strings.Replace(content, "sourcetype=mine", "source=feed", 1)
	for given, want := range map[string]string{"feed": "pass", "other": "fail: 0 findings"} {
		got := ended(t, fmt.Sprintf(bySource, "  attack_data: [{data: ../log.json, source: "+given+"}]"), func(*ruletest.Options) {})
		if !alike(got, "skip: it has no test; "+want) {
			t.Errorf("the source %s: got %q, want %s", given, got, want)
		}
	}
}

func TestNegativeAndStrict(t *testing.T) {
	negative := func(paths ...string) func(*ruletest.Options) {
		return func(o *ruletest.Options) { o.Negative, o.Strict = paths, true }
	}
	for _, c := range []struct{ name, files, path, want string }{
		{"quiet", "-- curl.test.yml --\ndata: log.json\n", "quiet.json", "pass; pass"},
		{"not quiet", "-- curl.test.yml --\ndata: log.json\n", "log.json", "pass; fail: 2 findings, and there must be none"},
		{"no test", "", "quiet.json", "fail: it has no test; pass"},
		{"no logs", "-- curl.test.yml --\ndata: none.json\n", "none.json", "fail: none.json: no such file; fail: none.json: no such file"},
	} {
		if got := ended(t, base+c.files, negative(c.path)); !alike(got, c.want) {
			t.Errorf("%s: %q, want %s", c.name, got, c.want)
		}
	}
}

// The formats say the same, and the same bytes each time.
func TestFormats(t *testing.T) {
	files := base + "-- curl.test.yml --\n- {name: '<a> & \"b\"', data: log.json}\n- {name: \"bell \\a\", data: quiet.json}\n- {data: none.json}\n-- x.yml --\ntitle: X\nlanguage: spl\nquery: '| nosuch'\n-- x.test.yml --\ndata: log.json\n"
	var first [3]string
	for range 3 {
		report := run(t, files, nil)
		for i, format := range ruletest.Formats() {
			var b bytes.Buffer
			if err := report.Write(&b, format); err != nil {
				t.Fatal(err)
			}
			if first[i] == "" {
				first[i] = b.String()
			}
			if b.String() != first[i] {
				t.Errorf("%s\n%s\nand then\n%s", format, first[i], &b)
			}
		}
	}
	const text = `PASS  Curl: <a> & "b" (2 findings)
FAIL  Curl: bell \x07
      0 findings, and there must be at least 1
      at curl.test.yml:2
SKIP  Curl: test 3
      none.json: no such file or folder
`
	if !strings.HasPrefix(first[0], text) {
		t.Errorf("text\n%s\nwant\n%s", first[0], text)
	}
	type counted struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Errors   int `xml:"errors,attr"`
		Skipped  int `xml:"skipped,attr"`
	}
	var suites struct {
		counted
		Suites []struct {
			Name string `xml:"name,attr"`
			counted
			Cases []struct {
				Name    string `xml:"name,attr"`
				Failure *struct {
					Message string `xml:"message,attr"`
				} `xml:"failure"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	if err := xml.Unmarshal([]byte(first[1]), &suites); err != nil {
		t.Fatal(err)
	}
	if want := (counted{4, 1, 1, 1}); suites.counted != want || len(suites.Suites) != 2 || suites.Suites[0].counted != (counted{3, 1, 0, 1}) {
		t.Errorf("junit %+v", suites)
	}
	if c := suites.Suites[0].Cases; c[0].Name != `<a> & "b"` || c[0].Failure != nil || c[1].Failure == nil || c[1].Failure.Message != "0 findings, and there must be at least 1" {
		t.Errorf("junit %+v", c)
	}
	var got []string
	for line := range strings.Lines(first[2]) {
		var o struct {
			Schema             int `json:"schema_version"`
			Rule, Test, Status string
			Findings           int
		}
		if err := json.Unmarshal([]byte(line), &o); err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprint(o))
	}
	if want := []string{`{1 Curl <a> & "b" pass 2}`, "{1 Curl bell \a fail 0}", "{1 Curl test 3 skip 0}", "{1 X test 1 error 0}"}; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("ndjson %q, want %q", got, want)
	}
}

// ended is how the tests of the rules in an archive end, each with its first reason.
func ended(t *testing.T, files string, change func(*ruletest.Options)) (out []string) {
	t.Helper()
	for _, r := range run(t, files, change).Results {
		text := string(r.Status)
		if len(r.Reasons) > 0 {
			text += ": " + r.Reasons[0]
		}
		out = append(out, text)
	}
	return out
}

// alike compares how tests ended with what is wanted of each, which may leave out the place before and what comes behind.
func alike(got []string, want string) bool {
	wanted := strings.Split(want, "; ")
	for i, w := range wanted {
		if strings.Contains(w, "of the nearest") { // a part of what was cut
			return len(got) == 1 && got[0] == want
		}
		status, why, _ := strings.Cut(w, ": ")
		if i >= len(got) || !strings.HasPrefix(got[i], status) || !strings.Contains(got[i], why) {
			return false
		}
	}
	return len(got) == len(wanted)
}

// run tests the rules in an archive, in whose folder it then stands.
func run(t *testing.T, files string, change func(*ruletest.Options)) *ruletest.Report {
	t.Helper()
	t.Chdir(t.TempDir())
	for _, f := range txtar.Parse([]byte(files)).Files {
		if err := os.MkdirAll(filepath.Dir(f.Name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(f.Name, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	l := &rules.Library{}
	if errs := l.Load("."); errs.Failed() {
		t.Fatal(errs)
	}
	o := ruletest.Options{Detect: detect.Options{Compile: engine.Options{Models: datamodels.Builtin(), Macros: macros.Builtin()}}}
	if change != nil {
		change(&o)
	}
	return ruletest.Run(t.Context(), l.All(), o)
}

// all is the span of a query.
func all(query string) source.Span { return source.New("query", query).All() }

func inputs(t *testing.T, path string) input.Inputs {
	t.Helper()
	in, errs := input.Resolve([]string{path}, nil)
	if errs.Failed() {
		t.Fatal(errs)
	}
	return in
}

// A pipe would be empty when it is read again, and nobody may ever write into it.
func TestPipe(t *testing.T) {
	got := run(t, base+"-- curl.test.yml --\ndata: pipe\n", func(*ruletest.Options) {
		if err := syscall.Mkfifo("pipe", 0o600); err != nil {
			t.Skip(err)
		}
	}).Results[0]
	if got.Status != ruletest.Broken || !strings.Contains(got.Reasons[0], "a pipe can be read only once") {
		t.Errorf("%s %q", got.Status, got.Reasons)
	}
}
