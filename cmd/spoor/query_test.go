package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestArguments(t *testing.T) {
	folder := t.TempDir()
	t.Chdir(folder)
	for name, body := range map[string]string{"a.log": "x", "q.spl": "\ufeffEventID=1", "q.eql": "any where true", "nginx": "x"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name  string
		file  string
		args  []string
		query string
		paths string
		err   string
	}{
		{"query and paths", "", []string{"EventID=1", "a.log", "-"}, "EventID=1", "a.log -", ""},
		{"query alone", "", []string{"EventID=1"}, "EventID=1", "", ""},
		{"a word that is also a file", "", []string{"nginx", "a.log"}, "nginx", "a.log", ""},
		{"query in a file", "q.spl", []string{"a.log"}, "EventID=1", "a.log", ""},
		{"query on standard input", "-", []string{"a.log"}, "typed", "a.log", ""},
		{"nothing", "", nil, "", "", "no query"},
		{"log as query", "", []string{"a.log"}, "", "", "a.log is a file, not a query: the query comes first"},
		{"log before query", "", []string{"nginx", "| stats count"}, "", "", "nginx is a file, not a query"},
		{"file as query", "", []string{"q.spl", "a.log"}, "", "", "-f q.spl"},
		{"file of the other language", "", []string{"q.eql", "a.log"}, "", "", "spoor eql -f q.eql"},
		{"log before query of EQL", "", []string{"nginx", "process where true"}, "", "", "nginx is a file, not a query"},
		{"dash as query", "", []string{"-"}, "", "", "the query comes first"},
		{"two queries", "q.spl", []string{"| stats count"}, "", "", "there are two queries"},
		{"standard input twice", "-", []string{"-"}, "", "", "cannot be both"},
		{"no log but standard input", "-", nil, "", "", "cannot be both"},
		{"missing file", "none.spl", []string{"a.log"}, "", "", "no such file"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScreen(t, "typed")
			text, paths, err := (&query{file: c.file}).text(&s.shell, &spl, c.args)
			if c.err != "" {
				if err == nil || !strings.Contains(err.Error(), c.err) {
					t.Errorf("error %v, want %q", err, c.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if text.Body != c.query || strings.Join(paths, " ") != c.paths {
				t.Errorf("query %q, paths %q", text.Body, paths)
			}
		})
	}
}

func TestLocation(t *testing.T) {
	for name, want := range map[string]string{"UTC": "UTC", "Europe/Berlin": "Europe/Berlin", "Mars": "", "": "", "Local": ""} {
		zone, err := location(name)
		if (err == nil) != (want != "") || err == nil && zone.String() != want {
			t.Errorf("%q: %v, %v", name, zone, err)
		}
	}
	if _, err := location("local"); err != nil {
		t.Error(err)
	}
}

func TestSplitArity(t *testing.T) {
	for word, want := range map[string]int{"m": -1, "m()": 0, "m(2)": 2, "m(a)": 1, "m(a, b)": 2} {
		if name, n, err := splitArity(word); name != "m" || n != want || err != nil {
			t.Errorf("%s: %s, %d, %v", word, name, n, err)
		}
	}
	if _, _, err := splitArity("m(a"); err == nil {
		t.Error("no error for an open bracket")
	}
}
