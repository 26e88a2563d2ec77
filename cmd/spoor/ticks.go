package main

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"spoor/engine/column"
	"spoor/engine/schedule"
	"spoor/engine/service"
)

// due is a tick of a rule that is to come, and the time that it searches.
type due struct {
	rule string
	schedule.Window
	gap time.Duration // how much time before it no window of the rule holds
}

// dueOf is the ticks of a rule after one time, up to another.
func dueOf(d service.Duty, after, upTo time.Time) (out []due, err error) {
	ticks, _ := d.Schedule.Due(after, upTo, 0)
	before, _ := d.Schedule.Due(time.Time{}, after, 1)
	var until time.Time
	for i, tick := range slices.Concat(before, ticks) {
		w, wrong := d.Schedule.Window(tick)
		if wrong != nil {
			return nil, wrong
		}
		one := due{rule: d.Rule.Name, Window: w}
		for _, g := range schedule.Gaps(until, []schedule.Window{w}) {
			one.gap += g.To.Sub(g.From)
		}
		if until = w.To; i >= len(before) {
			out = append(out, one)
		}
	}
	return out, nil
}

// ticks prints which rule is due when, and over which time.
func (o *scheduling) ticks(s *shell, f *pflag.FlagSet, list []service.Duty, zone *time.Location) error {
	now := s.now()
	span, err := timeSpan("--for", o.ahead, now, zone)
	if err != nil {
		return err
	}
	l := &listing{names: []string{"tick", "rule", "from", "to", "gap"}, format: "table"}
	if f.Changed("output") {
		l.format, _ = f.GetString("output")
	}
	l.wide, _ = f.GetBool("wide")
	var all []due
	for _, d := range list {
		some, err := dueOf(d, now, now.Add(span))
		if err != nil {
			return err
		}
		all = append(all, some...)
	}
	slices.SortStableFunc(all, func(a, b due) int { return cmp.Or(a.Tick.Compare(b.Tick), cmp.Compare(a.rule, b.rule)) })
	for _, d := range all {
		row := []column.Value{timeCell(d.Tick.UnixNano()), textCell(d.rule), {}, timeCell(d.To.UnixNano()), {}}
		if !d.From.IsZero() {
			row[2] = timeCell(d.From.UnixNano())
		}
		if d.gap > 0 {
			row[4] = textCell(length(d.gap))
		}
		l.rows = append(l.rows, row)
	}
	if len(all) == 0 {
		s.say("no rule is due in the next %s", o.ahead)
		return nil
	}
	return l.writeIn(s, zone)
}

// length is a length of time as rules write it: 10m, 1h30m.
func length(d time.Duration) string {
	text := d.Truncate(time.Microsecond).String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}
