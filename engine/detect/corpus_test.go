package detect_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"spoor/engine"
	"spoor/engine/detect"
	"spoor/engine/generate"
	"spoor/engine/input"
	"spoor/engine/lookup"
	"spoor/engine/rules"
	"spoor/macros"
)

// named is the folder that a variable names, from the module's folder if it is not absolute.
func named(t *testing.T, variable string) string {
	t.Helper()
	folder := os.Getenv(variable)
	if folder == "" {
		t.Skip(variable + " names no folder")
	}
	if !filepath.IsAbs(folder) {
		folder = filepath.Join("..", "..", folder)
	}
	return folder
}

// forLinux says whether a rule reads logs of Linux.
func forLinux(r *rules.Rule) bool {
	return r.Language == rules.EQL || slices.ContainsFunc(r.DataSources, func(d rules.DataSource) bool { return strings.Contains(d.Name, "Linux") })
}

// published is the published rules that read logs of Linux and our own examples, and how they are run.
func published(t *testing.T) ([]*rules.Rule, detect.Options) {
	t.Helper()
	pack := &rules.Library{}
	pack.Load(named(t, "SPOOR_CORPUS"), "../../examples/rules")
	list := slices.DeleteFunc(pack.All(), func(r *rules.Rule) bool { return !forLinux(r) })
	if len(list) < 250 {
		t.Fatalf("only %d rules", len(list))
	}
	o := detect.Options{Evidence: 10_000, Compile: engine.Options{Macros: macros.Builtin(), Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}}
	for _, file := range pack.Macros {
		o.Compile.Macros.LoadPath(file)
	}
	tables, errs := lookup.Open(pack.Lookups...)
	if errs.Failed() {
		t.Fatal(errs)
	}
	o.Compile.Lookups = tables
	return list, o
}

// over is the options with these logs.
func over(t *testing.T, o detect.Options, paths ...string) detect.Options {
	t.Helper()
	in, errs := input.Resolve(paths, nil)
	if errs.Failed() {
		t.Fatal(errs)
	}
	o.Run.Inputs = in
	return o
}

func generated(t *testing.T, c generate.Config) (file string, truth generate.Truth) {
	t.Helper()
	var b bytes.Buffer
	truth, err := generate.Write(t.Context(), &b, c)
	if err != nil {
		t.Fatal(err)
	}
	file = filepath.Join(t.TempDir(), "events")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return file, truth
}

// found is what each rule found, and the offsets of the records on which that rests.
func found(t *testing.T, r *detect.Report) (texts map[string][]string, offsets map[string]map[int64]bool) {
	t.Helper()
	texts, offsets = map[string][]string{}, map[string]map[int64]bool{}
	for f, err := range r.Findings() {
		if err != nil {
			t.Fatal(err)
		}
		if offsets[f.Name] == nil {
			offsets[f.Name] = map[int64]bool{}
		}
		texts[f.Name] = append(texts[f.Name], fmt.Sprint(f.ID, f.Message, f.Evidence))
		for _, record := range f.Evidence.Records {
			offsets[f.Name][record.Offset] = true
		}
	}
	return texts, offsets
}

// Published rules and our own examples are asked in one pass over generated attacks: of those whose attacks were planted, each finds the events that
// it must and no other.
func TestPlantedTechniques(t *testing.T) {
	list, o := published(t)
	for _, form := range []string{"flat", "syslog", "ecs"} {
		file, truth := generated(t, generate.Config{Form: form, Events: 4_000, Attacks: 20, Seed: 23})
		want := map[string]map[int64]bool{}
		for _, p := range truth.Planted {
			if p.Detection == "" || want[p.Detection] != nil {
				continue
			}
			want[p.Detection] = map[int64]bool{}
			for _, m := range truth.Matches(p.Detection) {
				if m.Sequence == 0 || m.Stage > 0 {
					want[p.Detection][m.Offset] = true
				}
			}
		}
		_, got := found(t, detect.Run(t.Context(), list, over(t, o, file)))
		known := 0
		for _, r := range list {
			if must, planted := want[r.Name]; planted {
				known++
				if !maps.Equal(got[r.Name], must) {
					t.Errorf("%s, %s: events at %v, not %v", form, r.Name, slices.Sorted(maps.Keys(got[r.Name])), slices.Sorted(maps.Keys(must)))
				}
			}
		}
		t.Logf("%s: %d rules whose attacks are planted, %d in all", form, known, len(list))
	}
}

