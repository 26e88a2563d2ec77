// Package service runs rules when they are due, for as long as it is wanted: which of them are due when, what becomes of them when they change, and what
// happens when a round takes too long or the clock jumps. What the time is, how to wait, and how rules are answered it is told.
package service

import (
	"context"
	"errors"
	"slices"
	"syscall"
	"time"

	"spoor/engine/detect"
	"spoor/engine/rules"
	"spoor/engine/schedule"
)

// Duty is a rule and when it is to be answered.
type Duty struct {
	Rule     *rules.Rule
	Schedule *schedule.Schedule
}

// Service is rules that are answered by their schedules.
type Service struct {
	Now func() time.Time
	// Sleep waits until the time is over, the context is done, or there may be a change.
	Sleep func(ctx context.Context, d time.Duration)
	// Changed gives the rules that take the place of those there were; ok is false if these stay. It wants to be asked again after so much time; 0: any.
	Changed func(now time.Time) (list []Duty, ok bool, again time.Duration)
	// Answered is the tick up to which earlier rounds answered a rule; zero if none did.
	Answered func(*rules.Rule) time.Time
	// Round answers rules, each for all of its ticks up to now that were not answered.
	Round func(ctx context.Context, now time.Time, due []*rules.Rule) error
	// Say tells people what is out of the ordinary.
	Say func(format string, args ...any)

	Jitter time.Duration // rounds begin up to so much later, each rule by a time of its own

	duties []*duty
	rest   time.Time // when to try again after a round that failed
	behind bool      // it was said that a round took too long
	ahead  bool      // it was said that the clock went back
}

// duty is a rule at work: its ticks up to taken are answered, or a round tried to.
type duty struct {
	Duty
	taken time.Time
}

const (
	// glance is after how long at most the clock is looked at again: timers know nothing of machines that slept, and of clocks that were set.
	glance = time.Minute
	// pause is how long to wait after a round that failed as a whole.
	pause = time.Minute
)

// Run answers the rules whenever they are due, until the context is done. Rules that were never answered begin with their last tick before now.
func (s *Service) Run(ctx context.Context, list []Duty) error {
	s.begin(list)
	for ctx.Err() == nil {
		more, ok, again := s.Changed(s.Now())
		if ok {
			s.replace(more)
		}
		now := s.Now()
		s.compare(now)
		if due := s.due(now); len(due) > 0 {
			if err := s.round(ctx, now, due); err != nil {
				return err
			}
			continue
		}
		wait := min(s.next(now), glance)
		if again > 0 {
			wait = min(wait, again)
		}
		s.Sleep(ctx, wait)
	}
	return nil
}

// Once answers what is due now.
func (s *Service) Once(ctx context.Context, list []Duty) error {
	s.begin(list)
	s.Jitter = 0
	now := s.Now()
	s.compare(now)
	var due []*rules.Rule
	for _, d := range s.duties {
		if tick := d.Schedule.Next(d.taken); !tick.IsZero() && !tick.After(now) {
			due = append(due, d.Rule)
		}
	}
	if len(due) == 0 {
		return nil
	}
	return s.Round(ctx, now, due)
}

func (s *Service) begin(list []Duty) {
	s.duties = nil
	for _, one := range list {
		d := &duty{one, s.Answered(one.Rule)}
		if d.taken.IsZero() {
			d.taken = last(one.Schedule, s.Now()).Add(-time.Second)
		}
		s.duties = append(s.duties, d)
	}
}

// replace takes other rules. Those that were there go on, those that are new begin with their next tick.
func (s *Service) replace(list []Duty) {
	before := map[string]time.Time{}
	for _, d := range s.duties {
		before[detect.NameOf(d.Rule)] = d.taken
	}
	s.duties = nil
	for _, one := range list {
		taken, known := before[detect.NameOf(one.Rule)]
		if !known {
			taken = s.Answered(one.Rule)
		}
		if taken.IsZero() {
			taken = last(one.Schedule, s.Now())
		}
		s.duties = append(s.duties, &duty{one, taken})
	}
}

// last is the last tick up to a time.
func last(of *schedule.Schedule, now time.Time) time.Time {
	if ticks, _ := of.Due(time.Time{}, now, 1); len(ticks) > 0 {
		return ticks[0]
	}
	return now
}

// start is when the first tick is to be answered that is not yet; zero: never.
func (s *Service) start(d *duty) time.Time {
	tick := d.Schedule.Next(d.taken)
	if tick.IsZero() {
		return tick
	}
	if at := d.Schedule.Start(tick, s.Jitter); at.After(s.rest) {
		return at
	}
	return s.rest
}

func (s *Service) due(now time.Time) (out []*duty) {
	for _, d := range s.duties {
		if at := s.start(d); !at.IsZero() && !at.After(now) {
			out = append(out, d)
		}
	}
	return out
}

// next is how long it is until something is due.
func (s *Service) next(now time.Time) time.Duration {
	wait := glance
	for _, d := range s.duties {
		if at := s.start(d); !at.IsZero() {
			wait = min(wait, at.Sub(now))
		}
	}
	return max(wait, 0)
}

// round answers the rules that are due. Whatever becomes due meanwhile waits for the next one.
func (s *Service) round(ctx context.Context, now time.Time, due []*duty) error {
	list := make([]*rules.Rule, len(due))
	for i, d := range due {
		list[i] = d.Rule
	}
	err := s.Round(ctx, now, list)
	switch {
	case ctx.Err() != nil:
		return nil
	case errors.Is(err, syscall.EPIPE):
		return err // nobody reads what is found
	case err != nil:
		s.Say("error: a round failed, and is tried again in %s: %s", pause, err)
		s.rest = s.Now().Add(pause)
		return nil
	}
	for _, d := range due {
		d.taken = last(d.Schedule, now)
	}
	s.measure(now, due)
	return nil
}

// measure says, once, when rounds take longer than it is from one tick of a rule to the next, so that it is due again before they end.
func (s *Service) measure(begun time.Time, due []*duty) {
	ended := s.Now()
	took := ended.Sub(begun)
	late := slices.ContainsFunc(due, func(d *duty) bool {
		at := s.start(d)
		return !at.IsZero() && !at.After(ended) && took >= d.Schedule.Every()
	})
	if late && !s.behind {
		s.Say("warning: a round took %s, and rules are due again: the next one answers all that became due meanwhile", took.Round(time.Second))
	}
	s.behind = late
}

// compare says, once, that the clock is behind what was answered already: nothing is due twice, and so nothing until it has caught up.
func (s *Service) compare(now time.Time) {
	var furthest time.Time
	for _, d := range s.duties {
		if d.taken.After(furthest) {
			furthest = d.taken
		}
	}
	ahead := furthest.Sub(now) > glance
	if ahead && !s.ahead {
		s.Say("warning: the clock was put back: rules were answered up to %s, and wait until then", furthest.Format(time.RFC3339))
	}
	s.ahead = ahead
	if s.rest.Sub(now) > pause {
		s.rest = now.Add(pause)
	}
}
