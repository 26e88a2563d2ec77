package why_test

import (
	"context"
	"path/filepath"
	"testing"

	"spoor/datamodels"
	"spoor/engine"
	"spoor/engine/detect"
	"spoor/engine/input"
	"spoor/engine/rules"
	"spoor/engine/why"
)

// What is said to have fired is what detection finds: every rule of the examples is asked about events of two logs.
func TestAgreesWithDetection(t *testing.T) {
	examples := filepath.Join("..", "..", "examples")
	pack := &rules.Library{}
	if errs := pack.Load(filepath.Join(examples, "rules")); errs.Failed() {
		t.Fatal(errs)
	}
	for _, log := range []string{"linux_techniques.json", "systemd_network.json"} {
		in, errs := input.Resolve([]string{filepath.Join(examples, "logs", log)}, nil)
		if errs.Failed() {
			t.Fatal(errs)
		}
		o := detect.Options{Evidence: 100, Run: engine.RunOptions{Inputs: in, Workers: 1}, Compile: engine.Options{Models: datamodels.Builtin(), EQL: engine.EQLOptions{EveryKind: true}}}
		report := detect.Run(context.Background(), pack.All(), o)
		fired := map[string]map[int64]bool{}
		for f, err := range report.Findings() {
			if err != nil {
				t.Fatal(err)
			}
			if fired[f.Rule.Name] == nil {
				fired[f.Rule.Name] = map[int64]bool{}
			}
			for _, r := range f.Evidence.Records {
				fired[f.Rule.Name][r.Line] = true
			}
		}
		for i, x := range report.Outcomes {
			q := &why.Question{Program: x.Program, Run: o.Run}
			for line := int64(1 + i%5); line <= 41; line += 5 { // of each rule other lines
				a, err := q.Ask(context.Background(), why.Place{Line: line})
				if err != nil {
					continue // a line that is no event
				}
				if got, want := a.Fired == why.True, fired[x.Rule.Name][line]; got != want {
					t.Errorf("%s on %s:%d fired: %v, by detection: %v: %s", x.Rule.Name, log, line, got, want, a.Because)
				}
			}
		}
	}
}
