// Package schedule says when rules run and over which time: ticks of a cron or an interval, and the window of each.
//
// A tick is when a run is due, whenever it starts: the window counts from the tick, so that a late start shifts nothing. Every schedule is
// continuous, as Splunk calls it (realtime_schedule=0, which security_content has everywhere): a tick that was missed is due still.
package schedule

import (
	"hash/fnv"
	"strconv"
	"time"

	"spoor/engine/rules"
	"spoor/grammar/source"
)

// Schedule is when a rule runs, and over which time.
type Schedule struct {
	rule    *rules.Rule
	zone    *time.Location
	ticks   cadence
	within  time.Duration // schedule_window: how much later a run may start
	share   uint64        // of the time within which runs may start: this many parts of 2^32
	catchUp int
	tiled   bool // a window begins where the one before ends
}

// cadence is ticks, in seconds since 1970.
type cadence interface {
	next(after int64) (tick int64, ok bool)
	latest(upTo int64) (tick int64, ok bool)
	due(after, upTo int64, most int) (ticks []int64, left int) // after < tick <= upTo, the last ones if there are more; most < 1: all
	usual() time.Duration
	minutes(zone *time.Location) uint64 // of the hour, by the clock of the zone, a bit for each
}

// reference is a time at which what is said in relation to a tick is tried.
var reference = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)

// Of is the schedule of a rule, by the clock of the zone. An error says what is wrong with it; "no-schedule" is the code if there is none.
func Of(r *rules.Rule, zone *time.Location) (*Schedule, *source.Diagnostic) {
	if zone == nil {
		zone = time.UTC
	}
	s := &Schedule{rule: r, zone: zone, share: shareOf(r)}
	if r.Format == rules.Elastic || r.Format == rules.Kibana {
		s.catchUp = 4
	}
	var err *source.Diagnostic
	if s.ticks, err = ticksOf(r, zone); err != nil {
		return nil, err
	}
	if s.within, err = within(r); err != nil {
		return nil, err
	}
	if _, err := s.Window(reference); err != nil {
		return nil, err
	}
	return s, nil
}

func ticksOf(r *rules.Rule, zone *time.Location) (cadence, *source.Diagnostic) {
	switch when := r.Schedule; {
	case when.Cron != "" && when.Interval != "":
		return nil, source.Errorf(r.At, "bad-schedule", "%q has both a cron (%s) and an interval (%s)", r.Name, when.Cron, when.Interval).WithHint("one of them says when it runs")
	case when.Cron != "":
		return cronOf(r, zone)
	case when.Interval != "":
		return intervalOf(r)
	}
	d := source.Errorf(r.At, "no-schedule", "%q has no schedule: it does not say when it runs", r.Name)
	switch r.Format {
	case rules.SavedSearch:
		return nil, d.WithHint("write cron_schedule = 0 * * * *")
	case rules.Own:
		return nil, d.WithHint(`write schedule: {cron: "0 * * * *", earliest: -70m@m, latest: -10m@m}`)
	}
	return nil, d
}

// within reads schedule_window. What Splunk would choose by itself (auto) is to start at once: rules that are due together share a pass.
func within(r *rules.Rule) (time.Duration, *source.Diagnostic) {
	switch text := r.Schedule.Window; text {
	case "", "auto", "default":
		return 0, nil
	default:
		n, err := strconv.ParseUint(text, 10, 32)
		if err != nil || n > 44640 {
			return 0, source.Errorf(r.At, "bad-schedule", "%q has the schedule_window %q", r.Name, text).WithHint("it is auto, or a number of minutes up to 44640")
		}
		return time.Duration(n) * time.Minute, nil
	}
}

// Next is the first tick after a time; zero if there is none.
func (s *Schedule) Next(after time.Time) time.Time {
	if tick, ok := s.ticks.next(after.Unix()); ok {
		return s.at(tick)
	}
	return time.Time{}
}

// Due is the ticks after one time, up to another, in order: the last ones if there are more than most, and how many were left out. If most is below 1,
// all of them; if after is zero, only the last one. A clock that went back makes nothing due.
func (s *Schedule) Due(after, upTo time.Time, most int) (ticks []time.Time, left int) {
	if after.IsZero() {
		if tick, ok := s.ticks.latest(upTo.Unix()); ok {
			ticks = append(ticks, s.at(tick))
		}
		return ticks, 0
	}
	due, left := s.ticks.due(after.Unix(), upTo.Unix(), most)
	if len(due) > 0 {
		ticks = make([]time.Time, len(due))
	}
	for i, tick := range due {
		ticks[i] = s.at(tick)
	}
	return ticks, left
}

// Every is the usual distance of ticks.
func (s *Schedule) Every() time.Duration { return s.ticks.usual() }

// CatchUp is how many missed ticks are made up for where the rule comes from: four with Elastic. 0: any number.
func (s *Schedule) CatchUp() int { return s.catchUp }

// Start is when to begin the run of a tick, so that not all runs begin at once: the same time every time, for each rule another one. It is less
// than jitter behind the tick or, without one, less than the rule's schedule_window.
func (s *Schedule) Start(tick time.Time, jitter time.Duration) time.Time {
	if jitter <= 0 {
		jitter = s.within
	}
	seconds := uint64(jitter / time.Second)
	return tick.Add(time.Duration(seconds*s.share>>32) * time.Second)
}

// shareOf spreads rules evenly, by what they are called.
func shareOf(r *rules.Rule) uint64 {
	h := fnv.New64a()
	h.Write([]byte(r.ID + "\x00" + r.Name))
	sum := h.Sum64() * 0x9e3779b97f4a7c15 // the high bits of fnv differ too little between names that end differently
	return sum >> 32
}

func (s *Schedule) at(tick int64) time.Time { return time.Unix(tick, 0).In(s.zone) }
