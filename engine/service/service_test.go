package service

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"spoor/engine/detect"
	"spoor/engine/rules"
)

func TestWeek(t *testing.T) {
	hourly, quarter, daily := rules.Schedule{Cron: "0 * * * *"}, rules.Schedule{Cron: "*/15 * * * *"}, rules.Schedule{Cron: "30 6 * * *"}
	w := newWorld(t, monday.Add(-time.Second), 7*24*time.Hour, dutyOf(t, "hourly", hourly), dutyOf(t, "quarter", quarter), dutyOf(t, "daily", daily))
	for _, name := range []string{"hourly", "quarter", "daily"} {
		w.upTo[name] = monday.Add(-time.Second) // earlier services did what was due before
	}
	if err := w.run(nil); err != nil {
		t.Fatal(err)
	}
	w.each("hourly", hourly.Cron, monday.Add(-time.Second), w.end.Add(-time.Second))
	w.each("quarter", quarter.Cron, monday.Add(-time.Second), w.end.Add(-time.Second))
	w.each("daily", daily.Cron, monday.Add(-time.Second), w.end.Add(-time.Second))
	if n := 7 * 24 * 4; len(w.rounds) != n {
		t.Errorf("%d rounds, want %d: what is due together shares one", len(w.rounds), n)
	}
	if w.rounds[0] != "02 00:00:00 hourly,quarter" || !slices.Contains(w.rounds, "04 06:30:00 daily,quarter") {
		t.Errorf("%s", w.rounds[:4])
	}
	if len(w.said) > 0 {
		t.Errorf("said %q", w.said)
	}
}

// What was never answered begins with its last tick; what was missed while no service ran is due at once.
func TestBegin(t *testing.T) {
	w := newWorld(t, monday.Add(12*time.Hour+10*time.Minute), 2*time.Minute,
		dutyOf(t, "new", rules.Schedule{Cron: "0 * * * *"}), dutyOf(t, "missed", rules.Schedule{Cron: "0 * * * *"}), dutyOf(t, "done", rules.Schedule{Cron: "0 * * * *"}))
	w.upTo["missed"], w.upTo["done"] = monday.Add(9*time.Hour), monday.Add(12*time.Hour)
	_ = w.run(nil)
	if len(w.rounds) != 1 || w.rounds[0] != "02 12:10:00 missed,new" || len(w.answers["missed"]) != 3 || len(w.answers["new"]) != 1 {
		t.Errorf("%s %v", w.rounds, w.answers)
	}
}

func TestEdits(t *testing.T) {
	old, kept := dutyOf(t, "old", rules.Schedule{Cron: "*/10 * * * *"}), dutyOf(t, "kept", rules.Schedule{Cron: "*/10 * * * *"})
	other := dutyOf(t, "new", rules.Schedule{Interval: "7m"})
	w := newWorld(t, monday.Add(-time.Second), time.Hour, old, kept)
	w.upTo["old"], w.upTo["kept"] = monday.Add(-time.Minute), monday.Add(-time.Minute)
	w.edits = []edit{{monday.Add(25 * time.Minute), []Duty{kept, other}}}
	_ = w.run(nil)
	if n := len(w.answers["old"]); n != 3 {
		t.Errorf("a rule that is gone after 25 minutes was answered %d times", n)
	}
	w.each("kept", "*/10 * * * *", monday.Add(-time.Second), w.end)
	first := other.Schedule.Next(monday.Add(25 * time.Minute))
	if got := w.answers["new"]; len(got) == 0 || !got[0].Equal(first) {
		t.Errorf("a new rule begins at %v, want %s", got, first)
	}
}

// A round that takes too long is followed by one for all ticks that became due, which is said once.
func TestOverlap(t *testing.T) {
	w := newWorld(t, monday.Add(-time.Second), time.Hour, dutyOf(t, "slow", rules.Schedule{Cron: "* * * * *"}))
	w.upTo["slow"] = monday.Add(-time.Second)
	w.takes = func(w *world) time.Duration {
		if w.now.Before(monday.Add(30 * time.Minute)) {
			return 150 * time.Second
		}
		return time.Second
	}
	_ = w.run(nil)
	w.each("slow", "* * * * *", monday.Add(-time.Second), w.end.Add(-time.Second))
	if len(w.said) != 1 || !strings.Contains(w.said[0], "a round took 2m30s") {
		t.Errorf("said %q", w.said)
	}
	if n := len(w.rounds); n > 50 {
		t.Errorf("%d rounds", n)
	}
}

// A round that began late and ends behind the next tick did not take too long.
func TestShortRound(t *testing.T) {
	w := newWorld(t, monday.Add(58*time.Second), 10*time.Minute, dutyOf(t, "often", rules.Schedule{Cron: "* * * * *"}))
	w.upTo["often"] = monday.Add(-time.Minute)
	w.takes = func(*world) time.Duration { return 5 * time.Second }
	_ = w.run(nil)
	w.each("often", "* * * * *", monday.Add(-time.Minute), w.end.Add(-10*time.Second))
	if len(w.said) > 0 {
		t.Errorf("said %q", w.said)
	}
}

