package main

import (
	"context"
	"os"
	"slices"
	"strings"
	"time"

	"spoor/engine/detect"
	"spoor/engine/input"
	"spoor/engine/rounds"
	"spoor/engine/rules"
	"spoor/engine/schedule"
	"spoor/engine/service"
	"spoor/engine/state"
	"spoor/engine/timeindex"
	"spoor/engine/timerange"
	"spoor/grammar/source"
)

// rota is the rules of a vigil that depend on all events of a time: each is answered for a period when that is over and the lag has passed. Its passes
// run beside the rounds that are answered as events come, so that neither waits for the other; what it says is its own.
type rota struct {
	*reading
	vigil  *vigil
	duties []service.Duty
	pipes  bool          // of what comes by a pipe no period can be read again
	out    []string      // the rules that are left out
	wrong  source.Errors // with what some of them say of themselves

	settings rounds.Options
	store    *state.Store
	folder   string // of a state that does not outlast the process; empty: it does
	index    *timeindex.Folder
}

// mostMissed is how many missed periods of a rule a pass answers.
const mostMissed = 16

// newRota is the rules over all events of a time.
func (v *vigil) newRota() (*rota, error) {
	r := &rota{reading: newReading(v.report, v.lag, done), vigil: v}
	in, _ := input.Resolve(v.runs.data, nil)
	r.pipes = slices.ContainsFunc(in, func(i input.Input) bool { return i.Size < 0 })
	for _, x := range v.live.Whole {
		clock, wrong := x.Clock(v.runs.every, v.zone)
		switch {
		case r.pipes:
			r.out = append(r.out, x.Rule.Name)
		case wrong != nil:
			if r.out = append(r.out, x.Rule.Name); wrong.Code != "no-period" {
				r.wrong = append(r.wrong, wrong)
			}
		default:
			r.duties = append(r.duties, service.Duty{Rule: x.Rule, Schedule: clock})
		}
	}
	if len(r.duties) > 0 && v.runs.clock.now != "" {
		return nil, usage("--now stands still, and -F waits for periods to end").hint("leave it out, or leave out -F")
	}
	return r, nil
}

// introduce tells which rules are left out and why, and when the others are answered.
func (r *rota) introduce() {
	for _, d := range r.wrong {
		d.Severity = source.Warning
	}
	r.tell(r.wrong)
	names := r.out
	if n := len(names); n > 0 && !r.quiet {
		if !r.verbose && n > 5 {
			names = append(names[:5:5], "and others: -v names them")
		}
		why := "and say neither with a span nor with a schedule over which (--every 15m does)"
		if r.pipes {
			why = "which cannot be read again of a pipe (write it to a file, and follow that)"
		}
		r.say("left out: %s over all events of a time, %s: %s", source.Count(n, "rule"), why, strings.Join(names, ", "))
	}
	if r.verbose && r.vigil.runs.every == "" {
		for _, d := range r.duties {
			r.say("%s: every %s", d.Rule.Name, d.Schedule.Every())
		}
	}
}

// often says how often the rules are answered.
func (r *rota) often() string {
	if every := r.vigil.runs.every; every != "" {
		return "every " + every
	}
	return "by periods"
}

// begin opens the state, and notes with which period each rule begins that was never answered.
func (r *rota) begin(ctx context.Context) (err error) {
	o := r.vigil.runs
	m := &remembered{detection: o, shell: r.shell, report: r.report}
	if r.settings, err = m.settings(r.vigil.options); err != nil {
		return err
	}
	if len(r.duties) == 0 {
		return nil
	}
	clocks, list := map[*rules.Rule]*schedule.Schedule{}, []*rules.Rule(nil)
	for _, d := range r.duties {
		clocks[d.Rule], list = d.Schedule, append(list, d.Rule)
	}
	s := &r.settings
	s.Detect.Scheduled, s.Most, s.Detect.Compile.Now = true, mostMissed, r.late()
	s.Schedule = func(rule *rules.Rule) (*schedule.Schedule, *source.Diagnostic) { return clocks[rule], nil }
	if resumed := r.vigil.resumed; resumed != nil {
		r.store, r.index = resumed.store, resumed.index
		if err := resumed.live.Begin(); err != nil {
			return err
		}
		return rounds.Begin(r.store, list, s.Detect.Compile.Now, *s)
	}
	if s.Fleeting, err = true, r.fleeting(); err != nil {
		return err
	}
	after := s.Detect.Compile.Now
	if o.earliest != "" {
		if after, err = r.earliest(ctx, after); err != nil {
			return err
		}
	}
	return rounds.Begin(r.store, list, after, *s)
}

