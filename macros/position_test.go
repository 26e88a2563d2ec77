package macros

import (
	"fmt"
	"strings"
	"testing"

	"spoor/grammar/source"
)

// TestPositions looks up where pieces of the result were written, and what the user sees of them.
func TestPositions(t *testing.T) {
	e := Expander{Library: newLibrary(t)}
	query := "first\n| x ```c``` `outer( arg )` | last `stages` `hosts(\"h 1\")`"
	result, _, errs := e.Expand(source.New("query", query))
	if errs != nil {
		t.Fatal(errs)
	}
	for _, c := range []struct {
		part       string
		nth        int
		user       string
		file       string
		line, col  int // in the user's text
		macros     string
		definition int // line in file
	}{
		{"first", 0, "first", "query", 1, 1, "[]", 1},
		{"| last", 0, "| last", "query", 2, 28, "[]", 2},
		{"outer", 0, "`outer( arg )`", "macros.conf", 2, 13, "[outer]", 23},
		{"arg", 0, "arg", "query", 2, 21, "[outer]", 2},
		{"arg", 1, "arg", "query", 2, 21, "[inner outer]", 2},
		{"(inner", 0, "`outer( arg )`", "macros.conf", 2, 13, "[inner outer]", 27},
		{"index=unix", 0, "`outer( arg )`", "macros.conf", 2, 13, "[hosts inner outer]", 3},
		{"eval a=1", 0, "`stages`", "macros.conf", 2, 35, "[stages]", 40},
		{"where", 0, "`stages`", "macros.conf", 2, 35, "[stages]", 41},
		{"h 1", 0, "h 1", "query", 2, 52, "[hosts]", 2},
		{"x  outer", 0, "x ```c``` `outer( arg )`", "query", 2, 3, "[]", 2},
	} {
		at := -1
		for range c.nth + 1 {
			at += 1 + strings.Index(result.Body[at+1:], c.part)
		}
		span := result.Span(at, at+len(c.part))
		user, macros := span.User()
		where, _ := span.Origin()
		line, col := user.Position()
		definition, _ := where.Position()
		if user.String() != c.user || line != c.line || col != c.col || fmt.Sprint(macros) != c.macros {
			t.Errorf("%s: user sees %q at %d:%d in %v, want %q at %d:%d in %s", c.part, user, line, col, macros, c.user, c.line, c.col, c.macros)
		}
		if where.Text.Name != c.file || definition != c.definition {
			t.Errorf("%s: written at %s:%d, want %s:%d", c.part, where.Text.Name, definition, c.file, c.definition)
		}
	}
}

func TestComputedTextLeadsToTheCall(t *testing.T) {
	e := Expander{Library: newLibrary(t, "[m]\niseval=1\ndefinition=\"a\".\"b\""), Eval: evalWords}
	result, _, errs := e.Expand(source.New("query", "x `m` y"))
	if errs != nil || result.Body != "x ab y" {
		t.Fatalf("got %q %v", result.Body, errs)
	}
	if where, macros := result.Span(3, 4).User(); where.String() != "`m`" || fmt.Sprint(macros) != "[m]" {
		t.Errorf("user sees %q %v", where, macros)
	}
	if where, _ := result.Span(3, 4).Origin(); where.String() != `"a"."b"` {
		t.Errorf("written at %q", where)
	}
}
