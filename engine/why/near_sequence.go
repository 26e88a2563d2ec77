package why

import (
	"strings"

	"spoor/engine/plan"
)

// nearSequences is the events with which sequences ended that got farthest: for each manner of ending the first. For stages that no event is, it is
// the events that come nearest to them.
func (a *asking) nearSequences(p path) ([]near, error) {
	n := p[p.apart()]
	stages := stagesOf(n)
	seen := make([]bool, len(stages))
	var out []near
	var err error
	switch n := n.(type) {
	case *plan.Sequence:
		out, err = a.endings(p, n, seen)
	case *plan.Sample:
		out, err = a.combinations(p, n, seen)
	}
	for i, s := range stages {
		if seen[i] || s.Missing || err != nil || stageName(n, i) == "until" {
			continue
		}
		var found []near
		if found, err = a.nearStage(p, s); len(found) > 0 {
			out = append(out, found...)
		}
	}
	return out, err
}

// nearStage is the events nearest to a stage that no event is.
func (a *asking) nearStage(p path, s plan.Stage) ([]near, error) {
	last := p.apart() - 1
	found, err := a.nearConditions(p, []placed{{last, s.Cond}})
	for i := range found {
		found[i].score /= float64(max(len(plan.Conjuncts(s.Cond)), 1)) // less than any event that is a stage
	}
	return found, err
}

// manner is how sequences ended, and how far they got.
type manner struct {
	end    End
	events int
	next   int
}

// sweepAt is how many combinations of keys are followed before those are forgotten for which no event can come in time.
const sweepAt = 4096

// endings follows all sequences, and takes the first of each manner of ending.
func (a *asking) endings(p path, n *plan.Sequence, seen []bool) ([]near, error) {
	first := map[manner]int{}
	var out []near
	ended := func(e *Ending) {
		m := manner{e.End, len(e.Events), e.Next}
		if i, known := first[m]; known {
			out[i].alike++
			out[i].position = min(out[i].position, e.last()) // those that are waited for end in no order
			return
		}
		first[m] = len(out)
		out = append(out, near{position: e.last(), score: 1 + float64(e.worth())})
	}
	byKey := map[string]*tracer{}
	err := a.eachOffer(p, stagesOf(n), func(o offered) {
		key := keyOf(o.Keys)
		t := byKey[key]
		if t == nil {
			if len(byKey)%sweepAt == sweepAt-1 {
				forget(byKey, o.Time)
			}
			t = newTracer(n, ended)
			byKey[key] = t
		}
		for _, s := range o.stages {
			seen[s] = true
		}
		t.offer(o.Member, o.stages)
	})
	for _, t := range byKey {
		t.finish()
	}
	return out, err
}

// forget ends what can get no further: the events come in order of time.
func forget(byKey map[string]*tracer, now int64) {
	for key, t := range byKey {
		if t.maxSpan > 0 && !t.within(t.newest, now) {
			t.finish()
			delete(byKey, key)
		}
	}
}

// last is the event in which an ending shows: the last that it holds.
func (e *Ending) last() int64 {
	if n := len(e.Events); n > 0 {
		return e.Events[n-1].Position
	}
	return e.By.Position
}

// combinations counts, for each combination of keys, which filters of a sample have events, and takes the first of each such set.
func (a *asking) combinations(p path, n *plan.Sample, seen []bool) ([]near, error) {
	type combination struct {
		first int64
		have  []bool
	}
	byKey := map[string]*combination{}
	var order []string
	err := a.eachOffer(p, n.Filters, func(o offered) {
		key := keyOf(o.Keys)
		c := byKey[key]
		if c == nil {
			c = &combination{o.Position, make([]bool, len(n.Filters))}
			byKey[key], order = c, append(order, key)
		}
		for _, s := range o.stages {
			c.have[s], seen[s] = true, true
		}
	})
	sets := map[string]int{}
	var out []near
	for _, key := range order {
		c, set, score := byKey[key], "", 1.0
		for _, has := range c.have {
			if set += map[bool]string{true: "1", false: "0"}[has]; has {
				score++
			}
		}
		if i, known := sets[set]; known {
			out[i].alike++
			continue
		}
		sets[set] = len(out)
		out = append(out, near{position: c.first, score: score})
	}
	return out, err
}

// keyOf is the values of keys as one text; equal texts mean equal values.
func keyOf(keys []Seen) string {
	var b strings.Builder
	for _, k := range keys {
		b.WriteString(k.Value.Kind().String() + "\x01" + k.Value.String() + "\x00")
	}
	return b.String()
}
