package rounds_test

import (
	"testing"

	"spoor/engine/rounds"
	"spoor/engine/rules"
)

// A warning is told once, and once more when it comes back after it was gone.
func TestWarnedOnce(t *testing.T) {
	const unscheduled = "title: seldom\nlanguage: eql\nquery: 'process where process.name == \"evil\"'\n"
	w := newWorld(t, event1)
	scheduled, one, other := w.rules[0], ruleOf(t, unscheduled), ruleOf(t, "title: never"+unscheduled[len("title: seldom"):])
	const ofOne, ofOther = `"seldom" has no schedule: it does not say when it runs`, `"never" has no schedule: it does not say when it runs`
	for i, c := range []struct {
		rules []*rules.Rule
		said  string
	}{
		{[]*rules.Rule{scheduled, one}, ofOne},
		{[]*rules.Rule{scheduled, one}, ""},
		{[]*rules.Rule{one, scheduled}, ""},
		{[]*rules.Rule{scheduled, one, other}, ofOne + "; " + ofOther},
		{[]*rules.Rule{scheduled, one, other}, ""},
		{[]*rules.Rule{scheduled, one}, ""}, // these are the rules of the first run: another line of a crontab
		{[]*rules.Rule{scheduled}, ""},
		{[]*rules.Rule{one, other}, ofOne + "; " + ofOther}, // none can run: that is an error
		{[]*rules.Rule{one, other}, ofOne + "; " + ofOther},
	} {
		w.rules = c.rules
		if _, said := w.run(60+i, true); said != c.said {
			t.Errorf("run %d said %q, want %q", i, said, c.said)
		}
	}
}

// A warning that nobody heard, or that a round could not keep, is told by the next one.
func TestWarnedInVain(t *testing.T) {
	w := newWorld(t, event1)
	w.rules = append(w.rules, ruleOf(t, "title: seldom\nlanguage: eql\nquery: 'process where process.name == \"evil\"'\n"))
	const want = `"seldom" has no schedule: it does not say when it runs`
	w.set = func(o *rounds.Options) { o.Unheard = true }
	for i, commit := range []bool{true, false, true} {
		if _, said := w.run(60, commit); said != want {
			t.Errorf("run %d said %q", i, said)
		}
		w.set = func(*rounds.Options) {}
	}
}
