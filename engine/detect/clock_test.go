package detect_test

import (
	"testing"
	"time"

	"spoor/engine/detect"
	"spoor/engine/rules"
)

// A period that the user names goes before spans, spans before the schedule, but not those that are read together.
func TestClock(t *testing.T) {
	const hourly = "schedule: {cron: '0 * * * *', earliest: -70m@m, latest: -10m@m}\n"
	for _, c := range []struct{ query, schedule, every, want string }{
		{"EventID=1 | stats count by host", "", "15m", "14:15 to 14:30"},
		{"EventID=1 | stats count by host", hourly, "15m", "14:15 to 14:30"},
		{"EventID=1 | bin _time span=5m | stats count by _time", hourly, "15m", "14:15 to 14:30"},
		{"EventID=1 | bin _time span=5m | stats count by _time", hourly, "", "14:25 to 14:30"},
		{"EventID=1 | timechart span=1h count", "", "", "13:00 to 14:00"},
		{"EventID=1 | bin _time span=10s | stats count by _time", "", "", "14:29 to 14:30"},
		{"EventID=1 | bin _time span=7m | stats count by _time", hourly, "", "12:50 to 13:50"},
		{"EventID=1 | bin _time span=5m | stats count by _time host | eventstats avg(count) as a by host", hourly, "", "12:50 to 13:50"},
		{"EventID=1 | stats count by host", hourly, "", "12:50 to 13:50"},
		{"EventID=1 | stats count by host", "", "", "no-period"},
		{"EventID=1 | bin _time span=7m | stats count by _time", "", "", "no-period"},
		{"EventID=1 | stats count by host", "schedule: {cron: 'x'}\n", "", "bad-cron"},
		{"EventID=1 | stats count by host", "", "7m", "bad-period"},
	} {
		live, diag := detect.NewLive([]*rules.Rule{written(t, "title: r\nlanguage: spl\nquery: '"+c.query+"'\n"+c.schedule)}, detect.Options{})
		if diag != nil || len(live.Whole) != 1 {
			t.Fatal(c.query, diag)
		}
		clock, wrong := live.Whole[0].Clock(c.every, time.UTC)
		got := ""
		if wrong != nil {
			got = wrong.Code
		} else {
			tick, _ := clock.Due(time.Time{}, time.Date(2026, 3, 2, 14, 30, 59, 0, time.UTC), 1)
			w, wrong := clock.Window(tick[0])
			if wrong != nil {
				t.Fatal(wrong)
			}
			got = w.From.Format("15:04") + " to " + w.To.Format("15:04")
		}
		if got != c.want {
			t.Errorf("%s, %s every %q: %s, want %s", c.query, c.schedule, c.every, got, c.want)
		}
	}
}
