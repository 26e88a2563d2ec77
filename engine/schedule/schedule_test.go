package schedule

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"spoor/engine/rules"
)

func TestInterval(t *testing.T) {
	for _, c := range []struct{ interval, after, want string }{
		{"5m", "2024-05-15T12:34:56Z", "12:35:00 12:40:00 12:45:00"},
		{"60s", "2024-05-15T12:34:56Z", "12:35:00 12:36:00 12:37:00"},
		{"1h", "2024-05-15T12:34:56Z", "13:00:00 14:00:00 15:00:00"},
		{"24h", "2024-05-15T12:34:56Z", "00:00:00 00:00:00 00:00:00"},
		{"1d", "2024-05-15T12:34:56Z", "00:00:00 00:00:00 00:00:00"},
		{"7s", "1970-01-01T00:00:00Z", "00:00:07 00:00:14 00:00:21"},
		{"7s", "1969-12-31T23:59:50Z", "23:59:53 00:00:00 00:00:07"},
		{"5m", "2024-05-15T12:35:00Z", "12:40:00 12:45:00 12:50:00"},
		{"5m", "2024-05-15T12:34:59.999999999Z", "12:35:00 12:40:00 12:45:00"},
		{"2 hours", "2024-05-15T12:34:56Z", "14:00:00 16:00:00 18:00:00"},
	} {
		s := of(t, rules.Schedule{Interval: c.interval}, time.UTC)
		at := instant(t, c.after, time.UTC)
		var got []time.Time
		for range 3 {
			at = s.Next(at)
			got = append(got, at)
		}
		if text := clock(got, "15:04:05"); text != c.want {
			t.Errorf("%s after %s: %s, want %s", c.interval, c.after, text, c.want)
		}
	}
	// Multiples are counted in UTC, also where the clock on the wall is half an hour off.
	s := of(t, rules.Schedule{Interval: "1h"}, zone(t, "Asia/Kolkata"))
	if got := s.Next(instant(t, "2024-05-15T12:34:56Z", time.UTC)).Format(time.RFC3339); got != "2024-05-15T18:30:00+05:30" {
		t.Errorf("1h in Kolkata: %s", got)
	}
}

func TestScheduleErrors(t *testing.T) {
	for _, c := range []struct {
		when       rules.Schedule
		code, want string
	}{
		{rules.Schedule{}, "no-schedule", "does not say when it runs"},
		{rules.Schedule{Cron: "0 * * * *", Interval: "5m"}, "bad-schedule", "both a cron (0 * * * *) and an interval (5m)"},
		{rules.Schedule{Interval: "5"}, "bad-interval", "5m, 60s, 24h"},
		{rules.Schedule{Interval: "m"}, "bad-interval", "5m, 60s, 24h"},
		{rules.Schedule{Interval: "-5m"}, "bad-interval", "5m, 60s, 24h"},
		{rules.Schedule{Interval: "5 fortnights"}, "bad-interval", "5m, 60s, 24h"},
		{rules.Schedule{Interval: "1mon"}, "bad-interval", "5m, 60s, 24h"},
		{rules.Schedule{Interval: "500ms"}, "bad-interval", "5m, 60s, 24h"},
		{rules.Schedule{Interval: "0s"}, "bad-interval", "between a second and a year"},
		{rules.Schedule{Interval: "367d"}, "bad-interval", "between a second and a year"},
		{rules.Schedule{Interval: "99999999999999999999m"}, "bad-interval", "5m, 60s, 24h"},
		{rules.Schedule{Cron: "@hourly", Window: "soon"}, "bad-schedule", "schedule_window \"soon\""},
		{rules.Schedule{Cron: "@hourly", Window: "-5"}, "bad-schedule", "a number of minutes"},
		{rules.Schedule{Cron: "@hourly", Earliest: "-70"}, "bad-time", "the earliest time in the schedule of \"a rule\": "},
		{rules.Schedule{Cron: "@hourly", Latest: "rt"}, "bad-time", "the latest time in the schedule"},
		{rules.Schedule{Cron: "@hourly", Earliest: "-10m", Latest: "-70m"}, "empty-window", "its earliest time -10m is not before its latest, -70m"},
		{rules.Schedule{Cron: "@hourly", Earliest: "now"}, "empty-window", "its earliest time now is not before its latest, now"},
	} {
		_, err := Of(ruleIn("rules.yml", c.when), time.UTC)
		if err == nil || err.Code != c.code || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "rules.yml:2:1: error: ") {
			t.Errorf("%+v: %v, want %s at the rule with %q", c.when, err, c.code, c.want)
		}
	}
	for format, hint := range map[rules.Format]string{rules.SavedSearch: "cron_schedule", rules.Own: "schedule: {cron:"} {
		if _, err := Of(&rules.Rule{Format: format}, nil); err == nil || !strings.Contains(err.Hint, hint) {
			t.Errorf("%s: %v, want a hint with %q", format, err, hint)
		}
	}
}

