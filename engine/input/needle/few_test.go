package needle

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// stands says whether a text stands at a place, byte by byte.
func stands(t Text, data []byte, at int) bool {
	if len(data)-at < len(t.Text) {
		return false
	}
	got := string(data[at : at+len(t.Text)])
	if t.Exact {
		return got == t.Text && (t.If == nil || t.If(data, at))
	}
	return foldText(got) == foldText(t.Text) && (t.If == nil || t.If(data, at))
}

// checkFrom says what is wrong with a place that From gave, if anything is.
func checkFrom(texts []Text, data []byte, from, got int) error {
	found := got == len(data)
	for at := from; at < len(data); at++ {
		for _, t := range texts {
			switch {
			case !stands(t, data, at):
			case at == got:
				found = true
			case at+len(t.Text) <= got:
				return fmt.Errorf("%q at %d was passed by", t.Text, at)
			}
		}
	}
	if !found || got < from {
		return fmt.Errorf("nothing stands at %d", got)
	}
	return nil
}

func TestFewAgainstNaive(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	const letters = "abAB @`{[\x00\xc3"
	word := func(n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = letters[r.IntN(len(letters))]
		}
		return string(b)
	}
	even := func(_ []byte, at int) bool { return at%2 == 0 }
	for range 300 {
		texts := make([]Text, 1+r.IntN(20))
		for i := range texts {
			texts[i] = Text{Text: word(1 + r.IntN(9)), Exact: r.IntN(2) == 0}
			if r.IntN(4) == 0 {
				texts[i].If = even
			}
		}
		f := NewFew(texts)
		for range 3 { // which bytes it looks for it decides by the first
			data := []byte(word(r.IntN(300)))
			f.Open(data)
			for at := 0; at <= len(data); at += r.IntN(5) * r.IntN(30) {
				if err := checkFrom(texts, data, at, f.From(at)); err != nil {
					t.Fatalf("%v in %q from %d: %v", texts, data, at, err)
				}
				if r.IntN(9) == 0 {
					at++
				}
			}
		}
	}
}

// A text at any place of data of any size, behind a sample in which its first bytes are everywhere or nowhere.
func TestFewAtAnyPlace(t *testing.T) {
	for _, sample := range []string{"", strings.Repeat("restar", 99), strings.Repeat("tart", 99)} {
		f := NewFew([]Text{{Text: "RESTART"}, {Text: `\u`, Exact: true}})
		f.Open([]byte(sample))
		for size := 7; size < 260; size++ {
			for at := range size - 6 {
				data := bytes.Repeat([]byte("r"), size)
				copy(data[at:], "reStart")
				if at > 1 {
					copy(data, `\u`)
				}
				f.Open(data)
				if got := f.From(0); got != 0 && at > 1 || got > at {
					t.Fatalf("behind %.10q: at %d of %d bytes: got %d from the beginning", sample, at, size, got)
				}
				if got := f.From(min(at, 2)); got != at {
					t.Fatalf("behind %.10q: at %d of %d bytes: got %d", sample, at, size, got)
				}
				if got := f.From(at + 1); got != size {
					t.Fatalf("behind %.10q: from %d of %d bytes: got %d", sample, at+1, size, got)
				}
			}
		}
	}
}

// Triples that are chosen anew, because they are in vain, find the same.
func TestFewChoosesAnew(t *testing.T) {
	f := NewFew([]Text{{Text: "abcxyz"}})
	vain := []byte(strings.Repeat("xyz abd ", 2*patience) + "abcXYZ")
	f.Open([]byte("abcabcabc"))
	for range 5 {
		f.Open(vain)
		if got := f.From(0); got != len(vain)-6 {
			t.Fatalf("got %d, want %d", got, len(vain)-6)
		}
	}
	if f.vain > 0 {
		t.Errorf("in the end %d triples were in vain", f.vain)
	}
}

// FuzzFew compares with the naive way.
func FuzzFew(f *testing.F) {
	f.Add([]byte(`{"Image":"/usr/bin/systemctl","U":"\u0072estart"}`), "systemctl", `\u`, "SERVICE", uint8(3))
	f.Fuzz(func(t *testing.T, data []byte, a, b, c string, step uint8) {
		if a == "" || b == "" || c == "" {
			return
		}
		texts := []Text{{Text: a}, {Text: b, Exact: true}, {Text: c}}
		few := NewFew(texts)
		few.Open(data)
		for at := 0; at <= len(data); at += int(step) + 1 {
			if err := checkFrom(texts, data, at, few.From(at)); err != nil {
				t.Fatalf("%v in %q from %d: %v", texts, data, at, err)
			}
		}
	})
}

func TestRareAgainstNaive(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	word := func(letters string, n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = letters[r.IntN(len(letters))]
		}
		return string(b)
	}
	even := func(_ []byte, at int) bool { return at%2 == 0 }
	for range 2000 {
		texts := make([]Text, 1+r.IntN(6))
		for i := range texts {
			texts[i] = Text{Text: word("abcA{", 1+r.IntN(5)), Exact: true}
			if r.IntN(4) == 0 {
				texts[i].If = even
			}
		}
		f := NewRare(texts)
		for range 3 {
			data := []byte(word("aabbcA{}", r.IntN(100)))
			f.Open(data)
			for at := 0; at <= len(data); at += 1 + r.IntN(9) {
				if err := checkFrom(texts, data, at, f.From(at)); err != nil {
					t.Fatalf("%v in %q from %d: %v", texts, data, at, err)
				}
			}
		}
	}
}

func BenchmarkFew(b *testing.B) {
	line := `{"EventID":"1","Computer":"web-17","Image":"/usr/bin/python3.10","CommandLine":"/usr/bin/python3 /opt/tools/collect.py --interval 30 --out /var/tmp/x","User":"root","ParentImage":"/bin/bash"}` + "\n"
	block := []byte(strings.Repeat(line, 512<<10/len(line)))
	for _, n := range []int{1, 3, 8, 16, 24, 32, 64} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var texts []Text
			for i := range n {
				texts = append(texts, Text{Text: fmt.Sprintf("%c%c%clo%dad", 'a'+i*7%26, 'a'+i*3%26, 'a'+i*5%26, i)})
			}
			f := NewFew(texts)
			b.SetBytes(int64(len(block)))
			for b.Loop() {
				if f.Open(block); f.From(0) < len(block) {
					b.Fatal("found")
				}
			}
		})
	}
}
