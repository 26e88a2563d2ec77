package main

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// toldFinding is a finding that detect -F writes, as far as tests look at them.
type toldFinding struct {
	ID       string
	Rule     struct{ Name string }
	Evidence struct {
		Records []struct {
			File   string
			Offset int64
		}
	}
}

func (r *running) finding() (out toldFinding) {
	r.t.Helper()
	if err := json.Unmarshal([]byte(r.row()), &out); err != nil {
		r.t.Fatal(err)
	}
	return out
}

const (
	oneA   = "title: one a\nlanguage: eql\nquery: process where process.name == \"a\"\n"
	aThenB = "title: a and then b\nlanguage: eql\nquery: sequence by process.pid with maxspan=30s [process where process.name == \"a\"] [process where process.name == \"b\"]\n"
	aAlone = "title: a without b\nlanguage: eql\nquery: sequence by process.pid with maxspan=30s [process where process.name == \"a\"] ![process where process.name == \"b\"]\n"
	counts = "title: how many\nlanguage: spl\nquery: 'EventID=1 | stats count'\n"
)

// ruleFile is a file of rules.
func ruleFile(t *testing.T, rules ...string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "rules.yml")
	if err := os.WriteFile(name, []byte(strings.Join(rules, "---\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// Findings come while the log grows, a sequence rests on records of several rounds, and where they stand is told however the log was renamed meanwhile.
func TestDetectFollow(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "log")
	old := process(0, "start", "a", "1") + process(1, "start", "b", "1")
	appendTo(t, path, old)
	r := follows(t, nil, "detect", "-F", ruleFile(t, oneA, aThenB, counts), "--data", folder)
	time.Sleep(500 * time.Millisecond) // it has begun
	a, b := process(10, "start", "a", "2"), process(12, "start", "b", "2")
	appendTo(t, path, a)
	if got := r.finding(); got.Rule.Name != "one a" || len(got.Evidence.Records) != 1 || got.Evidence.Records[0].Offset != int64(len(old)) || got.Evidence.Records[0].File != path {
		t.Errorf("told %+v", got)
	}
	if err := os.Rename(path, path+".1"); err != nil {
		t.Fatal(err)
	}
	appendTo(t, path, b)
	got := r.finding()
	if records := got.Evidence.Records; got.Rule.Name != "a and then b" || len(records) != 2 || records[0].Offset != int64(len(old)) || records[1].Offset != 0 {
		t.Errorf("told %+v", got)
	}
	r.stop()
	r.end(interrupted)
	for _, want := range []string{"left out: 1 rule over all events of a time, and say", "(--every 15m does): how many", "following with 2 rules; times", "2 rules: 2 findings", "2 records"} {
		if said := r.screen.stderr.String(); !strings.Contains(said, want) {
			t.Errorf("%q is not said: %s", want, said)
		}
	}
}

// From a pipe all is told as it comes, and what waits for its end when it ends.
func TestDetectFollowPipe(t *testing.T) {
	in, to := io.Pipe()
	r := follows(t, in, "detect", "-F", ruleFile(t, oneA, aAlone, aThenB), "--data", "-", "-q")
	send(t, to, process(0, "start", "a", "1"))
	names := []string{r.finding().Rule.Name}
	send(t, to, process(1, "start", "b", "1"))
	names = append(names, r.finding().Rule.Name)
	send(t, to, process(50, "start", "a", "2"))
	names = append(names, r.finding().Rule.Name)
	to.Close()
	names = append(names, r.finding().Rule.Name)
	if got, want := strings.Join(names, ", "), "one a, a and then b, one a, a without b"; got != want {
		t.Errorf("told %s, want %s", got, want)
	}
	r.end(done)
	if said := r.screen.stderr.String(); said != "" {
		t.Errorf("said %s", said)
	}
}

func TestDetectFollowRefuses(t *testing.T) {
	rules := ruleFile(t, oneA)
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"--scheduled"}, "-F has no end"},
		{[]string{"--latest", "now"}, "-F has no end"},
		{[]string{"--to", "x.json"}, "-F has no end"},
		{[]string{"-o", "json"}, "needs all findings"},
		{[]string{"--by", "risk"}, "need all findings"},
		{[]string{"--lag", "soon"}, "--lag is a time"},
	} {
		s := newScreen(t, "")
		if code := s.run(append([]string{"detect", "-F", rules, "--data", t.TempDir()}, c.args...)...); code != misused || !strings.Contains(s.stderr.String(), c.want) {
			t.Errorf("%v: code %d, said %s", c.args, code, s.stderr.String())
		}
	}
	s := newScreen(t, "")
	if code := s.run("detect", "-F", ruleFile(t, counts), "--data", t.TempDir()); code != misused || !strings.Contains(s.stderr.String(), "none of the rules can be answered while the logs grow") {
		t.Errorf("code %d, said %s", code, s.stderr.String())
	}
}

// An event whose process nobody saw start is told once the start should have come.
func TestDetectFollowUnknownProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log")
	appendTo(t, path)
	orphan := "title: orphan\nlanguage: eql\nquery: network where process.parent.name == null\n"
	r := follows(t, nil, "detect", "-F", ruleFile(t, orphan), "--data", path)
	r.said("following")
	appendTo(t, path, `{"EventID":"3","SystemTime":"2026-03-01T12:00:10Z","UtcTime":"2026-03-01 12:00:10.000","Computer":"h","Channel":"Linux-Sysmon/Operational","ProcessGuid":"{7d83adf4-a7a3-6760-c33c-c8a8cb5d0000}","ProcessId":"625","Image":"/bin/nc"}`+"\n")
	if got := r.finding(); got.Rule.Name != "orphan" {
		t.Errorf("told %+v", got)
	}
	r.stop()
	r.end(interrupted)
}
