package main

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"spoor/engine/aggregate"
	"spoor/engine/function"
)

// resultOf runs a command line of the help, without a shell, and gives the field result of its last row.
func resultOf(t *testing.T, line string) string {
	t.Helper()
	query, ok := strings.CutPrefix(line, "spoor search '")
	query, flags, _ := cutLast(query, "'")
	if !ok || query == "" {
		t.Fatalf("the query of %s", line)
	}
	s := newScreen(t, "")
	args := []string{"search", "-q", strings.ReplaceAll(query, `'\''`, "'"), "-o", "ndjson"}
	if code := s.run(append(args, strings.Fields(strings.ReplaceAll(flags, "examples/", "../../examples/"))...)...); code != done {
		t.Errorf("%s: code %d: %s", line, code, s.stderr.String())
		return ""
	}
	lines := strings.Split(strings.TrimSpace(s.stdout.String()), "\n")
	d := json.NewDecoder(strings.NewReader(lines[len(lines)-1]))
	d.UseNumber()
	var r struct{ Result any }
	if err := d.Decode(&r); err != nil {
		t.Fatalf("%s: %s in %s", line, err, lines)
	}
	return printed(r.Result)
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// printed is a value as the tables of functions write it.
func printed(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case []any:
		parts := make([]string, len(v))
		for i, x := range v {
			parts[i] = printed(x)
		}
		return strings.Join(parts, " ")
	case bool:
		if v {
			return "True"
		}
		return "False"
	}
	return fmt.Sprint(v)
}

// TestFunctionLines runs what the pages of functions offer to run.
func TestFunctionLines(t *testing.T) {
	for _, f := range function.All(function.SPL) {
		line := functionLine(f.Example, givenTo(f.Example))
		if got := resultOf(t, line); got != f.Want {
			t.Errorf("%s is %s, want %s", line, got, f.Want)
		}
	}
}

func TestEQLFunctionLines(t *testing.T) {
	for _, f := range function.All(function.EQL) {
		if !f.Callable() {
			continue
		}
		log, query := eqlRun(f, givenTo(f.Example))
		s := newScreen(t, log)
		if code := s.run("eql", "-q", query, "--category-field", "kind", "-o", "ndjson"); code != done || strings.Count(s.stdout.String(), "\n") != 1 {
			t.Errorf("%s of %s: code %d: %s%s", query, log, code, s.stdout.String(), s.stderr.String())
		}
	}
}

func TestAggregateLines(t *testing.T) {
	for _, f := range aggregate.All() {
		line := aggregateLine(f)
		if got := resultOf(t, line); got != f.Want {
			t.Errorf("%s is %s, want %s", line, got, f.Want)
		}
	}
}

// TestPages holds that there is a page for everything, that nothing on it is wider than a terminal but what cannot be broken, and that the
// words of EQL have examples.
func TestPages(t *testing.T) {
	s := newScreen(t, "")
	for _, word := range helpWords() {
		s.stdout.Reset()
		if code := s.run("help", word); code != done || s.stdout.Len() < 40 {
			t.Errorf("help %s: code %d: %s", word, code, s.stdout.String())
		}
	}
	for _, w := range append(eqlQueries, eqlConditions...) {
		s.stdout.Reset()
		if code := s.run("help", "eql", w.name); code != done || !strings.Contains(s.stdout.String(), "\nEXAMPLE") {
			t.Errorf("help eql %s: code %d: %s", w.name, code, s.stdout.String())
		}
	}
}

// TestPagesNameEachOther holds that whoever follows a page to another one finds it.
func TestPagesNameEachOther(t *testing.T) {
	all := newScreen(t, "")
	if code := all.run("help", "all"); code != done {
		t.Fatal(all.stderr.String())
	}
	named := regexp.MustCompile("spoor help ([a-z0-9-]+(?: [a-z]+)?)[`,\n]").FindAllStringSubmatch(all.stdout.String(), -1)
	if len(named) < 20 {
		t.Fatalf("%d pages are named", len(named))
	}
	for _, m := range named {
		s := newScreen(t, "")
		if code := s.run(append([]string{"help"}, strings.Fields(m[1])...)...); code != done {
			t.Errorf("spoor help %s: %s", m[1], s.stderr.String())
		}
	}
}

func TestParagraphsAreAsWideAsTheTerminal(t *testing.T) {
	p := &sheet{width: 20}
	p.paragraph("  - ", "    ", "one two three four five")
	p.rows([]row{{"a", "one two three four five"}, {"a long name", "six"}})
	want := "  - one two three\n    four five\n  a  one two three\n     four five\n  a long name\n     six\n"
	if p.String() != want {
		t.Errorf("%q, want %q", p.String(), want)
	}
}
