package needle

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// identifiers makes up texts of one shape, and data that holds some of them and others that are nearly the same.
func identifiers(r *rand.Rand) (texts []string, data string) {
	kinds := []string{"ab%02x-67c%x-%02x0000", "{%02x-%x-67-%02X}", "%02x%x%02x", "xy%02[1]x"}
	make := func(kind string) string {
		return strings.TrimSuffix(fmt.Sprintf(kind, r.IntN(8), r.IntN(4), r.IntN(256)), "%!(EXTRA int=0, int=0)")
	}
	kind := kinds[r.IntN(3)]
	for range 50 + r.IntN(30) {
		texts = append(texts, make(kind))
	}
	for range r.IntN(4) {
		texts = append(texts, []string{"Initiated", "no", "connection_attempted"}[r.IntN(3)])
	}
	var b strings.Builder
	for range r.IntN(25) {
		piece := make(kinds[r.IntN(4)])
		if r.IntN(3) == 0 {
			piece = texts[r.IntN(len(texts))]
		}
		if r.IntN(2) == 0 {
			piece = strings.ToUpper(piece)
		}
		b.WriteString(piece[r.IntN(len(piece))/4:] + []string{"", "\n", " "}[r.IntN(3)])
	}
	return texts, b.String()
}

// covered says whether a place lies in one of the texts, of which those that are alike may be cut to the length of the shortest.
func covered(texts []string, shortest int, data string, at int) bool {
	for _, t := range texts {
		for _, t := range []string{t, t[:min(len(t), shortest)]} {
			for from := max(0, at-len(t)+1); from <= at; from++ {
				if from+len(t) <= len(data) && foldText(data[from:from+len(t)]) == foldText(t) {
					return true
				}
			}
		}
	}
	return false
}

func TestAlikeAgainstNaive(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	tried := 0
	for range 150 {
		texts, data := identifiers(r)
		few := Alike(texts, []byte(data))
		if few == nil {
			continue
		}
		tried++
		shortest := 64
		for _, x := range texts {
			shortest = min(shortest, len(x))
		}
		f := NewFew(few)
		f.Open([]byte(data))
		for at := 0; at <= len(data); at += 1 + r.IntN(30) {
			got := f.From(at)
			if got < at || got < len(data) && !covered(texts, shortest, data, got) {
				t.Fatalf("%q in %q from %d: nothing stands at %d", texts, data, at, got)
			}
			for from := at; from < got; from++ {
				for _, x := range texts {
					if from+len(x) <= got && foldText(data[from:from+len(x)]) == foldText(x) {
						t.Fatalf("%q in %q was passed by from %d to %d", x, data, at, got)
					}
				}
			}
		}
	}
	if tried < 50 {
		t.Errorf("only %d sets of texts were alike", tried)
	}
}

func TestAlike(t *testing.T) {
	var guids []string
	for i := range 300 {
		guids = append(guids, fmt.Sprintf("%08x-4bcc-67c5-%04x-e9b22d5a0000", i*7919, i))
	}
	if few := Alike(append(guids, "Initiated"), nil); len(few) != 2 {
		t.Errorf("identifiers of one shape and another text are looked for by %d texts", len(few))
	}
	var words []string
	for i := range 300 {
		words = append(words, fmt.Sprintf("%x", uint32(i+1)*2654435761))
	}
	if few := Alike(words, nil); few != nil {
		t.Errorf("texts that have nothing in common are looked for by %d", len(few))
	}
	if few := Alike([]string{"a", ""}, nil); few != nil {
		t.Error("the empty text stands everywhere")
	}
}
