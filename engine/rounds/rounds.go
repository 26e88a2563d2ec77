// Package rounds answers packs of rules again and again over logs that grow, so that each finding is told once, and nothing is missed.
//
// What a rule finds over a window of time depends on nothing but the logs. So no aggregate is carried from one round to the next: a round reads again
// what its windows hold, and by their fingerprints findings are known that were told before. What was written late makes the windows that it
// belongs to be answered once more. A round is announced before anything is told, and committed when all of it was: whenever a process ends, the
// next round knows what is missing.
package rounds

import (
	"context"
	"time"

	"spoor/engine/detect"
	"spoor/engine/input"
	"spoor/engine/rules"
	"spoor/engine/schedule"
	"spoor/engine/startindex"
	"spoor/engine/state"
	"spoor/engine/suppress"
	"spoor/engine/timeindex"
	"spoor/grammar/source"
)

// Options is how a round is answered. Detect.Compile.Now is when it is; with Detect.Scheduled every rule has windows of its own, and else those
// that Detect.Compile names, which without a beginning go on where the last round ended.
type Options struct {
	Detect   detect.Options
	Set      state.Set     // which logs these are
	What     string        // the same in words
	Catchup  time.Duration // how far back from now windows may go that were missed, or that got late events; 0: any time
	Remember time.Duration // for how long findings are known; 0: for ever

	Unheard bool // nobody hears warnings: the next round has to tell them

	// Schedule is when a rule is due, with Detect.Scheduled; nil: as it says itself.
	Schedule func(*rules.Rule) (*schedule.Schedule, *source.Diagnostic)
	First    time.Time // before it nothing is searched, with Detect.Scheduled; zero: any time
	Most     int       // how many missed windows of a rule are answered, with Detect.Scheduled; the next round goes on; 0: all
	Fleeting bool      // the state does not outlast the process: nothing is suppressed, and hosts are not listened to
	// Starts keeps where in the files processes start, so that not all of them are read to learn what a window's processes are; nil: they are.
	Starts *startindex.Folder
}

// File is one of the logs as it stands now.
type File struct {
	Input input.Input    // of its whole records
	At    state.Position // behind the last of them
	// Since is the first and the last time of the records behind an offset; ok is false if there is none with a time.
	Since func(offset int64) (first, last int64, ok bool)
	// Keys is the keys that a position in it may have; nil: any.
	Keys []timeindex.Key
	// Passing says that it is what came through a pipe: what came before is not there any more, and never will be.
	Passing bool
	// Seen is up to where its records are those of a file with that position, whatever it was called; ok is false if it is another file.
	Seen func(state.Position) (offset int64, ok bool)
	// Member is what was found out when it was looked at; nil: nothing was.
	Member *timeindex.Member
}

// Round is one round: what was found, and what is to be said of it.
type Round struct {
	Report   *detect.Report // an outcome for each rule
	Run      state.Run
	Problems source.Errors       // what was not evaluated, or was once more
	Repeated source.Errors       // warnings that the round before gave as well
	Withheld []suppress.Withheld // what is not told
	More     bool                // windows are left for the next round
	From, To int64               // the windows that were answered, together; both 0 if there were none

	told     []*telling
	withheld []*telling
	change   state.Change
	store    *state.Store
}

// Answer answers rules over the files. Nothing is told and nothing remembered yet.
func Answer(ctx context.Context, store *state.Store, list []*rules.Rule, files []File, o Options) (*Round, error) {
	r := &round{store: store, options: o, files: files, rules: list}
	return r.answer(ctx)
}

// round is a round at work.
type round struct {
	store   *state.Store
	options Options
	files   []File
	rules   []*rules.Rule
	passes  func(detect.Found) bool // what is passed over; nil: nothing

	marks  map[string]state.Mark // before
	before map[uint64]*recalled  // by run: up to where the files were read
	left   map[string]bool       // rules of which windows are left
	gaps   []*gap
	out    *Round
}

func (r *round) answer(ctx context.Context) (*Round, error) {
	now := r.options.Detect.Compile.Now
	r.left = map[string]bool{}
	r.out = &Round{store: r.store, Run: state.Run{
		ID: r.store.NextRun(), Set: r.options.Set, What: r.options.What, Began: now.UnixNano(), Rules: len(r.rules), Remember: r.options.Remember,
	}}
	r.marks = r.store.Marks(r.options.Set)
	if err := r.recall(); err != nil {
		return nil, err
	}
	jobs := r.jobs(ctx)
	r.out.From, r.out.To = extent(jobs)
	if !r.options.Fleeting {
		jobs = append(jobs, r.listen(jobs))
	}
	if err := r.intend(jobs); err != nil {
		return nil, err
	}
	o := r.options.Detect
	o.Run.Inputs, o.Briefly = r.inputs(), true
	o.Run.Starts = r.starts()
	report := detect.RunJobs(ctx, jobs, o)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := r.heard(report); err != nil {
		return nil, err
	}
	if err := r.decide(ctx, report); err != nil {
		return nil, err
	}
	r.unreadable(report)
	r.out.Report = r.merged(report)
	r.proceed(report)
	r.repeat()
	return r.out, nil
}

func (r *round) inputs() input.Inputs {
	in := make(input.Inputs, len(r.files))
	for i, f := range r.files {
		in[i] = f.Input
	}
	return in
}
