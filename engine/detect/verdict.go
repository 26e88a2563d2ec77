package detect

import (
	"strings"

	"spoor/engine"
	"spoor/engine/input"
	"spoor/engine/output"
	"spoor/grammar/source"
)

// Verdict is what a rule's answer is worth.
type Verdict string

// The verdicts, from the best.
const (
	Matched     Verdict = "matched"
	Quiet       Verdict = "quiet"       // it could have found something, and there was nothing
	Degraded    Verdict = "degraded"    // it found nothing, and some of what it looks at is not in the data
	CannotFire  Verdict = "cannot fire" // whatever happened, it finds nothing in this data
	Unsupported Verdict = "unsupported" // it cannot be compiled
	Failed      Verdict = "failed"      // it did not come to its end
)

// Verdicts is all of them.
func Verdicts() []Verdict {
	return []Verdict{Matched, Quiet, Degraded, CannotFire, Unsupported, Failed}
}

// Able says whether a rule with the verdict could have found something.
func (v Verdict) Able() bool { return v == Matched || v == Quiet || v == Degraded }

// judge settles the verdict of a rule that has run, or could not.
func (x *Outcome) judge(c *engine.Census, total *input.Count) {
	if x.Verdict == Failed {
		return
	}
	if x.Program == nil {
		x.Verdict = Unsupported
		for _, d := range x.Problems {
			if d.Severity == source.Error {
				x.Reasons = append(x.Reasons, plain(d))
			}
		}
		return
	}
	x.unapplied()
	p := x.Program.Prospect(c)
	if outside := x.Program.Outside(int64(total.First), int64(total.Last)); outside != "" && p.Able {
		p = engine.Prospect{Reasons: []string{outside}}
	}
	x.Reasons = append(x.Reasons, p.Reasons...)
	switch {
	case x.Findings > 0:
		x.Verdict = Matched
	case !p.Able:
		x.Verdict = CannotFire
	case len(p.Reasons) > 0:
		x.Verdict = Degraded
	default:
		x.Verdict = Quiet
	}
}

// unapplied notes what a rule says and is not done here.
func (x *Outcome) unapplied() {
	r := x.Rule
	for _, s := range []struct {
		what string
		is   bool
	}{
		{"exceptions", len(r.Exceptions) > 0}, {"filters", len(r.Filters) > 0}, {"suppression", r.Suppression != nil}, {"trigger condition", r.Trigger.Condition != ""},
	} {
		if s.is {
			x.Reasons = append(x.Reasons, "not applied: its "+s.what)
		}
	}
}

// plain is the first line of a message, without the word error.
func plain(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return output.Escape(strings.Replace(line, "error: ", "", 1))
}
