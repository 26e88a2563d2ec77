package column

import (
	"reflect"
	"testing"
)

// TestFew spares a dictionary's entries until the rows that were computed one by one are as many.
func TestFew(t *testing.T) {
	d := NewDictionary()
	for _, text := range []string{"a", "b", "c", "d", "e", "f", "g"} { // eight entries, with the null
		d.Intern([]byte(text))
	}
	three, derived := &Dict{Codes: []uint32{1, 2, 3}, Dictionary: d}, &Dictionary{}
	for i, want := range []bool{true, true, false, true, true, false} {
		if got := three.Few(derived); got != want {
			t.Errorf("call %d: %t", i, got)
		}
	}
	d.Derive(derived, func(v Vector) Vector { return v })
	if three.Few(derived) {
		t.Error("all entries are derived")
	}
	d.Intern([]byte("h"))
	if three.Few(derived) {
		t.Error("there are more rows than new entries")
	}
}

// TestFewRowsHaveTheSameValues applies a function to a few rows and to many, of a dictionary that grows.
func TestFewRowsHaveTheSameValues(t *testing.T) {
	d := NewDictionary()
	l := &Lift{Kernel: func(rows int, args []Vector) Vector {
		out := make([]Value, rows)
		for i := range out {
			if v := args[0].Value(i); !v.IsNull() {
				out[i] = Str(v.String() + "!")
			}
		}
		return FromValues(out)
	}}
	seen := map[bool]bool{} // whether the result was a dictionary
	for n := range 40 {
		for i := range 5 {
			d.Intern([]byte{byte('a' + n%20), byte('a' + i)})
		}
		codes := []uint32{0, uint32(d.Len() - 1), 1}
		if n%4 == 3 {
			codes = append(codes, codes...)
		}
		got := l.Apply(len(codes), []Vector{&Dict{Codes: codes, Dictionary: d}})
		_, whole := got.(*Dict)
		seen[whole] = true
		for i, code := range codes {
			want := ""
			if v := d.Value(code); !v.IsNull() {
				want = v.String() + "!"
			}
			if v := got.Value(i); v.IsNull() != (code == 0) || !v.IsNull() && v.String() != want {
				t.Fatalf("row %d of batch %d is %v, want %q", i, n, v, want)
			}
		}
	}
	if !seen[true] || !seen[false] {
		t.Errorf("dictionaries: %v", seen)
	}
}

// TestFlatten takes columns out of their dictionaries: what comes of it is what FromValues makes of their values.
func TestFlatten(t *testing.T) {
	interned := NewDictionary()
	for _, text := range []string{"a", "", "a text that is longer than an entry", "b"} {
		interned.Intern([]byte(text))
	}
	truths := &Dictionary{}
	truths.add(&Bools{Values: []bool{false, true, false, true, true}, Null: []bool{true, false, false, false, false}})
	for _, d := range []*Dictionary{interned, truths, DictionaryOf([]Value{{}, Str("a"), Str(""), Integer(7), Multi([]Value{Str("x"), Str("y")})})} {
		for _, codes := range [][]uint32{{}, {1, 2, 1}, {0, 1}, {1, 0, 0, 2}, {0, 0}, {3, 1}, {0, 3}, {4, 1}, {1, 4, 0}} {
			v := &Dict{codes, d}
			if got, want := Flatten(v), FromValues(ToValues(v)); !reflect.DeepEqual(got, want) {
				t.Errorf("%v: %#v, want %#v", codes, got, want)
			}
		}
	}
}

func BenchmarkFlatten(b *testing.B) {
	d, codes := NewDictionary(), make([]uint32, 4096)
	for i := range codes {
		codes[i] = d.Intern([]byte("/usr/bin/program" + string(rune('a'+i%20))))
	}
	for b.Loop() {
		Flatten(&Dict{codes, d})
	}
}
