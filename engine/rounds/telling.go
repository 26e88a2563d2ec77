package rounds

import (
	"context"
	"encoding/hex"

	"github.com/zeebo/xxh3"

	"spoor/engine/detect"
	"spoor/engine/finding"
	"spoor/engine/state"
)

// telling is a finding that is new, or has grown.
type telling struct {
	detect.Found
	outcome *detect.Outcome
	state.Told
}

// decide says of each result whether it is new, has grown, or was told before.
func (r *round) decide(ctx context.Context, report *detect.Report) error {
	var all []*telling
	for _, x := range report.Outcomes {
		nth := map[state.Fingerprint]int{}
		for _, found := range report.FoundBy(x) {
			if r.passes != nil && r.passes(found) {
				continue
			}
			t := &telling{Found: found, outcome: x}
			first := r.identify(t, 0)
			t.Fingerprint = first
			if n := nth[first]; n > 0 {
				t.Fingerprint = r.identify(t, n)
			}
			nth[first]++
			all = append(all, t)
		}
	}
	list := make([]state.Fingerprint, len(all))
	for i, t := range all {
		list[i] = t.Fingerprint
	}
	known, err := r.store.Sightings(list)
	if err != nil {
		return err
	}
	for _, t := range all {
		r.tell(t, known)
	}
	return r.withhold(ctx)
}

// identify is what makes a finding the same: in other logs it is another one, even if its group is called the same.
func (r *round) identify(t *telling, nth int) state.Fingerprint {
	id := t.Identify(nth)
	return xxh3.Hash128(append([]byte(r.options.Set), id[:]...)).Bytes()
}

// tell decides about one finding by what is known of it, and notes what is known then.
func (r *round) tell(t *telling, known map[state.Fingerprint]state.Sighting) {
	before, seen := known[t.Fingerprint]
	digest := t.RowHash()
	status := finding.StatusNew
	switch {
	case !seen:
		before = state.Sighting{Rule: detect.NameOf(t.Rule), First: t.First, Last: t.Last}
	case before.Pending:
		status = finding.StatusAgain
	case t.Last > before.Last || t.Last == 0 && t.grows() && digest != before.Digest:
		status = finding.StatusUpdate
	default:
		r.count(t, func(c *state.Count) { c.Repeated++ })
		r.out.Run.Repeated++
		return
	}
	now := before
	now.Last, now.Digest, now.Told, now.Seen, now.Suppressed, now.Pending = max(before.Last, t.Last), digest, r.now().UnixNano(), before.Seen+1, 0, false
	if status == finding.StatusAgain {
		now.Seen = max(before.Seen, 1)
	}
	known[t.Fingerprint] = now
	t.Sighting = now
	mark := r.marks[detect.NameOf(t.Rule)]
	t.History = &finding.History{
		Fingerprint: hex.EncodeToString(t.Fingerprint[:]), Status: status, Seen: now.Seen, Since: before.First, Suppressed: before.Suppressed,
		Late: status != finding.StatusUpdate && mark.Run != 0 && t.At != 0 && t.At < mark.Until,
	}
	r.out.told = append(r.out.told, t)
}

// grows says whether the finding can be found again with more in it: a group can, a record cannot.
func (t *telling) grows() bool { return len(t.Known) == 0 }

func (r *round) counted(t *telling) {
	switch t.History.Status {
	case finding.StatusUpdate:
		r.out.Run.Updated++
	default:
		r.out.Run.New++
	}
	if t.History.Late {
		r.out.Run.Late++
	}
	r.count(t, func(c *state.Count) {
		if t.History.Status == finding.StatusUpdate {
			c.Updated++
		} else {
			c.New++
		}
		if t.History.Late {
			c.Late++
		}
	})
}

func (r *round) count(t *telling, add func(*state.Count)) {
	if r.out.change.Counts == nil {
		r.out.change.Counts = map[string]state.Count{}
	}
	name := detect.NameOf(t.Rule)
	c := r.out.change.Counts[name]
	add(&c)
	c.Last = max(c.Last, t.Last)
	r.out.change.Counts[name] = c
}
