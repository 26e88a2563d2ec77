package column

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
)

// A text has one number however often it comes, alone or among others, and while the table grows beyond the caches.
func TestLexicon(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	var l Lexicon
	want := map[string]uint32{}
	for range 300 {
		list := []string{"", "\x00"}
		for range rng.IntN(400) {
			list = append(list, "user "+strconv.Itoa(rng.IntN(60000)))
		}
		for n := range 30 { // of each length, those that differ in a byte or two
			odd := make([]byte, n)
			for range min(n, 2) {
				odd[rng.IntN(n)] = byte(rng.IntN(3))
			}
			list = append(list, string(odd))
		}
		got := make([]uint32, len(list))
		if rng.IntN(2) == 0 {
			l.Numbers(list, got)
		} else {
			for i, s := range list {
				got[i] = l.Number(s)
			}
		}
		for i, s := range list {
			if want[s] == 0 {
				want[s] = uint32(len(want) + 1)
			}
			if got[i] != want[s] || l.Text(got[i]) != s {
				t.Fatalf("%q has number %d, which is %q; want number %d", s, got[i], l.Text(got[i]), want[s])
			}
		}
	}
	if l.Len() != len(want) {
		t.Errorf("%d texts, want %d", l.Len(), len(want))
	}
	list := []string{"never met", "", "nor this", strings.Repeat("long ", 5000)}
	for s := range want {
		list = append(list, s, s+"!")
	}
	found := make([]uint32, len(list))
	l.Finds(list, found)
	for i, s := range list {
		if found[i] != want[s] || l.Find(s) != want[s] {
			t.Fatalf("%q is found as %d among others and %d alone; want %d", s, found[i], l.Find(s), want[s])
		}
	}
	if l.Len() != len(want) {
		t.Errorf("looking for texts made %d of them, want %d", l.Len(), len(want))
	}
}

// Texts of all lengths are kept as they are, also those that are longer than the pieces of memory for them.
func TestLexiconKeepsLongTexts(t *testing.T) {
	var l Lexicon
	if found := []uint32{9}; l.Find("") != 0 {
		t.Error("an empty table finds a text")
	} else if l.Finds([]string{"a"}, found); found[0] != 0 {
		t.Error("an empty table finds a text among others")
	}
	text := func(i int) string { return strings.Repeat(strconv.Itoa(i), 1+i*i%9000) }
	for i := range 3000 {
		l.Number(text(i))
	}
	for i := range 3000 {
		if got := l.Text(l.Find(text(i))); got != text(i) {
			t.Fatalf("text %d is %.40q, want %.40q", i, got, text(i))
		}
	}
}

// BenchmarkLexicon numbers texts of which there are a million, short and long ones.
func BenchmarkLexicon(b *testing.B) {
	for name, begin := range map[string]string{"short": "user", "long": "S-1-5-21-1004336348-"} {
		b.Run(name, func(b *testing.B) {
			var l Lexicon
			rng := rand.New(rand.NewPCG(1, 2))
			list, numbers := make([]string, 1024), make([]uint32, 1024)
			for b.Loop() {
				text, ends := make([]byte, 0, 32<<10), make([]int, 1, 1025)
				for range list {
					text = strconv.AppendInt(append(text, begin...), rng.Int64N(1_000_000), 10)
					ends = append(ends, len(text))
				}
				for i := range list {
					list[i] = TextOf(text[ends[i]:ends[i+1]])
				}
				l.Numbers(list, numbers)
			}
		})
	}
}
