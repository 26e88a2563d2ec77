package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

const (
	perHost   = "title: per host\nlanguage: spl\nquery: 'EventID=1 | stats count values(ProcessId) as p by host'\n"
	perSpan   = "title: per span\nlanguage: spl\nquery: 'EventID=1 | bin _time span=10m | stats count values(ProcessId) as p by _time'\n"
	perWindow = "title: per window\nlanguage: spl\nquery: 'EventID=1 | stats count values(ProcessId) as p by Channel'\nschedule: {cron: '0 * * * *', earliest: -70m@m, latest: -10m@m}\n"
	everySix  = "title: every six\nlanguage: spl\nquery: 'EventID=1 ProcessId=6'\n"
)

// counted is a finding of one of these rules: its name, and what it counted.
func (r *running) counted() string {
	r.t.Helper()
	var f struct {
		Rule    struct{ Name string }
		Row     struct{ P any }
		History struct {
			Status string
			Late   bool
		}
	}
	text := r.row()
	if text == "" {
		return ""
	}
	if err := json.Unmarshal([]byte(text), &f); err != nil {
		r.t.Fatalf("%v: %s", err, text)
	}
	out := fmt.Sprint(f.Rule.Name, " ", f.Row.P)
	if f.History.Late {
		out += " late"
	}
	return out
}

// all is that many findings, by their names.
func (r *running) all(n int) string {
	r.t.Helper()
	var list []string
	for range n {
		list = append(list, r.counted())
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}

// Each rule is answered by periods of its own while events are told as they come; what sleeps in between is made up for.
func TestDetectPeriods(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "log")
	appendTo(t, path, eventAt("11:59:59", "1"), eventAt("12:02:00", "2"))
	clock := &hands{}
	clock.set(t, "2026-03-01T12:05:00Z")
	temporary := t.TempDir()
	r := followsBy(t, clock.now, nil, "detect", "-F", "--lag", "1m", ruleFile(t, perHost, perSpan, perWindow, everySix), "--data", folder, "--temp-dir", temporary, "-v")
	r.said("following with 3 rules, 2 of them by periods")
	for _, want := range []string{"left out: 1 rule over all events of a time", "per host", "per span: every 10m0s", "per window: every 1h0m0s"} {
		r.said(want)
	}
	appendTo(t, path, eventAt("12:09:59", "3"), eventAt("12:10:00", "4"))
	clock.set(t, "2026-03-01T12:10:59Z")
	time.Sleep(2 * mostSleep)
	appendTo(t, path, eventAt("12:03:00", "5"), eventAt("12:10:30", "6")) // the lag is for such
	if got := r.counted(); got != "every six <nil>" {
		t.Errorf("told %s", got)
	}
	clock.set(t, "2026-03-01T12:11:00Z")
	if got := r.counted(); got != "per span [2 3 5]" {
		t.Errorf("told %s", got)
	}
	if err := os.Rename(path, path+".1"); err != nil {
		t.Fatal(err)
	}
	appendTo(t, path, eventAt("12:29:00", "7"), eventAt("12:55:00", "8"))
	clock.set(t, "2026-03-01T13:02:00Z") // the machine slept
	if got, want := r.all(4), "per span 7, per span 8, per span [4 6], per window [1 2 3 4 5 6 7]"; got != want {
		t.Errorf("told %s, want %s", got, want)
	}
	appendTo(t, path, eventAt("12:33:00", "9"), eventAt("13:01:00", "10"))
	clock.set(t, "2026-03-01T13:11:00Z")
	if got, want := r.all(2), "per span 10, per span 9 late"; got != want {
		t.Errorf("told %s, want %s", got, want)
	}
	r.stop()
	r.end(interrupted)
	if left, err := filepath.Glob(filepath.Join(temporary, "*")); err != nil || len(left) > 0 {
		t.Errorf("%v is left, %v", left, err)
	}
}

