package lint

import (
	"cmp"
	"slices"

	"spoor/grammar/source"
)

// Check is one thing that is looked for in rules.
type Check struct {
	Code     string // stable: comments and baselines name it
	Severity source.Severity
	Doc      string // what is wrong, in a sentence
	Why      string // what comes of it, and what to do
	File     string // the name of the example's file
	Bad      string // a file in which the check finds something
	Good     string // one in which it does not

	says       []string // the codes of the loader and the compiler that are this
	language   string   // in which they are; empty: any
	rule       func(*subject)
	uncompiled bool // the check of a rule needs no program
	pack       func(*subject)
}

// checks is the table of all checks; it is made at the start because checks look into it.
var checks []*Check

func init() {
	checks = slices.Concat(classes, []*Check{
		messageToken, riskField, groupField, wildcard, maxspan, summariesOnly, technique, badSchedule, uncovered, badSuppression, suppressField, duplicateName, filterMacro, ignoring,
	})
	slices.SortFunc(checks, func(a, b *Check) int {
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), cmp.Compare(a.Code, b.Code))
	})
}

// Checks is all checks, the severest first.
func Checks() []*Check { return slices.Clone(checks) }

// Find is the check of a code, or nil.
func Find(code string) *Check {
	for _, c := range checks {
		if c.Code == code {
			return c
		}
	}
	return nil
}

// Codes is the codes of all checks.
func Codes() (out []string) {
	for _, c := range checks {
		out = append(out, c.Code)
	}
	return out
}
