package schedule

import (
	"testing"
	"time"
)

// The last tick and the one before it: what is between them is a period, by the clock on the wall.
func TestPeriod(t *testing.T) {
	for _, c := range []struct{ text, zone, now, tick, before string }{
		{"1h", "UTC", "2026-03-02T14:00:00Z", "2026-03-02T14:00:00Z", "2026-03-02T13:00:00Z"},
		{"1h", "UTC", "2026-03-02T14:00:59.999Z", "2026-03-02T14:00:00Z", "2026-03-02T13:00:00Z"},
		{"1h", "UTC", "2026-03-02T13:59:59.999Z", "2026-03-02T13:00:00Z", "2026-03-02T12:00:00Z"},
		{"60m", "UTC", "2026-03-02T14:10:00Z", "2026-03-02T14:00:00Z", "2026-03-02T13:00:00Z"},
		{"15m", "UTC", "2026-03-02T14:16:00Z", "2026-03-02T14:15:00Z", "2026-03-02T14:00:00Z"},
		{"20s", "UTC", "2026-03-02T14:16:39Z", "2026-03-02T14:16:20Z", "2026-03-02T14:16:00Z"},
		{"6h", "UTC", "2026-03-02T14:10:00Z", "2026-03-02T12:00:00Z", "2026-03-02T06:00:00Z"},
		{"1d", "UTC", "2026-03-02T14:10:00Z", "2026-03-02T00:00:00Z", "2026-03-01T00:00:00Z"},
		{"24 hours", "UTC", "2026-03-02T14:10:00Z", "2026-03-02T00:00:00Z", "2026-03-01T00:00:00Z"},
		{"1w", "UTC", "2026-03-03T14:10:00Z", "2026-03-01T00:00:00Z", "2026-02-22T00:00:00Z"},
		{"7d", "UTC", "2026-03-03T14:10:00Z", "2026-03-01T00:00:00Z", "2026-02-22T00:00:00Z"},
		{"1mon", "UTC", "2026-03-02T14:10:00Z", "2026-03-01T00:00:00Z", "2026-02-01T00:00:00Z"},
		// Half an hour beside UTC: the hours of the wall.
		{"1h", "Asia/Kolkata", "2026-03-02T14:10:00+05:30", "2026-03-02T14:00:00+05:30", "2026-03-02T13:00:00+05:30"},
		// The days of 23 and of 25 hours in Berlin.
		{"1d", "Europe/Berlin", "2026-03-30T00:00:30+02:00", "2026-03-30T00:00:00+02:00", "2026-03-29T00:00:00+01:00"},
		{"1d", "Europe/Berlin", "2026-10-26T00:00:30+01:00", "2026-10-26T00:00:00+01:00", "2026-10-25T00:00:00+02:00"},
		// The hour that comes twice, and the one that does not come.
		{"1h", "Europe/Berlin", "2026-10-25T02:00:30+01:00", "2026-10-25T02:00:00+01:00", "2026-10-25T02:00:00+02:00"},
		{"1h", "Europe/Berlin", "2026-03-29T03:00:30+02:00", "2026-03-29T03:00:00+02:00", "2026-03-29T01:00:00+01:00"},
		// Where midnight does not come, the day begins at one.
		{"1d", "America/Sao_Paulo", "2018-11-04T12:00:00-02:00", "2018-11-04T01:00:00-02:00", "2018-11-03T00:00:00-03:00"},
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		s, err := Period(c.text, zone)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		now, _ := time.Parse(time.RFC3339, c.now)
		tick, _ := s.Due(time.Time{}, now, 1)
		before, _ := s.Due(time.Time{}, tick[0].Add(-time.Nanosecond), 1)
		if got := tick[0].Format(time.RFC3339); got != c.tick {
			t.Errorf("%s at %s in %s: the tick is %s, want %s", c.text, c.now, c.zone, got, c.tick)
		}
		if got := before[0].Format(time.RFC3339); got != c.before {
			t.Errorf("%s at %s in %s: the tick before is %s, want %s", c.text, c.now, c.zone, got, c.before)
		}
		if w, err := s.Window(tick[0]); err != nil || w.From.Format(time.RFC3339) != c.before || w.To.Format(time.RFC3339) != c.tick {
			t.Errorf("%s at %s in %s: the window is %v, %v", c.text, c.now, c.zone, w, err)
		}
	}
}

func TestPeriodErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":                      `"" is no period`,
		"h":                     `"h" is no period`,
		"0h":                    `"0h" is no period`,
		"-1h":                   `"-1h" is no period`,
		"1x":                    `"1x" is no period`,
		"1h30m":                 `"1h30m" is no period`,
		"500ms":                 `"500ms" is no period`,
		"1y":                    `"1y" is no period`,
		"99999999999999999999s": `"99999999999999999999s" is no period`,
		"90m":                   `"90m" does not fit evenly into an hour or a day, so that its ticks would come at other times every day`,
		"7m":                    `"7m" does not fit evenly into an hour or a day, so that its ticks would come at other times every day`,
		"45s":                   `"45s" does not fit evenly into an hour or a day, so that its ticks would come at other times every day`,
		"90s":                   `"90s" does not fit evenly into an hour or a day, so that its ticks would come at other times every day`,
		"5h":                    `"5h" does not fit evenly into an hour or a day, so that its ticks would come at other times every day`,
		"2d":                    `"2d" does not fit evenly into an hour or a day, so that its ticks would come at other times every day`,
		"3mon":                  `"3mon" does not fit evenly into an hour or a day, so that its ticks would come at other times every day`,
	} {
		if _, err := Period(text, nil); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}
