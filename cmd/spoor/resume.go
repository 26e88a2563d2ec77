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

	starts map[string]int64 // from where on files are read that were there
	places *rounds.Places
	moved  bool // the places, since they were noted
	whole  bool // what was found up to the places was told
	noted  time.Time
	looked time.Time
	look   chan struct{} // is closed when the look at the logs is over
}

func newResumption(r *reading, store *state.Store, live *rounds.Live, paths []string, workers int) *resumption {
	out := &resumption{reading: r, store: store, live: live, paths: paths, workers: workers, starts: map[string]int64{}, look: make(chan struct{})}
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
		r.starts[m.Input.Path] = m.End
	}
	for _, f := range rounds.FilesOf(members) {
		at = append(at, f.At)
	}
	r.places = rounds.NewPlaces(at)
}

// goOn begins behind the positions, and before where there may be records since a time.
func (r *resumption) goOn(members []*timeindex.Member, before []state.Position, from int64) {
	by := map[timeindex.Key][]state.Position{}
	for _, p := range before {
		by[p.Key] = append(by[p.Key], p)
	}
	ends := map[string]int64{}
	var at []state.Position
	for _, m := range members {
		if m.Within != "" {
			r.starts[m.Input.Path] = m.End
			continue
		}
		p, seen := seenIn(m, by)
		if !seen {
			continue
		}
		p.Path = m.Input.Path
		at = append(at, p)
		ends[p.Path], r.starts[p.Path] = p.Offset, p.Offset
		if older := m.Ranges(from, column.End); r.waits && len(older) > 0 {
			r.starts[p.Path] = min(p.Offset, older[0].From)
		}
	}
	r.places = rounds.NewPlaces(at)
	r.live.Old = func(f finding.Record) bool { return f.Offset < ends[f.File] }
}

// seenIn is the last of the positions that a log holds.
func seenIn(m *timeindex.Member, by map[timeindex.Key][]state.Position) (out state.Position, ok bool) {
	text, err := timeindex.OpenText(m.Input)
	if err != nil {
		return out, false
	}
	defer text.Close()
	for _, key := range text.Keys() {
		for _, p := range by[key] {
			if p.Offset > out.Offset && text.Holds(p.Key, p.Offset, p.Tail) {
				out, ok = p, true
			}
		}
	}
	return out, ok
}

// clip leaves of a round what is to be read.
func (r *resumption) clip(in input.Inputs) (out input.Inputs) {
	for _, i := range in {
		if start, known := r.starts[i.Path]; known {
			b := *i.Bounds
			if b.To >= start {
				delete(r.starts, i.Path) // what has this name later is read from its beginning
			}
			b.From = max(b.From, start)
			i.Bounds = &b
		}
		if i.Bounds.From < i.Bounds.To {
			out = append(out, i)
		}
	}
	return out
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
