package rounds_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"spoor/engine/rounds"
	"spoor/engine/rules"
	"spoor/engine/schedule"
	"spoor/grammar/source"
)

// byPeriods answers all rules by a quarter of an hour.
func byPeriods(t *testing.T, o *rounds.Options) {
	t.Helper()
	clock, err := schedule.Period("15m", time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	o.Schedule = func(*rules.Rule) (*schedule.Schedule, *source.Diagnostic) { return clock, nil }
}

// begin notes at a minute that the first window is the first that ends after another one.
func (w *world) begin(minute, after int) {
	w.t.Helper()
	store := openStore(w.t, w.dir, at(minute))
	defer store.Close()
	o := options(at(minute), time.UTC)
	w.set(&o)
	if err := rounds.Begin(store, w.rules, at(after), o); err != nil {
		w.t.Fatal(err)
	}
}

// Rules are answered by periods that are not their own: from the one on that is under way, each once, with what came late.
func TestPeriods(t *testing.T) {
	const count = "title: r\nlanguage: spl\nquery: 'EventID=1 Image=\"*/evil\" | stats count by host'\nschedule: {cron: '0 0 * * *', earliest: -1d, latest: now}\n"
	events := []event{evil(1, -20, -20), evil(2, 3, 3), evil(3, 7, 7), evil(4, 20, 20), evil(5, 31, 31), evil(6, 9, 50), evil(7, 70, 70)}
	for _, c := range []struct {
		name         string
		begun, after int
		set          func(*rounds.Options)
		steps        []step
	}{
		{"from now on", 5, 5, func(*rounds.Options) {}, []step{
			{minute: 14}, {minute: 15, told: "7 new 1"}, {minute: 29}, {minute: 45, told: "20 update 2, 31 update 3"},
			{minute: 61}, {minute: 75, told: "70 update 4"}, {minute: 200},
		}},
		{"with what was there", 5, -30, func(*rounds.Options) {}, []step{{minute: 5, told: "-20 new 1"}, {minute: 15, told: "7 update 2"}}},
		{"but not before a time", 5, -30, func(o *rounds.Options) { o.First = at(5) }, []step{{minute: 5}, {minute: 15, told: "7 new 1"}}},
		{"longer ago than runs go back", 5, 5, func(o *rounds.Options) { o.Catchup = time.Hour }, []step{
			{minute: 15, told: "7 new 1"}, {minute: 110, told: "70 update 2",
				said: `"r" was not evaluated from 2026-05-06T12:15:00Z to 2026-05-06T12:45:00Z: 2 missed runs longer ago than --catch-up; "r" was not evaluated from 2026-05-06T12:09:00Z to 2026-05-06T12:50:00Z: late events longer ago than --catch-up`},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, count, events...)
			w.set = func(o *rounds.Options) { byPeriods(t, o); c.set(o) }
			w.begin(c.begun, c.after)
			for _, s := range c.steps {
				if told, said := w.run(s.minute, true); told != s.told || said != s.said {
					t.Errorf("minute %d: told %q and said %q, want %q and %q", s.minute, told, said, s.told, s.said)
				}
			}
		})
	}
}

// Many missed windows are answered by several rounds, and the last one says that there are no more.
func TestMissedPeriods(t *testing.T) {
	var events []event
	var want []string
	for i := range 10 {
		events = append(events, evil(i, i*15+3, i*15+3))
		want = append(want, fmt.Sprintf("%d new 1", i*15+3))
	}
	w := newWorld(t, event1, events...)
	w.set = func(o *rounds.Options) { byPeriods(t, o); o.Most = 4 }
	w.begin(0, 0)
	var told []string
	for _, more := range []bool{true, true, false} {
		text, said := w.run(150, true)
		if told = append(told, text); w.more != more || said != "" {
			t.Errorf("after %q there are more: %t, want %t; said %q", text, w.more, more, said)
		}
	}
	if got := strings.Join(told, ", "); got != strings.Join(want, ", ") {
		t.Errorf("told %s", got)
	}
}

// A state that is thrown away behind the run knows what was told, but suppresses nothing, and hears of no hosts.
func TestFleeting(t *testing.T) {
	w := newWorld(t, event1, evil(1, 3, 3), evil(2, 4, 4), evil(3, 20, 20))
	w.rules[0].Suppression = &rules.Suppression{By: []string{"host.name"}, Period: "1h"}
	w.set = func(o *rounds.Options) { byPeriods(t, o); o.Fleeting = true }
	w.begin(0, 0)
	for _, s := range []step{{minute: 15, told: "3 new 1, 4 new 1"}, {minute: 15}, {minute: 30, told: "20 new 1"}} {
		if told, _ := w.run(s.minute, true); told != s.told {
			t.Errorf("minute %d: told %q, want %q", s.minute, told, s.told)
		}
	}
	store := openStore(t, w.dir, at(30))
	defer store.Close()
	if hosts, err := store.Hosts("s"); err != nil || len(hosts) > 0 {
		t.Errorf("heard of %v, %v", hosts, err)
	}
}

// What comes late from before the time at which a run begins is nobody's, however many windows it is ago.
func TestLateFromBefore(t *testing.T) {
	const years = -30_000_000
	w := newWorld(t, event1, evil(1, 3, 3), evil(2, years, 20), evil(3, 2, 20), evil(4, 31, 31))
	w.set = func(o *rounds.Options) { byPeriods(t, o); o.First = at(3) }
	w.begin(0, 0)
	for _, s := range []step{{minute: 15, told: "3 new 1"}, {minute: 45, told: "31 new 1"}} {
		if told, said := w.run(s.minute, true); told != s.told || said != "" {
			t.Errorf("minute %d: told %q, want %q; said %q", s.minute, told, s.told, said)
		}
	}
}
