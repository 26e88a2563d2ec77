package rehearsal

import (
	"cmp"
	"context"
	"slices"
	"time"

	"spoor/engine/rules"
)

// judge says how each finding fared.
func (r *rehearsal) judge(ctx context.Context) error {
	for _, c := range r.courses {
		c.tell()
	}
	if err := r.suppress(ctx); err != nil {
		return err
	}
	for _, c := range r.courses {
		s := Standing{Rule: c.rule, Problem: c.wrong, Runs: len(c.windows)}
		lost := map[int]int{} // by the window at whose edge
		var cases []Case
		for _, x := range c.items {
			if c.wrong != "" {
				break
			}
			if !x.extra {
				s.Found++
			}
			if one, ok := x.verdict(r); ok {
				s.count(&one)
				cases = append(cases, one)
				if one.crossed {
					lost[one.edge]++
				}
			}
		}
		s.Advice = s.need.words(c.rule)
		for i := range cases {
			cases[i].Advice = cases[i].need.words(c.rule)
			if cases[i].crossed {
				cases[i].Why += c.crossing(&cases[i], lost[cases[i].edge], r.options.Detect.Compile.Zone)
			}
		}
		r.out.Cases = append(r.out.Cases, cases...)
		r.out.Rules = append(r.out.Rules, s)
	}
	slices.SortStableFunc(r.out.Cases, func(a, b Case) int { return cmp.Compare(a.At, b.At) })
	return nil
}

func (s *Standing) count(c *Case) {
	switch {
	case c.Dropped:
		s.Dropped++
	case c.What == Twice:
		s.Twice++
	case c.What == Suppressed:
		s.Suppressed++
	case c.What == Never:
		s.Never++
		s.help(c.need)
	case c.What == Late:
		s.Late++
		s.help(c.need)
	}
}

// help notes what would let a finding be told that is lost.
func (s *Standing) help(n need) {
	if n != (need{}) {
		s.need = s.need.with(n)
		s.Helped++
	}
}

// tell says which windows tell each finding: those whose run came when it was written, and of these the newest, as many as max_signals gives.
func (c *course) tell() {
	byWindow := map[int][]*item{}
	for _, x := range c.items {
		for _, s := range x.seen {
			if s.arrived > c.windows[s.window].Tick.UnixNano() {
				x.late = append(x.late, s)
				continue
			}
			byWindow[s.window] = append(byWindow[s.window], x)
			x.told = append(x.told, s)
		}
	}
	most := c.rule.MaxSignals
	for window, list := range byWindow {
		if most <= 0 || len(list) <= most {
			continue
		}
		slices.SortStableFunc(list, func(a, b *item) int { return cmp.Compare(a.found.At, b.found.At) })
		for _, x := range list[:len(list)-most] {
			x.drop(window, len(list))
		}
	}
}

// drop says that a window, which holds so many findings, leaves this one out.
func (x *item) drop(window, crowd int) {
	s := x.take(window)
	s.crowd = crowd
	x.cut = append(x.cut, s)
}

// take takes what a window tells of the finding from what is told.
func (x *item) take(window int) sighting {
	i := slices.IndexFunc(x.told, func(s sighting) bool { return s.window == window })
	s := x.told[i]
	x.told = slices.Delete(x.told, i, i+1)
	return s
}

// again is the windows that tell what the one before told, or some of it.
func (x *item) again() (out []sighting) {
	for i := 1; i < len(x.told); i++ {
		before, s := x.windows[x.told[i-1].window], x.told[i]
		first := s.first
		if from := x.windows[s.window].From; first == 0 && !from.IsZero() {
			first = from.UnixNano()
		}
		if first < before.To.UnixNano() {
			out = append(out, s)
		}
	}
	return out
}

// elastic says whether the rule runs where an alert that is there is not raised again.
func (c *course) elastic() bool {
	return c.rule.Format == rules.Elastic || c.rule.Format == rules.Kibana
}

// maxSpan is how long a sequence of the rule may take; ok is false if it has none.
func (c *course) maxSpan() (span time.Duration, ok bool) {
	reach, ok := c.outcome.Program.Reach()
	return reach.MaxSpan, ok
}
