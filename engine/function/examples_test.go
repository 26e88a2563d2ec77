package function

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"spoor/engine/column"
	"spoor/engine/lookup"
)

func TestExamples(t *testing.T) {
	row := ExampleRow()
	exampleLookups(t)
	fields := map[string]column.Value{}
	for i, name := range row.Schema.Names {
		fields[name] = row.Cols[i].Value(0)
	}
	for _, lang := range []Lang{SPL, Search, Command, EQL} {
		for _, f := range All(lang) {
			if f.Doc == "" || f.Example == "" || f.Want == "" || f.Syntax == "" || f.Family == "" {
				t.Errorf("%s: lacks doc, example, want, syntax or family", f.Name)
				continue
			}
			if !strings.HasSuffix(f.Doc, ".") || f.Lazy != (f.Bind == nil) {
				t.Errorf("%s: documentation without full stop, or neither lazy nor bound", f.Name)
			}
			t.Run(fmt.Sprint(lang, " ", f.Name), func(t *testing.T) {
				if word := f.Example[strings.LastIndexByte(f.Example, ' ')+1:]; strings.Contains(f.Syntax, "<word") {
					v := column.Str(strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(word, "CASE("), "TERM("), ")"))
					checkNode(t, lang, word, fields, f.Want, func(*evaluator) node {
						return node{call: f.Name, args: []node{{field: "path"}, {value: &v}}}
					})
				} else if lang == Search {
					checkSearch(t, f.Example, fields, f.Want)
				} else if lang == EQL {
					checkEQL(t, f.Example, fields, f.Want)
				} else {
					checkLang(t, lang, f.Example, fields, f.Want)
				}
			})
		}
	}
}

// exampleLookups gives the examples a table of ports.
func exampleLookups(t *testing.T) {
	t.Helper()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "ports.csv"), []byte("port,service\n22,ssh\n443,https\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	library, errs := lookup.Open(folder)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	testEnv.Lookups = library
	t.Cleanup(func() { testEnv.Lookups = nil })
}

// TestNamesDiffer holds that no entry hides another one of its name.
func TestNamesDiffer(t *testing.T) {
	seen := map[string]bool{}
	for _, family := range families {
		for _, f := range family {
			key := fmt.Sprint(f.Lang, " ", f.Name)
			if seen[key] {
				t.Errorf("two functions are called %s", key)
			}
			seen[key] = true
		}
	}
}

func TestLookup(t *testing.T) {
	if f := Lookup(SPL, "ISNOTNULL"); f == nil || f.Name != "isnotnull" {
		t.Error("names must ignore case")
	}
	if Lookup(SPL, "no such") != nil || Lookup(Search, "substr") != nil {
		t.Error("found what is not there")
	}
	if Lookup(SPL, "=") == Lookup(Search, "=") {
		t.Error("the languages' `=` differ")
	}
	for _, name := range Names(SPL) {
		if Lookup(SPL, name) == nil || strings.ContainsAny(name, "=<>!+-*/%.") {
			t.Errorf("Names has %q", name)
		}
	}
}
