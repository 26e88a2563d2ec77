package column

import (
	"fmt"
	"slices"
	"testing"
)

// nested is what EachCombination must give: the kernel called for each combination of one row's values alone.
func nested(kernel Kernel, args []Vector, row int) []Value {
	combinations := [][]Value{{}}
	for _, a := range args {
		items := a.Value(row).Items()
		if len(items) == 0 {
			items = []Value{{}}
		}
		var next [][]Value
		for _, c := range combinations {
			for _, v := range items {
				next = append(next, append(slices.Clone(c), v))
			}
		}
		combinations = next
	}
	var out []Value
	for _, c := range combinations {
		one := make([]Vector, len(c))
		for i, v := range c {
			one[i] = FromValues([]Value{v})
		}
		out = append(out, kernel(1, one).Value(0))
	}
	return out
}

// sameItems is a predicate of two values, null where one is missing.
func sameItems(rows int, args []Vector) Vector {
	out := make([]Value, rows)
	for i := range out {
		if a, b := args[0].Value(i), args[1].Value(i); !a.IsNull() && !b.IsNull() {
			out[i] = Boolean(a.String() == b.String())
		}
	}
	return FromValues(out)
}

func TestCombinations(t *testing.T) {
	for first, a := range columns {
		for second, b := range columns {
			for ea, va := range encodings(a) {
				for eb, vb := range encodings(b) {
					args := []Vector{va, vb}
					each, some := Lift{Kernel: joined, Lists: EachCombination}, Lift{Kernel: sameItems, Lists: AnyCombination}
					for range 2 { // the second time with what was remembered
						texts, truths := each.Apply(5, args), some.Apply(5, args)
						for r := range 5 {
							if want := Multi(nested(joined, args, r)); !Equal(texts.Value(r), want) {
								t.Fatalf("%s %s and %s %s: %v, want %v", ea, first, eb, second, texts.Value(r), want)
							}
							if want := anyTrue(nested(sameItems, args, r)); !Equal(truths.Value(r), want) {
								t.Fatalf("%s %s and %s %s: %v, want %v", ea, first, eb, second, truths.Value(r), want)
							}
						}
					}
				}
			}
		}
	}
}

// TestManyCombinations holds that what a row costs is bounded, and that a predicate stops where it is true.
func TestManyCombinations(t *testing.T) {
	var items []Value
	for i := range 3000 {
		items = append(items, Integer(int64(i)))
	}
	list := FromValues([]Value{Multi(items), Integer(7), Multi(items)})
	calls := 0
	sum := func(limit int64) Kernel {
		return func(rows int, args []Vector) Vector {
			calls += rows
			out := &Bools{Values: make([]bool, rows)}
			for i := range rows {
				out.Values[i] = args[0].Value(i).Int()+args[1].Value(i).Int() == limit
			}
			return out
		}
	}
	for _, c := range []struct {
		limit int64
		want  string
		most  int
	}{
		{14, "True True True", 3 * portion}, {-1, "False False False", 2*mostCombinations + 1}, {3000, "True False True", 4 * portion}, {5998, "False False False", 2*mostCombinations + 1},
	} {
		calls = 0
		l := Lift{Kernel: sum(c.limit), Lists: AnyCombination}
		got := l.Apply(3, []Vector{list, list})
		if s := fmt.Sprint(got.Value(0), " ", got.Value(1), " ", got.Value(2)); s != c.want || calls > c.most {
			t.Errorf("%d: %s after %d calls, want %s after %d at most", c.limit, s, calls, c.want, c.most)
		}
	}
}

func BenchmarkLists(b *testing.B) {
	const rows = 1024
	values := make([]Value, rows)
	for i := range values {
		values[i] = Multi([]Value{Str("ls"), Str("-l"), Str("/tmp")})
	}
	args := []Vector{FromValues(values), &Const{Str("-x"), rows}}
	kernel := func(rows int, args []Vector) Vector {
		xs, y := args[0].(*Strings), args[1].(*Const).V.Text()
		out := &Bools{Values: make([]bool, rows)}
		for i, x := range xs.Values {
			out.Values[i] = x == y
		}
		return out
	}
	for name, lists := range map[string]Lists{"any": Any, "any combination": AnyCombination} {
		b.Run(name, func(b *testing.B) {
			l := Lift{Kernel: kernel, Lists: lists}
			b.ReportAllocs()
			for b.Loop() {
				l.Apply(rows, args)
			}
		})
	}
}
