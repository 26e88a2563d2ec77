package detect

import (
	"slices"

	"spoor/engine"
	"spoor/grammar/source"
)

// weight is the order in which the verdicts over several windows decide about a rule.
var weight = []Verdict{Failed, Matched}

// both is what the answers over two windows took. They were read together: what was read for one was read for the other, too.
func both(a, b engine.Profile) engine.Profile {
	a.Readings, a.Bytes, a.Records, a.Decoded = max(a.Readings, b.Readings), max(a.Bytes, b.Bytes), max(a.Records, b.Records), max(a.Decoded, b.Decoded)
	a.Events, a.Batches, a.Rows, a.Below, a.Above = a.Events+b.Events, a.Batches+b.Batches, a.Rows+b.Rows, a.Below+b.Below, a.Above+b.Above
	return a
}

// Absorb adds what came of the same rule over another window.
func (x *Outcome) Absorb(other *Outcome) {
	x.Findings += other.Findings
	x.Cut += other.Cut
	x.Profile = both(x.Profile, other.Profile)
	for _, d := range other.Problems {
		if !slices.ContainsFunc(x.Problems, func(old *source.Diagnostic) bool { return old.Error() == d.Error() }) {
			x.Problems = append(x.Problems, d)
		}
	}
	for _, reason := range other.Reasons {
		if !slices.Contains(x.Reasons, reason) {
			x.Reasons = append(x.Reasons, reason)
		}
	}
	for _, v := range weight {
		if x.Verdict == v || other.Verdict == v {
			x.Verdict = v
			return
		}
	}
}
