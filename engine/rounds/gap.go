package rounds

import (
	"slices"
	"strings"
	"time"

	"spoor/engine/rules"
	"spoor/engine/state"
	"spoor/grammar/source"
)

// gap is a stretch of time over which rules are not evaluated.
type gap struct {
	what  string // which stretch, and why
	rules []*rules.Rule
}

// skip notes a stretch of time over which a rule is not evaluated.
func (r *round) skip(rule *rules.Rule, from, to int64, why string) {
	if from >= to {
		return
	}
	r.out.Run.Gaps = append(r.out.Run.Gaps, state.Gap{Rule: rule.Name, From: from, To: to, Why: why})
	at := func(ns int64) string { return time.Unix(0, ns).In(r.zone()).Format(time.RFC3339) }
	what := "not evaluated from " + at(from) + " to " + at(to) + ": " + why
	i := slices.IndexFunc(r.gaps, func(g *gap) bool { return g.what == what })
	if i < 0 {
		i, r.gaps = len(r.gaps), append(r.gaps, &gap{what: what})
	}
	r.gaps[i].rules = append(r.gaps[i].rules, rule)
}

// mostNamed is how many rules a message names.
const mostNamed = 5

// tell says it, of all rules at once.
func (g *gap) tell() *source.Diagnostic {
	var d *source.Diagnostic
	if len(g.rules) == 1 {
		d = source.Warnf(g.rules[0].At, "gap", "%q was %s", g.rules[0].Name, g.what)
	} else {
		var names []string
		for _, rule := range g.rules[:min(len(g.rules), mostNamed)] {
			names = append(names, rule.Name)
		}
		if more := len(g.rules) - mostNamed; more > 0 {
			names = append(names, source.Count(more, "other"))
		}
		d = source.Warnf(source.Span{}, "gap", "%d rules were %s (%s)", len(g.rules), g.what, strings.Join(names, ", "))
	}
	return d.WithHint("--catch-up says how far back a run goes; 0 is any time")
}
