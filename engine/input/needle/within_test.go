package needle

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestWithin compares what is found with what is there.
func TestWithin(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	const letters = "abAB .\x00\xc3"
	word := func(n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = letters[r.IntN(len(letters))]
		}
		return string(b)
	}
	found := 0
	for range 3000 {
		texts := make([]string, 1+r.IntN(5))
		for i := range texts {
			texts[i] = word(1 + r.IntN(9))
		}
		b := word(r.IntN(60))
		var want []int32
		for i, text := range texts {
			if strings.Contains(foldText(b), foldText(text)) {
				want = append(want, int32(i))
			}
		}
		got := NewSet(texts).Within([]byte(b), nil)
		slices.Sort(got)
		if got = slices.Compact(got); !slices.Equal(got, want) {
			t.Fatalf("%q in %q: got %v, want %v", texts, b, got, want)
		}
		found += len(got)
	}
	if found == 0 {
		t.Error("nothing was found")
	}
}
