package main

import (
	"context"
	"runtime"
	"slices"
	"time"

	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/input"
)

// lookAround is how long a search that found no data may look for the reason.
const lookAround = 5 * time.Second

// absence tells if the searched data set got no event in the time searched, and why; it says whether that is so. A search that got
// events and found nothing in them is no absence. If the data are required the answer is certain, however long it takes.
func (r *report) absence(ctx context.Context, p *engine.Program, in input.Inputs, ledger *input.Ledger, required bool) bool {
	if got(&ledger.Total, p.Kinds()) > ledger.Total.OutOfWindow+ledger.Total.NoTime {
		return false
	}
	seen, whole := ledger, ledger.Total.PassedOver == 0
	if in.Files() {
		var found bool
		if seen, found, whole = lookAgain(ctx, p, in, required); found {
			return false
		}
	} else if !whole || ledger.Total.Unwanted > 0 && !required {
		return false // what a pipe held can be seen only once
	}
	r.absent(p, &seen.Total, whole, required)
	return true
}

// got is the number of events of the kinds that feed the data set; without kinds, of all events.
func got(c *input.Count, kinds []string) (n int64) {
	for kind, events := range c.Kinds {
		if kinds == nil || slices.Contains(kinds, kind) {
			n += events
		}
	}
	return n
}

// lookAgain reads files until it finds an event of the data set in the window. Whole says that it read all there is.
func lookAgain(ctx context.Context, p *engine.Program, in input.Inputs, patient bool) (seen *input.Ledger, found, whole bool) {
	if !patient {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, lookAround)
		defer cancel()
	}
	from, to, _ := p.Window()
	kinds := p.Kinds()
	scan := input.New(in, input.Config{BatchRows: 1, Demand: input.Demand{Fields: []string{}, Earliest: from, Latest: to}})
	hits := make([]bool, runtime.GOMAXPROCS(0))
	consumers := make([]input.Consumer, len(hits))
	for i := range consumers {
		consumers[i] = func(kind string, _ *column.Batch) (bool, error) {
			hits[i] = hits[i] || kinds == nil || slices.Contains(kinds, kind)
			return hits[i], nil
		}
	}
	err := scan.Run(ctx, consumers)
	return scan.Ledger(), slices.Contains(hits, true), err == nil
}

// absent says what was there instead. Without any event of the data set that is worth a line even when quiet.
func (r *report) absent(p *engine.Program, c *input.Count, whole, required bool) {
	events, what := got(c, p.Kinds()), "events"
	if d := p.Dataset(); d != "" {
		what = "events for " + d
	}
	if events > 0 {
		if r.quiet && !required {
			return
		}
		from, to, _ := p.Window()
		r.say("warning: no %s in the time searched: the search is %s, the data are %s", what, r.span(from, to), r.span(int64(c.First), int64(c.Last)))
		return
	}
	where := "in the input"
	if !whole {
		where = "in the first " + plural(c.Records, "record") + " of the input"
	}
	if instead := seenInstead(c); instead != "" {
		r.say("warning: there are no %s %s, but %s", what, where, instead)
		return
	}
	r.say("warning: there are no %s %s, nor anything else", what, where)
}

// seenInstead is the classes of records that a log without the wanted events holds.
func seenInstead(c *input.Count) string {
	all := map[string]int64{
		"lines of other programs": c.Other, "lines of Sysmon about itself": c.Banner, "events of other providers": c.Foreign,
		"records whose event was lost": c.Lost, "unreadable records": c.Unreadable, "unfinished lines": c.Unfinished,
	}
	for name, n := range c.Kinds {
		all["events "+name] = n
	}
	for name, n := range c.Unsupported {
		all["records of "+name] = n
	}
	for name, n := range all {
		if n == 0 {
			delete(all, name)
		}
	}
	return quantities(all)
}
