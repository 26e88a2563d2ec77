package rehearsal

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

	"spoor/engine/detect"
	"spoor/engine/finding"
	"spoor/engine/input"
	"spoor/engine/plan"
	"spoor/engine/rules"
	"spoor/engine/schedule"
)

// item is a finding, and the windows that hold it.
type item struct {
	*course
	found       detect.Found
	extra       bool    // the one pass has it not
	first, last int64   // of its events; 0 if they are not known
	times       []int64 // of its events, as far as they are known

	seen []sighting // by window
	told []sighting // of these, those that are told
	late []sighting // those whose run was over when it was written
	cut  []sighting // those that leave it out for max_signals
}

// sighting is a finding in one window.
type sighting struct {
	window  int
	first   int64 // of what the window holds of it; 0 if that is not known
	records []finding.Record
	arrived int64 // when these had been written, or of a group the first of them
}

// compare takes over what the one pass found, and decides which rules must be answered window by window.
func (r *rehearsal) compare() {
	at := 0
	for _, c := range r.courses {
		if c.wrong != "" {
			continue
		}
		c.outcome = r.out.Whole.Outcomes[at]
		at++
		if c.outcome.Program == nil || c.outcome.Verdict == detect.Failed {
			c.wrong = string(c.outcome.Verdict)
			if len(c.outcome.Reasons) > 0 {
				c.wrong += ": " + strings.Join(c.outcome.Reasons, "; ")
			}
			continue
		}
		found := r.out.Whole.FoundBy(c.outcome)
		c.asked = !c.apart(r.whole[at-1])
		for i := range found {
			x := &item{course: c, found: found[i]}
			x.date()
			c.items = append(c.items, x)
			c.asked = c.asked || x.first == 0
		}
		for _, x := range c.items {
			if c.asked {
				break
			}
			for _, w := range c.windows.holding(x.first, x.last) {
				x.seen = append(x.seen, sighting{w, x.first, x.found.Known, 0})
			}
		}
	}
}

// clocked is what a query asks of the time at which it runs.
var clocked = regexp.MustCompile(`\b(now|time|relative_time)\s*\(`)

// apart says whether what a window finds follows from what the one pass finds.
func (c *course) apart(whole detect.Job) bool {
	p := c.outcome.Program
	from, to, _ := p.Window()
	if t := c.rule.Trigger; t.Count != "" && t.Count != "always" {
		return false // what is told depends on how many there are
	}
	if p.Expanded != nil && clocked.MatchString(p.Expanded.Body) {
		return false
	}
	own := (whole.Window.From.IsZero() || whole.Window.From.UnixNano() == from) && whole.Window.To.UnixNano() == to
	return p.Pace() != plan.Whole && own && p.Clock().Field == "" && p.Reads()
}

// date says when the events of a finding were, by the clock of its rule.
func (x *item) date() {
	records := x.found.Evidence.Records
	if x.found.Key == "" && (len(x.found.Known) > 0 || len(x.found.Rows) > 1) {
		records = x.found.Known
	}
	for _, record := range records {
		if record.Time != 0 {
			x.times = append(x.times, record.Time)
		}
	}
	slices.Sort(x.times)
	if x.rule.Language == rules.EQL || len(x.times) == 0 || x.outcome.Program.Clock() != (input.Clock{}) {
		x.first, x.last = x.found.First, x.found.Last
		return
	}
	x.first, x.last = x.times[0], x.times[len(x.times)-1]
}

// asking is a window of a rule that is answered by itself.
type asking struct {
	*course
	at int
}

// answer answers window by window the rules that need it. Of those windows that are far from all events only the first is answered: if a rule finds
// nothing there, it finds nothing in the others.
func (r *rehearsal) answer(ctx context.Context) {
	var list, empty []asking
	for _, c := range r.courses {
		// Nothing was handed to it in all of the time: every window is as empty.
		if c.wrong != "" || !c.asked || c.outcome.Profile.Events == 0 && len(c.items) == 0 {
			continue
		}
		for i, w := range c.windows {
			if !r.far(w) {
				list = append(list, asking{c, i})
				continue
			}
			if c.tried {
				empty = append(empty, asking{c, i})
				continue
			}
			c.tried, c.trial = true, i
			list = append(list, asking{c, i})
		}
	}
	r.ask(ctx, list)
	r.ask(ctx, slices.DeleteFunc(empty, func(a asking) bool { return !a.fires }))
	for _, c := range r.courses {
		for _, x := range c.items {
			slices.SortStableFunc(x.seen, func(a, b sighting) int { return a.window - b.window })
		}
	}
}

// far says whether a window is far from all events, whichever of their times counts.
func (r *rehearsal) far(w schedule.Window) bool {
	total := r.out.Whole.Ledger.Total
	const margin = 48 * time.Hour
	return total.First != 0 && (w.To.Before(time.Unix(0, int64(total.First)).Add(-margin)) || w.From.After(time.Unix(0, int64(total.Last)).Add(margin)))
}

// ask answers windows, many in a pass.
func (r *rehearsal) ask(ctx context.Context, list []asking) {
	slices.SortStableFunc(list, func(a, b asking) int { return a.windows[a.at].To.Compare(b.windows[b.at].To) })
	o := r.options.Detect
	o.Briefly = true
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

// sight notes what a window finds.
func (c *course) sight(window int, report *detect.Report, x *detect.Outcome) {
	if x.Verdict == detect.Failed {
		c.wrong = "failed: " + strings.Join(x.Reasons, "; ")
	}
	if c.known == nil {
		c.known = map[[16]byte][]*item{}
		for _, one := range c.items {
			id := one.found.Identify(0)
			c.known[id] = append(c.known[id], one)
		}
	}
	for _, found := range report.FoundBy(x) {
		c.fires = c.fires || c.tried && c.trial == window
		id := found.Identify(0)
		here := &item{course: c, found: found, extra: true}
		here.date()
		if c.known[id] == nil {
			c.items = append(c.items, here)
			c.known[id] = []*item{here}
		}
		for _, x := range c.known[id] {
			if n := len(x.seen); n == 0 || x.seen[n-1].window != window {
				x.seen = append(x.seen, sighting{window, here.first, found.Evidence.Records, 0})
			}
		}
	}
}
