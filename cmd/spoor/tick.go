package main

import (
	"time"

	"github.com/spf13/pflag"

	"spoor/engine/schedule"
	"spoor/engine/timerange"
)

// ticking is the flags by which a search that runs again and again asks for the time before the last tick of a clock, however late it starts.
type ticking struct{ every, lag string }

func (t *ticking) flags(f *pflag.FlagSet) {
	f.StringVar(&t.every, "every", "", "search the last whole `PERIOD`, such as 15m, 1h or 1d, as if the run began when it ended; with -F each when it is over (see `spoor help cron`)")
	f.StringVar(&t.lag, "lag", "", "with --every: search the period that ended so much `TIME` before, such as 10m, for what comes late; with -F: how late events come, so long a period waits when it is over")
}

// anchor is what relative times of a query count from, and the time that is searched unless the query says otherwise.
type anchor struct {
	now              time.Time
	earliest, latest string
	lag, catchUp     time.Duration
}

// anchor is that of the last tick at or before now. What the flags say of the time goes before the period.
func (q *query) anchor(now time.Time, zone *time.Location) (anchor, error) {
	m := anchor{now: now, earliest: q.earliest, latest: q.latest}
	switch {
	case q.follow:
		return q.open(now, zone)
	case q.state != "":
		return m, usage("--state keeps what a search has written that follows logs: it goes with -F").
			hint("by cron: --every 1h, or make the search a rule and run spoor detect --state DIR")
	case q.line != nil && typed(q.line, "catch-up"):
		return m, usage("--catch-up is for searches that follow logs, with a state folder").hint("name one, as in -F --every 1h --state DIR")
	case q.every == "" && q.lag == "":
		return m, nil
	case q.every == "":
		return m, usage("--lag says how long before a tick the search ends, and --every is missing").hint("as in --every 1h --lag 10m")
	case q.lag != "" && q.latest != "":
		return m, usage("--lag says where the search ends, and so does --latest")
	}
	clock, err := schedule.Period(q.every, zone)
	if err != nil {
		return m, usage("--every: %s", err).hint("%s", schedule.HowPeriod)
	}
	if _, err := timeSpan("--lag", q.lagged(), now, zone); err != nil {
		return m, err
	}
	m.now = lastTick(clock, now)
	if m.earliest == "" {
		m.earliest, err = q.before(lastTick(clock, m.now.Add(-time.Nanosecond)), zone)
	}
	if m.latest == "" && err == nil {
		m.latest, err = q.before(m.now, zone)
	}
	return m, err
}

// lagged is the lag, which is none without the flag.
func (t *ticking) lagged() string {
	if t.lag == "" {
		return "0s"
	}
	return t.lag
}

// before is the time that is the lag before a tick, by the clock on the wall if it is days.
func (t *ticking) before(tick time.Time, zone *time.Location) (string, error) {
	at, err := timerange.Parse("-"+t.lagged(), tick, zone)
	if err != nil {
		return "", usage("--lag: %s", err)
	}
	return at.UTC().Format(time.RFC3339Nano), nil
}
