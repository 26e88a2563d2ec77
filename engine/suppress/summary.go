package suppress

import (
	"cmp"
	"fmt"
	"slices"

	"spoor/grammar/source"
)

// Withheld is how many findings of a rule are not told, for one reason.
type Withheld struct {
	Rule   string // its name
	Count  int
	Silent bool   // they are silenced, not suppressed
	By     string // the ID of the silence, or what suppresses them in words
}

func (w Withheld) String() string {
	what := fmt.Sprintf("%s of %q", source.Count(w.Count, "finding"), w.Rule)
	if w.Silent {
		return what + " silenced by " + w.By
	}
	return what + " suppressed: " + w.By
}

// Withheld is what of findings is not told, by rule and reason.
func (o *Outcome) Withheld(list []Finding) (out []Withheld) {
	counts := map[Withheld]int{}
	for i, d := range o.Decisions {
		if d.Verdict != Tell {
			counts[Withheld{Rule: list[i].Rule.Name, Silent: d.Verdict == Silenced, By: d.By}]++
		}
	}
	for w, n := range counts {
		w.Count = n
		out = append(out, w)
	}
	slices.SortFunc(out, func(a, b Withheld) int { return cmp.Or(cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.By, b.By)) })
	return out
}
