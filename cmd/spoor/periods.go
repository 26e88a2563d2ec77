package main

import (
	"context"
	"time"

	"spoor/engine"
	"spoor/engine/input"
	"spoor/engine/plan"
	"spoor/engine/schedule"
	"spoor/engine/timeindex"
	"spoor/engine/timerange"
	"spoor/grammar/source"
)

// periods is how a search that goes on is answered again, for a time each.
type periods struct {
	every    string
	earliest string
	now      string
	catchUp  time.Duration // how far back missed periods are answered; 0: any time
	compile  func(anchor) (*engine.Program, source.Errors, error)
}

// period is the period by which a search that goes on is answered; empty if its rows are told as they come.
func (p *prepared) period() (every string, err error) {
	every = p.every
	if every == "" && p.program.Pace() == plan.Whole {
		program, _, err := p.compile(anchor{now: p.now})
		if err != nil {
			return "", err
		}
		if _, _, bounded := program.Window(); !bounded {
			every = program.Span()
		}
	}
	if every != "" && p.periods.now != "" {
		return "", usage("--now stands still, and -F waits for periods to end").hint("leave it out, or leave out -F")
	}
	return every, nil
}

// tiling is a search that is answered period after period, each when it is over.
type tiling struct {
	*live
	clock  *schedule.Schedule
	folder *timeindex.Folder
	first  time.Time       // before it nothing is searched
	after  time.Time       // the end of the last period that was answered
	wrong  map[string]bool // what was said of the last period
	pause  time.Duration   // until a period that could not be answered is tried again
	found  int64
	canvas
}

// How long at most is slept, since clocks are set and machines suspended, and how long a period waits that could not be answered.
const (
	mostSleep = time.Second
	mostPause = time.Minute
)

// byPeriods answers period after period, until the context is done, and gives the number of rows.
func (l *live) byPeriods(ctx context.Context, every string) (int64, error) {
	zone := l.prepared.zone
	clock, err := schedule.Period(every, zone)
	if err != nil {
		return 0, usage("--every: %s", err).hint("%s", schedule.HowPeriod)
	}
	if err := l.lasting(); err != nil {
		return 0, err
	}
	t := &tiling{live: l, clock: clock, folder: timeindex.OpenFolder("", func(*source.Diagnostic) {}), canvas: l.canvas()}
	if err := t.begin(ctx); err != nil {
		return 0, err
	}
	defer l.serve()()
	if !l.report.quiet {
		l.say("answering every %s, when it is over; times are in %s", every, zone)
	}
	for ctx.Err() == nil {
		wait, err := t.due(ctx)
		if err != nil {
			return t.found, err
		}
		t.beat(t.found, func() engine.Held { return engine.Held{} })
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
	}
	return t.found, nil
}

// lasting is an error unless all that is searched can be read again.
func (l *live) lasting() error {
	paths := l.prepared.paths
	if len(paths) == 0 && l.inTerminal {
		return usage("no input: name files or folders")
	}
	in, _ := input.Resolve(paths, nil)
	pipe := len(paths) == 0
	for _, i := range in {
		pipe = pipe || i.Size < 0
	}
	if pipe {
		return usage("-F with --every reads a period when it is over, and a pipe cannot be read again").hint("write the pipe to a file, and follow that")
	}
	return nil
}

// begin finds the first period: that which the last run did not answer, that of --earliest, if there are events as early, or that which ends next.
func (t *tiling) begin(ctx context.Context) error {
	members, problems, err := t.look(ctx)
	if err != nil {
		return nil // interrupted
	}
	t.news(problems)
	at := t.now().Add(-t.lag)
	if t.retained != nil {
		if t.after = t.retained.answered(t.clock, at); !t.after.IsZero() {
			return nil
		}
	}
	if text := t.prepared.periods.earliest; text != "" {
		from, err := timerange.Parse(text, t.now(), t.prepared.zone)
		if err != nil {
			return usage("--earliest: %s", err)
		}
		for _, m := range members {
			if first, _, ok := m.Bounds(); ok && time.Unix(0, first).Before(at) {
				at = time.Unix(0, first)
			}
		}
		if from.After(at) {
			at = from
		}
		t.first = from
	}
	t.after = lastTick(t.clock, at)
	if t.retained != nil {
		return t.retained.search.Answer(t.after, 0, t.now())
	}
	return nil
}

// lastTick is the last tick that is not after a time.
func lastTick(clock *schedule.Schedule, upTo time.Time) time.Time {
	ticks, _ := clock.Due(time.Time{}, upTo, 1)
	return ticks[0]
}

// due answers the periods that are over, and says how long to wait for others.
func (t *tiling) due(ctx context.Context) (time.Duration, error) {
	for ctx.Err() == nil {
		end := t.clock.Next(t.after)
		if left := end.Add(t.lag).Sub(t.now()); left > 0 {
			return min(left, mostSleep), nil
		}
		from := t.after
		if t.first.After(from) {
			from = t.first
		}
		answered, err := t.period(ctx, from, end)
		if err != nil {
			return 0, err
		}
		if !answered {
			t.pause = min(max(2*t.pause, mostSleep), mostPause)
			return t.pause, nil
		}
		t.after, t.pause = end, 0
	}
	return 0, nil
}

// look looks at the files as they are now.
func (t *tiling) look(ctx context.Context) ([]*timeindex.Member, source.Errors, error) {
	files, problems := filesOf(t.prepared.paths)
	members, err := t.folder.Look(ctx, files, timeindex.Options{Now: t.now(), Zone: t.prepared.zone, Workers: t.jobs})
	return members, problems, err
}

// news tells what was not told the last time.
func (t *tiling) news(list source.Errors) {
	wrong := map[string]bool{}
	var fresh source.Errors
	for _, d := range list {
		if text := d.Error(); !wrong[text] {
			if wrong[text] = true; !t.wrong[text] {
				fresh = append(fresh, d)
			}
		}
	}
	if t.wrong = wrong; len(fresh) > 0 {
		t.diagnostics(fresh)
		t.code = t.code.or(severest(fresh))
		t.shown = ""
	}
}
