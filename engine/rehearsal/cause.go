package rehearsal

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"spoor/engine/detect"
	"spoor/grammar/source"
)

// What is how a finding fared that was not told once.
type What string

// The ways in which findings fare.
const (
	Twice      What = "twice"
	Never      What = "never"
	Late       What = "late"
	Suppressed What = "suppressed"
)

// Reason is why.
type Reason string

// The reasons.
const (
	Overlap     Reason = "overlap"
	Gap         Reason = "gap"
	Lookback    Reason = "look-back"
	Edge        Reason = "edge"
	MaxSignals  Reason = "max_signals"
	Arrival     Reason = "arrival"
	Suppression Reason = "suppression"
)

// Meaning is what a reason is the reason of, and what it means.
type Meaning struct {
	Reason Reason
	What   What
	Doc    string
}

// Reasons is all of them, in the order in which they are looked for.
func Reasons() []Meaning { return slices.Clone(reasons) }

var reasons = []Meaning{
	{Overlap, Twice, "several windows hold it: they overlap. Of a group, what a later window has of it begins before an earlier one ended. Splunk tells it again; Elastic does not raise an alert that is there, so that of its rules it is shown only with --all"},
	{Suppression, Suppressed, "one like it was told a while before, and the rule itself says that it is not told then: it is as the rule's author wants it, so that it is shown only with --all"},
	{MaxSignals, Never, "the windows that hold it have more findings than max_signals, of which the newest are told"},
	{Arrival, Late, "the windows that hold it had been run when its events had all been written (of a group, any of them), and no later window holds it. No log says when something was written: it is taken as the greatest time before it in its file, if that is more than a second later than its own"},
	{Gap, Never, "one of its events is in no window: windows are shorter than the time between runs"},
	{Lookback, Never, "no window holds all events of a sequence, since windows are shorter than its maxspan"},
	{Edge, Never, "no window holds all that it rests on: events of a sequence, or enough of a group, are on both sides of the edge of a window"},
}

// Case is a finding that was not told once, and why.
type Case struct {
	What    What
	Reason  Reason
	Why     string // in words, with the figures
	Advice  string // what of the rule could be otherwise, so that it is told once: from = "now-19m"; empty if nothing of its schedule could
	Finding detect.Found
	At      int64 // of its first event, in nanoseconds since 1970; 0 if that is not known
	Dropped bool  // it is told again, but where the rule runs nobody sees it

	need    need
	crossed bool // it lies over the edge of a window
	edge    int
}

// verdict is how a finding fared; ok is false if it was told once.
func (x *item) verdict(r *rehearsal) (out Case, ok bool) {
	zone := r.options.Detect.Compile.Zone
	out = Case{Finding: x.found, At: x.first}
	if again := x.again(); len(again) > 0 {
		out.What, out.Reason, out.Dropped = Twice, Overlap, x.elastic()
		if !out.Dropped {
			out.need = x.needOnce(again[0])
		}
		out.Why = x.twice(again, zone)
		return out, true
	}
	if len(x.told) > 0 || x.extra {
		return out, false
	}
	switch {
	case len(x.withheld) > 0:
		out.What, out.Reason = Suppressed, Suppression
		out.Why = fmt.Sprintf("the run of %s finds it: %s", clock(x.windows[x.withheld[0].window].Tick, zone), x.withheld[0].by)
	case len(x.cut) > 0:
		last := x.cut[len(x.cut)-1]
		out.What, out.Reason, out.need = Never, MaxSignals, need{signals: last.crowd}
		out.Why = fmt.Sprintf("max_signals gives the newest %d of %d of the run of %s", x.rule.MaxSignals, last.crowd, clock(x.windows[last.window].Tick, zone))
	case len(x.late) > 0:
		last := x.late[len(x.late)-1]
		out.What, out.Reason, out.need = Late, Arrival, x.needLate(last)
		out.Why = fmt.Sprintf("written by %s, after the run of %s, the last one whose window holds it", clock(time.Unix(0, last.arrived), zone), clock(x.windows[last.window].Tick, zone))
	default:
		out.What = Never
		x.lost(&out, zone)
	}
	return out, true
}

