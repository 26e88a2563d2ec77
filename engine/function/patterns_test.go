package function

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"spoor/engine/column"
	"spoor/grammar/source"
)

// oracle says in the slowest way whether a pattern with `*` and `?` matches.
func oracle(pattern, s []rune) bool {
	switch {
	case len(pattern) == 0:
		return len(s) == 0
	case pattern[0] == '*':
		return oracle(pattern[1:], s) || len(s) > 0 && oracle(pattern, s[1:])
	case len(s) == 0:
		return false
	}
	return (pattern[0] == '?' || pattern[0] == s[0]) && oracle(pattern[1:], s[1:])
}

func randomText(r *rand.Rand, letters string, most int) string {
	from := []rune(letters)
	var b strings.Builder
	for range r.IntN(most + 1) {
		b.WriteRune(from[r.IntN(len(from))])
	}
	return b.String()
}

// TestPatternsAgainstOracle holds lists of patterns, short ones and such as are looked up by their letters, against matching one by one,
// whole texts and runs of words.
func TestPatternsAgainstOracle(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 20000 {
		fold, runs := r.IntN(2) == 0, r.IntN(2) == 0
		list := make([]string, 1+r.IntN(9))
		for i := range list {
			list[i] = randomText(r, "aAbc é É*?* ", 7)
		}
		s := randomText(r, "aAbc éÉ ", 9)
		want := false
		texts := []string{s}
		if runs {
			texts = slowRuns(s)
		}
		for _, text := range texts {
			for _, p := range list {
				if fold {
					want = want || oracle([]rune(foldCase(p)), []rune(foldCase(text)))
				} else {
					want = want || oracle([]rune(p), []rune(text))
				}
			}
		}
		if got := newPatterns(list, fold, runs).matcher()(s); got != want {
			t.Fatalf("%q (fold %v, runs %v) matches %q: %v", list, fold, runs, s, got)
		}
	}
}

// slowRuns is the definition of the runs of words of a text.
func slowRuns(s string) []string {
	words := strings.Split(s, " ")
	var out []string
	for i := range words {
		for j := i; j < len(words); j++ {
			out = append(out, strings.Join(words[i:j+1], " "))
		}
	}
	return out
}

// TestRunsAgainstTheDefinition holds each predicate that looks for a run of words against its base over all runs.
func TestRunsAgainstTheDefinition(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	letters := map[string]string{"like": "abA *?", "like~": "abA *?", "regex": "abA .*|()[]?+", "regex~": "abA .*|()", "==": "abA ", "in": "abA ", "in~": "abA "}
	for base, letters := range letters {
		over := Lookup(EQL, Lookup(EQL, base).OverRuns)
		for range 4000 {
			v, s := column.Str(randomText(r, letters, 6)), column.Str(randomText(r, "abA  ", 9))
			args := []Arg{{}, {Const: &v}}
			k, err := Lookup(EQL, base).Bind(testEnv, args)
			kr, errr := over.Bind(testEnv, args)
			if (err != nil) != (errr != nil) {
				t.Fatalf("%s %q: %v, over runs %v", base, v.Text(), err, errr)
			}
			if err != nil {
				continue
			}
			var items []column.Value
			for _, run := range slowRuns(s.Text()) {
				items = append(items, column.Str(run))
			}
			want := k(len(items), []column.Vector{column.FromValues(items), &column.Const{V: v, N: len(items)}})
			one := kr(1, []column.Vector{&column.Const{V: s, N: 1}, &column.Const{V: v, N: 1}}).Value(0).True()
			some := false
			for i := range items {
				some = some || want.Value(i).True()
			}
			if one != some {
				t.Fatalf("%s %q over the runs of %q: %v, one by one %v", base, v.Text(), s.Text(), one, some)
			}
		}
	}
}

func TestWordRuns(t *testing.T) {
	count := func(list []string) map[string]int {
		out := map[string]int{}
		for _, s := range list {
			out[s]++
		}
		return out
	}
	for _, s := range []string{"", " ", "a", "a b", "a  b", " a b c ", "x y x y"} {
		var got []string
		for _, v := range wordRuns(s) {
			got = append(got, v.Text())
		}
		if fmt.Sprint(count(got)) != fmt.Sprint(count(slowRuns(s))) {
			t.Errorf("runs of %q: %q", s, got)
		}
	}
	long := strings.Repeat("a ", 1000) + "z"
	got := wordRuns(long)
	if len(got) != mostRuns+1 || got[mostRuns].Text() != long || got[1000].Text() != "z" {
		t.Errorf("%d runs of a long text", len(got))
	}
	long = strings.Repeat(strings.Repeat("a", 1<<17)+" ", 100) + "z" // longer together than runs may be
	bytes := 0
	got = wordRuns(long)
	for _, v := range got {
		bytes += len(v.Text())
	}
	if bytes < mostRunBytes || bytes > mostRunBytes+len(long) || got[len(got)-1].Text() != long {
		t.Errorf("runs of %d bytes", bytes)
	}
}

// TestHostilePatterns takes much longer than a test may if a pattern takes more than linear time.
func TestHostilePatterns(t *testing.T) {
	long := strings.Repeat("ab ", 200_000)
	var list []string
	for range 20 {
		list = append(list, strings.Repeat("*ab ab", 20)+"*x", strings.Repeat("ab ", 30)+"x*", "*?a?b*a*"+strings.Repeat("?", 30)+"z")
	}
	for _, runs := range []bool{false, true} {
		if newPatterns(list, true, runs).matcher()(long) {
			t.Error("matches")
		}
		re, err := compileLucene(`.*(ab? ?)+(a|b)*x`, true, runs, source.Span{})
		if err != nil || re.match(long) {
			t.Error("matches, or", err)
		}
	}
}

// manyPatterns is a list as rules have them.
func manyPatterns(n int) []string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf([]string{"/opt/app%d/*", "*/bin/tool%d", "*payload-%d*", "name%d", "/home/*/.cache/%d?"}[i%5], i))
	}
	return out
}

func BenchmarkEQLKernels(b *testing.B) {
	const rows = 1024
	paths := &column.Strings{}
	for i := range rows {
		paths.Values = append(paths.Values, []string{"/usr/bin/python3.11", "/usr/sbin/sshd -D -o AuthorizedKeysCommand=/usr/bin/sss_ssh_authorizedkeys %u", "/bin/sh -c ls -l /opt/data | wc", "/usr/lib/systemd/systemd-executor --deserialize 51 --log-level info"}[i%4])
	}
	for _, c := range []struct {
		name string
		list []string
	}{
		{"==", []string{"/bin/sh"}}, {"like~", []string{"*/SH"}}, {"like~", manyPatterns(10)}, {"like~", manyPatterns(200)}, {"run like~", manyPatterns(200)}, {"in~", manyPatterns(200)},
		{"regex", []string{`.*[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}.*`}}, {"regex~", []string{`/usr/(s?bin|lib)/[a-z0-9./-]+`}}, {"regex~", []string{`.*(curl|wget).*-o.*`}},
	} {
		b.Run(fmt.Sprint(c.name, " ", len(c.list)), func(b *testing.B) {
			args, vectors := []Arg{{}}, []column.Vector{paths}
			for _, s := range c.list {
				v := column.Str(s)
				args, vectors = append(args, Arg{Const: &v}), append(vectors, &column.Const{V: v, N: rows})
			}
			k, err := Lookup(EQL, c.name).Bind(testEnv, args)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				k(rows, vectors)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/rows, "ns/row")
		})
	}
}
