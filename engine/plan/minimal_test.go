package plan

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestMinimal leaves just the texts that hold no other one.
func TestMinimal(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	dropped := 0
	for range 500 {
		var all []string
		for range 1 + r.IntN(12) {
			text := make([]byte, 1+r.IntN(9))
			for i := range text {
				text[i] = "ab"[r.IntN(2)]
			}
			all = append(all, string(text))
		}
		var want []string
		for _, text := range all {
			if !slices.Contains(want, text) && !slices.ContainsFunc(all, func(o string) bool { return o != text && strings.Contains(text, o) }) {
				want = append(want, text)
			}
		}
		slices.Sort(want)
		got := slices.Sorted(slices.Values(minimal(slices.Clone(all))))
		if !slices.Equal(got, want) {
			t.Fatalf("of %q: %q, want %q", all, got, want)
		}
		dropped += len(all) - len(got)
	}
	if dropped == 0 {
		t.Error("nothing was dropped")
	}
}
