package main

import (
	"context"

	"spoor/engine/detect"
	"spoor/engine/rounds"
)

// resume opens the state, and finds out where to begin.
func (v *vigil) resume(ctx context.Context) error {
	m := &remembered{detection: v.runs, shell: v.shell, report: v.report}
	o, err := m.settings(v.options)
	if err != nil {
		return err
	}
	store, err := v.opened(v.runs.state)
	if err != nil {
		return err
	}
	r := newResumption(v.reading, store, rounds.NewLive(store, v.live.Rules(), o), v.runs.data, v.runs.jobs)
	v.resumed = r
	back, known := v.live.Lookback()
	return r.resume(ctx, v.runs.state, back, known)
}

// tellOnce tells what was not told before.
func (v *vigil) tellOnce(ctx context.Context, answer *detect.Report, o detect.Options) error {
	round, err := v.resumed.live.Tell(ctx, answer, o.Compile.Now)
	if err != nil {
		return &forgotten{err, tellsLater}
	}
	return v.deliver(ctx, v.reading, round, o, v.came.Total.Stored)
}
