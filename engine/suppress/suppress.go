// Package suppress decides which findings are told: not those that somebody silenced, and not those that are like one that was told a while ago,
// as Splunk's throttling (alert.suppress) and Elastic's alert suppression have it. What is not told is counted.
//
// Nothing depends on when a run starts. Periods are counted in the time of events, or, as Splunk does, from the ticks of the rule's schedule, so that
// a run that is late or repeated decides as one that was in time.
package suppress

import (
	"cmp"
	"context"
	"slices"

	"spoor/engine"
	"spoor/engine/finding"
	"spoor/engine/rules"
	"spoor/engine/state"
	"spoor/grammar/source"
)

// Finding is one that is to be told unless something speaks against it.
type Finding struct {
	*finding.Finding
	Fingerprint state.Fingerprint
	At          int64 // from when on it could be found, in nanoseconds since 1970; 0 if that is not known
	Tick        int64 // of the window in which its rule found it by its schedule; 0 if it did not run by one
}

// Memory is what earlier runs told.
type Memory interface {
	Throttles([]state.Fingerprint) (map[state.Fingerprint]state.Throttle, error)
}

// Options is what findings are decided about with. Compile says how the conditions of silences are compiled; its Now stands for the time of findings
// that have none.
type Options struct {
	Set      state.Set
	Silences []state.Silence
	Compile  engine.Options
}

// Verdict is what becomes of a finding.
type Verdict uint8

// The verdicts.
const (
	Tell Verdict = iota
	Suppressed
	Silenced
)

// Decision is what becomes of a finding, and why.
type Decision struct {
	Verdict    Verdict
	By         string          // the ID of the silence, or what suppresses it in words
	Suppressed int             // of one that is told: how many like it are not, and no other says so
	Folded     *finding.Folded // of one that is told, of a rule that suppresses: what it has in common with these
}

// Outcome is the decisions about findings, in their order, and what is to be remembered.
type Outcome struct {
	Decisions []Decision
	Throttles []state.Throttled // for state.Change
	Hits      map[string]int    // for state.Change
	Problems  source.Errors     // silences and suppressions that are not applied
}

// Decide decides about findings that nobody was told of yet, or not of all that they are by now. Silences come first: what is silenced suppresses
// nothing.
func Decide(ctx context.Context, list []Finding, memory Memory, o Options) (*Outcome, error) {
	out := &Outcome{Decisions: make([]Decision, len(list)), Hits: map[string]int{}}
	if err := out.silence(ctx, list, o); err != nil {
		return nil, err
	}
	alike, keys := out.candidates(list, o)
	known, err := memory.Throttles(keys)
	if err != nil {
		return nil, err
	}
	channels := map[state.Fingerprint]*channel{}
	for _, key := range keys {
		c := &channel{}
		c.last.Throttle, c.last.open = known[key], known[key].Until != 0
		channels[key] = c
	}
	for _, x := range alike {
		channels[x.key].decide(x, &out.Decisions[x.nth])
	}
	for _, key := range keys {
		if c := channels[key]; c.changed {
			out.Throttles = append(out.Throttles, state.Throttled{Fingerprint: key, Throttle: c.last.Throttle})
		}
	}
	return out, nil
}

// candidates is the findings that may be suppressed, in the order of their times, and what they have in common with others.
func (o *Outcome) candidates(list []Finding, options Options) (out []*candidate, keys []state.Fingerprint) {
	settings := map[*rules.Rule]*setting{}
	for i, f := range list {
		if f.Rule.Suppression == nil || o.Decisions[i].Verdict != Tell {
			continue
		}
		s, known := settings[f.Rule]
		if !known {
			var wrong *source.Diagnostic
			if s, wrong = settingOf(f.Rule); wrong != nil {
				wrong.Severity = source.Warning
				o.Problems = append(o.Problems, wrong.WithHint("nothing of this rule is suppressed"))
			}
			settings[f.Rule] = s
		}
		if s == nil {
			continue
		}
		if x := s.candidate(&list[i], options); x != nil {
			x.nth = i
			out = append(out, x)
		}
	}
	slices.SortStableFunc(out, func(a, b *candidate) int { return cmp.Or(cmp.Compare(a.when, b.when), cmp.Compare(a.at, b.at)) })
	seen := map[state.Fingerprint]bool{}
	for _, x := range out {
		if !seen[x.key] {
			seen[x.key] = true
			keys = append(keys, x.key)
		}
	}
	return out, keys
}

// moment is the time of a finding, or else the next best.
func (f *Finding) moment(o Options) int64 {
	return cmp.Or(f.At, f.Last, f.Tick, o.Compile.Now.UnixNano())
}

// nameOf is what a rule is called in the state.
func nameOf(r *rules.Rule) string { return cmp.Or(r.ID, r.Name) }
