package column

import (
	"fmt"
	"testing"
)

// TestDeriveTruths derives truth values, and in the end a text.
func TestDeriveTruths(t *testing.T) {
	d, out := NewDictionary(), &Dictionary{}
	results := []Value{{}, {}, Boolean(true), Boolean(false), {}, Boolean(true), Str("text"), Boolean(false)}
	for n := 1; n <= len(results); n++ {
		if n > 1 {
			d.Intern(fmt.Append(nil, n))
		}
		if n%2 == 0 && n < 5 {
			continue // two at once
		}
		d.Derive(out, func(v Vector) Vector { return FromValues(results[n-v.Len() : n]) })
		codes := make([]uint32, n)
		for i := range codes {
			codes[i] = uint32(i)
		}
		v := &Dict{codes, out}
		truths, lacking := Truths(v), make([]bool, n)
		if Lacking(v, lacking); out.Len() != n {
			t.Fatalf("%d results, want %d", out.Len(), n)
		}
		kept := v.keep()
		for i, want := range results[:n] {
			if got := v.Value(i); got != want || kept.Value(i) != want || v.IsNull(i) != want.IsNull() || lacking[i] != want.IsNull() || truths[i] != truthOf(want) {
				t.Errorf("entry %d of %d is %v, truth %d, null %t", i, n, got, truths[i], v.IsNull(i))
			}
		}
		again := &Dictionary{}
		out.Derive(again, func(v Vector) Vector { return v })
		for i, want := range results[:n] {
			if got := again.Value(uint32(i)); got != want {
				t.Errorf("of entry %d of %d is made %v", i, n, got)
			}
		}
	}
}

// TestResultsStandBesideTheirDictionary holds that each keeps its own, and that other constants begin anew.
func TestResultsStandBesideTheirDictionary(t *testing.T) {
	d, other, ann, bob := NewDictionary(), NewDictionary(), new(int), new(int)
	of := d.Beside(ann)
	if d.Beside(ann) != of || d.Beside(bob) == of || other.Beside(ann) == of {
		t.Error("results are mixed up")
	}
	l := &Lift{Kernel: func(rows int, args []Vector) Vector {
		out := make([]Value, rows)
		for i := range out {
			if v := args[0].Value(i); !v.IsNull() {
				out[i] = Str(v.String() + args[1].Value(i).String())
			}
		}
		return FromValues(out)
	}}
	codes := []uint32{0, d.Intern([]byte("a")), d.Intern([]byte("b"))}
	for _, end := range []string{"!", "?", "!"} {
		got := l.Apply(3, []Vector{&Dict{codes, d}, &Const{Str(end), 3}})
		if got.Value(1).String() != "a"+end || got.Value(2).String() != "b"+end || !got.IsNull(0) {
			t.Errorf("with %s: %v", end, ToValues(got))
		}
	}
}
