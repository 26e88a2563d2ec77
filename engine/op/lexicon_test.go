package op

import (
	"math/rand/v2"
	"strconv"
	"testing"
)

// A text has one number however often it comes, alone or among others, and while the table grows beyond the caches.
func TestLexicon(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	var l lexicon
	want := map[string]uint32{}
	for range 300 {
		list := []string{"", "\x00"}
		for range rng.IntN(400) {
			list = append(list, "user "+strconv.Itoa(rng.IntN(60000)))
		}
		got := make([]uint32, len(list))
		if rng.IntN(2) == 0 {
			l.numbers(list, got)
		} else {
			for i, s := range list {
				got[i] = l.number(s)
			}
		}
		for i, s := range list {
			if want[s] == 0 {
				want[s] = uint32(len(want) + 1)
			}
			if got[i] != want[s] || l.text(got[i]) != s {
				t.Fatalf("%q has number %d, which is %q; want number %d", s, got[i], l.text(got[i]), want[s])
			}
		}
	}
	if l.len() != len(want) {
		t.Errorf("%d texts, want %d", l.len(), len(want))
	}
}
