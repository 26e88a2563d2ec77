package engine_test

import (
	"bytes"
	"cmp"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"spoor/engine"
	"spoor/engine/generate"
	"spoor/engine/lookup"
	"spoor/grammar/source"
	"spoor/macros"
)

// published is a search of the corpus.
type published struct {
	name   string
	search string
	linux  bool // reads logs of Linux
}

// corpus is the folder that SPOOR_CORPUS names, from the module's folder if it is not absolute, and the searches in it.
func corpus(t testing.TB) (folder string, searches []published) {
	t.Helper()
	folder = os.Getenv("SPOOR_CORPUS")
	if folder == "" {
		t.Skip("SPOOR_CORPUS names no folder of published searches")
	}
	if !filepath.IsAbs(folder) {
		folder = filepath.Join("..", folder)
	}
	folder = filepath.Join(folder, "escu")
	err := filepath.WalkDir(filepath.Join(folder, "detections"), func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(name) != ".yml" {
			return err
		}
		var rule struct {
			Name, Search string
			Sources      []string `yaml:"data_source"`
		}
		if err := yaml.Unmarshal([]byte(readText(t, name)), &rule); err != nil {
			return err
		}
		linux := slices.ContainsFunc(rule.Sources, func(s string) bool { return strings.Contains(s, "Linux") || s == "osquery" })
		searches = append(searches, published{name: filepath.Base(name), search: rule.Search, linux: linux})
		return nil
	})
	if err != nil || len(searches) == 0 {
		t.Fatalf("%d searches in %s: %v", len(searches), folder, err)
	}
	return folder, searches
}

// needs is the codes of errors that say what a search needs and does not find here: anything else is a search not understood.
var needs = map[string]bool{
	"cannot-run": true, "unknown-dataset": true, "unmapped-model": true, "unknown-macro": true, "unknown-lookup": true,
}

// enough is the share of published searches that must compile and run.
const enough = 0.97

// TestPublishedSearches compiles and runs every search of the corpus over a small log with all kinds of events, or gets errors that each name
// one thing that is not there. With -v it prints what is missing, and by which searches.
func TestPublishedSearches(t *testing.T) {
	folder, searches := corpus(t)
	o := publishedOptions(t, folder)
	logs := append(everyKind(t), generated(t, generate.Config{Events: 500, Attacks: 10, Seed: 5}))
	var good []string
	wanting := map[string][]string{} // searches by what they lack
	for _, s := range searches {
		reasons := wants(t, s, o, logs)
		if len(reasons) == 0 {
			good = append(good, s.name)
		} else if s.linux {
			t.Errorf("%s reads logs of Linux, and must run: %v", s.name, reasons)
		}
		for _, r := range reasons {
			wanting[r] = append(wanting[r], s.name)
		}
	}
	t.Logf("%d of %d searches compile and run (%.1f %%); what the others need:", len(good), len(searches), 100*float64(len(good))/float64(len(searches)))
	for _, r := range slices.SortedFunc(maps.Keys(wanting), func(a, b string) int {
		return cmp.Or(len(wanting[b])-len(wanting[a]), strings.Compare(a, b))
	}) {
		t.Logf("%5d %s\n\t%s", len(wanting[r]), r, strings.Join(wanting[r], "\n\t"))
	}
	if float64(len(good)) < enough*float64(len(searches)) {
		t.Errorf("%d of %d searches compile and run", len(good), len(searches))
	}
}

// wants is what a search needs and does not find here, or nil if it compiles and runs. Errors that do not say such a thing fail the test.
func wants(t *testing.T, s published, o engine.Options, logs []string) (reasons []string) {
	t.Helper()
	p, errs := engine.Compile(source.New(s.name, s.search), o)
	if !errs.Failed() {
		if a := run(t, p, o, logs, allOn); a.errors != "" {
			t.Errorf("%s: %s", s.name, a.errors)
			reasons = append(reasons, "fails: "+a.errors)
		}
		return reasons
	}
	for _, d := range errs {
		if d.Severity != source.Error {
			continue
		}
		if !needs[d.Code] || strings.Contains(d.Message, "\n") || d.Span.IsZero() {
			t.Errorf("code %s: %s", d.Code, d.Error())
		}
		if reason, _, _ := strings.Cut(d.Message, " in "+os.TempDir()); !slices.Contains(reasons, reason) {
			reasons = append(reasons, reason)
		}
	}
	return reasons
}

