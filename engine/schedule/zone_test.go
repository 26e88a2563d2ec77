package schedule

import (
	"strconv"
	"testing"
	"time"

	"spoor/engine/rules"
	"spoor/grammar/source"
)

func itoa(n int) string { return strconv.Itoa(n) }

// ruleIn is a rule on the second line of a file.
func ruleIn(file string, when rules.Schedule) *rules.Rule {
	return &rules.Rule{Name: "a rule", Schedule: when, At: source.New(file, "---\ntitle: a rule\n").Span(4, 17)}
}

// Clocks go forward in Berlin on 2024-03-31, at 02:00 to 03:00, and back on 2024-10-27, at 03:00 to 02:00.
func TestChangedClocks(t *testing.T) {
	for _, c := range []struct{ zone, cron, from, to, want string }{
		{"Europe/Berlin", "30 2 * * *", "2024-03-30 00:00", "2024-04-02 00:00", "30T02:30 31T03:00 01T02:30"},
		{"Europe/Berlin", "0,30 2 * * *", "2024-03-31 00:00", "2024-04-01 00:00", "31T03:00"},
		{"Europe/Berlin", "0 3 * * *", "2024-03-31 00:00", "2024-04-01 00:00", "31T03:00"},
		{"Europe/Berlin", "0 2,3 * * *", "2024-03-31 00:00", "2024-04-01 00:00", "31T03:00"},
		{"Europe/Berlin", "30 1-4 * * *", "2024-03-31 00:00", "2024-04-01 00:00", "31T01:30 31T03:00 31T03:30 31T04:30"},
		{"Europe/Berlin", "0 */2 * * *", "2024-03-31 00:00", "2024-03-31 07:00", "31T03:00 31T04:00 31T06:00"},
		{"Europe/Berlin", "0 * * * *", "2024-03-31 00:30", "2024-03-31 04:30", "31T01:00 31T03:00 31T04:00"},
		{"Europe/Berlin", "30 * * * *", "2024-03-31 00:45", "2024-03-31 04:45", "31T01:30 31T03:30 31T04:30"},
		{"Europe/Berlin", "30 2 * * 1", "2024-03-30 00:00", "2024-04-03 00:00", "01T02:30"},
		{"Europe/Berlin", "30 2 * * *", "2024-10-26 00:00", "2024-10-29 00:00", "26T02:30 27T02:30 28T02:30"},
		{"Europe/Berlin", "0 3 * * *", "2024-10-27 00:00", "2024-10-28 00:00", "27T03:00"},
		{"Europe/Berlin", "*/20 2 * * *", "2024-10-27 00:00", "2024-10-28 00:00", "27T02:00 27T02:20 27T02:40"},
		{"Europe/Berlin", "30 1-3 * * *", "2024-10-27 00:00", "2024-10-28 00:00", "27T01:30 27T02:30 27T03:30"},
		{"Europe/Berlin", "0 * * * *", "2024-10-27 00:30", "2024-10-27 03:30", "27T01:00 27T02:00 27T02:00 27T03:00"},
		{"Europe/Berlin", "*/30 * * * *", "2024-10-27 01:45", "2024-10-27 03:15", "27T02:00 27T02:30 27T02:00 27T02:30 27T03:00"},
		{"Europe/Berlin", "0 */2 * * *", "2024-10-27 00:30", "2024-10-27 04:30", "27T02:00 27T02:00 27T04:00"},
		// Midnight does not exist here, and comes twice there.
		{"America/Sao_Paulo", "0 0 * * *", "2018-11-03 12:00", "2018-11-05 12:00", "04T01:00 05T00:00"},
		{"America/Havana", "0 0 * * *", "2024-11-02 12:00", "2024-11-04 12:00", "03T00:00 04T00:00"},
		// A gap of half an hour, and a day that was left out.
		{"Australia/Lord_Howe", "0 * * * *", "2024-10-06 00:30", "2024-10-06 04:30", "06T01:00 06T02:30 06T03:00 06T04:00"},
		{"Pacific/Apia", "0 12 * * *", "2011-12-29 00:00", "2012-01-01 00:00", "29T12:00 31T00:00 31T12:00"},
	} {
		z := zone(t, c.zone)
		s := of(t, rules.Schedule{Cron: c.cron}, z)
		got, left := s.Due(instant(t, c.from, z), instant(t, c.to, z), 0)
		if text := clock(got, "02T15:04"); text != c.want || left != 0 {
			t.Errorf("%s in %s: %s, want %s", c.cron, c.zone, text, c.want)
		}
		at := instant(t, c.from, z)
		for i, want := range got {
			if at = s.Next(at); !at.Equal(want) {
				t.Errorf("%s in %s: the next is %s, but %s is due", c.cron, c.zone, at, want)
			}
			latest, _ := s.Due(time.Time{}, want.Add(59*time.Second), 0)
			if len(latest) != 1 || !latest[0].Equal(want) {
				t.Errorf("%s in %s: the latest after tick %d is %v, want %s", c.cron, c.zone, i, latest, want)
			}
		}
	}
}

func TestTicksOfADay(t *testing.T) {
	berlin := zone(t, "Europe/Berlin")
	for _, c := range []struct {
		day          string
		hourly, five int
	}{{"2024-03-30 00:00", 24, 288}, {"2024-03-31 00:00", 23, 276}, {"2024-10-27 00:00", 25, 300}} {
		from := instant(t, c.day, berlin)
		before := from.Add(-time.Second)
		last := from.AddDate(0, 0, 1).Add(-time.Second)
		for cron, want := range map[string]int{"0 * * * *": c.hourly, "59 * * * *": c.hourly, "@hourly": c.hourly, "*/5 * * * *": c.five, "10 0 * * *": 1, "30 2 * * *": 1} {
			if got, _ := of(t, rules.Schedule{Cron: cron}, berlin).Due(before, last, 0); len(got) != want {
				t.Errorf("%s has %d ticks on %s, want %d", cron, len(got), c.day, want)
			}
		}
		if got, _ := of(t, rules.Schedule{Interval: "5m"}, berlin).Due(before, last, 0); len(got) != c.five {
			t.Errorf("5m has %d ticks on %s, want %d", len(got), c.day, c.five)
		}
	}
}
