package main

import (
	"testing"
	"time"
)

// The windows of runs that start up to a minute late hold each moment once, also on the days when clocks are changed, whatever the lag.
func TestWindowsOfTicks(t *testing.T) {
	for _, c := range []struct {
		zone, every, lag, from string
		runs                   int
	}{
		{"UTC", "1h", "", "2026-03-01T00:00:00Z", 24},
		{"UTC", "1h", "10m", "2026-03-01T00:00:00Z", 24},
		{"UTC", "15m", "1h", "2026-03-01T00:00:00Z", 96},
		{"Europe/Berlin", "1h", "10m", "2026-03-28T23:00:00Z", 23},
		{"Europe/Berlin", "1h", "10m", "2026-10-24T22:00:00Z", 25},
		{"Europe/Berlin", "6h", "", "2026-10-24T22:00:00Z", 4},
		{"Europe/Berlin", "1d", "1d", "2026-03-27T23:00:00Z", 4},
		{"Europe/Berlin", "1d", "10m", "2026-10-23T22:00:00Z", 4},
		{"Asia/Kolkata", "1h", "", "2026-03-01T00:30:00Z", 24},
		{"Europe/Berlin", "1w", "", "2026-03-14T23:00:00Z", 5},
		{"Europe/Berlin", "1mon", "", "2026-02-28T23:00:00Z", 12},
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		q := &query{ticking: ticking{c.every, c.lag}}
		now, err := time.Parse(time.RFC3339, c.from)
		if err != nil {
			t.Fatal(err)
		}
		last := ""
		for i := range c.runs {
			late := time.Duration(i*37%60) * time.Second
			a, err := q.anchor(now.Add(late), zone)
			if err != nil {
				t.Fatal(err)
			}
			if !a.now.Equal(now) {
				t.Errorf("%+v: run %d counts from %s, want %s", c, i, a.now, now)
			}
			if i > 0 && a.earliest != last {
				t.Errorf("%+v: run %d begins at %s, and the one before ended at %s", c, i, a.earliest, last)
			}
			last = a.latest
			now = following(now.In(zone), c.every)
		}
	}
}

// following is the next time at which cron would start the run.
func following(t time.Time, every string) time.Time {
	switch every {
	case "1d":
		return t.AddDate(0, 0, 1)
	case "1w":
		return t.AddDate(0, 0, 7)
	case "1mon":
		return t.AddDate(0, 1, 0)
	case "6h":
		return time.Date(t.Year(), t.Month(), t.Day(), t.Hour()+6, 0, 0, 0, t.Location())
	}
	d, _ := time.ParseDuration(every)
	return t.Add(d)
}
