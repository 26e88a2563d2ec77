package main

import (
	"context"
	"errors"
	"os"
	"strings"
	"time"

	"spoor/engine/column"
	"spoor/engine/finding"
	"spoor/engine/input"
	"spoor/engine/rounds"
	"spoor/engine/state"
	"spoor/engine/timeindex"
	"spoor/grammar/source"
)

// resumption is where reading goes on that was ended: what a run that follows logs knows of the one before, and leaves to the next.
type resumption struct {
	*reading
	store   *state.Store
	live    *rounds.Live
	index   *timeindex.Folder
	paths   []string
	workers int

	ends   map[string]int64 // up to where earlier runs had read files
	older  map[string]int64 // and from where on there may be records of theirs that decide what is found
	copies map[string]int64 // how long files are that other files hold all of
	starts map[string]int64 // from where on files are read of which not all was passed
	places *rounds.Places
	moved  bool // the places, since they were noted
	whole  bool // what was found up to the places was told
	noted  time.Time
	looked time.Time
	look   chan struct{} // is closed when the look at the logs is over
}

func newResumption(r *reading, store *state.Store, live *rounds.Live, paths []string, workers int) *resumption {
	out := &resumption{reading: r, store: store, live: live, paths: paths, workers: workers, ends: map[string]int64{}, older: map[string]int64{}, copies: map[string]int64{}, starts: map[string]int64{}, look: make(chan struct{})}
	close(out.look)
	return out
}

// How often it is noted up to where logs were answered in which nothing was found, and how often the index is brought up to date with which the next
// run finds out where sequences can have begun.
const (
	noteAgain = 10 * time.Second
	lookAgain = time.Minute
)

// opened opens a state folder. What is wrong with it is told.
func (r *reading) opened(dir string) (*state.Store, error) {
	store, err := state.Open(dir, state.Options{Now: r.now(), Warn: func(d *source.Diagnostic) {
		r.say("%s", d.Error())
		r.code = r.code.or(unread)
	}})
	if errors.Is(err, state.ErrBusy) {
		return nil, usage("another run has %s", dir).hint("a run beside it needs a folder of its own: --state DIR")
	}
	return store, err
}

// resume finds out where to begin: where the last run ended, and as much before as there may be events that decide what is found; if back is not known
// that is everything. The first time it is at the ends of the logs.
func (r *resumption) resume(ctx context.Context, dir string, back time.Duration, known bool) error {
	r.index = timeindex.OpenFolder(dir, func(d *source.Diagnostic) { r.diagnostics(source.Errors{d}) })
	before, err := r.live.Positions()
	if err != nil {
		return err
	}
	in, _ := filesOf(r.paths)
	r.looked, r.noted = r.now(), r.now()
	members, err := r.index.Look(ctx, in, timeindex.Options{Now: r.looked, Zone: r.zone, Workers: r.workers})
	if err != nil {
		return err
	}
	if before == nil {
		r.first(members)
		return r.live.Reach(r.places.Positions(), r.now())
	}
	from := int64(column.Beginning)
	if known {
		newest := int64(0)
		for _, p := range before {
			newest = max(newest, p.Newest)
		}
		from = newest - int64(back) - int64(r.lag)
	}
	r.goOn(members, before, from)
	return nil
}

// first begins at the ends of all logs.
func (r *resumption) first(members []*timeindex.Member) {
	var at []state.Position
	for _, m := range members {
		if m.Within != "" {
			r.copies[m.Input.Path] = m.End
		} else {
			r.ends[m.Input.Path], r.older[m.Input.Path] = m.End, m.End
		}
	}
	for _, f := range rounds.FilesOf(members) {
		at = append(at, f.At)
	}
	r.places = rounds.NewPlaces(at)
}

