package engine

import (
	"time"

	"spoor/engine/input"
)

// Profile is what the answer of a program took: of a pack's program of the passes that it shared with others, and how long it worked, if
// RunOptions.Clock is set.
type Profile struct {
	Readings int   // of the inputs, in which it took part
	Bytes    int64 // in them, whoever needed them
	Records  int64
	Decoded  int64 // events
	Events   int64 // that were handed to it, as they may match
	Batches  int64 // in which they were
	Rows     int64 // of its answer, as far as they were read
	// Below is the time of all workers with the events that were handed to it, Above that of what came then: waiting for others is not in it.
	Below, Above time.Duration
	// Moments is when the events were that were handed to it, if RunOptions asks for it.
	Moments *Moments
}

// account takes over what was read.
func (p *Profile) account(l *input.Ledger) {
	p.Bytes, p.Records, p.Decoded = l.Total.Bytes, l.Total.Records, l.Total.Events()
}

// Profile is what the answer of a program that ran alone took, but for its time and its rows, which whoever read them knows. All events that
// were decoded and are of the time searched were handed to it.
func (r *Result) Profile() (p Profile) {
	l := r.Ledger()
	p.account(l)
	p.Readings, p.Events = l.Scans, p.Decoded-l.Total.OutOfWindow-l.Total.NoTime
	return p
}
