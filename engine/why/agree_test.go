package why_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"spoor/datamodels"
	"spoor/engine"
	"spoor/engine/detect"
	"spoor/engine/generate"
	"spoor/engine/input"
	"spoor/engine/lookup"
	"spoor/engine/rules"
	"spoor/engine/why"
	"spoor/macros"
)

// detected is what rules find in logs, and for each of them the lines on which that rests.
func detected(t *testing.T, list []*rules.Rule, o detect.Options, path string) (*detect.Report, map[*rules.Rule]map[int64]bool) {
	t.Helper()
	var errs error
	o.Run.Workers, o.Evidence, o.Compile.EQL.EveryKind = 1, 10_000, true
	if o.Run.Inputs, errs = resolved(path); errs != nil {
		t.Fatal(errs)
	}
	report := detect.Run(context.Background(), list, o)
	fired := map[*rules.Rule]map[int64]bool{}
	for f, err := range report.Findings() {
		if err != nil {
			t.Fatal(err)
		}
		if fired[f.Rule] == nil {
			fired[f.Rule] = map[int64]bool{}
		}
		for _, r := range f.Evidence.Records {
			fired[f.Rule][r.Line] = true
		}
	}
	return report, fired
}

func resolved(path string) (input.Inputs, error) {
	in, errs := input.Resolve([]string{path}, nil)
	if errs.Failed() {
		return nil, errs
	}
	return in, nil
}

// agrees asks a rule about a line: what is said to have fired must be what detection finds.
func agrees(t *testing.T, x *detect.Outcome, path string, line int64, fired bool) {
	t.Helper()
	in, err := resolved(path)
	if err != nil {
		t.Fatal(err)
	}
	q := &why.Question{Program: x.Program, Run: engine.RunOptions{Inputs: in, Workers: 1}}
	a, err := q.Ask(context.Background(), why.Place{Line: line})
	if err != nil {
		if none := new(why.NoEvent); !isNoEvent(err, &none) {
			t.Errorf("%s on %s:%d: %v", x.Rule.Name, filepath.Base(path), line, err)
		}
		return
	}
	if a.Fired != why.Unknown && (a.Fired == why.True) != fired {
		t.Errorf("%s on %s:%d fired: %s, by detection: %v: %s", x.Rule.Name, filepath.Base(path), line, a.Fired, fired, a.Because)
	}
	if a.Because == "" {
		t.Errorf("%s on %s:%d: no reason", x.Rule.Name, filepath.Base(path), line)
	}
}

func isNoEvent(err error, to **why.NoEvent) bool {
	e, ok := err.(*why.NoEvent)
	*to = e
	return ok
}

// Every rule of the examples is asked about events of two logs, of each rule about other lines.
func TestAgreesWithDetection(t *testing.T) {
	examples := filepath.Join("..", "..", "examples")
	pack := &rules.Library{}
	if errs := pack.Load(filepath.Join(examples, "rules")); errs.Failed() {
		t.Fatal(errs)
	}
	for _, log := range []string{"linux_techniques.json", "systemd_network.json"} {
		path := filepath.Join(examples, "logs", log)
		report, fired := detected(t, pack.All(), detect.Options{Compile: engine.Options{Models: datamodels.Builtin()}}, path)
		for i, x := range report.Outcomes {
			for line := int64(1 + i%5); line <= 41; line += 5 {
				agrees(t, x, path, line, fired[x.Rule][line])
			}
		}
	}
}

// Published rules are asked about an event that they find among generated attacks, and about one that they do not.
func TestAgreesOnPublishedRules(t *testing.T) {
	corpus := os.Getenv("SPOOR_CORPUS")
	if corpus == "" {
		t.Skip("SPOOR_CORPUS names no folder of published rules")
	}
	if !filepath.IsAbs(corpus) {
		corpus = filepath.Join("..", "..", corpus)
	}
	pack := &rules.Library{}
	pack.Load(corpus)
	o := detect.Options{Compile: engine.Options{Macros: macros.Builtin(), Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}}
	for _, file := range pack.Macros {
		o.Compile.Macros.LoadPath(file)
	}
	tables, errs := lookup.Open(pack.Lookups...)
	if errs.Failed() {
		t.Fatal(errs)
	}
	o.Compile.Lookups = tables
	var b bytes.Buffer
	if _, err := generate.Write(t.Context(), &b, generate.Config{Form: "flat", Events: 500, Attacks: 20, Seed: 23}); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "events.json")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	report, fired := detected(t, pack.All(), o, path)
	asked := 0
	for i, x := range report.Outcomes {
		if x.Program == nil {
			continue
		}
		if line := int64(1 + i%50); i%5 == 0 {
			agrees(t, x, path, line, fired[x.Rule][line])
		}
		for line := range fired[x.Rule] {
			agrees(t, x, path, line, true)
			asked++
			break
		}
	}
	if asked < 5 {
		t.Errorf("only %d rules found anything", asked)
	}
}
