package detect

import (
	"time"

	"spoor/engine"
	"spoor/engine/rules"
	"spoor/engine/schedule"
	"spoor/grammar/source"
)

// window is the time that a rule searches, in the words of users, and what relative times count from; zero: what they count from anyway.
type window struct {
	earliest, latest string
	now              time.Time
}

// in is the options of compiling queries over the window.
func (w window) in(o engine.Options) engine.Options {
	o.Earliest, o.Latest = w.earliest, w.latest
	if !w.now.IsZero() {
		o.Now = w.now
	}
	return o
}

// windowOf is the time that a rule searches: the one that the user names or, by schedule, its own.
func windowOf(r *rules.Rule, o Options) (window, *source.Diagnostic) {
	if !o.Scheduled {
		return window{earliest: o.Compile.Earliest, latest: o.Compile.Latest}, nil
	}
	w, err := schedule.WindowAt(r, o.Compile.Now, o.Compile.Zone)
	if err != nil {
		return window{}, err
	}
	earliest, latest := w.Words()
	return window{earliest: earliest, latest: latest}, nil
}
