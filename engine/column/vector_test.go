package column

import (
	"fmt"
	"slices"
	"testing"
)

func TestIsNull(t *testing.T) {
	for name, values := range columns {
		for encoding, v := range encodings(values) {
			for i, want := range values {
				if got := v.IsNull(i); got != want.IsNull() {
					t.Errorf("%s %s: row %d, %s, is null: %t", encoding, name, i, want, got)
				}
			}
		}
	}
}

func TestPickAndSlice(t *testing.T) {
	for name, values := range columns {
		for encoding, v := range encodings(values) {
			rows := []uint32{4, 0, 0, 2}
			for i, r := range rows {
				if got := v.Pick(rows).Value(i); !Equal(got, values[r]) {
					t.Errorf("%s %s: row %d of a pick is %s, want %s", encoding, name, i, got, values[r])
				}
			}
			if got := v.Slice(1, 4); got.Len() != 3 || !slices.EqualFunc(ToValues(got), values[1:4], Equal) {
				t.Errorf("%s %s: a slice is %v, want %v", encoding, name, ToValues(got), values[1:4])
			}
			if got := v.Pick(nil); got.Len() != 0 {
				t.Errorf("%s %s: no rows are %d", encoding, name, got.Len())
			}
			if got := v.Slice(1, 4).Pick([]uint32{2}).Value(0); !Equal(got, values[3]) {
				t.Errorf("%s %s: a pick of a slice is %s, want %s", encoding, name, got, values[3])
			}
		}
	}
}

func TestConcat(t *testing.T) {
	for a, x := range columns {
		for b, y := range columns {
			for ea, vx := range encodings(x) {
				for eb, vy := range encodings(y) {
					got := ToValues(Concat([]Vector{vx, vy, vx}))
					if want := slices.Concat(x, y, x); !slices.EqualFunc(got, want, Equal) {
						t.Fatalf("%s %s and %s %s: %v, want %v", ea, a, eb, b, got, want)
					}
				}
			}
		}
	}
	d := encodings(columns["texts"])["dict"].(*Dict)
	if out, ok := Concat([]Vector{d, d.Slice(0, 2)}).(*Dict); !ok || out.Dictionary != d.Dictionary || len(d.Codes) != 5 {
		t.Error("columns of one dictionary do not stay so")
	}
}

func TestFromValues(t *testing.T) {
	for want, values := range map[string][]Value{
		"*column.Flat[string]": {Str("a"), {}}, "*column.Flat[int64]": {Integer(1)}, "*column.Flat[float64]": {Real(1), {}, Real(2)},
		"*column.Flat[bool]": {Boolean(true), Boolean(false)}, "*column.Flat[spoor/engine/column.Instant]": {Nanos(1)},
		"*column.Flat[spoor/engine/column.Value]": {Integer(1), Real(1)}, "*column.Const": {{}, {}},
		"*column.Multis": {Integer(1), Real(1), Multi([]Value{Str("a"), Str("b")})},
	} {
		v := FromValues(values)
		if got := fmt.Sprintf("%T", v); got != want || !slices.EqualFunc(ToValues(v), values, Equal) {
			t.Errorf("%v is %s %v, want %s", values, got, ToValues(v), want)
		}
	}
}

func TestMulti(t *testing.T) {
	a, b := Str("a"), Str("b")
	for _, c := range []struct {
		items []Value
		want  Value
		n     int
	}{
		{nil, Value{}, 0}, {[]Value{{}, {}}, Value{}, 0}, {[]Value{a}, a, 1}, {[]Value{{}, a}, a, 1},
		{[]Value{a, Multi([]Value{b, a}), {}}, Multi([]Value{a, b, a}), 3},
	} {
		if got := Multi(c.items); !Equal(got, c.want) || len(got.Items()) != c.n {
			t.Errorf("%v make %v", c.items, got)
		}
	}
}

