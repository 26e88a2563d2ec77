package main

import (
	"context"
	"time"

	"github.com/spf13/pflag"

	"spoor/datamodels"
	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/detect"
	"spoor/engine/timerange"
)

// period is the flags that say over which time rules run, and how their events are read.
type period struct {
	earliest, latest string
	scheduled        bool
	clock
	naming
}

func (o *period) flags(f *pflag.FlagSet) {
	f.StringVar(&o.earliest, "earliest", "", "first moment of the search, inclusive: `TIME` such as -70m@m (see `spoor help time`)")
	f.StringVar(&o.latest, "latest", "", "end of the search, exclusive: `TIME` such as -10m@m, now")
	f.BoolVar(&o.scheduled, "scheduled", false, "search for each rule the time that its schedule says, counted from --now, and keep to its max_signals")
	o.clock.flags(f)
	o.naming.flags(f)
}

func (o *period) check() error {
	if o.scheduled && (o.earliest != "" || o.latest != "") {
		return usage("--scheduled says which time is searched, and so do --earliest and --latest").hint("to run a schedule of the past: --scheduled --now TIME")
	}
	return nil
}

// searched is the time that is searched, without blanks.
func (o *period) searched(c engine.Options) string {
	if o.scheduled {
		return "scheduled"
	}
	from, to := int64(column.Beginning), int64(column.End)
	if t, err := timerange.Parse(o.earliest, c.Now, c.Zone); err == nil {
		from = t.UnixNano()
	}
	if t, err := timerange.Parse(o.latest, c.Now, c.Zone); err == nil {
		to = t.UnixNano()
	}
	return between(from, to)
}

// options is how rules are compiled for the time, and run over inputs.
func (o *period) options(ctx context.Context, s *shell, in inputs) (out detect.Options, err error) {
	zone, err := location(o.zone)
	if err != nil {
		return out, err
	}
	sourcetypes, err := o.sourcetypes()
	if err != nil {
		return out, err
	}
	now, err := o.moment(s, zone, func() (time.Time, error) { return newest(ctx, func() (inputs, error) { return in, nil }) })
	if err != nil {
		return out, err
	}
	out.Scheduled = o.scheduled
	out.Compile = engine.Options{Models: datamodels.Builtin(), Earliest: o.earliest, Latest: o.latest, Now: now, Zone: zone, Sourcetypes: sourcetypes}
	out.Run = engine.RunOptions{Inputs: in.found, Sourcetypes: sourcetypes, Host: o.host}
	return out, nil
}
