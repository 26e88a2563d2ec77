package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// A log is written in pieces, between runs too, and renamed on the way: all runs together write what one would have written.
func TestFollowRestarts(t *testing.T) {
	for _, c := range []struct {
		name    string
		command string
		query   string
		want    []string
	}{
		{"rows", "search", `process.name=b OR process.name=c | table process.pid`, []string{`{"process.pid":1}`, `{"process.pid":2}`, `{"process.pid":3}`, `{"process.pid":4}`, `{"process.pid":9}`}},
		{"values of rows", "search", `process.name=b | eval n=split("x,y,x",",") | mvexpand n | table process.pid, n`, []string{
			`{"process.pid":1,"n":"x"}`, `{"process.pid":1,"n":"x"}`, `{"process.pid":1,"n":"y"}`, `{"process.pid":2,"n":"x"}`, `{"process.pid":2,"n":"x"}`,
			`{"process.pid":2,"n":"y"}`, `{"process.pid":3,"n":"x"}`, `{"process.pid":3,"n":"x"}`, `{"process.pid":3,"n":"y"}`}},
		{"events", "eql", `process where process.name == "b"`, []string{"1", "2", "3"}},
		{"sequences", "eql", `sequence by process.pid with maxspan=30s [process where process.name == "a"] [process where process.name == "b"]`, []string{"1 1", "2 2", "3 3"}},
		{"missing events", "eql", `sequence by process.pid with maxspan=20s [process where process.name == "a"] ![process where process.name == "b"]`, []string{"4", "5"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			folder, stateDir := t.TempDir(), filepath.Join(t.TempDir(), "state")
			path := filepath.Join(folder, "log")
			appendTo(t, path, process(0, "start", "a", "99"), process(1, "start", "b", "99"), process(2, "start", "c", "98")) // before anybody followed
			var got []string
			run := func(texts ...string) {
				r := follows(t, nil, c.command, "-F", c.query, "--state", stateDir, folder)
				r.said("following")
				time.Sleep(300 * time.Millisecond)
				appendTo(t, path, texts...)
				time.Sleep(1500 * time.Millisecond)
				r.stop()
				for text := r.row(); text != ""; text = r.row() {
					got = append(got, pids(c.command, text))
				}
				r.end(interrupted)
			}
			run(process(10, "start", "a", "1"), process(11, "start", "a", "2"), process(11, "start", "a", "5"))
			appendTo(t, path, process(12, "start", "b", "1"), process(13, "start", "a", "3"))
			if err := os.Rename(path, path+".1"); err != nil {
				t.Fatal(err)
			}
			run()
			run(process(15, "start", "b", "2"), process(14, "start", "b", "3"), process(16, "start", "a", "4")) // not in their order
			run(process(50, "start", "c", "9"), process(17, "start", "c", "1"), process(17, "start", "c", "2"), process(18, "start", "c", "3"), process(18, "start", "c", "4"))
			run()
			want := slices.Clone(c.want)
			if c.name == "rows" {
				want = append(want, want[:3]...)
			}
			slices.Sort(want)
			if slices.Sort(got); !slices.Equal(got, want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}

// pids is the processes of an event or a sequence, and a row of a search as it is.
func pids(command, text string) string {
	if command == "search" {
		return text
	}
	var out []string
	for _, part := range strings.Split(text, `"process.pid":`)[1:] {
		out = append(out, part[:strings.IndexAny(part, ",}")])
	}
	return strings.Join(out, " ")
}

// Periods that are over while nobody follows are answered at the next start, as far back as is wanted, and each once.
func TestPeriodsRestarts(t *testing.T) {
	folder, stateDir := t.TempDir(), filepath.Join(t.TempDir(), "state")
	path := filepath.Join(folder, "log")
	appendTo(t, path, eventAt("11:59:00", "1"))
	clock := &hands{}
	run := func(at string, rows ...string) *running {
		clock.set(t, at)
		r := followsBy(t, clock.now, nil, "search", "-F", "--every", "15m", "--state", stateDir, "--catch-up", "1h", "EventID=1 | stats values(ProcessId) as p", folder)
		r.said("answering every 15m")
		r.want(rows...)
		return r
	}
	end := func(r *running) {
		r.stop()
		if text := r.row(); text != "" {
			t.Errorf("also told: %s", text)
		}
		r.end(interrupted)
	}
	r := run("2026-03-01T12:05:00Z")
	appendTo(t, path, eventAt("12:14:59", "2"))
	clock.set(t, "2026-03-01T12:15:00Z")
	r.want(`{"p":"2"}`)
	end(r)
	appendTo(t, path, eventAt("12:15:00", "3"), eventAt("12:29:00", "4"), eventAt("12:31:00", "5"))
	end(run("2026-03-01T12:29:00Z"))
	end(run("2026-03-01T12:46:00Z", `{"p":["3","4"]}`, `{"p":"5"}`))
	appendTo(t, path, eventAt("12:50:00", "6"), eventAt("14:14:00", "7"), eventAt("14:16:00", "8"))
	r = run("2026-03-01T15:20:00Z", `{"p":"8"}`)
	r.said("no period is answered from 2026-03-01T12:45:00")
	end(r)
}

func TestStateRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log")
	appendTo(t, path, event)
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"search", "--state", t.TempDir(), "EventID=1", path}, "it goes with -F"},
		{[]string{"search", "--state", t.TempDir(), "--every", "1h", "EventID=1", path}, "it goes with -F"},
		{[]string{"eql", "-F", "--state", t.TempDir(), "--earliest", "-1h", "any where true", path}, "so does --earliest"},
		{[]string{"search", "-F", "--state", "", "EventID=1", path}, "--state"},
		{[]string{"search", "--catch-up", "1h", "EventID=1", path}, "with a state folder"},
		{[]string{"search", "-F", "--catch-up", "1h", "EventID=1", path}, "with a state folder"},
		{[]string{"search", "-F", "--every", "1h", "--catch-up", "soon", "--state", t.TempDir(), "EventID=1 | stats count", path}, "--catch-up is a time"},
	} {
		s := newScreen(t, "")
		s.outTerminal = false
		if code := s.run(c.args...); code != misused || !strings.Contains(s.stderr.String(), c.says) || s.stdout.Len() > 0 {
			t.Errorf("%q: code %d, said %q", c.args, code, s.stderr.String())
		}
	}
}