// publishedOptions is the corpus's macros, and a copy of its lookups, which searches may write.
func publishedOptions(t testing.TB, folder string) engine.Options {
	t.Helper()
	tables := filepath.Join(t.TempDir(), "lookups")
	if err := os.CopyFS(tables, os.DirFS(filepath.Join(folder, "lookups"))); err != nil {
		t.Fatal(err)
	}
	lookups, errs := lookup.Open(tables)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	return engine.Options{Macros: publishedMacros(t, folder), Lookups: lookups, Now: time.Date(2025, time.March, 4, 0, 0, 0, 0, time.UTC)}
}

// everyKind is the shipped logs, and one of what else is read: records of auditd, a result of osquery, a line of sshd, and JSON.
func everyKind(t *testing.T) []string {
	t.Helper()
	shipped, err := filepath.Glob("../examples/logs/*")
	if err != nil || len(shipped) == 0 {
		t.Fatal(shipped, err)
	}
	file := filepath.Join(t.TempDir(), "others.log")
	if err := os.WriteFile(file, []byte(strings.TrimSpace(otherKinds)+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return append(shipped, file)
}

const otherKinds = `
type=SYSCALL msg=audit(1740988800.123:41): arch=c000003e syscall=59 success=yes exit=0 ppid=900 pid=901 auid=1000 uid=0 comm="chmod" exe="/usr/bin/chmod" key="exec"ARCH=x86_64 SYSCALL=execve AUID="ann" UID="root"
type=EXECVE msg=audit(1740988800.123:41): argc=3 a0="chmod" a1="4755" a2="/tmp/tool"
type=PATH msg=audit(1740988800.123:41): item=0 name="/usr/bin/chmod" inode=12 mode=0100755 nametype=NORMAL
type=CWD msg=audit(1740988800.123:41): cwd="/home/ann"
type=PROCTITLE msg=audit(1740988800.123:41): proctitle=63686D6F640034373535002F746D702F746F6F6C
type=SERVICE_STOP msg=audit(1740988801.000:42): pid=1 uid=0 auid=4294967295 ses=4294967295 msg='unit=osqueryd comm="systemd" exe="/usr/lib/systemd/systemd" hostname=? addr=? terminal=? res=success'UID="root" AUID="unset"
type=USER_LOGIN msg=audit(1740988802.000:43): pid=77 uid=0 auid=1000 ses=3 msg='op=login id=1000 exe="/usr/sbin/sshd" hostname=192.0.2.7 addr=192.0.2.7 terminal=/dev/pts/0 res=success'UID="root" AUID="ann" ID="ann"
Mar  3 08:00:03 web1 sshd[812]: Accepted password for ann from 192.0.2.7 port 50122 ssh2
{"name":"pack_incident","hostIdentifier":"web1","calendarTime":"Mon Mar  3 08:00:04 2025 UTC","unixTime":1740988804,"columns":{"path":"/etc/crontab","pid":"7"},"action":"added"}
{"time":"2025-03-03T08:00:05Z","event_name":"ConsoleLogin","user":{"name":"ann"},"src":"192.0.2.7"}
`

func publishedMacros(t testing.TB, folder string) *macros.Library {
	t.Helper()
	library := macros.Builtin()
	if errs := library.LoadPath(filepath.Join(folder, "macros")); errs.Failed() {
		t.Fatal(errs)
	}
	return library
}

// TestLinuxSearches runs the searches for logs of Linux over generated events, and over the shipped log.
func TestLinuxSearches(t *testing.T) {
	folder, searches := corpus(t)
	o := publishedOptions(t, folder)
	log := generated(t, generate.Config{Events: 20_000, Attacks: 1, Seed: 5})
	n, found := 0, map[string]int{}
	for _, s := range searches {
		if !s.linux {
			continue
		}
		n++
		text := source.New(s.name, s.search)
		for _, file := range []string{log, restarts + ".json", restarts + ".log"} {
			a := ask(t, text, o, []string{file}, allOn)
			if a.errors != "" {
				t.Errorf("%s over %s: %s", s.name, file, a.errors)
			}
			if file != log {
				diff(t, s.name+" over "+file, a.rows, ask(t, text, o, []string{file}, allOff).rows)
			} else if rows := strings.Count(a.rows, "\n"); rows > 0 {
				found[s.name] = rows
			}
		}
	}
	if n == 0 || len(found) == 0 {
		t.Errorf("%d searches, of which %d find something in the generated log", n, len(found))
	}
	t.Logf("%d searches run; rows in the generated log: %v", n, found)
}

// generated is a file of generated events.
func generated(t testing.TB, c generate.Config) string {
	t.Helper()
	file, _ := planted(t, c)
	return file
}

// planted is a file of generated events, and what is in it.
func planted(t testing.TB, c generate.Config) (string, generate.Truth) {
	t.Helper()
	var b bytes.Buffer
	truth, err := generate.Write(t.Context(), &b, c)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "generated.log")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return file, truth
}
