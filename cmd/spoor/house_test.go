package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// imports is who may import whom among our own packages. Nothing else may.
var imports = map[string][]string{
	"grammar/source":      {},
	"grammar/ast":         {"grammar/source"},
	"grammar/token":       {"grammar/source"},
	"grammar/spl/gen":     {},
	"grammar/spl":         {"grammar/source", "grammar/ast", "grammar/token", "grammar/spl/gen"},
	"grammar/eql/gen":     {},
	"grammar/eql":         {"grammar/source", "grammar/ast", "grammar/token", "grammar/eql/gen"},
	"grammar":             {"grammar/source", "grammar/ast", "grammar/spl", "grammar/eql"},
	"macros":              {"grammar/source"},
	"datamodels":          {"grammar/source"},
	"engine/pages":        {},
	"engine/column":       {"grammar/source", "engine/pages"},
	"engine/timerange":    {},
	"engine/rules":        {"grammar/source", "engine/attack"},
	"engine/lookup":       {"grammar/source", "engine/column"},
	"engine/places":       {"engine/column"},
	"engine/function":     {"grammar/source", "engine/column", "engine/lookup", "engine/places", "engine/timerange"},
	"engine/aggregate":    {"engine/column", "engine/pages"},
	"engine/plan":         {"grammar/source", "engine/column", "engine/function", "engine/aggregate"},
	"engine/sequence":     {},
	"engine/spill":        {"grammar/source", "engine/column"},
	"engine/input/bitmap": {},
	"engine/input/format": {"engine/input/bitmap"},
	"engine/input/frame":  {"engine/input/bitmap"},
	"engine/input/needle": {"engine/input/bitmap"},
	"engine/input":        {"grammar/source", "engine/column", "engine/input/bitmap", "engine/input/format", "engine/input/frame", "engine/input/needle"},
	"engine/output":       {"grammar/source", "engine/column", "engine/spill"},
	"engine/op":           {"grammar/source", "engine/column", "engine/function", "engine/aggregate", "engine/input", "engine/lookup", "engine/pages", "engine/plan", "engine/sequence", "engine/spill"},
	"engine/eql":          {"grammar/ast", "grammar/source", "datamodels", "engine/column", "engine/function", "engine/plan"},
	"engine/spl": {
		"grammar", "grammar/ast", "grammar/source", "datamodels",
		"engine/column", "engine/function", "engine/aggregate", "engine/lookup", "engine/places", "engine/plan", "engine/rules", "engine/timerange", "engine/eql",
	},
	"engine/tree":     {"grammar/source", "engine/column", "engine/output"},
	"engine/generate": {},
	"engine/bench":    {"engine/column"},
	"engine/attack":   {},
	"engine/schedule": {"grammar/source", "engine/rules", "engine/timerange"},
	"engine/detect": {
		"grammar/source", "engine", "engine/column", "engine/finding", "engine/input", "engine/output", "engine/plan", "engine/rules", "engine/schedule",
	},
	"engine/ruletest": {
		"grammar/source", "engine", "engine/column", "engine/detect", "engine/finding", "engine/input", "engine/output", "engine/rules", "engine/timerange",
	},
	"engine/lint": {
		"grammar/ast", "grammar/source", "engine", "engine/attack", "engine/column", "engine/finding", "engine/function", "engine/plan", "engine/rules", "engine/sarif", "engine/schedule", "engine/suppress", "engine/timerange",
	},
	"engine/why": {
		"grammar/source", "engine", "engine/aggregate", "engine/column", "engine/function", "engine/input", "engine/output", "engine/plan",
	},
	"engine/timeindex":  {"grammar/source", "engine/input"},
	"engine/startindex": {"grammar/source", "engine/input", "engine/timeindex"},
	"engine/state":      {"grammar/source"},
	"engine/suppress": {
		"grammar", "grammar/source", "engine", "engine/column", "engine/finding", "engine/plan", "engine/rules", "engine/schedule", "engine/state", "engine/timerange",
	},
	"engine/rounds": {
		"grammar/source", "engine", "engine/column", "engine/detect", "engine/finding", "engine/input", "engine/rules", "engine/schedule", "engine/startindex", "engine/state", "engine/suppress",
		"engine/timeindex", "engine/timerange",
	},
	"engine/rehearsal": {
		"grammar/source", "engine", "engine/column", "engine/detect", "engine/finding", "engine/input", "engine/plan", "engine/rules", "engine/schedule", "engine/state", "engine/suppress",
		"engine/timeindex",
	},
	"engine/service": {"engine/detect", "engine/rules", "engine/schedule"},
	"engine/survey":  {"grammar/source", "engine/column", "engine/input"},
	"engine/follow":  {"grammar/source", "engine/input", "engine/input/frame"},
	"engine/finding": {"grammar/source", "engine/attack", "engine/column", "engine/output", "engine/rules", "engine/sarif", "engine/spill"},
	"engine/sarif":   {"engine/output"},
	"engine/nobody":  {},
	"examples":       {},
}