// A rule alone has the findings that it has in the pack of all. Rules that find nothing are asked alone only now and then.
func TestAlone(t *testing.T) {
	list, o := published(t)
	file, _ := generated(t, generate.Config{Form: "flat", Events: 2_000, Attacks: 20, Seed: 29})
	ecs, _ := generated(t, generate.Config{Form: "ecs", Events: 1_000, Attacks: 20, Seed: 30})
	o = over(t, o, file, ecs)
	o.Evidence = 20
	pack := detect.Run(t.Context(), list, o)
	together, _ := found(t, pack)
	matched := 0
	for i, x := range pack.Outcomes {
		if x.Findings > 0 {
			matched++
		} else if i%20 > 0 {
			continue
		}
		one := detect.Run(t.Context(), []*rules.Rule{x.Rule}, o)
		alone, _ := found(t, one)
		if y := one.Outcomes[0]; y.Verdict != x.Verdict || !slices.Equal(y.Reasons, x.Reasons) || !slices.Equal(alone[x.Rule.Name], together[x.Rule.Name]) {
			t.Errorf("%s alone: %s %q, in the pack %s %q\n%s\nnot\n%s", x.Rule.Name, y.Verdict, y.Reasons, x.Verdict, x.Reasons, alone[x.Rule.Name], together[x.Rule.Name])
		}
	}
	if matched < 10 {
		t.Errorf("only %d rules find something", matched)
	}
}

// What is known to be in real logs, by the lines that anybody can read there, is found.
func TestRealLogs(t *testing.T) {
	data := named(t, "SPOOR_DATA")
	list, o := published(t)
	o = over(t, o, data)
	want := []string{
		"Linux Auditd Base64 Decode Files in syslog_auoms_auditd_log4shell_cve2021_44228_jndi_reference_2022-05-11181020.json:8",               // base64 -d
		"Linux Auditd File Permission Modification Via Chmod in splunk_security_content_linux_auditd_proctitle.log:1",                          // chmod 777 1.sh
		"Linux Auditd Kernel Module Enumeration in splunk_security_content_linux_auditd_syscall.log:1",                                         // lsmod
		"Linux Auditd Stop Services in splunk_security_content_linux_auditd_service_stop.log:1",                                                // atd
		"Linux Auditd Whoami User Discovery in syslog_auoms_auditd_log4shell_cve2021_44228_jndi_reference_2022-05-11181020.json:35",            // whoami
		"Linux Obfuscated Files or Information Base64 Decode in syslog_sysmon_log4shell_cve2021_44228_jndi_reference_2022-05-11181020.json:11", // base64 -d
		"Linux Sudo OR Su Execution in splunk_security_content_eid1.xml:1",                                                                     // sudo gdb -nx -ex !sh
		"Systemd Service Created in pberba_partial_pretty_xml_events.xml:126",                                                                  // bad_sysmon_example.service
		"rc.local/rc.common File Creation in pberba_partial_pretty_xml_events.xml:154",
	}
	report := detect.Run(t.Context(), list, o)
	got := map[string]bool{}
	for f, err := range report.Findings() {
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range f.Evidence.Records {
			got[fmt.Sprintf("%s in %s:%d", f.Name, filepath.Base(r.File), r.Line)] = true
		}
	}
	for _, w := range want {
		if !got[w] {
			t.Errorf("not found: %s", w)
		}
	}
	if n := report.Count(detect.Failed); n > 0 {
		t.Errorf("%d rules failed", n)
	}
}