// fleeting makes a state that does not outlast the process.
func (r *rota) fleeting() (err error) {
	if r.folder, err = os.MkdirTemp(r.vigil.runs.tempDir, "spoor-periods-"); err != nil {
		return err
	}
	r.index = timeindex.OpenFolder("", func(*source.Diagnostic) {})
	r.store, err = state.Open(r.folder, state.Options{Now: r.now()})
	return err
}

// earliest is behind which moment the first period ends: that of --earliest, or that of the first event if it is later.
func (r *rota) earliest(ctx context.Context, now time.Time) (time.Time, error) {
	from, err := timerange.Parse(r.vigil.runs.earliest, now, r.zone)
	if err != nil {
		return from, usage("--earliest: %s", err)
	}
	r.settings.First, r.settings.Catchup = from, 0
	members, err := r.look(ctx)
	if err != nil {
		return from, err
	}
	first := now
	for _, m := range members {
		if oldest, _, ok := m.Bounds(); ok && time.Unix(0, oldest).Before(first) {
			first = time.Unix(0, oldest)
		}
	}
	if from.After(first) {
		first = from
	}
	return first, nil
}

// close gives a state back that is the rota's own.
func (r *rota) close() {
	if r.folder == "" {
		return
	}
	if r.store != nil {
		_ = r.store.Close()
	}
	_ = os.RemoveAll(r.folder)
}

// late is the time up to which all events have come: the clock by which periods end.
func (r *rota) late() time.Time { return r.now().Add(-r.lag) }

// run answers what is due until the context is done.
func (r *rota) run(ctx context.Context) error {
	if len(r.duties) == 0 {
		<-ctx.Done()
		return nil
	}
	answering := &service.Service{
		Now: r.late, Round: r.round, Say: r.say,
		Sleep: func(ctx context.Context, d time.Duration) {
			if r.vigil.live.Rules() == 0 { // nobody else tells
				r.beat(r.vigil.many(), r.vigil.live.Held)
			}
			select {
			case <-ctx.Done():
			case <-time.After(min(d, mostSleep)):
			}
		},
		Changed: func(time.Time) ([]service.Duty, bool, time.Duration) { return nil, false, 0 },
		Answered: func(rule *rules.Rule) time.Time {
			if mark := r.store.Mark(r.settings.Set, detect.NameOf(rule)); mark.Tick != 0 {
				return time.Unix(0, mark.Tick)
			}
			return time.Time{}
		},
	}
	return answering.Run(ctx, r.duties)
}

// look looks at the files as they are now.
func (r *rota) look(ctx context.Context) ([]*timeindex.Member, error) {
	in, problems := filesOf(r.vigil.runs.data)
	r.tell(problems)
	return r.index.Look(ctx, in, timeindex.Options{Now: r.now(), Zone: r.zone, Workers: r.vigil.runs.jobs})
}

// round answers rules for their periods that are over.
func (r *rota) round(ctx context.Context, now time.Time, due []*rules.Rule) error {
	o := r.settings
	o.Detect.Compile.Now = now
	for {
		begun := r.now()
		round, err := r.pass(ctx, due, o)
		if err != nil {
			return err
		}
		round.Run.Began = begun.UnixNano()
		r.judged(round.Report)
		if err := r.vigil.deliver(context.WithoutCancel(ctx), r.reading, round, o.Detect, round.Report.Ledger.Total.Stored); err != nil || !round.More {
			return err
		}
	}
}

// pass is what there is to be told of the rules. What changed while it was read is read once more.
func (r *rota) pass(ctx context.Context, due []*rules.Rule, o rounds.Options) (*rounds.Round, error) {
	for n := 1; ; n++ {
		members, err := r.look(ctx)
		if err != nil {
			return nil, err
		}
		round, err := rounds.Answer(ctx, r.store, due, rounds.FilesOf(members), o)
		if err != nil || n == attempts || !changed(members, round.Report.Ledger) {
			return round, err
		}
	}
}

// deliver tells what a round found, for which so many bytes were read.
func (v *vigil) deliver(ctx context.Context, r *reading, round *rounds.Round, o detect.Options, read int64) error {
	r.tell(round.Problems)
	if r.verbose {
		for _, w := range round.Withheld {
			r.say("%s", w)
		}
	}
	if err := round.Announce(); err != nil {
		return &forgotten{err, tellsLater}
	}
	if err := v.write(ctx, round.Findings(), round.Report, o); err != nil {
		return err
	}
	if err := round.Commit(v.now().UnixNano(), read); err != nil {
		return &forgotten{err, tellsAgain}
	}
	return nil
}
