package engine_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"spoor/engine"
	"spoor/engine/generate"
	"spoor/engine/input/bitmap"
	"spoor/engine/output"
	"spoor/grammar/source"
)

// packed is a query of a pack.
type packed struct {
	name    string
	program *engine.Program
}

// packPoints is the settings at which packs are asked.
var packPoints = []point{
	{workers: 4, batchRows: 1024, blockSize: 512 << 10, rewrites: true, prefilter: true, outlines: true, vectors: true, census: true},
	{workers: 1, batchRows: 7, blockSize: 512, rewrites: true, prefilter: true, moments: true},
	{workers: 2, batchRows: 1024, blockSize: 64, rewrites: true, prefilter: true, pipe: true, outlines: true, vectors: true},
	{workers: 4, batchRows: 3, blockSize: 4096, rewrites: true, census: true, moments: true},
	{workers: 2, batchRows: 1024, blockSize: 512 << 10, rewrites: true, prefilter: true, memory: 1, outlines: true, vectors: true, census: true},
}

// together is the answers of a pack, by member.
func together(t testing.TB, members []packed, paths []string, at point) []answer {
	t.Helper()
	var pack engine.Pack
	for _, m := range members {
		pack = append(pack, m.program)
	}
	out := make([]answer, len(members))
	defer bitmap.Vectors(bitmap.Vectors(at.vectors))
	run := pack.Run(t.Context(), at.options(open(t, paths, at.pipe)), func(i int, r *engine.Result) error {
		var b bytes.Buffer
		_, err := output.Write(&b, r.Rows(), output.Options{Format: "ndjson"})
		out[i] = answer{rows: b.String(), warnings: r.Diagnostics().Error()}
		return err
	})
	for i, err := range run.Errors {
		if err != nil {
			out[i].errors = err.Error()
		}
	}
	return out
}

// sameAlone compares a pack's answers with those of its members alone. What is said of the clocks and repetitions of all that was read is said of
// the pack.
func sameAlone(t *testing.T, members []packed, paths []string, settings []point) (found int) {
	t.Helper()
	alone := make([]answer, len(members))
	for i, m := range members {
		alone[i] = run(t, m.program, engine.Options{}, paths, allOn)
		if alone[i].rows != "" {
			found++
		}
	}
	for _, at := range settings {
		for i, got := range together(t, members, paths, at) {
			diff(t, members[i].name+" in a pack with "+at.String(), got.rows, alone[i].rows)
			diff(t, "errors of "+members[i].name+" in a pack with "+at.String(), got.errors, alone[i].errors)
		}
	}
	return found
}

// exampleQueries is every query of our own examples that needs nothing but events and writes nothing.
func exampleQueries(t *testing.T) []packed { return exampleQueriesWith(t, engine.Options{}) }

func exampleQueriesWith(t *testing.T, o engine.Options) (out []packed) {
	t.Helper()
	add := func(name, text string, language engine.Language) {
		o.Language = language
		if p, errs := engine.Compile(source.New(name, text), o); !errs.Failed() {
			out = append(out, packed{name, p})
		}
	}
	for _, pattern := range []string{"commands/*.txtar", "hunts/*.txtar", "searches/*.spl", "eql/*.txtar"} {
		files, err := filepath.Glob(examples + pattern)
		if err != nil || len(files) == 0 {
			t.Fatal("no examples ", pattern, err)
		}
		for _, file := range files {
			name, text := filepath.Base(file), readText(t, file)
			switch {
			case filepath.Ext(file) == ".spl":
				add(name, text, engine.SPL)
			case strings.HasPrefix(pattern, "eql/"):
				for _, query := range commandOfEQL.FindAllStringSubmatch(text, -1) {
					add(name, query[1], engine.EQL)
				}
			default:
				add(name, bareQuery(txtar.Parse([]byte(text))), engine.SPL)
			}
		}
	}
	return out
}

var commandOfEQL = regexp.MustCompile(`(?m)^spoor eql '([^']*)'`)

// bareQuery is the query of a script that needs nothing but events; of another one it is empty, which does not compile.
func bareQuery(a *txtar.Archive) (query string) {
	for _, f := range a.Files {
		switch {
		case f.Name == "query":
			query = string(f.Data)
		case strings.HasPrefix(f.Name, "lookups/"), strings.HasPrefix(f.Name, "rules/"), f.Name == "options":
			return ""
		}
	}
	return query
}

// TestPackOfExamples asks for all of our own examples in one pass.
func TestPackOfExamples(t *testing.T) {
	members := exampleQueries(t)
	logs := append(everyKind(t), generated(t, generate.Config{Events: 300, Attacks: 2, Seed: 3}))
	if found := sameAlone(t, members, logs, packPoints); len(members) < 100 || found < 100 {
		t.Errorf("%d queries, of which %d find something", len(members), found)
	}
}

var (
	isEQL    = regexp.MustCompile(`(?m)^type = "eql"`)
	eqlQuery = regexp.MustCompile(`(?s)\nquery = '''(.*?)'''`)
)

