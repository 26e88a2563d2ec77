package rules

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"spoor/grammar/source"
)

// folder is a folder with files.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, body := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestLoadFolder(t *testing.T) {
	dir := folder(t, map[string]string{
		"endpoint/one.yml":              "name: Curl And More\nid: x\ndescription: Says what.\nsearch: |\n  EventID=1\n  | stats count\ntags:\n  - a\n",
		"two.yaml":                      "name: Two\nsearch: '| makeresults'\n",
		"macro.yml":                     "name: m\ndefinition: x\n",
		"broken.yml":                    "name: [\n",
		"list.yml":                      "- 1\n",
		"notes.txt":                     "name: Not This\nsearch: x\n",
		"default/savedsearches.conf":    "# all\n[default]\nsearch = none\n[ESCU - Three - Rule]\naction.x = 1\ndescription = a = b\nsearch = EventID=3 \\\n| stats count \\\n  by host\ncron_schedule = 0 * * * *\n[No Search]\ndisabled = 1\n[Two]\nsearch = overridden by two.yaml\n",
		"default/other.conf":            "[Nor This]\nsearch = x\n",
		"default/deep/SAVEDSEARCHES.md": "[x]\nsearch = y\n",
	})
	l := &Library{}
	errs := l.LoadPath(dir)
	wantErrors := []string{
		"broken.yml:1:1: warning: no valid YAML: did not find expected node content",
		"one.yml:8:3: warning: tags must be a table, and is a list",
		"two.yaml:1:7: warning: " + filepath.Join(dir, "default/savedsearches.conf") + ":13 has a rule of the same name, Two",
	}
	if len(errs) != len(wantErrors) {
		t.Fatalf("said: %v", errs)
	}
	for i, want := range wantErrors {
		if !strings.Contains(errs[i].Error(), want) {
			t.Errorf("said: %v, want %s", errs[i], want)
		}
	}
	want := []struct {
		name, search, description string
		line                      int
	}{
		{"Curl And More", "EventID=1\n| stats count\n", "Says what.", 5},
		{"ESCU - Three - Rule", "EventID=3 \n| stats count \n  by host", "a = b", 7},
		{"Two", "| makeresults", "", 2},
	}
	all := l.All()
	if len(all) != len(want) {
		t.Fatalf("%d rules", len(all))
	}
	for i, w := range want {
		r := all[i]
		where, _ := r.Query.Origin()
		line, _ := where.Position()
		if r.Name != w.name || strings.TrimPrefix(r.Query.String(), " ") != w.search || r.Description != w.description || line != w.line {
			t.Errorf("rule %q: %q at line %d, %q", r.Name, r.Query.String(), line, r.Description)
		}
	}
}

func TestLoadFile(t *testing.T) {
	dir := folder(t, map[string]string{"macro.yml": "name: m\ndefinition: x\n", "my.conf": "[A]\nsearch = b\n", "empty.conf": ""})
	l := &Library{}
	if errs := l.LoadPath(filepath.Join(dir, "my.conf")); errs != nil || len(l.All()) != 1 {
		t.Errorf("said: %v", errs)
	}
	for _, name := range []string{"macro.yml", "empty.conf", "missing.yml"} {
		if errs := l.LoadPath(filepath.Join(dir, name)); !errs.Failed() {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestFind(t *testing.T) {
	var none *Library
	l := &Library{}
	l.add(&Rule{Name: "Curl And More"})
	l.add(&Rule{Name: "ESCU - Three - Rule"})
	for _, c := range []struct {
		in         *Library
		name, want string // a rule, or a piece of the error
	}{
		{l, "Curl And More", "Curl And More"},
		{l, "ESCU - Curl And More - Rule", "Curl And More"},
		{l, "ESCU - Three - Rule", "ESCU - Three - Rule"},
		{l, "Three", "ESCU - Three - Rule"},
		{l, "curl and more", "did you mean `Curl And More`?"},
		{l, "Nothing Like It At All", "there are 2 rules"},
		{none, "x", "--rules PATH names"},
		{&Library{}, "x", "--rules PATH names"},
	} {
		r, d := c.in.Find(source.Span{}, c.name)
		if got := ""; r != nil {
			if got = r.Name; got != c.want {
				t.Errorf("%s: %s", c.name, got)
			}
		} else if !strings.Contains(d.Error(), c.want) {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}
