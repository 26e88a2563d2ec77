package rehearsal

import (
	"regexp"
	"slices"
	"strings"

	"spoor/engine/detect"
	"spoor/engine/finding"
	"spoor/engine/input"
	"spoor/engine/plan"
	"spoor/engine/rules"
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

	withheld []sighting // those in which the rule's own suppression keeps it from being told
}

// sighting is a finding in one window.
type sighting struct {
	found   *detect.Found
	window  int
	first   int64 // of what the window holds of it; 0 if that is not known
	records []finding.Record
	arrived int64  // when these had been written, or of a group the first of them
	crowd   int    // of one that is left out: how many there are in the window
	by      string // of one that is withheld: what suppresses it
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
				x.seen = append(x.seen, sighting{found: &x.found, window: w, first: x.first, records: x.found.Known})
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
	c.own = (whole.Window.From.IsZero() || whole.Window.From.UnixNano() == from) && whole.Window.To.UnixNano() == to
	if t := c.rule.Trigger; t.Count != "" && t.Count != "always" {
		return false // what is told depends on how many there are
	}
	if p.Expanded != nil && clocked.MatchString(p.Expanded.Body) {
		return false
	}
	return p.Pace() != plan.Whole && c.own && p.Clock().Field == "" && p.Reads()
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
				x.seen = append(x.seen, sighting{found: &here.found, window: window, first: here.first, records: found.Evidence.Records})
			}
		}
	}
}
