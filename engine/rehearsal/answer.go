package rehearsal

import (
	"context"
	"math"
	"slices"
	"time"

	"spoor/engine"
	"spoor/engine/detect"
	"spoor/engine/schedule"
	"spoor/engine/timeindex"
	"spoor/grammar/source"
)

// portion is how many windows are answered in one pass: a program is compiled for each.
const portion = 300

// asking is a window of a rule that is answered by itself.
type asking struct {
	*course
	at int
}

// answer answers window by window the rules that need it. Of those windows that hold no event for a rule only the first is answered: if it finds
// nothing there, it finds nothing in the others.
func (r *rehearsal) answer(ctx context.Context) error {
	var list, empty []asking
	for _, c := range r.courses {
		// Nothing was handed to it in all of the time: every window is as empty.
		if c.wrong != "" || !c.asked || c.outcome.Profile.Events == 0 && len(c.items) == 0 {
			continue
		}
		for i, w := range c.windows {
			switch {
			case !r.vacant(c, w):
				list = append(list, asking{c, i})
			case c.tried:
				empty = append(empty, asking{c, i})
			default:
				c.tried, c.trial = true, i
				list = append(list, asking{c, i})
			}
		}
	}
	r.passes += (len(list) + portion - 1) / portion
	if len(list) > portion {
		if err := r.index(ctx); err != nil {
			return err
		}
	}
	r.ask(ctx, list)
	r.ask(ctx, slices.DeleteFunc(empty, func(a asking) bool { return !a.fires }))
	for _, c := range r.courses {
		for _, x := range c.items {
			slices.SortStableFunc(x.seen, func(a, b sighting) int { return a.window - b.window })
		}
	}
	return ctx.Err()
}

// grain is to within how much time it must be known when events were.
func (r *rehearsal) grain() time.Duration {
	out := time.Hour
	for _, c := range r.courses {
		for i, w := range c.windows {
			if !w.From.IsZero() {
				out = min(out, c.windows.length(i))
			}
		}
	}
	const fine = 10
	return max(out/fine, time.Second)
}

// vacant says whether a window surely holds no event that can matter to a rule.
func (r *rehearsal) vacant(c *course, w schedule.Window) bool {
	p, moments := c.outcome.Program, c.outcome.Profile.Moments
	if !c.own || moments == nil || p.Pending() || !p.Reads() {
		return r.far(w)
	}
	from := int64(math.MinInt64)
	if !w.From.IsZero() {
		from = w.From.UnixNano()
	}
	return !moments.Some(from, w.To.UnixNano())
}

// far says whether a window is far from all events, whichever of their times counts.
func (r *rehearsal) far(w schedule.Window) bool {
	total := r.out.Whole.Ledger.Total
	const margin = 48 * time.Hour
	return total.First != 0 && (w.To.Before(time.Unix(0, int64(total.First)).Add(-margin)) || w.From.After(time.Unix(0, int64(total.Last)).Add(margin)))
}

// index finds out where in the logs which times stand, so that of each only what some windows can hold is read for them.
func (r *rehearsal) index(ctx context.Context) error {
	o := &r.options.Detect
	look := timeindex.Options{Now: o.Compile.Now, Zone: o.Compile.Zone, Workers: o.Run.Workers}
	members, err := timeindex.OpenFolder("", func(*source.Diagnostic) {}).Look(ctx, o.Run.Inputs, look)
	if err != nil {
		return err
	}
	o.Run.Inputs = slices.Clone(o.Run.Inputs)
	for i, m := range members {
		if m.Failed == nil && m.Within == "" {
			o.Run.Inputs[i] = m.Input
		}
	}
	return nil
}

// ask answers windows, many in a pass: such that are near each other.
func (r *rehearsal) ask(ctx context.Context, list []asking) {
	slices.SortStableFunc(list, func(a, b asking) int { return a.windows[a.at].To.Compare(b.windows[b.at].To) })
	o := r.options.Detect
	o.Briefly = true
	o.Run.Begun = func(account *engine.Result) { r.begin(account) }
	for part := range slices.Chunk(list, portion) {
		if ctx.Err() != nil {
			return
		}
		jobs := make([]detect.Job, len(part))
		for i, a := range part {
			jobs[i] = detect.Job{Rule: a.rule, Window: a.windows[a.at]}
		}
		report := detect.RunJobs(ctx, jobs, o)
		for i, x := range report.Outcomes {
			part[i].sight(part[i].at, report, x)
		}
	}
}
