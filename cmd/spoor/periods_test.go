package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// hands is a clock that a test moves.
type hands struct{ at atomic.Int64 }

func (h *hands) now() time.Time { return time.Unix(0, h.at.Load()) }

func (h *hands) set(t *testing.T, text string) {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	h.at.Store(at.UnixNano())
}

// eventAt is an event of a process at a time of day, or of another day.
func eventAt(at, pid string) string {
	if len(at) == len("12:00:00") {
		at = "2026-03-01 " + at
	}
	return fmt.Sprintf(`{"EventID":"1","UtcTime":"%s.000","SystemTime":"%sZ","Computer":"h","Channel":"Linux-Sysmon/Operational","ProcessId":"%s","Image":"/bin/sh"}`+"\n",
		at, strings.Replace(at, " ", "T", 1), pid)
}

func TestPeriods(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "log")
	appendTo(t, path, eventAt("11:59:59", "1"), eventAt("12:02:00", "2"))
	clock := &hands{}
	clock.set(t, "2026-03-01T12:05:00Z")
	r := followsBy(t, clock.now, nil, "search", "-F", "--every", "15m", "--lag", "1m", `EventID=1 | stats count values(ProcessId) as p`, folder)
	r.said("answering every 15m")
	appendTo(t, path, eventAt("12:14:59", "3"), eventAt("12:15:00", "4"))
	clock.set(t, "2026-03-01T12:15:59Z")
	time.Sleep(2 * mostSleep)
	appendTo(t, path, eventAt("12:03:00", "5")) // the lag is for such
	clock.set(t, "2026-03-01T12:16:00Z")
	r.want(`{"count":3,"p":["2","3","5"]}`)
	if err := os.Rename(path, path+".1"); err != nil {
		t.Fatal(err)
	}
	appendTo(t, path, eventAt("12:29:00", "6"), eventAt("12:47:00", "7"))
	clock.set(t, "2026-03-01T13:02:00Z") // the machine slept; from 12:30 on there was nothing
	r.want(`{"count":2,"p":["4","6"]}`, `{"count":1,"p":"7"}`)
	clock.set(t, "2026-03-01T12:00:00Z") // set back
	time.Sleep(2 * mostSleep)
	appendTo(t, path, eventAt("13:01:00", "8"))
	clock.set(t, "2026-03-01T13:16:00Z")
	r.want(`{"count":1,"p":"8"}`)
	r.stop()
	r.end(interrupted)
}

// Where the search cuts time itself, these are the periods.
func TestPeriodsOfSpans(t *testing.T) {
	for _, query := range []string{
		`EventID=1 | bin _time span=5m | stats count by _time | table count`,
		`EventID=1 | timechart span=5m count | table count`,
	} {
		path := filepath.Join(t.TempDir(), "log")
		appendTo(t, path, eventAt("12:01:00", "1"), eventAt("12:04:00", "2"), eventAt("12:05:00", "3"))
		clock := &hands{}
		clock.set(t, "2026-03-01T12:02:00Z")
		r := followsBy(t, clock.now, nil, "search", "-F", query, path)
		r.said("answering every 5m")
		clock.set(t, "2026-03-01T12:10:00Z")
		r.want(`{"count":2}`, `{"count":1}`)
		r.stop()
		r.end(interrupted)
	}
}

// Days are those of the clock on the wall; --earliest says from where on what is there is answered, and not a moment before.
func TestPeriodsFromEarlier(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log")
	appendTo(t, path,
		eventAt("2026-10-24 09:59:59", "1"), eventAt("2026-10-24 10:00:00", "2"), // from noon on the day before
		eventAt("2026-10-24 22:00:00", "3"), eventAt("2026-10-25 22:59:59", "4"), // a day of 25 hours
		eventAt("2026-10-25 23:00:00", "5"))
	clock := &hands{}
	clock.set(t, "2026-10-26T23:00:00Z")
	r := followsBy(t, clock.now, nil, "search", "-F", "--every", "1d", "--earliest", "2026-10-24T12:00:00", "--tz", "Europe/Berlin", `EventID=1 | stats values(ProcessId) as p`, path)
	r.want(`{"p":"2"}`, `{"p":["3","4"]}`, `{"p":"5"}`)
	r.stop()
	r.end(interrupted)
}

