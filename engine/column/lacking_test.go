package column

import (
	"slices"
	"testing"
)

func TestLacking(t *testing.T) {
	words := NewDictionary()
	a, b := words.Intern([]byte("a")), words.Intern([]byte("b"))
	derived := DictionaryOf([]Value{Integer(0), {}, Str("x")}) // what a function makes of null need not be null, and the other way round
	list := Multi([]Value{Str("a"), Str("b")})
	for _, c := range []struct {
		name string
		v    Vector
		want []int
	}{
		{"texts", &Strings{Values: []string{"", "x", ""}, Null: []bool{true, false, false}}, []int{0}},
		{"texts in all rows", &Strings{Values: []string{"", "x"}}, nil},
		{"whole numbers", &Ints{Values: []int64{0, 1}, Null: []bool{false, true}}, []int{1}},
		{"fractions", &Floats{Values: []float64{0, 1}, Null: []bool{true, true}}, []int{0, 1}},
		{"truths", &Bools{Values: []bool{false, true}}, nil},
		{"times", &Times{Values: []Instant{0, 1, 2}, Null: []bool{false, false, true}}, []int{2}},
		{"mixed", &Mixed{Values: []Value{Str(""), {}, Integer(0)}}, []int{1}},
		{"packed", &Packed{Text: "ab", Offsets: []uint32{0, 1, 1, 2}, Step: 1, Null: []bool{false, true, false}}, []int{1}},
		{"a dictionary", &Dict{[]uint32{a, 0, b, 0}, words}, []int{1, 3}},
		{"a derived dictionary", &Dict{[]uint32{0, 1, 2}, derived}, []int{1}},
		{"lists", FromValues([]Value{list, {}, Str("c")}), []int{1}},
		{"one value", &Const{Str("x"), 2}, nil},
		{"none", Nulls(2), []int{0, 1}},
		{"no rows", Nulls(0), nil},
	} {
		mark := make([]bool, c.v.Len())
		any := Lacking(c.v, mark)
		var got []int
		for i, lacks := range mark {
			if lacks {
				got = append(got, i)
			}
		}
		if !slices.Equal(got, c.want) || any != (len(c.want) > 0) {
			t.Errorf("%s: got %v, %v, want %v", c.name, got, any, c.want)
		}
	}
}
