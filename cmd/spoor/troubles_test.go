package main

import (
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestTroubles(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	s := &troubles{now: func() time.Time { return now }}
	able := map[string]bool{"hourly": true, "often": true}
	for i, c := range []struct {
		after time.Duration
		due   string
		hears string // messages, with | between them
		says  string // of these
		over  string
	}{
		{0, "hourly often", "no /var/log/x|rule has 12 results", "no /var/log/x|rule has 12 results", ""},
		{5 * time.Minute, "often", "no /var/log/x", "", ""}, // the other one may be that of the rule that runs hourly
		{5 * time.Minute, "often", "no /var/log/x|no /var/log/x.1", "no /var/log/x.1", ""},
		{50 * time.Minute, "hourly often", "rule has 1,300 results", "rule has 1,300 results", "no /var/log/x|no /var/log/x.1"}, // an hour later
		{5 * time.Minute, "often", "no /var/log/x", "no /var/log/x", ""},
		{55 * time.Minute, "hourly", "", "", "rule has 1,300 results"},
		{time.Minute, "often", "", "", "no /var/log/x"},
		{time.Minute, "hourly", "gone with its rule", "gone with its rule", ""},
		{-3 * time.Hour, "hourly", "gone with its rule", "gone with its rule", ""}, // the clock was put back: better once more than never
		{time.Minute, "-hourly often", "", "", "gone with its rule"},
	} {
		now = now.Add(c.after)
		if strings.HasPrefix(c.due, "-hourly ") {
			delete(able, "hourly")
			c.due = "often"
		}
		s.begin(strings.Fields(c.due))
		var says []string
		for _, text := range strings.FieldsFunc(c.hears, func(r rune) bool { return r == '|' }) {
			if s.hear(text) {
				says = append(says, text)
			}
		}
		over := s.end(able)
		if got, want := fmt.Sprint(strings.Join(says, "|"), "; ", strings.Join(over, "|")), c.says+"; "+c.over; got != want {
			t.Errorf("round %d says %q, want %q", i, got, want)
		}
	}
}

// A log that is not there is said once, however many rounds miss it, and so is that it is there again.
func TestServiceTellsTroublesOnce(t *testing.T) {
	s, spoor := newServed(t), program(t)
	s.start(spoor, "--data", s.path("more"), "--to", s.path("out.ndjson"), "-q")
	for n := range 3 {
		s.happens("evil")
		s.tells("first", n+1)
	}
	s.write("more", "")
	s.await("the end of it", func() bool { return strings.Contains(s.said.String(), "over: ") })
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	if code := s.ends(); code != 0 && code != int(unread) {
		t.Errorf("exit code %d", code)
	}
	lines := strings.Split(strings.TrimSpace(s.said.String()), "\n")
	if n := strings.Count(s.said.String(), s.path("more")); n != 2 || !strings.HasPrefix(lines[len(lines)-1], "over: ") {
		t.Errorf("said %d times: %s", n, s.said)
	}
}

// A service that waits, or reads, lives; one that does neither for too long does not.
func TestVitals(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	p := &vitals{now: func() time.Time { return now }}
	p.beat()
	logs := &fixedProgress{}
	for i, c := range []struct {
		after time.Duration
		do    func()
		alive bool
	}{
		{5 * time.Minute, func() {}, true}, {6 * time.Minute, func() {}, false}, {time.Minute, p.beat, true},
		{9 * time.Minute, func() { p.reads(logs) }, true}, {9 * time.Minute, func() { logs.done = 5 }, true}, {9 * time.Minute, func() { logs.done = 6 }, true},
		{9 * time.Minute, func() {}, true}, {2 * time.Minute, func() {}, false}, {time.Minute, p.beat, true}, {9 * time.Minute, func() { logs.done = 7 }, true}, {2 * time.Minute, func() {}, false},
	} {
		now = now.Add(c.after)
		if c.do(); p.within(10*time.Minute) != c.alive {
			t.Errorf("step %d: alive is not %v", i, c.alive)
		}
	}
}

type fixedProgress struct{ done int64 }

func (f *fixedProgress) Progress() (done, total int64) { return f.done, 100 }