// libraries is the folders or files in which libraries are imported. Nowhere else may they be.
var libraries = map[string][]string{
	"github.com/antlr4-go/antlr/v4":           {"grammar/spl", "grammar/eql"},
	"github.com/agnivade/levenshtein":         {"grammar/source"},
	"go.yaml.in/yaml/v3":                      {"macros", "datamodels", "engine/lookup", "engine/rules", "cmd/spoor"},
	"github.com/dlclark/regexp2/v2":           {"engine/function"},
	"github.com/zeebo/xxh3":                   {"engine/column", "engine/op", "engine/input", "engine/detect", "engine/startindex", "engine/timeindex", "engine/suppress", "engine/rounds"},
	"github.com/oschwald/maxminddb-golang/v2": {"engine/places"},
	"github.com/klauspost/compress":           {"engine/input"},
	"github.com/olekukonko/tablewriter":       {"engine/output/grid.go"},
	"github.com/spf13/cobra":                  {"cmd/spoor"},
	"github.com/spf13/pflag":                  {"cmd/spoor"},
	"github.com/adrg/xdg":                     {"cmd/spoor"},
	"github.com/schollz/progressbar/v3":       {"cmd/spoor"},
	"golang.org/x/sys":                        {"engine/input/bitmap"},
	"golang.org/x/term":                       {"cmd/spoor"},
	"github.com/rogpeppe/go-internal":         {"examples"},
	"github.com/pelletier/go-toml/v2":         {"engine/rules"},
	"github.com/fsnotify/fsnotify":            {"engine/follow", "engine/service"},
	"go.etcd.io/bbolt":                        {"engine/state"},
	"github.com/gofrs/flock":                  {"engine/state"},
	"github.com/robfig/cron/v3":               {"engine/schedule"},
}

// sources is every Go file that is not generated, by folder.
func sources(t *testing.T, visit func(dir, name string, file *ast.File)) {
	t.Helper()
	root := filepath.Join("..", "..")
	err := fs.WalkDir(os.DirFS(root), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(p) != ".go" || strings.HasPrefix(p, ".") || path.Base(path.Dir(p)) == "gen" {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, p), nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		visit(path.Dir(p), path.Base(p), file)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestImports(t *testing.T) {
	seen, used := map[string]bool{}, map[string]bool{}
	sources(t, func(dir, name string, file *ast.File) {
		seen[dir] = true
		if strings.HasSuffix(name, "_test.go") {
			return
		}
		importable, known := imports[dir]
		for _, spec := range file.Imports {
			p := strings.Trim(spec.Path.Value, `"`)
			if own, ok := strings.CutPrefix(p, "spoor/"); ok {
				if known && !slices.Contains(importable, own) {
					t.Errorf("%s/%s imports %s", dir, name, own)
				}
				if dir == "engine" && strings.HasPrefix(own, "cmd") {
					t.Errorf("%s/%s imports %s", dir, name, own)
				}
				continue
			}
			if strings.Contains(strings.Split(p, "/")[0], ".") {
				if lib, place, ok := allowed(dir, name, p); ok {
					used[lib+" in "+place] = true
				} else {
					t.Errorf("%s/%s imports %s: add the place to the table if it is right", dir, name, p)
				}
			}
		}
		if !known && dir != "engine" && dir != "cmd/spoor" {
			t.Errorf("package %s has no line in the table of who may import whom", dir)
		}
	})
	for dir := range imports {
		if !seen[dir] && path.Base(dir) != "gen" {
			t.Errorf("the table names %s, which does not exist", dir)
		}
	}
	for lib, places := range libraries {
		for _, place := range places {
			if !used[lib+" in "+place] {
				t.Errorf("the table allows %s in %s, which does not import it", lib, place)
			}
		}
	}
}

// allowed is the line of the table that lets a file import p, and the place in it.
func allowed(dir, name, p string) (lib, place string, ok bool) {
	for lib, places := range libraries {
		for _, place := range places {
			if (p == lib || strings.HasPrefix(p, lib+"/")) && (place == dir || place == dir+"/"+name) {
				return lib, place, true
			}
		}
	}
	return "", "", false
}

// The clock, the environment and the process's streams are read in cmd only: everything else gets them handed in.
func TestNoAmbientState(t *testing.T) {
	forbidden := map[string][]string{
		"time": {"Now", "Since", "Until", "After", "Tick"},
		"os":   {"Getenv", "LookupEnv", "Environ", "Stdout", "Stderr", "Stdin", "Exit", "Args"},
	}
	sources(t, func(dir, name string, file *ast.File) {
		if strings.HasPrefix(dir, "cmd") || strings.HasSuffix(name, "_test.go") {
			return
		}
		ast.Inspect(file, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			if pkg, ok := sel.X.(*ast.Ident); ok && slices.Contains(forbidden[pkg.Name], sel.Sel.Name) {
				t.Errorf("%s/%s uses %s.%s", dir, name, pkg.Name, sel.Sel.Name)
			}
			return true
		})
	})
}

func TestTopLevel(t *testing.T) {
	want := []string{"ARCHITECTURE.md", "CONTRIBUTING.md", "LICENSE", "README.md", "cmd", "datamodels", "engine", "examples", "go.mod", "go.sum", "grammar", "macros"}
	entries, err := os.ReadDir(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") {
			got = append(got, e.Name())
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("the top level is\n%q, want\n%q", got, want)
	}
	for _, dir := range []string{"cmd", "datamodels", "engine", "examples", "grammar", "macros"} {
		if _, err := os.Stat(filepath.Join("..", "..", dir, "README.md")); err != nil {
			t.Errorf("%s has no README.md", dir)
		}
	}
}
