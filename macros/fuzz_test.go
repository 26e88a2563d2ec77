package macros

import (
	"strings"
	"testing"

	"spoor/grammar/source"
)

// checkPositions tests that every span of an expanded text leads into texts that hold it.
func checkPositions(t *testing.T, text *source.Text) {
	t.Helper()
	check := func(s source.Span) {
		if s.Start < 0 || s.End < s.Start || int(s.End) > len(s.Text.Body) {
			t.Fatalf("span %d..%d of %q, which has %d bytes", s.Start, s.End, s.Text.Name, len(s.Text.Body))
		}
	}
	step := 1 + len(text.Body)/200
	for at := 0; at <= len(text.Body); at += step {
		for _, s := range []source.Span{text.Span(at, at), text.Span(at, at+1), text.Span(at, at+17)} {
			where, via := s.Origin()
			check(where)
			user, macros := s.User()
			check(user)
			if len(via) != len(macros) {
				t.Fatalf("at %d: %d calls, but macros %q", at, len(via), macros)
			}
			for _, c := range via {
				check(c.At)
			}
			if len(s.String()) == 1 && len(macros) == 0 && len(text.Body) > 0 && user.String() != s.String() {
				t.Fatalf("at %d: %q was written by the user as %q", at, s, user)
			}
		}
	}
}

func FuzzExpand(f *testing.F) {
	for _, query := range []string{
		"| tstats `security_content_summariesonly` count | `drop_dm_object_name(\"Processes\")` | `x_filter`",
		"a ```c``` `outer(f(a,b), \"c,\\\"d\")` \"`hosts`\"", "`", "````", "`m(", "`m(a=1,b=2)`", "\\`", "\"", "`pair(foo=1, bar=`",
	} {
		f.Add(query, "[m(2)]\nargs = a,b\ndefinition = $a$ \\\n `n` $b$\n[n]\niseval=1\ndefinition=`m(1,2)`\nvalidation=$a$")
	}
	f.Add("`a`", "[a]\ndefinition = `b``b`\n[b]\ndefinition = `c``c`\n[c]\ndefinition = `a`")
	f.Add("`a($a$)`", "[a(1)]\nargs = a\ndefinition = $a$$a$`b($a$)`\n[b(1)]\nargs=x\ndefinition=\"$x$\"```$x$```")
	f.Fuzz(func(t *testing.T, query, conf string) {
		l := Builtin()
		for _, d := range l.Load(source.New("fuzz.conf", conf)) {
			_ = d.Error()
		}
		eval := func(s source.Span) (any, error) { return strings.ToUpper(s.String()), nil }
		q := source.New("query", query)
		text, uses, errs := (&Expander{Library: l, Eval: eval}).Expand(q)
		checkPositions(t, text)
		for _, d := range errs {
			if where, _ := d.Span.User(); where.Text != q {
				t.Fatalf("an error stands in %q, not in the query: %v", where.Text.Name, d)
			}
			_ = d.Error()
		}
		for _, u := range uses {
			if where, _ := u.Call.User(); where.Text != q {
				t.Fatalf("a call stands in %q, not in the query", where.Text.Name)
			}
		}
		if !strings.ContainsAny(query, "`") && text.Body != query {
			t.Fatalf("a text without calls changed: %q", text.Body)
		}
	})
}

func FuzzLoad(f *testing.F) {
	f.Add("f.conf", library)
	f.Add("f.yml", "name: m\narguments: [a, b]\ndefinition: |\n  $a$\n")
	f.Add("f.yml", "definition: &a [*a]\nname: {a: b}")
	f.Fuzz(func(t *testing.T, name, text string) {
		l := &Library{}
		for _, d := range l.Load(source.New(name, text)) {
			_ = d.Error()
		}
		for _, m := range l.All() {
			if _, line := m.Place(); line < 1 || m.Definition.IsZero() {
				t.Fatalf("%s is in line %d, its definition is %v", m.Signature(), line, m.Definition)
			}
		}
	})
}
