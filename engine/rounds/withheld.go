package rounds

import (
	"context"

	"spoor/engine/finding"
	"spoor/engine/state"
	"spoor/engine/suppress"
)

// withhold takes from what is told what somebody silenced, and what is like something that was told. It is known from then on, and counted.
func (r *round) withhold(ctx context.Context) error {
	all := r.out.told
	if r.options.Fleeting {
		for _, t := range all {
			r.counted(t)
		}
		return nil
	}
	list := make([]suppress.Finding, len(all))
	for i, t := range all {
		list[i] = suppress.Finding{Finding: t.Finding, Fingerprint: t.Fingerprint, At: t.At}
		if r.options.Detect.Scheduled {
			list[i].Tick = t.outcome.Window.Tick.UnixNano()
		}
	}
	silences, err := r.store.Silences()
	if err != nil {
		return err
	}
	decided, err := suppress.Decide(ctx, list, r.store, suppress.Options{Set: r.options.Set, Silences: silences, Compile: r.options.Detect.Compile})
	if err != nil {
		return err
	}
	r.out.told = nil
	before := map[state.Fingerprint]int{} // how many times a finding was withheld in this round
	for i, t := range all {
		again := t.History.Status == finding.StatusAgain
		if !again {
			t.seen(t.Sighting.Seen - before[t.Fingerprint])
		}
		d := decided.Decisions[i]
		if d.Verdict == suppress.Tell {
			t.History.Suppressed, t.History.Folded = d.Suppressed, d.Folded
			r.out.told = append(r.out.told, t)
			r.counted(t)
			continue
		}
		if !again {
			before[t.Fingerprint]++
			t.seen(t.Sighting.Seen - 1)
		}
		r.out.withheld = append(r.out.withheld, t)
		r.uncounted(t, d.Verdict)
	}
	for _, d := range decided.Problems {
		r.out.Problems = append(r.out.Problems, d)
		r.out.Run.Problems = append(r.out.Run.Problems, d.Message)
	}
	r.out.Withheld = decided.Withheld(list)
	r.out.change.Throttles, r.out.change.Hits = decided.Throttles, decided.Hits
	return nil
}

// seen says how many times a finding was told. One that was never told is new, however long it is known.
func (t *telling) seen(times int) {
	t.Sighting.Seen = times
	if t.History.Seen = times; times <= 1 && t.History.Status == finding.StatusUpdate {
		t.History.Status = finding.StatusNew
	}
}

func (r *round) uncounted(t *telling, v suppress.Verdict) {
	if v == suppress.Silenced {
		r.out.Run.Silenced++
		r.count(t, func(c *state.Count) { c.Silenced++ })
		return
	}
	r.out.Run.Suppressed++
	r.count(t, func(c *state.Count) { c.Suppressed++ })
}