func TestDue(t *testing.T) {
	for _, when := range []rules.Schedule{{Cron: "0 * * * *"}, {Interval: "1h"}} {
		s := of(t, when, time.UTC)
		for _, c := range []struct {
			after, upTo string
			most        int
			want        string
			left        int
		}{
			{"2024-05-15T12:00:00Z", "2024-05-15T12:59:59Z", 0, "", 0},
			{"2024-05-15T12:00:00Z", "2024-05-15T13:00:00Z", 0, "13", 0},
			{"2024-05-15T12:00:00Z", "2024-05-15T13:00:59Z", 0, "13", 0},
			{"2024-05-15T11:59:59.5Z", "2024-05-15T12:00:00.5Z", 0, "12", 0},
			{"2024-05-15T12:00:00Z", "2024-05-15T16:30:00Z", 0, "13 14 15 16", 0}, // three were missed
			{"2024-05-15T12:00:00Z", "2024-05-15T16:30:00Z", 4, "13 14 15 16", 0},
			{"2024-05-15T12:00:00Z", "2024-05-15T16:30:00Z", 3, "14 15 16", 1},
			{"2024-05-15T12:00:00Z", "2024-05-15T16:30:00Z", 1, "16", 3},
			{"2014-05-15T12:00:00Z", "2024-05-15T16:30:00Z", 2, "15 16", 87674},
			{"2024-05-15T12:00:00Z", "2024-05-15T12:00:00Z", 0, "", 0},
			{"2024-05-15T12:00:00Z", "2024-05-15T11:00:00Z", 0, "", 0}, // a clock that went back
			{"2044-05-15T12:00:00Z", "2024-05-15T11:00:00Z", 5, "", 0},
		} {
			got, left := s.Due(instant(t, c.after, time.UTC), instant(t, c.upTo, time.UTC), c.most)
			if text := clock(got, "15"); text != c.want || left != c.left {
				t.Errorf("%+v, at most %d after %s: %q and %d, want %q and %d", when, c.most, c.after, text, left, c.want, c.left)
			}
		}
		for upTo, want := range map[string]string{"2024-05-15T12:00:00Z": "12:00", "2024-05-15T12:59:59Z": "12:00", "2024-05-15T11:59:59.9Z": "11:00"} {
			if got, left := s.Due(time.Time{}, instant(t, upTo, time.UTC), 0); clock(got, "15:04") != want || left != 0 {
				t.Errorf("%+v: the first run at %s is due for %q, want %q", when, upTo, clock(got, "15:04"), want)
			}
		}
	}
	// A day that is seldom is found again.
	leap := of(t, rules.Schedule{Cron: "0 0 29 2 *"}, time.UTC)
	if got, _ := leap.Due(time.Time{}, instant(t, "2024-02-28T00:00:00Z", time.UTC), 0); clock(got, "2006-01-02") != "2020-02-29" {
		t.Errorf("the latest 29th of February is %v", got)
	}
	if got, _ := leap.Due(time.Time{}, instant(t, "2104-02-28T23:59:59Z", time.UTC), 0); clock(got, "2006-01-02") != "2096-02-29" {
		t.Errorf("the latest 29th of February before that of 2104 is %v", got)
	}
	if got := leap.Next(instant(t, "2096-02-29T00:00:00Z", time.UTC)); got.Format("2006-01-02") != "2104-02-29" {
		t.Errorf("after 2096 the next 29th of February is %s", got)
	}
}

// However ticks are asked for, they are the same: one by one, all at once, the last ones.
func TestDueAgrees(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, when := range []rules.Schedule{
		{Cron: "0 * * * *"}, {Cron: "*/7 1-5 * * *"}, {Cron: "30 2 * * *"}, {Cron: "0 */3 * * 1-5"}, {Interval: "5m"}, {Interval: "7m"}, {Interval: "36h"},
	} {
		s := of(t, when, zone(t, "Europe/Berlin"))
		for range 100 {
			after := time.Unix(1.7e9+r.Int64N(4e7), r.Int64N(1e9))
			upTo := after.Add(time.Duration(r.Int64N(int64(10 * day))))
			var want []time.Time
			for at := s.Next(after); !at.After(upTo); at = s.Next(at) {
				want = append(want, at)
			}
			all, left := s.Due(after, upTo, 0)
			if !slices.EqualFunc(all, want, time.Time.Equal) || left != 0 {
				t.Fatalf("%+v from %s to %s: %d ticks and %d, want %d", when, after, upTo, len(all), left, len(want))
			}
			most := 1 + r.IntN(20)
			last, left := s.Due(after, upTo, most)
			if want = want[max(0, len(want)-most):]; !slices.EqualFunc(last, want, time.Time.Equal) || left != len(all)-len(last) {
				t.Fatalf("%+v from %s to %s: the last %d are %v and %d, want %v", when, after, upTo, most, last, left, want)
			}
		}
	}
}

