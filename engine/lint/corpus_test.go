package lint

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"spoor/datamodels"
	"spoor/engine"
	"spoor/engine/lookup"
	"spoor/engine/rules"
	"spoor/grammar/source"
	"spoor/macros"
)

// Published rules have passed their publishers' checks and run every day: nothing in them is an error but a lookup that each site makes itself,
// and doubts are few.
func TestCorpus(t *testing.T) {
	corpus := os.Getenv("SPOOR_CORPUS")
	if corpus == "" {
		t.Skip("SPOOR_CORPUS names no folder of published rules")
	}
	if !filepath.IsAbs(corpus) {
		corpus = filepath.Join("..", "..", corpus)
	}
	var l rules.Library
	said := l.Load(corpus)
	all := macros.Builtin()
	for _, file := range l.Macros {
		all.LoadPath(file)
	}
	tables, errs := lookup.Open(l.Lookups...)
	if errs.Failed() {
		t.Fatal(errs)
	}
	o := engine.Options{Macros: all, Models: datamodels.Builtin(), Lookups: tables, Now: time.Date(2024, 5, 6, 10, 0, 0, 0, time.UTC)}
	counts := map[string]int{}
	doubtful := map[*rules.Rule]bool{}
	for _, p := range Run(l.All(), said, o) {
		counts[p.Code]++
		doubtful[p.Rule] = doubtful[p.Rule] || p.Severity == source.Warning
		if p.Severity == source.Error && p.Code != "lookup" {
			t.Errorf("%v", p)
		}
	}
	warned := 0
	for _, is := range doubtful {
		if is {
			warned++
		}
	}
	if share := float64(warned) / float64(len(l.All())); share > 0.1 {
		t.Errorf("%d of %d rules are doubtful: %v", warned, len(l.All()), counts)
	}
	for _, code := range []string{"literal-wildcard", "message-token", "risk-field", "summariesonly", "unknown-field"} {
		if counts[code] == 0 {
			t.Errorf("no rule has a problem %s: %v", code, counts)
		}
	}
	t.Logf("%d rules: %v", len(l.All()), counts)
}
