package main

import (
	"context"
	"iter"
	"runtime"
	"slices"
	"time"

	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/follow"
	"spoor/engine/input"
	"spoor/grammar/source"
)

// reading is logs that are followed: what came of them, and what is to be said of it.
type reading struct {
	*report
	lag      time.Duration // how much late events come
	asked    bool          // the user says so
	disorder time.Duration // how much earlier than others before it an event was seen to be, twice; no more than the lag
	waits    bool          // something waits for events that may not come
	watcher  *follow.Watcher
	newest   int64           // time of the newest event; 0: none came
	silent   int             // rounds in a row that brought nothing
	before   int64           // of those of earlier rounds
	came     input.Ledger    // of all rounds
	told     map[string]bool // what was said
	last     pulse
	code     exit
}

func newReading(r *report, lag time.Duration, code exit) *reading {
	return &reading{report: r, lag: lag, disorder: min(lag, leastDisorder), told: map[string]bool{}, code: code}
}

// leastDisorder is how much out of order events are taken to be before it was seen.
const leastDisorder = 500 * time.Millisecond

// idle is after how many seconds without anything new the clock tells what has come: all that happened before these.
const idle = 5

// watch begins to follow the paths.
func (r *reading) watch(paths []string, o follow.Options) (err error) {
	o.Stdin, o.Idle = r.in, idle
	if r.waits {
		o.Idle = 1
	}
	r.watcher, err = follow.Watch(paths, o)
	return err
}

// serve says that the process is a service, which systemd may watch. It is over when what it gives is called.
func (r *reading) serve() (end func()) {
	serving.Store(true)
	stop := r.watchdog()
	r.notify("READY=1")
	return func() {
		r.notify("STOPPING=1")
		stop()
	}
}

// rounds is what comes, round by round. A round was answered when the next one is asked for.
func (r *reading) rounds(ctx context.Context) iter.Seq[*follow.Round] {
	return func(yield func(*follow.Round) bool) {
		for round := range r.watcher.Rounds(ctx) {
			r.heed(round.Problems)
			if !yield(round) {
				return
			}
			round.Done()
		}
	}
}

// watermark is up to when all events have come. While nothing comes, the clock tells it, unless the logs are old ones. Sequences that no event can
// prevent are not kept waiting that long, but for as long as events were seen to come in the wrong order.
func (r *reading) watermark(ctx context.Context, round *follow.Round) (engine.Watermark, error) {
	switch {
	case round.Ended:
		return engine.Watermark{Low: column.End}, nil
	case !r.waits:
		return engine.Watermark{}, nil
	}
	now := r.now()
	r.before = r.newest
	if len(round.Inputs) > 0 {
		r.silent = 0
		newest, ok, err := input.Newest(ctx, round.Inputs, runtime.GOMAXPROCS(0))
		if err != nil {
			return engine.Watermark{}, err
		}
		if ok {
			r.newest = max(r.newest, min(newest, now.UnixNano()))
		}
	} else {
		if r.silent++; r.silent >= idle && r.newest > now.Add(-time.Hour).UnixNano() {
			r.newest = max(r.newest, now.Add(-idle*time.Second).UnixNano())
		}
	}
	return engine.Watermark{Low: r.newest - int64(r.lag), Ripe: r.newest - int64(r.slack(now))}, nil
}

// slack is how long events wait to be put in order. Where the lag was asked for, or logs are read that were not written just now, it is the lag.
func (r *reading) slack(now time.Time) time.Duration {
	live := now.Sub(time.Unix(0, r.before)) < 2*r.lag
	switch {
	case r.asked, !live && r.silent < idle:
		return r.lag
	case r.silent > 0: // what was to come soon has come
		return 0
	}
	return r.disorder
}

// account puts the ledger of a round on top, file by file whatever place they have in it.
func (r *reading) account(of *input.Ledger) {
	if first := int64(of.Total.First); first != 0 && first < r.before {
		r.disorder = min(r.lag, max(r.disorder, 2*time.Duration(r.before-first)))
	}
	aligned := input.Ledger{Files: make([]input.File, len(r.came.Files))}
	places := map[string]int{}
	for i, f := range r.came.Files {
		aligned.Files[i].Path, places[f.Path] = f.Path, i
	}
	for _, f := range of.Files {
		i, ok := places[f.Path]
		switch {
		case !ok:
			places[f.Path] = len(aligned.Files)
			aligned.Files = append(aligned.Files, f)
			r.came.Files = append(r.came.Files, input.File{Path: f.Path})
		case aligned.Files[i].Kinds == nil:
			aligned.Files[i] = f
		default: // of one name there were two
			both := input.Ledger{Files: []input.File{aligned.Files[i]}}
			both.Add(&input.Ledger{Files: []input.File{f}})
			aligned.Files[i] = both.Files[0]
		}
	}
	if r.came.Scans == 0 {
		aligned.Scans = 1
	}
	r.came.Add(&aligned)
}

// mostTold is how many messages are known, lest they are told again.
const mostTold = 10_000

// tell tells problems, each once.
func (r *reading) tell(list source.Errors) {
	r.heed(slices.DeleteFunc(slices.Clone(list), func(d *source.Diagnostic) bool { return r.known(d.Error()) }))
}

// heed tells problems, and remembers how bad they are.
func (r *reading) heed(list source.Errors) {
	r.diagnostics(list)
	r.code = r.code.or(severest(list))
}

// known says whether a text was said before, and from then on it was.
func (r *reading) known(text string) bool {
	known := r.told[text]
	if len(r.told) < mostTold {
		r.told[text] = true
	}
	return known
}

// filesOf is what the paths lead to that can be read again, and what is wrong with some of them.
func filesOf(paths []string) (input.Inputs, source.Errors) {
	in, problems := input.Resolve(paths, nil)
	return slices.DeleteFunc(in, func(i input.Input) bool { return i.Size < 0 }), problems
}
