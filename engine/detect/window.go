package detect

import (
	"time"

	"spoor/engine"
	"spoor/engine/rules"
	"spoor/engine/timerange"
	"spoor/grammar/source"
)

// window is the time that a rule searches, in the words of users.
type window struct{ earliest, latest string }

// in is the options of compiling queries over the window.
func (w window) in(o engine.Options) engine.Options {
	o.Earliest, o.Latest = w.earliest, w.latest
	return o
}

// windowOf is the time that a rule searches: the one that the user names or, by schedule, its own. The last moment of Elastic's belongs to it.
func windowOf(r *rules.Rule, o Options) (window, *source.Diagnostic) {
	if !o.Scheduled {
		return window{o.Compile.Earliest, o.Compile.Latest}, nil
	}
	w := window{r.Schedule.Earliest, r.Schedule.Latest}
	if r.Language != rules.EQL {
		return w, nil
	}
	if w.latest == "" {
		w.latest = "now"
	}
	zone := o.Compile.Zone
	if zone == nil {
		zone = time.UTC
	}
	end, err := timerange.Parse(w.latest, o.Compile.Now, zone)
	if err != nil {
		return w, source.Errorf(r.At, "bad-time", "the schedule of %q: %s", r.Name, err)
	}
	w.latest = end.Add(time.Nanosecond).UTC().Format(time.RFC3339Nano)
	return w, nil
}