// publishedRules is the rules of the corpus that compile here, in both languages: of searches those that read logs of Linux, or all.
func publishedRules(t testing.TB, all bool) (out []packed) {
	t.Helper()
	folder, searches := corpus(t)
	o := publishedOptions(t, folder)
	add := func(name, text string, o engine.Options) {
		if p, errs := engine.Compile(source.New(name, text), o); !errs.Failed() {
			out = append(out, packed{name, p})
		}
	}
	for _, s := range searches {
		if s.linux || all {
			add(s.name, s.search, o)
		}
	}
	o.Language = engine.EQL
	err := filepath.WalkDir(filepath.Join(folder, "..", "elastic"), func(name string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".toml" {
			return err
		}
		text := readText(t, name)
		if query := eqlQuery.FindStringSubmatch(text); query != nil && isEQL.MatchString(text) {
			add(filepath.Base(name), query[1], o)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestPackOfCorpus asks for all published rules that read logs of Linux in one pass.
func TestPackOfCorpus(t *testing.T) {
	members := publishedRules(t, false)
	logs := everyKind(t)
	for i, form := range []string{"flat", "xml", "ecs"} {
		logs = append(logs, generated(t, generate.Config{Events: 600, Attacks: 10, Seed: uint64(i), Form: form}))
	}
	found := sameAlone(t, members, logs, packPoints)
	t.Logf("%d rules, of which %d find something", len(members), found)
	if len(members) < 200 || found < 10 {
		t.Errorf("%d rules, of which %d find something", len(members), found)
	}
}

// TestPackFailures holds that what goes wrong with one program is its own affair.
func TestPackFailures(t *testing.T) {
	queries := []string{
		"EventID=1 | stats count",                          // whoever takes this returns an error
		"EventID=1 | stats count by Computer",              // this panics
		"EventID=1 | head 3 | fields EventID",              // is not read at all
		"| makeresults | eval x=1",                         // reads no events
		"| tstats count from datamodel=Endpoint.Processes", // is well
		"EventID=1 | append [search EventID=3] | stats count by EventID",
	}
	var members []packed
	for _, q := range queries {
		p, errs := engine.Compile(source.New("query", q), engine.Options{})
		if errs.Failed() {
			t.Fatal(errs)
		}
		members = append(members, packed{q, p})
	}
	log := generated(t, generate.Config{Events: 200, Seed: 1})
	refused := errors.New("no room")
	var pack engine.Pack
	for _, m := range members {
		pack = append(pack, m.program)
	}
	var mu sync.Mutex
	rows := map[int]string{}
	r := pack.Run(t.Context(), engine.RunOptions{Inputs: open(t, []string{log}, false), Workers: 2}, func(i int, r *engine.Result) error {
		switch i {
		case 0:
			return refused
		case 1:
			for range r.Rows() {
				panic("out of order")
			}
		case 2:
			return nil
		}
		var b bytes.Buffer
		_, err := output.Write(&b, r.Rows(), output.Options{Format: "ndjson"})
		mu.Lock()
		defer mu.Unlock()
		rows[i] = b.String()
		return err
	})
	if r.Errors[0] != refused || r.Errors[1] == nil || !strings.Contains(r.Errors[1].Error(), "out of order") {
		t.Errorf("errors: %v", r.Errors)
	}
	for i := 2; i < len(members); i++ {
		if r.Errors[i] != nil {
			t.Errorf("%s: %v", members[i].name, r.Errors[i])
		}
		if i > 2 {
			diff(t, members[i].name, rows[i], run(t, members[i].program, engine.Options{}, []string{log}, allOn).rows)
		}
	}
	if l := r.Ledger(); l.Total.Records != 200*int64(l.Scans) || l.Scans < 1 || l.Scans > 2 {
		t.Errorf("%d records in %d passes", l.Total.Records, l.Scans)
	}
}

// TestPackIsCancelled ends with its context.
func TestPackIsCancelled(t *testing.T) {
	p, errs := engine.Compile(source.New("query", "EventID=1 | stats count"), engine.Options{})
	if errs.Failed() {
		t.Fatal(errs)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	log := generated(t, generate.Config{Events: 200, Seed: 1})
	r := engine.Pack{p, p}.Run(ctx, engine.RunOptions{Inputs: open(t, []string{log}, false)}, func(_ int, r *engine.Result) error {
		for _, err := range r.Rows() {
			if err != nil {
				return err
			}
		}
		return nil
	})
	for _, err := range r.Errors {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("error: %v", err)
		}
	}
}

// BenchmarkPack is published rules that read logs of Linux, some or all of them, over generated events, with a census as spoor detect takes it.
func BenchmarkPack(b *testing.B) {
	members := publishedRules(b, false)
	var pack engine.Pack
	for _, m := range members {
		pack = append(pack, m.program)
	}
	log := generated(b, generate.Config{Events: 20_000, Attacks: 1, Hosts: 40, Form: "flat"})
	for _, n := range []int{1, 10, 100, len(pack)} {
		b.Run(fmt.Sprintf("rules=%d", n), func(b *testing.B) { benchPack(b, pack[:n], log) })
	}
}

func benchPack(b *testing.B, pack engine.Pack, log string) {
	info, err := os.Stat(log)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(info.Size())
	b.ReportAllocs()
	for b.Loop() {
		r := pack.Run(b.Context(), engine.RunOptions{Inputs: open(b, []string{log}, false), Census: true}, func(_ int, r *engine.Result) error {
			for _, err := range r.Rows() {
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err := errors.Join(r.Errors...); err != nil {
			b.Fatal(err)
		}
	}
}
