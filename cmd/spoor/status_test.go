package main

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"spoor/engine/state"
)

// reported is a state folder that two runs over one set and one over another have left.
func reported(t *testing.T) string {
	dir := t.TempDir()
	store, err := state.Open(dir, state.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	at := func(hour, minute int) int64 { return time.Date(2026, 3, 1, hour, minute, 0, 0, time.UTC).UnixNano() }
	err = errors.Join(
		store.Commit(state.Run{ID: 1, Set: "a", What: "/var/log/syslog*", Began: at(9, 0), Ended: at(9, 0) + 2e9, Gaps: []state.Gap{{Rule: "R1", From: at(3, 0), To: at(8, 0), Why: "no run"}}}, state.Change{
			Marks:  map[string]state.Mark{"R1": {Until: at(8, 50), Tick: at(9, 0), Run: 1}, "R2": {Until: at(7, 0), Run: 1, Name: "Second rule"}},
			Counts: map[string]state.Count{"R1": {New: 2, Suppressed: 3, Last: at(8, 1)}},
		}),
		store.Commit(state.Run{ID: 2, Set: "a", What: "/var/log/syslog*", Began: at(10, 0), Ended: at(10, 0) + 300e6, Problems: []string{"web2.log could not be read"}}, state.Change{
			Marks:  map[string]state.Mark{"R1": {Until: at(9, 50), Tick: at(10, 0), Run: 2}, "\x00inner": {Until: at(11, 0), Run: 2}},
			Counts: map[string]state.Count{"R1": {New: 1, Updated: 1, Repeated: 4, Silenced: 5, Late: 6, Last: at(7, 0)}},
			Hosts: []state.Host{
				{Name: "web1", Last: at(9, 49), Usual: int64(time.Minute), Events: 100}, {Name: "web2", Last: at(6, 50), Usual: int64(2 * time.Minute), Events: 100},
				{Name: "once a day", Last: at(1, 0), Usual: int64(24 * time.Hour), Events: 3},
			},
		}),
		store.Commit(state.Run{ID: 3, Set: "b", Began: at(11, 0)}, state.Change{Marks: map[string]state.Mark{"R3": {Run: 3}}}),
	)
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestStatusRows(t *testing.T) {
	s := newScreen(t, "")
	s.outTerminal = false
	dir := reported(t)
	if code := s.run("status", "--state", dir); code != done {
		t.Fatalf("code %d: %s", code, s.stderr.String())
	}
	want := `{"what":"set","searched":"/var/log/syslog*","rules":2,"until":"2026-03-01T09:50:00.000Z","lag":7800,"run":2,"began":"2026-03-01T10:00:00.000Z","took":0.3,"new":3,"updated":1,"repeated":4,"suppressed":3,"silenced":5,"late":6,"gaps":1}
{"what":"set","searched":"b","rules":1,"run":3,"began":"2026-03-01T11:00:00.000Z","new":0,"updated":0,"repeated":0,"suppressed":0,"silenced":0,"late":0,"gaps":0}
{"what":"silent","host":"web2","last":"2026-03-01T06:50:00.000Z","silent":10800,"usual":120,"searched":"/var/log/syslog*"}
{"what":"gap","rule":"R1","from":"2026-03-01T03:00:00.000Z","to":"2026-03-01T08:00:00.000Z","why":"no run","run":1,"searched":"/var/log/syslog*"}
{"what":"problem","problem":"web2.log could not be read","run":2,"searched":"/var/log/syslog*"}
{"what":"problem","problem":"it has not ended: it is under way, or was ended before its time","run":3,"searched":"b"}
{"what":"rule","rule":"R1","until":"2026-03-01T09:50:00.000Z","lag":7800,"tick":"2026-03-01T10:00:00.000Z","new":3,"updated":1,"repeated":4,"suppressed":3,"silenced":5,"late":6,"last":"2026-03-01T08:01:00.000Z","searched":"/var/log/syslog*"}
{"what":"rule","rule":"Second rule","until":"2026-03-01T07:00:00.000Z","lag":18000,"new":0,"updated":0,"repeated":0,"suppressed":0,"silenced":0,"late":0,"id":"R2","searched":"/var/log/syslog*"}
{"what":"rule","rule":"R3","new":0,"updated":0,"repeated":0,"suppressed":0,"silenced":0,"late":0,"searched":"b"}
`
	if got := s.stdout.String(); got != want {
		t.Errorf("it is\n%swant\n%s", got, want)
	}
	for _, c := range []struct {
		times string
		want  int
	}{{"100", 0}, {"89", 1}, {"0.3", 2}} {
		s.stdout.Reset()
		if code := s.run("status", "--state", dir, "--silent", c.times); code != done || strings.Count(s.stdout.String(), `"what":"silent"`) != c.want {
			t.Errorf("--silent %s, code %d: %s", c.times, code, s.stdout.String())
		}
	}
}

func TestStatusOnTerminal(t *testing.T) {
	dir := reported(t)
	for _, c := range []struct {
		args        []string
		want, wants string
	}{
		{nil, "Searches Silent Gaps Problems ", "2h 10m"},
		{[]string{"--tz", "Europe/Berlin"}, "Searches Silent Gaps Problems ", "│ 2026-03-01 10:50 │"},
		{[]string{"--wide"}, "Searches Silent Gaps Problems Rules ", "5h 0m"},
		{[]string{"--wide", "--tz", "Europe/Berlin"}, "Searches Silent Gaps Problems Rules ", "│ 2026-03-01T10:50:00.000+01:00 │"},
	} {
		s := newScreen(t, "")
		s.width = 110
		if code := s.run(append([]string{"status", "--state", dir}, c.args...)...); code != done {
			t.Fatalf("code %d: %s", code, s.stderr.String())
		}
		got, titles := s.stdout.String(), ""
		for line := range strings.SplitSeq(got, "\n") {
			if word, _, _ := strings.Cut(line, " "); word != "" && !strings.ContainsAny(line, "─│") {
				titles += word + " "
			}
		}
		if titles != c.want || !strings.Contains(got, c.wants) || strings.Contains(got, "what") {
			t.Errorf("%v: tables are %q, want %q\n%s", c.args, titles, c.want, got)
		}
	}
}

// A run holds the folder as long as it is under way, and its state is seen all the same.
func TestStatusBesideRun(t *testing.T) {
	dir := reported(t)
	store, err := state.Open(dir, state.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if err := store.Announce(state.Run{ID: 4, Set: "b", What: "new"}, nil); err != nil {
		t.Fatal(err)
	}
	s := newScreen(t, "")
	if code := s.run("status", "--state", dir, "-o", "ndjson"); code != done || !strings.Contains(s.stdout.String(), `"searched":"new","rules":1,"run":4,"new":0`) {
		t.Errorf("code %d: %s%s", code, s.stdout.String(), s.stderr.String())
	}
	if code := s.run("silence", "add", "R1", "--state", dir); code != done {
		t.Errorf("code %d: %s", code, s.stderr.String())
	}
	if list, err := store.Silences(); err != nil || len(list) != 1 {
		t.Errorf("the run sees silences %v, %v", list, err)
	}
}

// Of logs that are followed it is said how many rules are, and up to which time.
func TestStatusOfFollowing(t *testing.T) {
	folder, dir := t.TempDir(), filepath.Join(t.TempDir(), "state")
	path := filepath.Join(folder, "log")
	appendTo(t, path)
	r := follows(t, nil, "detect", "-F", ruleFile(t, oneA, aThenB), "--data", folder, "--state", dir)
	time.Sleep(700 * time.Millisecond)
	appendTo(t, path, process(10, "start", "a", "1"))
	r.finding()
	r.stop()
	r.end(interrupted)
	s := newScreen(t, "")
	s.outTerminal = false
	want := `{"what":"set","searched":"` + folder + `","rules":2,"until":"2026-03-01T12:00:10.000Z",`
	if code := s.run("status", "--state", dir, "--now", "2026-03-01T12:01:00Z"); code != done || !strings.HasPrefix(s.stdout.String(), want) {
		t.Errorf("code %d: %s%s, want %s", code, s.stdout.String(), s.stderr.String(), want)
	}
}

// A run took as long as the clock says, whatever time it was for.
func TestStatusOfRunForAnotherTime(t *testing.T) {
	folder := hourOfEvils(t, 2)
	dir := filepath.Join(folder, "state")
	for _, args := range [][]string{
		{"detect", filepath.Join(folder, "rule.yml"), "--data", filepath.Join(folder, "log"), "--state", dir, "--now", "2026-05-06T01:00:00Z", "-q"},
		{"status", "--state", dir, "-o", "ndjson"},
	} {
		s, out, said := silentShell(t)
		if code := run(t.Context(), args, s); code != done || args[0] == "status" && !strings.Contains(out.String(), `"began":"2026-05-06T01:00:00.000Z","took":0,`) {
			t.Errorf("code %d: %s%s", code, out, said)
		}
	}
}

func TestLasting(t *testing.T) {
	for seconds, want := range map[float64]string{
		0: "0.0s", 0.25: "0.2s", 9.96: "10.0s", 10: "10s", 59.9: "59s", 60: "1m 0s", 3599: "59m 59s", 3600: "1h 0m", 86399: "23h 59m", 86400: "1d 0h", -90: "-1m 30s",
	} {
		if got := lasting(seconds); got != want {
			t.Errorf("%v seconds are %q, want %q", seconds, got, want)
		}
	}
}
