package needle

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// naive is where the first of the texts begins at from or behind it.
func naive(texts []string, b []byte, from int) int {
	best := -1
	for _, t := range texts {
		if i := bytes.Index([]byte(foldText(string(b[from:]))), []byte(foldText(t))); i >= 0 && (best < 0 || from+i < best) {
			best = from + i
		}
	}
	return best
}

func TestNextAgainstNaive(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	const letters = "abAB @`{[\x00\xc3"
	word := func(n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = letters[r.IntN(len(letters))]
		}
		return string(b)
	}
	for range 3000 {
		texts := make([]string, 1+r.IntN(4))
		for i := range texts {
			texts[i] = word(1 + r.IntN(9))
		}
		s, b := NewSet(texts), []byte(word(r.IntN(300)))
		for from := 0; from <= len(b); {
			got, want := s.Next(b, from), naive(texts, b, from)
			if got != want {
				t.Fatalf("%q in %q from %d: got %d, want %d", texts, b, from, got, want)
			}
			if got < 0 {
				break
			}
			from = got + 1
		}
	}
}

func TestFoldingIsASCIIOnly(t *testing.T) {
	s := NewSet([]string{"sk[", "ä"})
	for _, c := range []struct {
		text string
		want int
	}{{"xSK[", 1}, {"SK{", -1}, {"\u017f\u212a[", -1}, {"Ä", -1}, {"-ä", 1}} {
		if got := s.Next([]byte(c.text), 0); got != c.want {
			t.Errorf("%q: got %d, want %d", c.text, got, c.want)
		}
	}
}

func TestCut(t *testing.T) {
	for _, c := range []struct{ in, want []string }{
		{[]string{"/etc/shadow"}, []string{"shadow"}},
		{[]string{"systemctl ", `a"bc\d`}, []string{"systemctl ", "bc"}},
		{[]string{"restart", "//"}, nil},
		{[]string{"ab\u00e4cde"}, []string{"cde"}},
		{[]string{"a#012b;c"}, []string{"012b"}},
		{nil, nil},
	} {
		if got := Cut(c.in); !slices.Equal(got, c.want) {
			t.Errorf("%q: got %q, want %q", c.in, got, c.want)
		}
	}
	if NewSet(nil) != nil || NewSet([]string{"a", ""}) != nil {
		t.Error("a set that everything matches is not nil")
	}
}

func BenchmarkNext(b *testing.B) {
	line := `{"EventID":"1","Computer":"web-17","Image":"/usr/bin/python3.10","CommandLine":"/usr/bin/python3 /opt/tools/collect.py --interval 30 --out /var/tmp/x","User":"root","ParentImage":"/bin/bash"}` + "\n"
	block := []byte(strings.Repeat(line, 512<<10/len(line)))
	for _, texts := range [][]string{{"reload", "restar", "reenab"}, {"systemctl ", "service "}, {"xq"}, {"restart"}} {
		b.Run(fmt.Sprint(texts), func(b *testing.B) {
			s := NewSet(texts)
			b.SetBytes(int64(len(block)))
			b.ReportAllocs()
			for b.Loop() {
				if s.Next(block, 0) >= 0 {
					b.Fatal("found")
				}
			}
		})
	}
}