// What comes while nobody follows is answered by the next run, in the periods in which it came; silences and suppression are as in other runs.
func TestDetectPeriodsRestart(t *testing.T) {
	folder, stateDir := t.TempDir(), filepath.Join(t.TempDir(), "state")
	path := filepath.Join(folder, "log")
	noisy := "title: noisy\nlanguage: spl\nquery: 'EventID=1 | bin _time span=10m | stats count by _time ProcessId Channel'\nsuppress: {by: [Channel], period: 1h}\n"
	rules := ruleFile(t, perSpan, noisy, strings.Replace(strings.Replace(noisy, "noisy", "hushed", 1), "suppress:", "#", 1), everySix)
	clock := &hands{}
	start := func(now string) *running {
		clock.set(t, now)
		r := followsBy(t, clock.now, nil, "detect", "-F", rules, "--data", folder, "--state", stateDir, "-v")
		r.said("following with 4 rules, 3 of them by periods")
		return r
	}
	appendTo(t, path, eventAt("11:59:59", "1"))
	s := newScreen(t, "")
	if code := s.run("silence", "add", "hushed", "--state", stateDir); code != done {
		t.Fatal(s.stderr.String())
	}
	r := start("2026-03-01T12:05:00Z")
	appendTo(t, path, eventAt("12:06:00", "2"))
	clock.set(t, "2026-03-01T12:10:05Z")
	if got, want := r.all(2), "noisy <nil>, per span 2"; got != want {
		t.Errorf("told %s, want %s", got, want)
	}
	r.said(`1 finding of "hushed" silenced by 1`)
	r.stop()
	r.end(interrupted)
	appendTo(t, path, eventAt("12:16:00", "3"))
	if err := os.Rename(path, path+".1"); err != nil {
		t.Fatal(err)
	}
	appendTo(t, path, eventAt("12:33:00", "6"), eventAt("11:40:00", "5"))
	r = start("2026-03-01T12:45:00Z")
	if got, want := r.all(5), "every six <nil>, per span 1 late, per span 3, per span 5 late, per span 6"; got != want { // all periods since 11:40 are answered again
		t.Errorf("told %s, want %s", got, want)
	}
	r.said(`findings of "noisy" suppressed`)
	r.stop()
	r.end(interrupted)
	r = start("2026-03-01T12:49:00Z")
	appendTo(t, path, eventAt("12:48:00", "7"))
	clock.set(t, "2026-03-01T13:00:00Z")
	time.Sleep(2 * mostSleep) // the lag is not over
	clock.set(t, "2026-03-01T13:00:05Z")
	if got, want := r.all(1), "per span 7"; got != want {
		t.Errorf("told %s, want %s", got, want)
	}
	r.stop()
	r.end(interrupted)
	if text := r.row(); text != "" {
		t.Errorf("also told: %s", text)
	}
}

// A period that the user names is that of all rules; what is there is answered from --earliest on, and not a moment before.
func TestDetectPeriodsEvery(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log")
	appendTo(t, path, eventAt("11:50:00", "1"), eventAt("11:56:59", "2"), eventAt("11:57:00", "3"), eventAt("12:01:00", "4"))
	clock := &hands{}
	clock.set(t, "2026-03-01T12:07:00Z")
	r := followsBy(t, clock.now, nil, "detect", "-F", "--every", "5m", "--earliest", "2026-03-01T11:57:00", ruleFile(t, perHost, perWindow), "--data", path)
	r.said("following with 2 rules, 2 of them every 5m")
	if got, want := r.all(4), "per host 3, per host 4, per window 3, per window 4"; got != want {
		t.Errorf("told %s, want %s", got, want)
	}
	appendTo(t, path, eventAt("12:09:00", "5"))
	clock.set(t, "2026-03-01T12:10:05Z")
	if got, want := r.all(2), "per host 5, per window 5"; got != want {
		t.Errorf("told %s, want %s", got, want)
	}
	r.stop()
	r.end(interrupted)
}

// Rules whose periods nobody knows, or cannot be read again, are left out and named.
func TestDetectPeriodsLeftOut(t *testing.T) {
	in, to := io.Pipe()
	r := follows(t, in, "detect", "-F", "--every", "5m", ruleFile(t, everySix, perHost), "--data", "-")
	r.said("left out: 1 rule over all events of a time, which cannot be read again of a pipe (write it to a file, and follow that): per host")
	to.Close()
	r.end(done)
	path := filepath.Join(t.TempDir(), "log")
	appendTo(t, path, event)
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"-F", ruleFile(t, perHost)}, "none of the rules can be answered while the logs grow"},
		{[]string{"-F", ruleFile(t, perHost), "--every", "7m"}, `"7m" does not fit evenly`},
		{[]string{"-F", ruleFile(t, perSpan), "--now", "2026-03-01"}, "--now stands still"},
		{[]string{"-F", ruleFile(t, "title: when\nlanguage: spl\nquery: 'EventID=1 | stats count'\nschedule: {cron: '99 * * * *'}\n")}, "99"},
		{[]string{ruleFile(t, perHost), "--every", "5m"}, "--every is for -F"},
	} {
		s := newScreen(t, "")
		if code := s.run(append([]string{"detect", "--data", path}, c.args...)...); code != misused || !strings.Contains(s.stderr.String(), c.says) {
			t.Errorf("%q: code %d, said %q", c.args, code, s.stderr.String())
		}
	}
}
