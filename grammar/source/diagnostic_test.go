package source

import (
	"errors"
	"strings"
	"testing"
)

func TestDiagnosticError(t *testing.T) {
	query := New("query", "| stats cuont by x\n| sort\ty")
	_, _, _, expanded := nested()
	long := New("query", strings.Repeat("a", 200)+"BAD"+strings.Repeat("z", 200))
	for _, c := range []struct {
		name string
		d    *Diagnostic
		want string
	}{
		{"caret under the span", Errorf(at(t, query, "cuont"), "x", "unknown function %q", "cuont").WithHint("did you mean `%s`?", "count"),
			"query:1:9: error: unknown function \"cuont\"\n  | | stats cuont by x\n  |         ^^^^^\n  did you mean `count`?"},
		{"tabs stay in line", Warnf(query.Span(26, 27), "x", "odd"), "query:2:8: warning: odd\n  | | sort\ty\n  |       \t^"},
		{"no place", &Diagnostic{Message: "nothing read"}, "note: nothing read"},
		{"the end of the text", Errorf(query.Span(27, 27), "x", "ended"), "query:2:9: error: ended\n  | | sort\ty\n  |       \t ^"},
		{"in a macro", Errorf(at(t, expanded, "INNER"), "x", "bad"),
			"query:1:6: error: bad (in macro `inner`, called by `outer`, at more.conf:1, near \"INNER\")\n  | left `outer(arg)` right\n  |      ^^^^^^^^^^^^"},
		{"in an argument", Errorf(expanded.Span(15, 18), "x", "bad"),
			"query:1:13: error: bad (in macro `inner`, called by `outer`, near \"arg\")\n  | left `outer(arg)` right\n  |             ^^^"},
		{"control characters", Errorf(New("query", "a\x1b[31m\u202e\xffb").Span(8, 9), "x", "bad").WithHint("no \x1b"),
			"query:1:9: error: bad\n  | a�[31m��b\n  |         ^\n  no �"},
		{"a long line", Errorf(at(t, long, "BAD"), "x", "bad"),
			"query:1:201: error: bad\n  | …" + strings.Repeat("a", 49) + "BAD" + strings.Repeat("z", 50) + "…\n  | " + strings.Repeat(" ", 50) + "^^^"},
	} {
		got := c.d.Error()
		if got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

func TestErrors(t *testing.T) {
	warning, failure := Warnf(Span{}, "w", "odd"), Errorf(Span{}, "e", "bad")
	for _, c := range []struct {
		list   Errors
		failed bool
	}{{nil, false}, {Errors{warning}, false}, {Errors{warning, failure}, true}} {
		if c.list.Failed() != c.failed || (c.list.Err() != nil) != c.failed {
			t.Errorf("%v: failed %v, err %v; want %v", c.list, c.list.Failed(), c.list.Err(), c.failed)
		}
	}
	var list Errors
	if err := (Errors{warning, failure}).Err(); !errors.As(err, &list) || err.Error() != "warning: odd\nerror: bad" {
		t.Errorf("got %v", err)
	}
}

func TestSuggest(t *testing.T) {
	for _, c := range []struct{ word, want string }{
		{"linux_hots", "linux_hosts"}, {"LINUX_HOSTS", "linux_hosts"}, {"zzzz", ""}, {"", ""},
	} {
		if got := Closest(c.word, []string{"sysmon", "linux_hosts"}); got != c.want {
			t.Errorf("Closest(%q) = %q, want %q", c.word, got, c.want)
		}
	}
}
