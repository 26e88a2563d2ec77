package main

import (
	"testing"
	"time"
)

// Sequences are told early only of logs that are written now, and unless the user says how late events come.
func TestSlack(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name   string
		newest time.Time
		silent int
		asked  bool
		want   time.Duration
	}{
		{"nothing came yet", time.Unix(0, 0), 0, false, 5 * time.Second},
		{"written now", now.Add(-2 * time.Second), 0, false, 700 * time.Millisecond},
		{"written now, and nothing more came", now.Add(-2 * time.Second), 1, false, 0},
		{"old", now.Add(-time.Minute), 0, false, 5 * time.Second},
		{"old, and nothing more came", now.Add(-time.Minute), 1, false, 5 * time.Second},
		{"old, and nothing more came for long", now.Add(-time.Minute), idle, false, 0},
		{"written now, but asked for", now.Add(-2 * time.Second), 0, true, 5 * time.Second},
		{"asked for, and nothing more came for long", now.Add(-2 * time.Second), idle, true, 5 * time.Second},
	} {
		r := newReading(nil, 5*time.Second, done)
		r.disorder, r.before, r.silent, r.asked = 700*time.Millisecond, c.newest.UnixNano(), c.silent, c.asked
		if got := r.slack(now); got != c.want {
			t.Errorf("%s: events wait %s, want %s", c.name, got, c.want)
		}
	}
}
