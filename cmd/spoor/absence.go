package main

import (
	"context"
	"slices"
	"time"

	"spoor/datamodels"
	"spoor/engine"
	"spoor/engine/input"
)

// lookAround is how long a search that found no data may look for the reason.
const lookAround = 5 * time.Second

// absence tells if the searched data set got no event in the time searched, and why; it says whether that is so. A search that got
// events and found nothing in them is no absence. If data are required the answer is certain, however long it takes.
func (r *report) absence(ctx context.Context, p *engine.Program, in input.Inputs, t *tap, ledger *input.Ledger, required bool) bool {
	if !p.Reads() {
		return false
	}
	var sightings []sighting
	if t != nil {
		sightings = append(sightings, t.finish())
	}
	if r.untimed(p, &ledger.Total, required) {
		return true
	}
	if kinds := p.Kinds(); kinds != nil && len(kinds) == 0 {
		if r.quiet && required { // otherwise Compile's warning has said so
			r.say("warning: no source here feeds %s: it has no events, whatever the logs hold", p.Dataset())
		}
		return true
	}
	if got(&ledger.Total, p.Kinds()) > ledger.Total.OutOfWindow+ledger.Total.NoTime {
		return false
	}
	if slices.ContainsFunc(in, func(i input.Input) bool { return i.Size < 0 && i.Stream == nil }) {
		return false // a named pipe cannot be looked at again
	}
	if !required {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, lookAround)
		defer cancel()
	}
	if sightings = append(sightings, newProbe(p).files(ctx, in)); slices.ContainsFunc(sightings, func(f sighting) bool { return f.found }) {
		return false
	}
	r.absent(p, sightings, required)
	return true
}

// untimed tells of events that were left out because they have no time; it says whether all of them were.
func (r *report) untimed(p *engine.Program, total *input.Count, required bool) bool {
	if p.Timed() == "" || total.NoTime == 0 {
		return false
	}
	all := total.NoTime == total.Events()
	if r.quiet && !(all && required) {
		return all
	}
	r.say("warning: left out, as they have no time in %s: %d of %s", p.Timed(), total.NoTime, plural(total.Events(), "event"))
	if all {
		r.say("  --timestamp-field names another field of the time, or timestamp_field= in a search")
	}
	return all
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

// absent says what was there instead, also when quiet if data are required.
func (r *report) absent(p *engine.Program, sightings []sighting, required bool) {
	var events, records int64
	var first, last input.Moment
	whole, instead := true, map[string]int64{}
	for _, f := range sightings {
		events += got(&f.count, p.Kinds())
		records += f.count.Records
		whole = whole && f.whole
		classes(&f.count, instead)
		if f.count.Last != 0 {
			if first == 0 || f.count.First < first {
				first = f.count.First
			}
			last = max(last, f.count.Last)
		}
	}
	what := "events"
	switch d := p.Dataset(); d {
	case "":
	case datamodels.Events:
		what = "events of the query's kinds"
	default:
		what = "events for " + d
	}
	where := "in the input"
	if !whole {
		where = "in the first " + plural(records, "record") + " of the input"
	}
	switch {
	case r.quiet && !required:
	case events > 0:
		from, to, _ := p.Window()
		r.say("warning: no %s in the time searched: the search is %s, the data are %s", what, r.span(from, to), r.span(int64(first), int64(last)))
	case len(instead) == 0:
		r.say("warning: there are no %s %s, nor anything else", what, where)
	default:
		r.say("warning: there are no %s %s; seen instead: %s", what, where, named("", instead))
	}
}

// classes adds up the records of each class that is not empty.
func classes(c *input.Count, to map[string]int64) {
	add := func(name string, n int64) {
		if n > 0 {
			to[name] += n
		}
	}
	for name, n := range c.Kinds {
		add("events "+name, n)
	}
	for name, n := range c.Unsupported {
		add("records of "+name, n)
	}
	add("lines of other programs", c.Other)
	add("lines of Sysmon about itself", c.Banner)
	add("events of other providers", c.Foreign)
	add("records whose event was lost", c.Lost)
	add("unreadable records", c.Unreadable)
	add("unfinished lines", c.Unfinished)
}