func TestEvery(t *testing.T) {
	for _, c := range []struct {
		when rules.Schedule
		want time.Duration
	}{
		{rules.Schedule{Cron: "0 * * * *"}, time.Hour}, {rules.Schedule{Cron: "*/15 * * * *"}, 15 * time.Minute}, {rules.Schedule{Cron: "10 0 * * *"}, day},
		{rules.Schedule{Cron: "0 9-17 * * 1-5"}, time.Hour}, {rules.Schedule{Cron: "@weekly"}, 7 * day}, {rules.Schedule{Cron: "@monthly"}, 31 * day},
		{rules.Schedule{Cron: "0 0 29 2 *"}, 1461 * day}, {rules.Schedule{Interval: "5m"}, 5 * time.Minute}, {rules.Schedule{Cron: "@every 90s"}, 90 * time.Second},
	} {
		if got := of(t, c.when, time.UTC).Every(); got != c.want {
			t.Errorf("%+v: every %s, want %s", c.when, got, c.want)
		}
	}
}

func TestStart(t *testing.T) {
	tick := instant(t, "2024-05-15T12:00:00Z", time.UTC)
	named := func(id, window string) *Schedule {
		s, err := Of(&rules.Rule{ID: id, Schedule: rules.Schedule{Cron: "0 * * * *", Window: window}}, time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for _, window := range []string{"", "0", "auto", "default"} {
		if got := named("x", window).Start(tick, 0); !got.Equal(tick) {
			t.Errorf("schedule_window %q: %s", window, got)
		}
	}
	quarters := map[time.Duration]int{}
	for i := range 1000 {
		s := named(fmt.Sprintf("rule-%04d", i), "20")
		start := s.Start(tick, 0)
		if again := named(fmt.Sprintf("rule-%04d", i), "20").Start(tick, 0); !again.Equal(start) {
			t.Fatalf("rule %d starts at %s, and at %s", i, start, again)
		}
		late := start.Sub(tick)
		if late < 0 || late >= 20*time.Minute {
			t.Fatalf("rule %d starts %s late", i, late)
		}
		quarters[late/(5*time.Minute)]++
		if late = s.Start(tick, 30*time.Second).Sub(tick); late < 0 || late >= 30*time.Second {
			t.Fatalf("rule %d starts %s late with a jitter of 30s", i, late)
		}
		if w, err := s.Window(tick); err != nil || !w.To.Equal(tick) {
			t.Fatalf("the window of rule %d ends %s: a late start shifts it", i, w.To)
		}
	}
	for q, n := range quarters {
		if n < 180 || n > 320 {
			t.Errorf("%d of 1000 rules start in quarter %d", n, q)
		}
	}
}

func TestCatchUp(t *testing.T) {
	for format, want := range map[rules.Format]int{rules.Elastic: 4, rules.Kibana: 4, rules.SecurityContent: 0, rules.SavedSearch: 0, rules.Own: 0} {
		s, err := Of(&rules.Rule{Format: format, Schedule: rules.Schedule{Interval: "5m"}}, nil)
		if err != nil || s.CatchUp() != want {
			t.Errorf("%s: %d, %v; want %d", format, s.CatchUp(), err, want)
		}
	}
}

// BenchmarkYear is the ticks of a year of 10,000 rules, of which the last 24 are told and all are counted.
func BenchmarkYear(b *testing.B) {
	berlin := zone(b, "Europe/Berlin")
	var all []*Schedule
	for i := range 10000 {
		when := rules.Schedule{Cron: fmt.Sprintf("%d * * * *", i%60)}
		switch i % 10 {
		case 7, 8:
			when = rules.Schedule{Interval: "5m"}
		case 9:
			when = rules.Schedule{Cron: fmt.Sprintf("%d %d * * 1-5", i%60, i%24)}
		}
		all = append(all, of(b, when, berlin))
	}
	from := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	b.ResetTimer()
	ticks := 0
	for range b.N {
		for _, s := range all {
			got, left := s.Due(from, from.AddDate(1, 0, 0), 24)
			ticks += len(got) + left
		}
	}
	b.ReportMetric(float64(ticks)/float64(b.N), "ticks")
}
