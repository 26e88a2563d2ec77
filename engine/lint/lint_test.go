package lint

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"spoor/datamodels"
	"spoor/engine"
	"spoor/engine/rules"
	"spoor/grammar/source"
	"spoor/macros"
)

// codesIn lints a file of this text, and says which codes were found.
func codesIn(t *testing.T, name, text string) map[string][]Problem {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var l rules.Library
	said := l.Load(path)
	o := engine.Options{Macros: macros.Builtin(), Models: datamodels.Builtin(), Now: time.Date(2024, 5, 6, 10, 0, 0, 0, time.UTC)}
	out := map[string][]Problem{}
	for _, p := range Run(l.All(), said, o) {
		out[p.Code] = append(out[p.Code], p)
	}
	return out
}

// Every check finds something in its bad example, of its own severity and with a place, and nothing at all in its good one.
func TestChecks(t *testing.T) {
	for _, c := range Checks() {
		found := codesIn(t, c.File, c.Bad)
		if len(found[c.Code]) == 0 {
			t.Errorf("%s finds nothing in\n%s\nbut %v", c.Code, c.Bad, found)
		}
		for _, p := range found[c.Code] {
			if file, line, _ := p.Place(); file == "" || line == 0 || p.Severity != c.Severity {
				t.Errorf("%s: %s at %s:%d", c.Code, p.Severity, file, line)
			}
		}
		if found := codesIn(t, c.File, c.Good); len(found) > 0 {
			t.Errorf("%s: in\n%s\nthere is %v", c.Code, c.Good, found)
		}
		if c.Doc == "" || c.Why == "" || c.Severity > source.Error {
			t.Errorf("%s is not explained", c.Code)
		}
	}
}

// What a check finds beyond its examples, and what it must leave alone.
func TestRules(t *testing.T) {
	const spl = "title: T\nlanguage: spl\nquery: |\n  "
	const users = "| tstats count from datamodel=Endpoint.Processes by Processes.user Processes.dest | rename Processes.* as * "
	const eql = "title: T\nlanguage: eql\nquery: |\n  "
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"a message of a search whose columns depend on the data", spl + "process_name=sh\nmessage: $whatever$ ran\n", nil},
		{"a token with the prefix of an alert", spl + users + "\nmessage: $result.user$ ran\n", nil},
		{"a price", spl + users + "\nmessage: costs 5$ or $6\n", nil},
		{"tstats of a search in brackets", content + "search: '| tstats summariesonly=false count from datamodel=Endpoint.Processes by Processes.user | append [| tstats count from datamodel=Endpoint.Processes by Processes.user]'\n", []string{"summariesonly"}},
		{"a threat object that is not there", spl + users + "\nrisk: {score: 9, threats: [{field: process, type: process}]}\n", []string{"risk-field"}},
		{"in() of eval", spl + users + "| where in(user, \"root*\")\n", []string{"literal-wildcard"}},
		{"like with the wrong wildcards", spl + users + "| where like(user, \"root*\")\n", []string{"literal-wildcard"}},
		{"the asterisk itself", spl + users + "| where user=\"*\"\n", nil},
		{"the command search", spl + users + "| search user=root*\n", nil},
		{"a wildcard in EQL", eql + "process where process.name == \"nc*\"\n", []string{"literal-wildcard"}},
		{"a pattern in EQL", eql + "process where process.name : \"nc*\"\n", nil},
		{"a field that may be missing", spl + users + "| eval who=coalesce(owner, user)\n", nil},
		{"a field that is missing", spl + users + "| eval who=upper(owner)\n", []string{"unknown-field"}},
		{"a field that a missing lookup would bring", spl + users + "| lookup owners user OUTPUT owner | where owner=\"x\"\n", []string{"lookup"}},
		{"two fields joined", spl + users + "| eval who=user.dest\n", nil},
		{"a field with a dot", spl + "process_name=sh | eval who=identity.user\n", []string{"query-doubt"}},
		{"a transaction as long as the look-back", spl + "process_name=sh | transaction host maxspan=1h\nschedule: {cron: 0 * * * *, earliest: -70m@m, latest: -10m@m}\n", nil},
		{"a longer one", spl + "process_name=sh | transaction host maxspan=2h\nschedule: {cron: 0 * * * *, earliest: -70m@m, latest: -10m@m}\n", []string{"maxspan"}},
		{"a rule of our own over no summaries", spl + users + "\n", nil},
		{"a technique that never was", spl + users + "\nattack: [T9999, TA9999]\n", []string{"technique", "technique"}},
		{"a filter that somebody defined", content + "search: process_name=sh | `sysmon_filter`\n", []string{"filter-macro"}},
		{"no query", "name: T\nsearch: {a: b}\n", []string{"rule-file", "rule-value"}},
		{"no severity of that name", spl + users + "\nseverity: bad\n", []string{"rule-value"}},
		{"a language that is not known here", "title: T\nlanguage: kql\nquery: x\n", []string{"unsupported"}},
		{"no language", "title: T\nquery: x\n", []string{"rule-value", "unsupported"}},
		{"no rule", "title: T\n", []string{"rule-file"}},
		{"the time fields of Splunk", spl + "process_name=sh date_hour=10\n", []string{"no-effect"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, p := range list(codesIn(t, "rule.yml", c.text)) {
				got = append(got, p.Code)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("in\n%s\nthere is %v, want %v", c.text, got, c.want)
			}
		})
	}
}

// A filter that a rule's file calls by its name is compared with what the pack defines: one that is nearly that is a slip.
func TestUnusedFilter(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("rule.yml", content+"search: process_name=sh | `linux_shells_filter`\n")
	write("macros.conf", "[linux_shels_filter]\ndefinition = search user!=root\n[windows_services_filter]\ndefinition = search user!=root\n")
	var l rules.Library
	said := l.Load(folder)
	all := macros.Builtin()
	if errs := all.LoadPath(filepath.Join(folder, "macros.conf")); errs.Failed() {
		t.Fatal(errs)
	}
	problems := Run(l.All(), said, engine.Options{Macros: all, Models: datamodels.Builtin()})
	if len(problems) != 1 || problems[0].Code != "filter-macro" || problems[0].Hint != "did you mean `linux_shells_filter`?" {
		t.Errorf("problems: %v", problems)
	}
}
