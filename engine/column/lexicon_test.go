package column

import (
	"math/rand/v2"
	"strconv"
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