// goOn begins behind the positions, and before where there may be records since a time. A log that is not there may be on its way to another name.
func (r *resumption) goOn(members []*timeindex.Member, before []state.Position, from int64) {
	r.places = rounds.NewPlaces(before[max(0, len(before)-mostPlaces):])
	for _, m := range members {
		path := m.Input.Path
		if m.Within != "" {
			r.copies[path] = m.End
			continue
		}
		at, seen := r.places.Reached(m.Input)
		if !seen {
			continue
		}
		r.ends[path], r.older[path] = at, at
		if older := m.Ranges(from, column.End); len(older) > 0 {
			r.older[path] = min(at, older[0].From)
		}
	}
	r.live.Old = func(f finding.Record) bool { return f.Offset < r.ends[f.File] }
}

// mostPlaces is how many logs are known of which many may be gone.
const mostPlaces = 100_000

// clip leaves of a round what is to be read.
func (r *resumption) clip(in input.Inputs) (out input.Inputs) {
	for _, i := range in {
		if i.Bounds.From == 0 {
			r.starts[i.Path] = r.start(i)
		}
		b := *i.Bounds
		if b.From = max(b.From, r.starts[i.Path]); b.To >= r.starts[i.Path] {
			delete(r.starts, i.Path)
		}
		if i.Bounds = &b; b.From < b.To {
			out = append(out, i)
		}
	}
	return out
}

// start is from where on a log is read. It need not be the one that had its name when the run began: it is known by its text.
func (r *resumption) start(in input.Input) int64 {
	if r.piped(in) {
		return 0
	}
	if end, is := r.copies[in.Path]; is {
		delete(r.copies, in.Path)
		return end
	}
	at, seen := r.places.Reached(in)
	switch {
	case !seen:
		return 0
	case !r.waits:
		return at
	case r.ends[in.Path] == at:
		return r.older[in.Path]
	}
	r.ends[in.Path] = at // what may rest on its older records needs all of them
	return 0
}

// advance says that what is told next is what was found up to the end of a round's inputs.
func (r *resumption) advance(in input.Inputs) {
	r.whole = false
	for _, i := range in {
		if r.piped(i) {
			continue
		}
		if err := r.places.Advance(i, r.newest); err != nil {
			r.tell(source.Errors{source.Warnf(source.Span{}, "positions", "how far %s was read cannot be noted: %s", i.Path, strings.TrimSpace(source.Reason(err)))})
			continue
		}
		r.moved = true
	}
	if r.moved {
		r.live.Pass(r.places.Positions())
	}
}

// piped says whether an input came through a pipe: there is nothing to go back to.
func (r *resumption) piped(in input.Input) bool {
	if in.Path == "-" {
		return true
	}
	info, err := os.Stat(in.Path)
	return err == nil && info.Mode()&os.ModeNamedPipe != 0
}

// proceed says that everything was told. From time to time it notes how far the logs were answered, and looks at them.
func (r *resumption) proceed(ctx context.Context) error {
	now := r.now()
	r.whole = true
	if r.moved && now.Sub(r.noted) >= noteAgain {
		if err := r.note(); err != nil {
			return err
		}
		r.places.Tidy(func() input.Inputs { in, _ := filesOf(r.paths); return in })
	}
	select {
	case <-r.look:
	default:
		return nil
	}
	if r.waits && now.Sub(r.looked) >= lookAgain {
		r.looked, r.look = now, make(chan struct{})
		go func(done chan<- struct{}) {
			defer close(done)
			in, _ := filesOf(r.paths)
			_, _ = r.index.Look(ctx, in, timeindex.Options{Now: now, Zone: r.zone, Workers: 1})
		}(r.look)
	}
	return nil
}

// note notes how far the logs were answered.
func (r *resumption) note() error {
	r.moved, r.noted = false, r.now()
	return r.live.Reach(r.places.Positions(), r.noted)
}

// close notes how far the logs were answered, and gives the folder back.
func (r *resumption) close() (err error) {
	if r.whole && r.moved {
		err = r.note()
	}
	<-r.look
	return errors.Join(err, r.store.Close())
}