func (x *item) twice(again []sighting, zone *time.Location) string {
	var ticks []string
	for i, s := range x.told {
		if i == 3 && len(x.told) > 4 {
			ticks = append(ticks, fmt.Sprintf("%d more", len(x.told)-i))
			break
		}
		ticks = append(ticks, clock(x.windows[s.window].Tick, zone))
	}
	last := len(ticks) - 1
	out := "told by the runs of " + strings.Join(ticks[:last], ", ") + " and " + ticks[last]
	if by := x.windows.overlap(again[0].window); by > 0 {
		return out + ": their windows overlap by " + length(by)
	}
	return out + ": their windows overlap"
}

// lost says why no window finds it.
func (x *item) lost(out *Case, zone *time.Location) {
	for _, at := range x.moments() {
		if len(x.windows.holding(at, at)) == 0 {
			out.Reason, out.need = Gap, x.needAt(at)
			out.Why = fmt.Sprintf("no window holds %s%s", clock(time.Unix(0, at), zone), x.between(at, zone))
			return
		}
	}
	span, sequence := x.maxSpan()
	at, known := x.windows.edge(x.last)
	out.Reason = Edge
	if known && x.first != 0 {
		out.need = x.needOver(at, span, sequence)
	}
	switch {
	case x.first == 0 || !known:
		out.Why = "no window finds it by itself"
	case sequence && span > 0 && x.windows.length(at) < span:
		out.Reason, out.crossed, out.edge = Lookback, true, at
		out.Why = fmt.Sprintf("look-back of %s is shorter than maxspan of %s", length(x.windows.length(at)), length(span))
	case sequence:
		out.crossed, out.edge = true, at
		out.Why = fmt.Sprintf("its events are %s apart, and windows overlap by %s", length(time.Duration(x.last-x.first)), length(max(0, x.windows.overlap(at))))
	case len(x.windows.holding(x.first, x.last)) > 0:
		out.Why = fmt.Sprintf("the window of the run of %s holds it, but not what it is counted or compared with", clock(x.windows[x.windows.holding(x.first, x.last)[0]].Tick, zone))
	default:
		out.Why = fmt.Sprintf("its %s from %s to %s are in several windows, and none has enough of them",
			source.Count(int(max(x.found.Evidence.Total, int64(len(x.times)))), "record"), clock(time.Unix(0, x.first), zone), clock(time.Unix(0, x.last), zone))
	}
}

// moments is when its events were.
func (x *item) moments() []int64 {
	switch {
	case x.first == 0:
		return nil
	case x.asked:
		return x.times
	case x.first == x.last:
		return []int64{x.first}
	}
	return []int64{x.first, x.last}
}

// between is the windows around a moment that is in none.
func (x *item) between(at int64, zone *time.Location) string {
	i, ok := x.windows.edge(at)
	if !ok || i == 0 {
		return ""
	}
	before, next := x.windows[i-1], x.windows[i]
	return fmt.Sprintf(": one ends at %s, the next one begins at %s", clock(before.To, zone), clock(next.From, zone))
}

// crossing says how many sequences lie over the edge of a window, of which some are lost.
func (c *course) crossing(one *Case, lost int, zone *time.Location) string {
	edge, all := c.windows[one.edge].From, 0
	for _, x := range c.items {
		if !x.extra && x.first < edge.UnixNano() && x.last >= edge.UnixNano() {
			all++
		}
	}
	return fmt.Sprintf(": %d of %s over the edge at %s", lost, source.Count(all, "sequence"), clock(edge, zone))
}

func clock(at time.Time, zone *time.Location) string {
	if zone == nil {
		zone = time.UTC
	}
	return at.In(zone).Format("2006-01-02T15:04:05Z07:00")
}

// length is a length of time as people write it: 1h, 30m, 4m30s.
func length(d time.Duration) string {
	out := d.Round(time.Millisecond).String()
	if strings.HasSuffix(out, "m0s") {
		out = strings.TrimSuffix(out, "0s")
	}
	if strings.HasSuffix(out, "h0m") {
		out = strings.TrimSuffix(out, "0m")
	}
	return out
}
