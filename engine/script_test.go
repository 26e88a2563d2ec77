package engine_test

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"spoor/engine"
	"spoor/engine/lookup"
	"spoor/engine/rules"
	"spoor/engine/spl"
	"spoor/grammar/source"
	"spoor/macros"
)

var update = flag.Bool("update", false, "write the answers into the scripts of examples/")

const examples = "../examples/"

// script is a txtar archive of examples/commands or examples/hunts: a query, the events that it reads and the answer that it must get.
type script struct {
	file     string
	archive  *txtar.Archive
	query    *source.Text
	options  engine.Options
	events   []string // names of the files
	lookups  bool     // there is a folder of lookups
	expected map[string]bool
}

// answers is the sections that -update writes, in their order.
var answers = []string{"want", "error", "warnings", "plan"}

func TestScripts(t *testing.T) { runScripts(t, "commands") }

// TestHunts runs searches as hunters write them; their rows were written by hand from what Splunk documents.
func TestHunts(t *testing.T) { runScripts(t, "hunts") }

// runScripts runs the scripts of a folder of examples.
func runScripts(t *testing.T, folder string) {
	t.Helper()
	files, err := filepath.Glob(examples + folder + "/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no scripts", err)
	}
	for _, f := range files {
		f, err := filepath.Abs(f)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(strings.TrimSuffix(filepath.Base(f), ".txtar"), func(t *testing.T) {
			s := readScript(t, f)
			got := askEverywhere(t, s.query, s.options, s.events, 6)
			s.check(t, map[string]string{"want": got.rows, "error": got.errors, "warnings": strings.TrimPrefix(got.warnings, "\n"), "plan": got.plan})
		})
	}
}

// readScript reads a script, writes its events into a folder of their own and makes that the working folder, so that _file is the
// name that the script gave.
func readScript(t *testing.T, file string) *script {
	t.Helper()
	a, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if len(strings.TrimSpace(string(a.Comment))) == 0 {
		t.Error("the script does not say what it shows")
	}
	s := &script{file: file, archive: a, options: engine.Options{Macros: macros.Builtin()}, expected: map[string]bool{}}
	t.Chdir(t.TempDir())
	for _, f := range a.Files {
		switch {
		case f.Name == "query":
			s.query = source.New("query", strings.TrimSuffix(string(f.Data), "\n"))
		case f.Name == "options":
			s.readOptions(t, string(f.Data))
		case strings.HasPrefix(f.Name, "lookups/"):
			s.lookup(t, f)
		case strings.HasPrefix(f.Name, "rules/"):
			s.rule(t, f)
		case strings.HasPrefix(f.Name, "events."):
			if err := os.WriteFile(f.Name, f.Data, 0o600); err != nil {
				t.Fatal(err)
			}
			s.events = append(s.events, f.Name)
		case slices.Contains(answers, f.Name):
			s.expected[f.Name] = true
		case strings.HasPrefix(f.Name, "example ") || f.Name == "shows": // cmd/spoor runs them
		default:
			t.Fatalf("unknown section %s", f.Name)
		}
	}
	if s.query == nil || !s.expected["want"] && !s.expected["error"] {
		t.Fatal("a script needs a query, and want or error")
	}
	if s.lookups {
		s.openLookups(t)
	}
	return s
}

// lookup writes a file of the folder of lookups.
func (s *script) lookup(t *testing.T, f txtar.File) {
	t.Helper()
	s.lookups = true
	if err := os.MkdirAll("lookups", 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(f.Name, f.Data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// rule writes a file of the folder of saved searches.
func (s *script) rule(t *testing.T, f txtar.File) {
	t.Helper()
	if err := os.MkdirAll("rules", 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(f.Name, f.Data, 0o600); err != nil {
		t.Fatal(err)
	}
	s.options.Rules = func() (*rules.Library, source.Errors) {
		l := &rules.Library{}
		return l, l.LoadPath("rules")
	}
}

func (s *script) openLookups(t *testing.T) {
	t.Helper()
	library, errs := lookup.Open("lookups")
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	s.options.Lookups = library
}

func (s *script) readOptions(t *testing.T, text string) {
	t.Helper()
	for line := range strings.Lines(text) {
		name, value, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		if !ok {
			t.Fatalf("options want name=value, not %q", line)
		}
		var err error
		switch name {
		case "earliest":
			s.options.Earliest = value
		case "latest":
			s.options.Latest = value
		case "now":
			s.options.Now, err = time.Parse(time.RFC3339, value)
		case "tz":
			s.options.Zone, err = time.LoadLocation(value)
		case "splunk-limits":
			s.options.SplunkLimits, err = strconv.ParseBool(value)
		case "define":
			err = s.options.Macros.Define(source.New("define", value)).Err()
		default:
			t.Fatalf("unknown option %s", name)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// check compares the answer with what the script expects; a section that is not there wants nothing, but plan, which is then not
// compared.
func (s *script) check(t *testing.T, got map[string]string) {
	t.Helper()
	for _, name := range answers {
		if text := got[name]; text != "" && !strings.HasSuffix(text, "\n") {
			got[name] = text + "\n"
		}
	}
	if *update {
		s.write(t, got)
		return
	}
	want := map[string]string{}
	for _, f := range s.archive.Files {
		want[f.Name] = string(f.Data)
	}
	for _, name := range answers {
		if name != "plan" || s.expected[name] {
			diff(t, name, got[name], want[name])
		}
	}
}

func (s *script) write(t *testing.T, got map[string]string) {
	t.Helper()
	files := slices.DeleteFunc(s.archive.Files, func(f txtar.File) bool { return slices.Contains(answers, f.Name) })
	for _, name := range answers {
		if name == "plan" && !s.expected[name] || name != "want" && got[name] == "" || name == "want" && got["error"] != "" {
			continue
		}
		files = append(files, txtar.File{Name: name, Data: []byte(got[name])})
	}
	if err := os.WriteFile(s.file, txtar.Format(&txtar.Archive{Comment: s.archive.Comment, Files: files}), 0o644); err != nil {
		t.Fatal(err)
	}
}

// diff reports the lines in which two texts differ.
func diff(t testing.TB, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s:\n%s\nwant:\n%s", what, got, want)
	}
}

// TestEveryCommandHasAScript keeps the table of commands and the scripts equal.
func TestEveryCommandHasAScript(t *testing.T) {
	for _, c := range spl.Commands() {
		name := examples + "commands/" + c.Name + ".txtar"
		a, err := txtar.ParseFile(name)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, f := range a.Files {
			if f.Name == "query" && !strings.Contains(string(f.Data), c.Name) {
				t.Errorf("%s does not use the command", name)
			}
		}
	}
}
