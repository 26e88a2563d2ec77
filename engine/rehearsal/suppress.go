package rehearsal

import (
	"context"

	"spoor/engine/state"
	"spoor/engine/suppress"
)

// suppress takes from what windows tell what the rules' own suppression keeps from being told, run after run. Where alerts that are there are not
// raised again, only the first run that tells one counts.
func (r *rehearsal) suppress(ctx context.Context) error {
	var list []suppress.Finding
	var of []telling
	for _, c := range r.courses {
		if c.rule.Suppression == nil || c.wrong != "" {
			continue
		}
		for _, x := range c.items {
			told := x.told
			if c.elastic() {
				told = told[:min(1, len(told))]
			}
			for _, s := range told {
				tick := c.windows[s.window].Tick.UnixNano()
				list = append(list, suppress.Finding{Finding: s.found.Finding, Fingerprint: s.found.Identify(0), At: s.found.At, Tick: tick})
				of = append(of, telling{x, s.window})
			}
		}
	}
	if len(list) == 0 {
		return nil
	}
	decided, err := suppress.Decide(ctx, list, nobody{}, suppress.Options{Compile: r.options.Detect.Compile})
	if err != nil {
		return err
	}
	r.out.Problems = append(r.out.Problems, decided.Problems...)
	for i, d := range decided.Decisions {
		if d.Verdict != suppress.Suppressed {
			continue
		}
		of[i].withhold(d.By)
	}
	return nil
}

// telling is a finding that a window tells.
type telling struct {
	*item
	window int
}

// withhold keeps it from being told. Where an alert that is there is not raised again, one that was suppressed is not raised later either.
func (t telling) withhold(by string) {
	windows := []int{t.window}
	if t.elastic() {
		windows = windows[:0]
		for _, s := range t.told {
			windows = append(windows, s.window)
		}
	}
	for _, window := range windows {
		s := t.take(window)
		s.by = by
		t.withheld = append(t.withheld, s)
	}
}

// nobody is a memory of earlier runs, of which there are none.
type nobody struct{}

func (nobody) Throttles([]state.Fingerprint) (map[state.Fingerprint]state.Throttle, error) {
	return nil, nil
}
