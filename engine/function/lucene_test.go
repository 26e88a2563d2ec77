package function

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"spoor/engine/column"
	"spoor/grammar/source"
)

// TestLucene holds that an expression matches the whole of a text as Lucene's do, with fold in either case.
func TestLucene(t *testing.T) {
	for _, c := range []struct {
		pattern, yes, no string // texts that match and texts that do not, divided by |
		fold             bool
	}{
		{`abc`, "abc", "xabc|abcx|ABC|", false}, {`a.c`, "abc|a\nc|aéc|a\xffc", "ac|abbc", false}, {`ab?c`, "ac|abc", "abbc", false}, {`ab+`, "ab|abb", "a", false},
		{`a{2}`, "aa", "a|aaa", false}, {`a{1,2}`, "a|aa", "|aaa", false}, {`a{2,}`, "aa|aaaa", "a", false}, {`(ab){2}{2}`, "abababab", "abab", false}, {`a{0}b`, "b", "ab", false},
		{`.*?net.exe`, "net.exe|xnet.exe", "net.exec", false}, {`a+?`, "|a|aa", "b", false}, {`a|bc`, "a|bc", "abc|ac", false}, {`(a|)b`, "b|ab", "a", false}, {`()`, "", "a", false},
		{`^a$`, "^a$", "a", false}, {`[abc]`, "a|c", "d|ab|", false}, {`[^abc]`, "d|\n|é", "a|", false}, {`[a-c0-2]`, "b|1", "d|3", false}, {`[]a]`, "]|a", "b", false}, {`[^]a]`, "b", "]|a", false},
		{`[a\-c]`, "a|-|c", "b", false}, {`[a-]`, "a|-", "b", false}, {`[-a]`, "a|-", "b", false}, {`[\]]`, "]", `\`, false}, {`[\\a]`, `\|a`, "]", false}, {`[.*+?(){}"~@#&<]`, `.|"|~|@|#|&|<|{`, "a", false},
		{`\d\D`, "1a", "11|aa|a1", false}, {`\w+`, "az_09|AZ", "a-|é|", false}, {`\s\S`, " x|\nx|\tx", "xx|\u00a0x", false}, {`\W`, "-|é|\n", "a|_", false}, {`[\w\s]+`, "a b", "a-b", false}, {`[^\d]`, "a", "1", false}, {`[\D]`, "a|\n", "1", false},
		{`[/a-z0-9\s_\-\\./]+`, `/a b\c-d`, "A", false}, {`\.\*\(`, ".*(", "a", false}, {`\~\@\#\&\<`, "~@#&<", "a", false}, {`\"`, `"`, `\"`, false}, {`\\`, `\`, `\\`, false}, {`\é`, "é", "e", false}, {`\0`, "0", "1", false},
		{`"a.b*"c`, "a.b*c", "axbbc", false}, {`""a`, "a", "b", false}, {`"a~@"{2}`, "a~@a~@", "a~@", false}, {`*a`, "*a", "a", false}, {`a|+b`, "a|+b", "b", false}, {`a>b}c]`, "a>b}c]", "a", false},
		{`{a`, "{a", "a", false}, {``, "", "a", false}, {`.*`, "|x|a\nb", "", false}, {`.*.*`, "|x", "", false}, {`.*a`, "a|xa", "ax", false}, {`a.*`, "a|ax", "xa", false}, {`.*a.*`, "a|xax", "x|", false}, {`.*a|b.*`, "xa|bx", "ax|xb", false}, {`.*a|.*b`, "a|xa|b|xb", "ax|bx", false},
		{`.*|.*`, "|x", "", false}, {`.*?a`, "a|xa", "ax", false}, {`.*{1}a`, "a|xa", "ax", false}, {`a\.*`, "a|a..", "ab", false}, {`.*(a|b).*`, "xax|b", "x", false},
		{`é+`, "éé", "É|e", false}, {`a-b/c%`, "a-b/c%", "a", false},
		{`AbC`, "abc|ABC", "abd", true}, {`[a-c]x`, "BX|bx", "dx", true}, {`[^a]`, "b|B", "a|A", true}, {`k+s`, "Ks|kS", "\u212as|k\u017f", true}, {`\u212a`, "\u212a", "k|K", true}, {`é`, "é|É", "e|E", true}, {`[à-ê]`, "É|é", "e", true},
		{`\w`, "a|Z", "\u212a", true}, {`\W`, "\u212a|-", "a", true}, {`ß`, "ß|ẞ", "ss", true}, {`\u03c3`, "\u03a3|\u03c2|\u03c3", "s", true}, {`"aB"`, "Ab", "a", true},
	} {
		pattern := strings.NewReplacer(`\u212a`, "\u212a", `\u03c3`, "\u03c3").Replace(c.pattern)
		re, err := compileLucene(pattern, c.fold, false, source.Span{})
		if err != nil {
			t.Errorf("%s: %v", c.pattern, err)
			continue
		}
		want := true
		for _, texts := range []string{c.yes, c.no} {
			for s := range strings.SplitSeq(texts, "|") {
				if (want || texts != "") && re.match(s) != want {
					t.Errorf("%s (fold %v) matches %q: %v", c.pattern, c.fold, s, !want)
				}
			}
			want = false
		}
	}
}

// TestEQLRequires holds what a predicate asks of the text, and that what it holds of has it.
func TestEQLRequires(t *testing.T) {
	for _, c := range []struct {
		name   string
		values []any
		want   string // "none" if it asks for nothing
	}{
		{"==", []any{"curl"}, "curl"}, {"==", []any{443}, "443"}, {"==", []any{-5}, "5"}, {"==", []any{443.0}, "none"}, {"==", []any{4.5}, "none"}, {"==", []any{true}, "none"}, {"==", []any{""}, "none"}, {"==", []any{"aéxy"}, "xy"},
		{"in", []any{"curl", "wget", 80}, "curl wget 80"}, {"in", []any{"curl", ""}, "none"}, {"in~", []any{"CURL", column.Value{}}, "CURL"}, {"in~", []any{column.Value{}}, "none"},
		{"like", []any{"*py?hon*", "perl"}, "hon perl"}, {"like~", []any{"*"}, "none"}, {"like~", []any{"É"}, "none"}, {"wildcard~", []any{"*.SH", "*.py"}, ".SH .py"},
		{"regex", []any{".*(curl|wget) .*"}, "curl wget"}, {"regex~", []any{"mask.*"}, "mask"}, {"regex", []any{"[ab]*"}, "none"}, {"regex", []any{"cron(tab)?"}, "cron"}, {"regex", []any{"a", "b*"}, "none"}, {"regex", []any{"~"}, "none"},
		{"startswith", []any{"/usr"}, "/usr"}, {"endswith~", []any{".EXE"}, ".EXE"}, {"stringcontains", []any{"x y"}, "x y"}, {"startswith", []any{""}, "none"}, {"startswith", []any{4}, "none"}, {"cidrmatch", []any{"10.0.0.0/8"}, "none"}, {"<", []any{"a"}, "none"},
		{"run ==", []any{"-c x"}, "-c x"}, {"run in~", []any{"a b", "c"}, "a b c"}, {"run like", []any{"*-enc*"}, "-enc"}, {"run regex", []any{"https?://.*"}, "http"},
	} {
		args := []Arg{{}}
		for _, v := range c.values {
			x := fields("x", v)["x"]
			args = append(args, Arg{Const: &x})
		}
		f, got := Lookup(EQL, c.name), "none"
		if f.Requires != nil {
			if r, ok := f.Requires(args); ok {
				got = strings.Join(r.AnyOf, " ")
			}
		}
		if got != c.want {
			t.Errorf("%s %v asks for %q, want %q", c.name, c.values, got, c.want)
		}
	}
	v := column.Str("abc")
	if r, ok := requireSame([]Arg{{Const: &v}, {}}); !ok || r.Arg != 1 || !slices.Equal(r.AnyOf, []string{"abc"}) {
		t.Error("a constant on the left:", r, ok)
	}
	for _, args := range [][]Arg{{{Const: &v}, {Const: &v}}, {{}, {}}} {
		for _, name := range []string{"==", "like", "regex", "startswith", "in"} {
			if r, ok := Lookup(EQL, name).Requires(args); ok {
				t.Errorf("%s asks %v of what is no field", name, r)
			}
		}
	}
	many := []Arg{{}}
	for i := range alternatives + 1 {
		x := column.Str(fmt.Sprint("text", i))
		many = append(many, Arg{Const: &x})
	}
	if r, ok := requireSame(many); ok {
		t.Error("asks for", len(r.AnyOf), "texts")
	}
}