func TestTruths(t *testing.T) {
	values := []Value{Boolean(true), Boolean(false), {}, Str("True"), Boolean(true)}
	for encoding, v := range encodings(values) {
		if got := Truths(v); !slices.Equal(got, []Truth{True, False, Unknown, Unknown, True}) {
			t.Errorf("%s: %v", encoding, got)
		}
	}
	if got := Truths(&Const{Boolean(true), 2}); !slices.Equal(got, []Truth{True, True}) {
		t.Error("a constant:", got)
	}
	d := NewDictionary()
	if got := Truths(&Dict{[]uint32{d.Intern([]byte("True"))}, d}); !slices.Equal(got, []Truth{Unknown}) {
		t.Error("text:", got)
	}
	if got := Truths(FromTruths([]Truth{True, Unknown, False})); !slices.Equal(got, []Truth{True, Unknown, False}) {
		t.Error("and back:", got)
	}
}

func TestSchemas(t *testing.T) {
	if NewSchema("a", "b") != NewSchema("a", "b", "a") {
		t.Error("equal schemas are not the same")
	}
	for _, other := range [][]string{{"b", "a"}, {"ab"}, {"a\x01b"}, {"a1:b"}, {"a"}, {"", "a", "b"}} {
		if s := NewSchema(other...); s == NewSchema("a", "b") || len(s.Names) != len(other) {
			t.Errorf("%q is %q", other, s.Names)
		}
	}
	for i := range 10000 { // more than are kept
		name := fmt.Sprint("c", i)
		if s := NewSchema(name); s.Slot(name) != 0 || s.Slot("a") != -1 {
			t.Fatal(s.Names)
		}
	}
}

func TestKeep(t *testing.T) {
	d := NewDictionary()
	text := []byte("systemctl")
	codes := []uint32{d.Intern(text), 0, d.Intern([]byte("x")), d.Intern(text), d.Intern(text)}
	for name, values := range columns {
		for encoding, v := range encodings(values) {
			b := NewBatch(NewSchema("v", "d"), []Vector{v, &Dict{codes, d}}, 5)
			kept := b.Keep()
			for i := range 5 {
				if got := kept.Row(i); !Equal(got[0], values[i]) || !Equal(got[1], d.Value(codes[i])) {
					t.Errorf("%s %s: row %d is %v", encoding, name, i, got)
				}
			}
			if x, ok := kept.Cols[0].(*Dict); ok && x.Dictionary.Lists() != slices.ContainsFunc(values, func(v Value) bool { return v.Kind() == List }) {
				t.Errorf("%s %s: lists are forgotten", encoding, name)
			}
		}
	}
	many := make([]uint32, 100)
	list := &Dictionary{}
	d.Derive(list, func(v Vector) Vector {
		out := make([]Value, v.Len())
		for i := range out {
			out[i] = Multi([]Value{Str("a"), Str("b")})
		}
		return FromValues(out)
	})
	kept := NewBatch(NewSchema("v"), []Vector{&Dict{many, list}}, 100).Keep().Cols[0].(*Dict)
	if !kept.Dictionary.Lists() || kept.Dictionary == list || kept.Dictionary.Len() != 1 {
		t.Error("a dictionary of lists is kept as one of", kept.Dictionary.Len(), "with lists:", kept.Dictionary.Lists())
	}
}

// TestKeepIsIndependent holds that kept rows do not change when the memory that they were read from is used again.
func TestKeepIsIndependent(t *testing.T) {
	codes := []uint32{0, 0, 0}
	ints := &Ints{Values: []int64{1, 2, 3}}
	mixed := &Mixed{Values: []Value{Str("a"), Integer(1), {}}}
	d := NewDictionary()
	codes[1] = d.Intern([]byte("x"))
	kept := NewBatch(NewSchema("i", "m", "d"), []Vector{ints, mixed, &Dict{codes, d}}, 3).Keep()
	want := fmt.Sprint(kept.Row(0), kept.Row(1), kept.Row(2))
	ints.Values[0], mixed.Values[0], codes[1] = 9, Str("z"), 0
	for i := range 1000 {
		d.Intern(fmt.Append(nil, i))
	}
	if got := fmt.Sprint(kept.Row(0), kept.Row(1), kept.Row(2)); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
