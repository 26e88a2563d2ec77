package function

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		s := string(r)
		folded := []rune(foldCase(s))[0]
		if (r < utf8.RuneSelf) != (folded < utf8.RuneSelf) {
			t.Fatalf("%q folds to %q, across the border of ASCII", r, folded)
		}
		if r < utf8.RuneSelf && foldCase(s) != strings.ToLower(s) {
			t.Fatalf("%q folds to %q", r, folded)
		}
		for _, other := range []string{toLower(s), toUpper(s)} {
			o := []rune(other)[0]
			if (r < utf8.RuneSelf) != (o < utf8.RuneSelf) {
				t.Fatalf("%q becomes %q, across the border of ASCII", r, other)
			}
		}
		for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
			if same := foldCase(string(f)) == foldCase(s); same != ((f < utf8.RuneSelf) == (r < utf8.RuneSelf)) {
				t.Fatalf("%q and %q: same fold is %v", r, f, same)
			}
		}
	}
	if got := foldCase("A\xff\xc3É\xe2\x82"); got != "a\xff\xc3É\xe2\x82" && got != "a\xff\xc3é\xe2\x82" {
		t.Errorf("bytes that are no UTF-8 must stay: %q", got)
	}
}

// naive is the definition of a pattern: the star is any run of bytes of the folded text.
func naive(pattern, s string) bool {
	// match[i] says whether the pattern so far matches s[:i]
	match := make([]bool, len(s)+1)
	match[0] = true
	for p := 0; p < len(pattern); p++ {
		next := make([]bool, len(s)+1)
		if pattern[p] == '*' {
			for i, any := 0, false; i <= len(s); i++ {
				any = any || match[i]
				next[i] = any
			}
		} else {
			for i := range len(s) {
				next[i+1] = match[i] && s[i] == pattern[p]
			}
		}
		match = next
	}
	return match[len(s)]
}

func FuzzPattern(f *testing.F) {
	for _, seed := range [][2]string{{"*a*", "bAb"}, {"a*b*c", "aXXbYYc"}, {"*aab*aab", "aaaabaaab"}, {"É*", "éa"}, {"*\u212a*", "k"}, {"*\xff*", "a\xffb"}, {"**", ""}, {"*k e*", "K E"}} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, pattern, s string) {
		if len(pattern) > 200 || len(s) > 1000 || strings.Contains(pattern, "&") {
			return
		}
		if got, want := compileWildcard(pattern, false).match(s), naive(pattern, s); got != want {
			t.Errorf("%q of %q: %v", pattern, s, got)
		}
		foldedPattern, folded := foldCase(pattern), foldCase(s)
		if !hasCase(pattern) {
			foldedPattern, folded = lowerASCII(pattern), lowerASCII(s)
		}
		if got, want := compileWildcard(pattern, true).match(s), naive(foldedPattern, folded); got != want {
			t.Errorf("%q of %q, folded: %v", pattern, s, got)
		}
	})
}

// TestNeedleWorstCase takes the fallback: candidates at every byte, none of which is a hit.
func TestNeedleWorstCase(t *testing.T) {
	n := newNeedle(strings.Repeat("a", 500) + "b")
	if at := n.index(strings.Repeat("aA", 50_000)); at != -1 {
		t.Errorf("found at %d", at)
	}
	if at := n.index(strings.Repeat("aA", 5_000) + "B"); at != 9500 {
		t.Errorf("found at %d, want 9500", at)
	}
	same := newNeedle("zzzy")
	if at := same.index(strings.Repeat("z", 10_000) + "Y"); at != 9997 {
		t.Errorf("found at %d", at)
	}
}

func BenchmarkPattern(b *testing.B) {
	line := "/usr/bin/python3 -c 'import os; os.execl(\"/bin/sh\", \"sh\", \"-p\")' --option=value --other /var/lib/app/data.json"
	bench := func(name, pattern, s string) {
		b.Run(name, func(b *testing.B) {
			p := compileWildcard(pattern, true)
			b.ReportAllocs()
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				p.match(s)
			}
		})
	}
	bench("miss", "*restart*", line)
	bench("hit", "*OPTION=*data*", line)
	bench("whole", "systemctl", "systemctl")
	bench("letters", "*é*", line)
	bench("worst", "*"+strings.Repeat("a", 100)+"b*", strings.Repeat("a", 10_000))
}
