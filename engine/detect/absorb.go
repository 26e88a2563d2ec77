package detect

import (
	"slices"

	"spoor/grammar/source"
)

// weight is the order in which the verdicts over several windows decide about a rule.
var weight = []Verdict{Failed, Matched}

// Absorb adds what came of the same rule over another window.
func (x *Outcome) Absorb(other *Outcome) {
	x.Findings += other.Findings
	x.Cut += other.Cut
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
