package service

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"spoor/engine/rules"
	"spoor/engine/schedule"
)

// world is a clock that moves while somebody sleeps, and what happened.
type world struct {
	*testing.T
	now     time.Time
	end     time.Time
	cancel  context.CancelFunc
	answers map[string][]time.Time // by rule: the ticks that were answered
	upTo    map[string]time.Time   // by rule: the tick up to which it is answered, as the state has it
	rounds  []string
	said    []string

	list  []Duty
	takes func(w *world) time.Duration // how long a round takes
	fails func(w *world) error
	edits []edit
	jumps []jump
}

// edit is rules that take the place of others at a time.
type edit struct {
	at   time.Time
	list []Duty
}

// jump sets the clock at a time.
type jump struct {
	at time.Time
	by time.Duration
}

var monday = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

func dutyOf(t *testing.T, name string, when rules.Schedule) Duty {
	t.Helper()
	r := &rules.Rule{Name: name, Schedule: when}
	s, err := schedule.Of(r, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	return Duty{r, s}
}

func newWorld(t *testing.T, now time.Time, lasts time.Duration, list ...Duty) *world {
	return &world{T: t, now: now, end: now.Add(lasts), list: list, answers: map[string][]time.Time{}, upTo: map[string]time.Time{}}
}

// pass lets time pass.
func (w *world) pass(d time.Duration) {
	w.now = w.now.Add(d)
	for len(w.jumps) > 0 && !w.now.Before(w.jumps[0].at) {
		w.now = w.now.Add(w.jumps[0].by)
		w.jumps = w.jumps[1:]
	}
	if !w.now.Before(w.end) {
		w.cancel()
	}
}

func (w *world) service() *Service {
	return &Service{
		Now:   func() time.Time { return w.now },
		Sleep: func(_ context.Context, d time.Duration) { w.pass(max(d, time.Millisecond)) },
		Changed: func(now time.Time) ([]Duty, bool, time.Duration) {
			if len(w.edits) == 0 || now.Before(w.edits[0].at) {
				return nil, false, 0
			}
			w.list = w.edits[0].list
			w.edits = w.edits[1:]
			return w.list, true, 0
		},
		Answered: func(r *rules.Rule) time.Time { return w.upTo[r.Name] },
		Round:    w.round,
		Say:      func(format string, args ...any) { w.said = append(w.said, fmt.Sprintf(format, args...)) },
	}
}

// round answers rules as rounds do: every tick since the one up to which the state has them, or the last one.
func (w *world) round(ctx context.Context, now time.Time, due []*rules.Rule) error {
	var names []string
	if w.takes != nil {
		w.pass(w.takes(w))
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if w.fails != nil {
		if err := w.fails(w); err != nil {
			return err
		}
	}
	for _, r := range due {
		s, _ := schedule.Of(r, time.UTC)
		ticks, _ := s.Due(w.upTo[r.Name], now, 0)
		if len(ticks) == 0 {
			w.Errorf("%s: nothing is due at %s", r.Name, now)
			continue
		}
		w.answers[r.Name] = append(w.answers[r.Name], ticks...)
		w.upTo[r.Name] = ticks[len(ticks)-1]
		names = append(names, r.Name)
	}
	slices.Sort(names)
	w.rounds = append(w.rounds, now.Format("02 15:04:05 ")+strings.Join(names, ","))
	return nil
}

func (w *world) run(adjust func(*Service)) error {
	ctx, cancel := context.WithCancel(context.Background())
	w.cancel = cancel
	defer cancel()
	s := w.service()
	if adjust != nil {
		adjust(s)
	}
	return s.Run(ctx, w.list)
}

// each wants every tick of a rule in a time answered once, in order.
func (w *world) each(name, cron string, from, to time.Time) {
	w.Helper()
	s := dutyOf(w.T, name, rules.Schedule{Cron: cron}).Schedule
	want, _ := s.Due(from, to, 0)
	if got := w.answers[name]; !slices.EqualFunc(got, want, time.Time.Equal) {
		w.Errorf("%s was answered for %d ticks, of %d: %v\nwant %v", name, len(got), len(want), got, want)
	}
}
