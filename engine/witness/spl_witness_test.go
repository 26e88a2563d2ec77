package witness

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"go.yaml.in/yaml/v3"

	"spoor/datamodels"
	"spoor/engine"
	"spoor/engine/input"
	"spoor/engine/lookup"
	"spoor/grammar/ast"
	"spoor/grammar/source"
	"spoor/macros"
)

// feeders is kinds of events that the test maps to datasets, so that each of them has a source.
var feeders = strings.Fields("ecs/api ecs/database ecs/driver ecs/email ecs/host ecs/iam ecs/library ecs/malware ecs/package ecs/registry ecs/web")

// models is the built-in data models, each dataset with a mapping of one kind of events more.
func models(t *testing.T) *datamodels.Library {
	t.Helper()
	library := datamodels.Builtin()
	mappings := map[string]string{}
	n := 0
	for _, m := range library.Models() {
		for _, root := range m.Roots {
			if root.ECS {
				continue
			}
			names := slices.Clone(root.Inputs)
			for _, f := range root.Fields {
				names = append(names, f.Name)
			}
			kind := feeders[n%len(feeders)]
			n++
			mappings[kind] += fmt.Sprintf("      %s:\n", root)
			for _, name := range distinct(names) {
				mappings[kind] += fmt.Sprintf("        %s: \"'witness.%s'\"\n", name, name)
			}
		}
	}
	b := "source: elastic_defend\nkinds:\n"
	for _, kind := range feeders {
		if mappings[kind] != "" {
			b += "  " + kind + ":\n    mappings:\n" + mappings[kind]
		}
	}
	if errs := library.Load(fstest.MapFS{"witness.yml": {Data: []byte(b)}}, "witness"); errs.Failed() {
		t.Fatal(errs)
	}
	return library
}

// publishedSearch is a search of the corpus.
type publishedSearch struct{ name, text string }

// publishedSearches reads the searches of the folder that SPOOR_CORPUS names, and the macros and lookups beside them.
func publishedSearches(t *testing.T) ([]publishedSearch, engine.Options) {
	t.Helper()
	folder := os.Getenv("SPOOR_CORPUS")
	if folder == "" {
		t.Skip("SPOOR_CORPUS names no folder of published searches")
	}
	if !filepath.IsAbs(folder) {
		folder = filepath.Join("..", "..", folder)
	}
	folder = filepath.Join(folder, "escu")
	var all []publishedSearch
	err := filepath.WalkDir(filepath.Join(folder, "detections"), func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(name) != ".yml" {
			return err
		}
		body, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		var rule struct{ Search string }
		err = yaml.Unmarshal(body, &rule)
		all = append(all, publishedSearch{strings.TrimSuffix(filepath.Base(name), ".yml"), rule.Search})
		return err
	})
	if err != nil || len(all) == 0 {
		t.Fatalf("%d searches in %s: %v", len(all), folder, err)
	}
	o := engine.Options{Macros: macros.Builtin(), Models: models(t), Now: later}
	if errs := o.Macros.LoadPath(filepath.Join(folder, "macros")); errs.Failed() {
		t.Fatal(errs)
	}
	var errs source.Errors
	if o.Lookups, errs = lookup.Open(filepath.Join(folder, "lookups")); len(errs) > 0 {
		t.Fatal(errs)
	}
	return all, o
}

// found is how many rows a program finds in a log.
func found(t *testing.T, p *engine.Program, log []byte, w way) int {
	t.Helper()
	in := input.Inputs{{Path: "log", Size: -1, Stream: bytes.NewReader(log)}}
	if !w.pipe {
		file := filepath.Join(t.TempDir(), "log")
		if err := os.WriteFile(file, log, 0o600); err != nil {
			t.Fatal(err)
		}
		var errs source.Errors
		if in, errs = input.Resolve([]string{file}, nil); errs.Failed() {
			t.Fatal(errs)
		}
	}
	rows := 0
	for b, err := range p.Run(context.Background(), engine.RunOptions{Inputs: in, Workers: w.workers}).Rows() {
		if err != nil {
			t.Fatal(err)
		}
		rows += b.Rows
	}
	return rows
}

// account is what became of the searches.
type account struct {
	asked, witnesses, mutations, implied int
	reasons                              map[string][]string
}

// TestSearchWitnesses makes for every published search whose conditions are on literals the records that it must find, and records in
// which one condition fails.
func TestSearchWitnesses(t *testing.T) {
	searches, o := publishedSearches(t)
	a := &account{reasons: map[string][]string{}}
	for i, s := range searches {
		t.Run(s.name, func(t *testing.T) { a.ask(t, s, o, ways[i%len(ways)]) })
	}
	if 4*a.witnesses < 3*a.asked {
		t.Errorf("no more than %d of %d searches have witnesses", a.witnesses, a.asked)
	}
	t.Logf("%d of %d searches have witnesses; %d times a condition failed, %d times it could not without others",
		a.witnesses, a.asked, a.mutations, a.implied)
	for _, why := range slices.SortedFunc(maps.Keys(a.reasons), func(x, y string) int { return len(a.reasons[y]) - len(a.reasons[x]) }) {
		t.Logf("%d hang on %s: %s", len(a.reasons[why]), why, strings.Join(a.reasons[why], " "))
	}
}

func (a *account) ask(t *testing.T, s publishedSearch, o engine.Options, by way) {
	t.Helper()
	a.asked++
	p, errs := engine.Compile(source.New(s.name, s.text), o)
	if errs.Failed() {
		a.without("what it needs to run: "+errs[0].Message, s)
		return
	}
	w, why := witness(journeys(o.Models, p.Tree.(*ast.Pipeline)))
	if w == nil {
		a.without(why, s)
		return
	}
	a.witnesses++
	for _, log := range [][]byte{w.log, w.last()} {
		if log != nil && found(t, p, log, by) == 0 {
			t.Errorf("%s finds nothing in\n%s", s.text, log)
		}
	}
	var logs [][]byte
	var what []*wish
	for i, one := range w.wishes {
		if log := w.denied(i); log != nil {
			logs, what = append(logs, log), append(what, one.wish)
		} else {
			a.implied++
		}
	}
	a.mutations += len(logs)
	if len(logs) == 0 || found(t, p, bytes.Join(logs, nil), by) == 0 {
		return
	}
	for i, log := range logs {
		if found(t, p, log, by) > 0 {
			t.Errorf("%s finds, without %s, something in\n%s", s.text, what[i], log)
		}
	}
}

func (a *account) without(why string, s publishedSearch) {
	a.reasons[why] = append(a.reasons[why], s.name)
}