// A period that cannot be answered is answered later.
func TestPeriodThatFails(t *testing.T) {
	folder := t.TempDir()
	path, names := filepath.Join(folder, "log"), filepath.Join(folder, "names.csv")
	write := func() { appendTo(t, names, "pid,name\n1,one\n") }
	write()
	appendTo(t, path, eventAt("12:01:00", "1"))
	clock := &hands{}
	clock.set(t, "2026-03-01T12:02:00Z")
	r := followsBy(t, clock.now, nil, "search", "-F", "--every", "5m", "--lookups", folder,
		`EventID=1 | lookup names.csv pid as ProcessId output name | stats count by name`, path)
	r.said("answering every 5m")
	if err := os.Remove(names); err != nil {
		t.Fatal(err)
	}
	clock.set(t, "2026-03-01T12:05:00Z")
	r.said("tried again")
	write()
	r.want(`{"name":"one","count":1}`)
	r.stop()
	r.end(interrupted)
}

func TestPeriodsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log")
	appendTo(t, path, event)
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"search", "-F", "--every", "5m", "EventID=1 | stats count", "-"}, "a pipe cannot be read again"},
		{[]string{"search", "-F", "--every", "5m", "EventID=1 | stats count"}, "a pipe cannot be read again"},
		{[]string{"search", "-F", "--every", "7m", "EventID=1 | stats count", path}, `"7m" does not fit evenly`},
		{[]string{"search", "-F", "EventID=1 | timechart span=7m count", path}, `"7m" does not fit evenly`},
		{[]string{"search", "-F", "EventID=1 | stats count", path}, "with --every 15m"},
		{[]string{"search", "-F", "--every", "5m", "--now", "2026-03-01", "EventID=1 | stats count", path}, "--now stands still"},
		{[]string{"eql", "-F", "--every", "5m", "sequence by host.id [any where true] [any where true]", path}, "a sequence goes on"},
	} {
		s := newScreen(t, "")
		s.outTerminal = false
		if code := s.run(c.args...); code != misused || !strings.Contains(s.stderr.String(), c.says) || s.stdout.Len() > 0 {
			t.Errorf("%q: code %d, said %q", c.args, code, s.stderr.String())
		}
	}
}

// narrower is the widths of a terminal, one after another.
func narrower(widths ...int) func() int {
	return func() int {
		now := widths[0]
		if len(widths) > 1 {
			widths = widths[1:]
		}
		return now
	}
}

func TestCanvas(t *testing.T) {
	for _, c := range []struct {
		name   string
		canvas canvas
		want   string
	}{
		{"terminal", canvas{titled: true, redrawn: true, width: func() int { return 10 }}, "one\n\x1b[31ma\x1b[0m\nb\n\x1b[3A\r\x1b[Jtwo: no results\n\x1b[2A\r\x1b[Jthree\nc\n"},
		{"terminal that is made narrower", canvas{titled: true, redrawn: true, width: narrower(10, 10, 4)}, "one\n\x1b[31ma\x1b[0m\nb\n\x1b[3A\r\x1b[Jtwo: no results\n\x1b[4A\r\x1b[Jthree\nc\n"},
		{"file of tables", canvas{titled: true, wordless: true}, "one\n\x1b[31ma\x1b[0m\nb\nthree\nc\n"},
		{"other file", canvas{wordless: true}, "\x1b[31ma\x1b[0m\nb\nc\n"},
	} {
		var out bytes.Buffer
		c.canvas.to = &out
		for _, x := range []struct {
			time string
			rows int64
			text string
		}{{"one", 2, "\x1b[31ma\x1b[0m\nb\n"}, {"two", 0, ""}, {"three", 1, "c\n"}} {
			if err := c.canvas.draw(x.time, x.rows, x.text); err != nil {
				t.Fatal(err)
			}
		}
		if out.String() != c.want {
			t.Errorf("%s: got %q, want %q", c.name, out.String(), c.want)
		}
	}
}