func TestClock(t *testing.T) {
	for name, c := range map[string]struct {
		at, by, end time.Duration
		rounds      int
		said        string
	}{
		"asleep":      {2*time.Hour + 10*time.Second, 3 * time.Hour, 5*time.Hour + 30*time.Minute, 4, ""}, // one for three, four and five
		"a bit back":  {2*time.Hour + 10*time.Second, -20 * time.Second, 5*time.Hour + 30*time.Minute, 6, ""},
		"back":        {2*time.Hour + 10*time.Second, -150 * time.Minute, 5*time.Hour + 30*time.Minute, 6, "the clock was put back: rules were answered up to 2026-03-02T02:00:00Z"},
		"a day back":  {30 * time.Minute, -26 * time.Hour, 90 * time.Minute, 2, "the clock was put back: rules were answered up to 2026-03-02T00:00:00Z"},
		"a year back": {30 * time.Minute, -365 * 24 * time.Hour, 90 * time.Minute, 2, "the clock was put back: rules were answered up to 2026-03-02T00:00:00Z"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, monday.Add(-time.Second), time.Second+c.end, dutyOf(t, "hourly", rules.Schedule{Cron: "0 * * * *"}))
			w.upTo["hourly"] = monday.Add(-time.Second)
			w.jumps = []jump{{monday.Add(c.at), c.by}}
			_ = w.run(nil)
			w.each("hourly", "0 * * * *", monday.Add(-time.Second), w.end)
			if len(w.rounds) != c.rounds {
				t.Errorf("%d rounds, want %d: %s", len(w.rounds), c.rounds, w.rounds)
			}
			if c.said == "" && len(w.said) > 0 || c.said != "" && (len(w.said) != 1 || !strings.Contains(w.said[0], c.said)) {
				t.Errorf("said %q, want %q", w.said, c.said)
			}
		})
	}
}

// A round that failed is tried again after a minute, and answers what became due meanwhile.
func TestFailure(t *testing.T) {
	w := newWorld(t, monday.Add(-time.Second), time.Hour, dutyOf(t, "hourly", rules.Schedule{Cron: "*/10 * * * *"}))
	w.upTo["hourly"] = monday.Add(-time.Second)
	tried := 0
	w.fails = func(w *world) error {
		if tried++; w.now.Before(monday.Add(15 * time.Minute)) {
			return errors.New("there is no room")
		}
		return nil
	}
	_ = w.run(nil)
	w.each("hourly", "*/10 * * * *", monday.Add(-time.Second), w.end.Add(-time.Second))
	if len(w.said) != 15 || tried != 15+len(w.rounds) || !strings.Contains(w.said[0], "is tried again in 1m0s: there is no room") {
		t.Errorf("%d tries, said %q", tried, w.said)
	}
}

func TestNobodyReads(t *testing.T) {
	w := newWorld(t, monday, time.Hour, dutyOf(t, "hourly", rules.Schedule{Cron: "0 * * * *"}))
	w.fails = func(*world) error { return syscall.EPIPE }
	if err := w.run(nil); !errors.Is(err, syscall.EPIPE) {
		t.Errorf("%v", err)
	}
}

// A context that ends in a round ends the service without a word.
func TestStop(t *testing.T) {
	w := newWorld(t, monday, 10*time.Minute, dutyOf(t, "hourly", rules.Schedule{Cron: "0 * * * *"}))
	w.takes = func(*world) time.Duration { return time.Hour }
	if err := w.run(nil); err != nil || len(w.rounds) > 0 || len(w.said) > 0 {
		t.Errorf("%v, %s, said %q", err, w.rounds, w.said)
	}
}

// With jitter each rule starts at a time of its own behind its ticks, and none is lost.
func TestJitter(t *testing.T) {
	var list []Duty
	for i := range 20 {
		list = append(list, dutyOf(t, fmt.Sprint("rule ", i), rules.Schedule{Cron: "*/5 * * * *"}))
	}
	w := newWorld(t, monday.Add(-time.Second), time.Hour, list...)
	for _, d := range list {
		w.upTo[d.Rule.Name] = monday.Add(-time.Second)
	}
	_ = w.run(func(s *Service) { s.Jitter = 2 * time.Minute })
	if len(w.rounds) < 12*10 {
		t.Errorf("%d rounds of 20 rules in 12 periods: they are not spread", len(w.rounds))
	}
	for _, d := range list {
		w.each(detect.NameOf(d.Rule), "*/5 * * * *", monday.Add(-time.Second), w.end.Add(-2*time.Minute))
	}
}

func TestOnce(t *testing.T) {
	w := newWorld(t, monday.Add(12*time.Hour+10*time.Minute), time.Hour, dutyOf(t, "new", rules.Schedule{Cron: "0 * * * *"}), dutyOf(t, "done", rules.Schedule{Cron: "0 * * * *"}))
	w.upTo["done"] = monday.Add(12 * time.Hour)
	w.cancel = func() {}
	for range 2 {
		if err := w.service().Once(context.Background(), w.list); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(w.rounds, []string{"02 12:10:00 new"}) {
		t.Errorf("%s", w.rounds)
	}
}
