package engine_test

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

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
	linux  bool // reads Sysmon for Linux
}

// corpus is the folder that SPOOR_CORPUS names, from the module's folder if it is not absolute, and the searches in it.
func corpus(t *testing.T) (folder string, searches []published) {
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
		linux := slices.ContainsFunc(rule.Sources, func(s string) bool { return strings.Contains(s, "Sysmon for Linux") })
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

// TestPublishedSearchesCompile compiles every search of the corpus, or gets errors that each name one thing that is not there yet.
func TestPublishedSearchesCompile(t *testing.T) {
	folder, searches := corpus(t)
	o := engine.Options{Macros: publishedMacros(t, folder), Lookups: publishedLookups(t, folder)}
	good, reasons := 0, map[string]int{}
	for _, s := range searches {
		_, errs := engine.Compile(source.New(s.name, s.search), o)
		if !errs.Failed() {
			good++
			continue
		}
		if s.linux {
			t.Errorf("reads Sysmon for Linux, and must run:\n%s", errs)
		}
		seen := map[string]bool{}
		for _, d := range errs {
			if d.Severity != source.Error {
				continue
			}
			missing := needs[d.Code] || d.Code == "unknown-aggregate" && strings.HasSuffix(d.Message, " sparkline")
			if !missing || strings.Contains(d.Message, "\n") || d.Span.IsZero() {
				t.Errorf("code %s: %s", d.Code, d.Error())
			}
			seen[d.Message] = true
		}
		for m := range seen {
			reasons[m]++
		}
	}
	t.Logf("%d of %d searches run; what the others need:", good, len(searches))
	for _, m := range slices.SortedFunc(maps.Keys(reasons), func(a, b string) int { return reasons[b] - reasons[a] }) {
		t.Logf("%5d %s", reasons[m], m)
	}
}

func publishedMacros(t *testing.T, folder string) *macros.Library {
	t.Helper()
	library := macros.Builtin()
	if errs := library.LoadPath(filepath.Join(folder, "macros")); errs.Failed() {
		t.Fatal(errs)
	}
	return library
}

func publishedLookups(t *testing.T, folder string) *lookup.Library {
	t.Helper()
	library, errs := lookup.Open(filepath.Join(folder, "lookups"))
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	return library
}

// TestPublishedSearchesRun runs the searches for Sysmon for Linux over generated events, and over the shipped log.
func TestPublishedSearchesRun(t *testing.T) {
	folder, searches := corpus(t)
	o := engine.Options{Macros: publishedMacros(t, folder), Lookups: publishedLookups(t, folder)}
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
