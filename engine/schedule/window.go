package schedule

import (
	"cmp"
	"slices"
	"time"

	"spoor/engine/rules"
	"spoor/engine/timerange"
	"spoor/grammar/source"
)

// Window is the time that one run of a rule searches: from From on, before To.
type Window struct {
	Tick     time.Time
	From, To time.Time // From is zero if there is no beginning
}

// Window is the time that the run of a tick searches.
func (s *Schedule) Window(tick time.Time) (Window, *source.Diagnostic) {
	if s.tiled {
		before, _ := s.ticks.latest(tick.Unix() - 1)
		return Window{Tick: tick, From: s.at(before), To: tick.In(s.zone)}, nil
	}
	return WindowAt(s.rule, tick, s.zone)
}

// WindowAt is the time that a rule searches when it runs for a tick, which need not be one of its own. The last moment of EQL's windows belongs to
// them, as Elastic has it. Without an earliest time that is all times before; without a latest, it ends with the tick.
func WindowAt(r *rules.Rule, tick time.Time, zone *time.Location) (w Window, wrong *source.Diagnostic) {
	if zone == nil {
		zone = time.UTC
	}
	w = Window{Tick: tick, To: tick.In(zone)}
	if w.From, wrong = moment(r, "earliest", r.Schedule.Earliest, time.Time{}, tick, zone); wrong != nil {
		return w, wrong
	}
	if w.To, wrong = moment(r, "latest", r.Schedule.Latest, w.To, tick, zone); wrong != nil {
		return w, wrong
	}
	if r.Language == rules.EQL {
		w.To = w.To.Add(time.Nanosecond)
	}
	if !w.From.Before(w.To) {
		return w, source.Errorf(r.At, "empty-window", "%q searches no time: its earliest time %s is not before its latest, %s", r.Name, r.Schedule.Earliest, cmp.Or(r.Schedule.Latest, "now"))
	}
	return w, nil
}

func moment(r *rules.Rule, which, text string, missing, tick time.Time, zone *time.Location) (time.Time, *source.Diagnostic) {
	if text == "" {
		return missing, nil
	}
	t, err := timerange.Parse(text, tick, zone)
	if err != nil {
		return t, source.Errorf(r.At, "bad-time", "the %s time in the schedule of %q: %s", which, r.Name, err)
	}
	return t, nil
}

// Words is the ends of the window as users write them; a missing one is empty.
func (w Window) Words() (earliest, latest string) {
	if !w.From.IsZero() {
		earliest = w.From.UTC().Format(time.RFC3339Nano)
	}
	return earliest, w.To.UTC().Format(time.RFC3339Nano)
}

// Gap is a time that no window holds: from From on, before To.
type Gap struct{ From, To time.Time }

// Gaps is the times after until, up to which all was searched before, that none of the windows holds although a later one does. Where nothing was
// searched before (until is zero) that is none before the first window.
func Gaps(until time.Time, windows []Window) (gaps []Gap) {
	sorted := slices.Clone(windows)
	slices.SortStableFunc(sorted, func(a, b Window) int { return a.From.Compare(b.From) })
	for _, w := range sorted {
		if !until.IsZero() && w.From.After(until) {
			gaps = append(gaps, Gap{until, w.From})
		}
		if w.To.After(until) {
			until = w.To
		}
	}
	return gaps
}
