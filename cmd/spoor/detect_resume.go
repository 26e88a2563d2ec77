package main

import (
	"context"
	"errors"
	"strings"
	"time"

	"spoor/engine/column"
	"spoor/engine/detect"
	"spoor/engine/finding"
	"spoor/engine/input"
	"spoor/engine/rounds"
	"spoor/engine/state"
	"spoor/engine/timeindex"
	"spoor/grammar/source"
)

// resumption is what a run that follows logs knows of the one before, and leaves to the next.
type resumption struct {
	store *state.Store
	live  *rounds.Live
	index *timeindex.Folder

	starts  map[string]int64 // from where on files are read that were there
	reached []state.Position // what will be reached once all that was there when it was looked is answered
	looked  time.Time        // when it was
	full    bool             // the round may not hold all that is there
}

// Files are looked at again so often; after settled a round holds all that was there then.
const (
	lookAgain = 10 * time.Second
	settled   = 3 * time.Second
)

// resume opens the state, and finds out where to begin.
func (v *vigil) resume(ctx context.Context) error {
	m := &remembered{detection: v.runs, shell: v.shell, report: v.report}
	o, err := m.settings(v.options)
	if err != nil {
		return err
	}
	r := &resumption{starts: map[string]int64{}}
	r.store, err = state.Open(v.runs.state, state.Options{Now: v.now(), Warn: func(d *source.Diagnostic) {
		v.say("%s", d.Error())
		v.code = v.code.or(unread)
	}})
	if errors.Is(err, state.ErrBusy) {
		return usage("another run has %s", v.runs.state).hint("a run beside it needs a folder of its own: --state DIR")
	}
	if err != nil {
		return err
	}
	v.resumed = r
	r.live = rounds.NewLive(r.store, v.live.Rules(), o)
	r.index = timeindex.OpenFolder(v.runs.state, func(d *source.Diagnostic) { v.diagnostics(source.Errors{d}) })
	before, err := r.live.Positions()
	if err != nil {
		return err
	}
	members, err := v.look(ctx)
	if err != nil {
		return err
	}
	r.begin(members, before, v.live, int64(v.lag))
	if before == nil {
		return r.live.Reach(positionsOf(members), v.now())
	}
	return nil
}

// look looks at the files as they stand now.
func (v *vigil) look(ctx context.Context) ([]*timeindex.Member, error) {
	in, _ := filesOf(v.runs.data)
	v.resumed.looked = v.now()
	return v.resumed.index.Look(ctx, in, timeindex.Options{Now: v.now(), Zone: v.zone, Workers: v.runs.jobs})
}

func positionsOf(members []*timeindex.Member) []state.Position {
	out := []state.Position{}
	for _, f := range rounds.FilesOf(members) {
		out = append(out, f.At)
	}
	return out
}

// begin says from where on files are read: from their ends the first time, and else from where sequences can have begun that were not complete.
func (r *resumption) begin(members []*timeindex.Member, before []state.Position, live *detect.Live, lag int64) {
	back, known := live.Lookback()
	from := int64(column.Beginning)
	if known {
		newest := int64(0)
		for _, p := range before {
			newest = max(newest, p.Newest)
		}
		from = newest - int64(back) - lag
	}
	ends := map[string]int64{}
	r.live.Old = func(f finding.Record) bool { return f.Offset < ends[f.File] }
	for _, m := range members {
		if before == nil || m.Within != "" {
			r.starts[m.Input.Path] = m.End
			continue
		}
		for _, p := range before {
			if end, seen := m.Seen(p.Key, p.Offset, p.Tail); seen {
				ends[m.Input.Path] = max(end, ends[m.Input.Path])
				if older := m.Ranges(from, column.End); len(older) > 0 {
					end = min(end, older[0].From)
				}
				r.starts[m.Input.Path] = max(end, r.starts[m.Input.Path])
			}
		}
	}
}

// clip leaves of a round what is to be read.
func (r *resumption) clip(in input.Inputs) (out input.Inputs) {
	size := int64(0)
	r.full = false
	for _, i := range in {
		size += i.Bounds.To - i.Bounds.From // of an archive that is endless
		r.full = r.full || size < 0 || size > roundBytes/2
		start, known := r.starts[i.Path]
		if known {
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

// tellOnce tells what was not told before.
func (v *vigil) tellOnce(ctx context.Context, answer *detect.Report, o detect.Options) error {
	round, err := v.resumed.live.Tell(ctx, answer, o.Compile.Now)
	if err != nil {
		return err
	}
	v.tell(round.Problems)
	if err := round.Announce(); err != nil {
		return err
	}
	if err := v.write(ctx, round.Findings(), answer, o); err != nil {
		return err
	}
	return round.Commit(v.now().UnixNano(), v.came.Total.Stored)
}

// proceed notes from time to time how far the files were answered. A round that is not full, and that came some time after they were looked at, holds
// everything that was there then.
func (v *vigil) proceed(ctx context.Context) error {
	r := v.resumed
	since := v.now().Sub(r.looked)
	if r.reached != nil && since >= settled && !r.full {
		if err := r.live.Reach(r.reached, v.now()); err != nil {
			return err
		}
		r.reached = nil
	}
	if r.reached != nil || since < lookAgain {
		return nil
	}
	members, err := v.look(ctx)
	if err != nil {
		v.tell(source.Errors{source.Warnf(source.Span{}, "positions", "how far the logs were read cannot be noted: %s", strings.TrimSpace(err.Error()))})
		return nil
	}
	r.reached = positionsOf(members)
	return nil
}
