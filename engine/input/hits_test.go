package input

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"spoor/engine/input/format"
	"spoor/engine/input/needle"
)

func TestHitsAgainstNaive(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	texts := []string{`\u`, "&#", "<!", `"M":[`, `"M": [`}
	digit := func(data []byte, at int) bool { return at+4 < len(data) && data[at+4] == '1' }
	hides := []format.Hide{{Text: "if (", If: digit}}
	for _, x := range texts {
		hides = append(hides, format.Hide{Text: x})
	}
	for i := range 1000 {
		h := newHits([]string{"needle"}, nil, hides)
		switch many := needle.NewSet([]string{"needle"}); i % 3 { // as if there were many
		case 0:
			h = newHits(nil, many, hides)
		case 1: // that are alike
			h = newHits([]string{"needle"}, many, hides)
		}
		var b strings.Builder
		for range r.IntN(30) {
			b.WriteString(append(texts, "NEEDLE", "need", "[", "#", "!", "\\", "u", " ", `"M":`, "if (", "1")[r.IntN(len(texts)+11)])
		}
		data := []byte(b.String())
		h.reset(data)
		for at := 0; at <= len(data); at += 1 + r.IntN(5) {
			want := len(data)
			if i := bytes.Index(bytes.ToLower(data[at:]), []byte("needle")); i >= 0 {
				want = at + i
			}
			for _, x := range hides {
				for i := at; i < want; i++ {
					if bytes.HasPrefix(data[i:], []byte(x.Text)) && (x.If == nil || x.If(data, i)) {
						want = i
					}
				}
			}
			if got := h.from(at); got != want {
				t.Fatalf("%q from %d: got %d, want %d", data, at, got, want)
			}
		}
	}
}
