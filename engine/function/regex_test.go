package function

import (
	"fmt"
	"strings"
	"testing"

	"spoor/grammar/source"
)

func regex(t testing.TB, pattern string) Regex {
	t.Helper()
	r, err := CompileRegex(pattern, source.Span{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestRegexFind(t *testing.T) {
	cases := []struct {
		pattern, s, names, want string
		n                       int
	}{
		{`(?<user>\w+)@(?<host>\w+)`, "a@b c@d", "[ user host]", "[[0 3 0 1 2 3] [4 7 4 5 6 7]]", -1},
		{`(?P<user>\w+)@`, "a@b c@d", "[ user]", "[[0 2 0 1]]", 1},
		{`(a)|(b)`, "b", "[  ]", "[[0 1 -1 -1 0 1]]", -1},
		{`(?<first>x)(?=(y))`, "éxy", "[ first ]", "[[2 3 2 3 3 4]]", -1},
		{`(x)(?<second>y)(?!z)`, "xyz\xffxy", "[  second]", "[[4 6 4 5 5 6]]", -1},
		{`(?:(a)|b)(?!c)`, "b", "[ ]", "[[0 1 -1 -1]]", -1},
		{`(?<=x)a`, "xaxa", "[]", "[[1 2]]", 1},
		{`nothing`, "x", "[]", "[]", -1},
		{`&lt;(?<tag>\w+)&gt;`, "<b>", "[ tag]", "[[0 3 1 2]]", -1},
		{`&lt;(?<tag>\w+)&gt;`, "&lt;b&gt;", "[ tag]", "[[0 9 4 5]]", -1},
		{`a&#42;b`, "a*b", "[]", "[[0 3]]", -1},
	}
	for _, c := range cases {
		r := regex(t, c.pattern)
		if got := fmt.Sprint(r.Find(c.s, c.n)); got != c.want {
			t.Errorf("%s in %q: %s, want %s", c.pattern, c.s, got, c.want)
		}
		if got := fmt.Sprint(r.Names()); got != c.names {
			t.Errorf("%s: names %s, want %s", c.pattern, got, c.names)
		}
	}
}

func TestTranslate(t *testing.T) {
	cases := []struct{ pattern, want string }{
		{`a++b*+c?+d{2,3}+`, `a+b*c?d{2,3}`},
		{`[a++]+`, `[a++]+`},
		{`a+?`, `a+?`},
		{`x}+`, `x}+`},
		{`\++`, `\++`},
		{`[\h]\h\H`, `[ \t][ \t][^ \t]`},
		{`[]a]+[^]b]`, `[\]a]+[^\]b]`},
		{`a\Z|\R|\e`, `a(?:\n?\z)|(?:\r\n|\n|\r)|\x1b`},
		{`(?<a>x)`, `(?<a>x)`},
		{`\`, `\`},
	}
	for _, c := range cases {
		if got := translate(c.pattern); got != c.want {
			t.Errorf("%s: %s, want %s", c.pattern, got, c.want)
		}
	}
}

// timeouts is how many texts were given up.
func timeouts(r Regex) int64 {
	switch r := r.(type) {
	case *backtracking:
		return r.timeouts.Load()
	case either:
		return timeouts(r.written) + timeouts(r.decoded)
	}
	return 0
}

func TestRegexTimeout(t *testing.T) {
	r := regex(t, `^(?!x)(a+)+$`)
	if r.MatchString(strings.Repeat("a", 60)+"b") || timeouts(r) != 1 {
		t.Errorf("matched, or no timeout: %d", timeouts(r))
	}
	if _, ok := regex(t, `(a+)+$`).(linear); !ok {
		t.Error("what can run in linear time does not")
	}
}

func TestExpand(t *testing.T) {
	match := []int{0, 3, 0, 1, -1, -1}
	cases := map[string]string{`[\0]`: "[abc]", `\1\2\3`: "a", `\\1`: `\1`, `\n\`: `\n\`, "": ""}
	for template, want := range cases {
		if got := expand(template, "abc", match); got != want {
			t.Errorf("%s: %q, want %q", template, got, want)
		}
	}
}

func FuzzRegex(f *testing.F) {
	for _, s := range []string{`a++`, `[\h`, `(?<a>x)(?!y)`, `(?(1)a|b)`, `\1`, `[[:alpha:]]`, `(?#c)`, `&lt;(`, `a{1,2000}`, `\Q..\E`} {
		f.Add(s, "abc<x>")
	}
	f.Fuzz(func(t *testing.T, pattern, s string) {
		if len(pattern) > 60 || len(s) > 60 {
			return
		}
		r, err := CompileRegex(pattern, source.Span{})
		if err != nil {
			return
		}
		found := r.Find(s, 3)
		for _, m := range found {
			if len(m) != 2*len(r.Names()) {
				t.Fatalf("%q: %v for names %q", pattern, m, r.Names())
			}
			for i := 0; i < len(m); i += 2 {
				if m[i] > m[i+1] || m[i+1] > len(s) || (m[i] < 0) != (m[i+1] < 0) {
					t.Fatalf("%q in %q: %v", pattern, s, m)
				}
			}
		}
		if matched := r.MatchString(s); timeouts(r) == 0 && matched != (len(found) > 0) {
			t.Errorf("%q in %q: MatchString and Find disagree", pattern, s)
		}
	})
}

// A text that is given up is told, once: rows may be missing.
func TestGivingUpIsTold(t *testing.T) {
	var warned []*source.Diagnostic
	env := &Env{Warn: func(d *source.Diagnostic) { warned = append(warned, d) }}
	re, diag := env.Regex(`^(?!x)(a+)+$`, source.Span{})
	if diag != nil {
		t.Fatal(diag)
	}
	text := strings.Repeat("a", 60) + "b"
	re.MatchString(text)
	re.MatchString(text)
	if len(warned) != 1 || warned[0].Code != "limit" || warned[0].Severity != source.Error {
		t.Errorf("told %v", warned)
	}
}
