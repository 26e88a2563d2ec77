package column

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"
)

// What was made of a dictionary is its own, whichever dictionaries take turns and however many there are.
func TestPerCode(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for _, several := range []int{1, 2, turns, 3 * turns} {
		var p PerCode[string]
		dictionaries, made := make([]*Dictionary, several), 0
		for i := range dictionaries {
			dictionaries[i] = NewDictionary()
		}
		for range 2000 {
			n := rng.IntN(several)
			d := dictionaries[n]
			d.Intern(fmt.Append(nil, n, " has ", rng.IntN(100)))
			texts := p.Of(d)
			for code := len(*texts); code < d.Len(); code++ {
				*texts, made = append(*texts, d.Value(uint32(code)).Text()), made+1
			}
			for code, text := range *texts {
				if want := d.Value(uint32(code)).Text(); text != want {
					t.Fatalf("%d dictionaries: code %d of number %d is %q, want %q", several, code, n, text, want)
				}
			}
		}
		if several <= turns && made > 101*several {
			t.Errorf("%d dictionaries: %d entries were made, want each of them once", several, made)
		}
	}
}

// Dictionaries go while something is kept of their entries.
func TestPerCodeKeepsNoDictionary(t *testing.T) {
	var p PerCode[int]
	gone := make(chan bool, 1)
	func() {
		d := NewDictionary()
		runtime.AddCleanup(d, func(int) { gone <- true }, 0)
		*p.Of(d) = append(*p.Of(d), 7)
	}()
	for range 5 {
		runtime.GC()
	}
	<-gone
	if d := NewDictionary(); len(*p.Of(d)) != 0 || len(p.kept) != 1 {
		t.Errorf("a new dictionary begins with %v, in one of %d places", *p.Of(d), len(p.kept))
	}
}
