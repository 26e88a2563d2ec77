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

var verdictDocs = map[Verdict]string{
	Matched:     "it found something",
	Quiet:       "it found nothing, and the data have the kinds of events and the fields that it asks for",
	Degraded:    "it found nothing, and some of what it asks for is not in the data, or only nearly: the reasons name it",
	CannotFire:  "it finds nothing in these data whatever happened: no event is of a kind, sourcetype or time and with the fields that it needs",
	Unsupported: "it does not run here: its language, or what its query asks for",
	Failed:      "it began and did not come to its end",
}

// Doc says what a verdict means.
func (v Verdict) Doc() string { return verdictDocs[v] }

// Able says whether a rule with the verdict could have found something.
func (v Verdict) Able() bool { return v == Matched || v == Quiet || v == Degraded }

// judge settles the verdict of a rule that has run, or could not. Without a census it is not known what the data could have shown.
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
	for _, d := range x.Problems {
		if d.Code == engine.NotApplied {
			x.Reasons = append(x.Reasons, d.Message)
		}
	}
	var p engine.Prospect
	if p.Able = true; c != nil {
		p = x.Program.Prospect(c)
	}
	if outside := x.Program.Outside(int64(total.First), int64(total.Last)); outside != "" && p.Able && c != nil {
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
	x.Nearly = x.Verdict == Degraded && p.Nearly
}

// plain is the first line of a message, without the word error.
func plain(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return output.Escape(strings.Replace(line, "error: ", "", 1))
}
