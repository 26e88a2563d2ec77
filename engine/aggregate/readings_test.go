package aggregate

import (
	"slices"
	"testing"

	"spoor/engine/column"
)

func TestWholes(t *testing.T) {
	for _, c := range []struct {
		texts []string
		null  []bool
		want  []int64 // nil: they are left as texts
	}{
		{texts: []string{"1", "-20", "0"}, want: []int64{1, -20, 0}},
		{texts: []string{"5", "", "7"}, null: []bool{false, true, false}, want: []int64{5, 0, 7}},
		{texts: []string{"9007199254740992"}, want: []int64{1 << 53}},
		{texts: []string{"9007199254740993"}},
		{texts: []string{"1", "007"}},
		{texts: []string{"1", "2.0"}},
		{texts: []string{"1", "+2"}},
		{texts: []string{"1", ""}},
		{texts: []string{"1", "x"}},
	} {
		texts := &column.Strings{Values: c.texts, Null: c.null}
		got := Wholes(texts)
		if got == nil {
			if c.want != nil {
				t.Errorf("%q gave none", c.texts)
			}
			continue
		}
		if !slices.Equal(got.Values, c.want) || !slices.Equal(got.Null, c.null) {
			t.Errorf("%q gave %v %v", c.texts, got.Values, got.Null)
		}
	}
}

// The functions that say so have the same result for both, in groups of their own and together.
func TestWholeFunctions(t *testing.T) {
	texts := &column.Strings{Values: []string{"12", "-3", "", "12", "9007199254740992", "0"}, Null: []bool{false, false, true, false, false, false}}
	ints := Wholes(texts)
	if ints == nil {
		t.Fatal("no integers")
	}
	groups := []uint32{0, 1, 1, 0, 2, 1}
	for _, f := range []*Func{sum, sumOfSquares, mean, minimum, maximum, sampleDeviation, populationDeviation, sampleVariance, populationVariance} {
		if !f.Whole {
			t.Errorf("%s does not say so", f.Name)
		}
		read, spelt := f.New(0), f.New(0)
		read.Add(groups, []column.Vector{ints})
		spelt.Add(groups, []column.Vector{texts})
		for g := range 3 {
			if x, y := read.Result(3).Value(g), spelt.Result(3).Value(g); x.Kind() != y.Kind() || x.String() != y.String() {
				t.Errorf("%s of group %d is %v of integers, %v of texts", f.Name, g, x, y)
			}
		}
	}
}
