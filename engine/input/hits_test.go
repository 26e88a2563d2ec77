package input

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"spoor/engine/input/needle"
)

func TestHitsAgainstNaive(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	texts := []string{`\u`, "&#", "<!", `"M":[`, `"M": [`}
	var hides [][]byte
	for _, x := range texts {
		hides = append(hides, []byte(x))
	}
	h := newHits(needle.NewSet([]string{"needle"}), hides)
	if len(h.hides) != 4 {
		t.Errorf("%d passes for the hides, want 4", len(h.hides))
	}
	for range 500 {
		var b strings.Builder
		for range r.IntN(30) {
			b.WriteString(append(texts, "NEEDLE", "need", "[", "#", "!", "\\", "u", " ", `"M":`)[r.IntN(len(texts)+9)])
		}
		data := []byte(b.String())
		h.reset(data)
		for at := 0; at <= len(data); at += 1 + r.IntN(5) {
			want := len(data)
			if i := bytes.Index(bytes.ToLower(data[at:]), []byte("needle")); i >= 0 {
				want = at + i
			}
			for _, x := range hides {
				if i := bytes.Index(data[at:], x); i >= 0 {
					want = min(want, at+i)
				}
			}
			if got := h.from(at); got != want {
				t.Fatalf("%q from %d: got %d, want %d", data, at, got, want)
			}
		}
	}
}
