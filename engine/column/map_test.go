package column

import (
	"slices"
	"testing"
)

// encodings is a column in every encoding that can hold it.
func encodings(values []Value) map[string]Vector {
	out := map[string]Vector{"flat": FromValues(values), "mixed": &Mixed{Values: values}}
	var entries []Value
	codes := make([]uint32, len(values))
	for i, v := range values {
		at := slices.IndexFunc(entries, func(e Value) bool { return Equal(e, v) })
		if at < 0 {
			at, entries = len(entries), append(entries, v)
		}
		codes[i] = uint32(at)
	}
	parent := NewDictionary()
	for i := range entries[1:] {
		parent.Intern([]byte{byte('a' + i)})
	}
	derived := &Dictionary{}
	parent.Derive(derived, func(Vector) Vector { return FromValues(entries) })
	out["dict"] = &Dict{codes, derived}
	if p, ok := packed(FromValues(values)).(*Packed); ok {
		out["packed"] = p
	}
	if len(entries) == 1 {
		out["const"] = &Const{values[0], len(values)}
	}
	if slices.ContainsFunc(values, func(v Value) bool { return v.Kind() == List }) {
		delete(out, "mixed")
	}
	return out
}

var columns = map[string][]Value{
	"texts":    {Str("a"), Str(""), Str("a"), {}, Str("b")},
	"numbers":  {Integer(1), Integer(1), {}, Integer(3), Integer(4)},
	"kinds":    {Integer(1), Str("1"), Real(1.5), Boolean(true), Nanos(5)},
	"lists":    {Multi([]Value{Str("a"), Str("b")}), {}, Str("c"), Multi([]Value{Str("a"), Str("b")}), Integer(4)},
	"constant": {Str("x"), Str("x"), Str("x"), Str("x"), Str("x")},
	"pairs":    {Multi([]Value{Integer(1), Integer(2)}), Multi([]Value{Integer(1), Integer(2)}), Multi([]Value{Integer(1), Integer(2)}), Multi([]Value{Integer(1), Integer(2)}), Multi([]Value{Integer(1), Integer(2)})},
	"nothing":  {{}, {}, {}, {}, {}},
}

// joined is a kernel that shows which values it was called with, row by row.
func joined(rows int, args []Vector) Vector {
	out := make([]Value, rows)
	for i := range out {
		s := ""
		for _, a := range args {
			if v := a.Value(i); v.IsNull() {
				s += "-;"
			} else {
				s += v.String() + ";"
			}
		}
		out[i] = Str(s)
	}
	return FromValues(out)
}

func longer(rows int, args []Vector) Vector {
	out := make([]Value, rows)
	for i := range out {
		if v := args[0].Value(i); !v.IsNull() {
			out[i] = Boolean(v.String() == "b" || v.String() == "x" || v.String() == "2")
		}
	}
	return FromValues(out)
}

// rowByRow is what a lift must give: the kernel called for each row alone.
func rowByRow(l Lift, args []Vector) []Value {
	out := make([]Value, args[0].Len())
	for i := range out {
		one := make([]Vector, len(args))
		for k, a := range args {
			one[k] = FromValues([]Value{a.Value(i)})
		}
		fresh := Lift{Kernel: l.Kernel, Lists: l.Lists, Volatile: true}
		out[i] = fresh.Apply(1, one).Value(0)
	}
	return out
}

func TestLiftEqualsRowByRow(t *testing.T) {
	for _, c := range []struct {
		name   string
		kernel Kernel
		lists  Lists
		args   int
	}{{"each", joined, Each, 1}, {"each of two", joined, Each, 2}, {"any", longer, Any, 1}, {"whole", joined, Whole, 2}} {
		for first, a := range columns {
			for second, b := range columns {
				for ea, va := range encodings(a) {
					for eb, vb := range encodings(b) {
						l := Lift{Kernel: c.kernel, Lists: c.lists}
						args := []Vector{va, vb}[:c.args]
						want := rowByRow(l, args)
						for range 2 { // the second time with what was remembered
							if got := ToValues(l.Apply(5, args)); !slices.EqualFunc(got, want, Equal) {
								t.Fatalf("%s of %s %s and %s %s: %v, want %v", c.name, ea, first, eb, second, got, want)
							}
						}
					}
				}
			}
		}
	}
}

func TestLiftOfTheSameColumnTwice(t *testing.T) {
	d := encodings(columns["texts"])["dict"]
	l := Lift{Kernel: joined}
	if got, want := ToValues(l.Apply(5, []Vector{d, d})), rowByRow(l, []Vector{d, d}); !slices.EqualFunc(got, want, Equal) {
		t.Errorf("%v, want %v", got, want)
	}
	if _, ok := l.Apply(5, []Vector{d, d}).(*Dict); !ok {
		t.Error("a function of one dictionary column gives no dictionary column")
	}
	other := d.Pick([]uint32{4, 3, 2, 1, 0}) // the same dictionary, but other rows
	if got, want := ToValues(l.Apply(5, []Vector{d, other})), rowByRow(l, []Vector{d, other}); !slices.EqualFunc(got, want, Equal) {
		t.Errorf("%v, want %v", got, want)
	}
}

// TestLiftForgets holds that results of another dictionary, or of other constants, are not taken for those of this one.
func TestLiftForgets(t *testing.T) {
	l := Lift{Kernel: joined}
	for round := range 6 {
		d := NewDictionary()
		var codes []uint32
		for i := range 3 {
			codes = append(codes, d.Intern([]byte{byte('a' + (round+i)%5)}))
		}
		for k := range 3 {
			args := []Vector{&Dict{codes, d}, &Const{Integer(int64(k / 2)), 3}}
			if got, want := ToValues(l.Apply(3, args)), rowByRow(l, args); !slices.EqualFunc(got, want, Equal) {
				t.Fatalf("round %d: %v, want %v", round, got, want)
			}
			codes = append(codes[:0:0], append(codes[1:], d.Intern([]byte{byte('p' + k)}))...) // the dictionary grows
		}
	}
}

func TestVolatileIsCalledForEveryRow(t *testing.T) {
	calls := 0
	l := Lift{Volatile: true, Kernel: func(rows int, _ []Vector) Vector {
		calls += rows
		return Nulls(rows)
	}}
	l.Apply(4, []Vector{&Const{Str("a"), 4}})
	if calls != 4 {
		t.Errorf("called for %d of 4 rows", calls)
	}
}
