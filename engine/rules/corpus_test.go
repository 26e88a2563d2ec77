package rules

import (
	"os"
	"testing"
)

// Every published rule is loaded, with all that it must have.
func TestCorpus(t *testing.T) {
	corpus := os.Getenv("SPOOR_CORPUS")
	if corpus == "" {
		t.Skip("SPOOR_CORPUS names no folder of published rules")
	}
	l, said := load(t, corpus)
	if l.Broken > 0 || len(l.Macros) == 0 || len(l.Lookups) == 0 {
		t.Errorf("%d broken, macros %d, lookups %q, said %s", l.Broken, len(l.Macros), l.Lookups, said)
	}
	formats := map[Format]int{}
	for _, r := range l.All() {
		formats[r.Format]++
		if r.ID == "" || r.Description == "" || r.Severity == "" || r.Language == "" || r.Schedule.Earliest == "" || len(r.Authors) == 0 || r.Updated == "" {
			t.Errorf("%s: something is missing: %+v", r.File, r)
		}
	}
	if formats[SecurityContent] == 0 || formats[Elastic] == 0 {
		t.Errorf("rules by format: %v", formats)
	}
}
