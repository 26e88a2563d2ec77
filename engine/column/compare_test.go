package column

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// someValues is values of every kind, among them texts that read as numbers or addresses and numbers that floats cannot tell apart.
func someValues() []Value {
	out := []Value{{}, Boolean(true), Boolean(false), Nanos(0), Nanos(5e9), Nanos(1.5e9), Nanos(-1)}
	for _, s := range []string{"", " ", "-", "a", "A", "ab", "b", "é", "\xff", "1", "01", "1.0", "1e0", "+1", "-1", "-0", "0", "10", "9", "9007199254740993", "9007199254740992",
		"1e999", "-1e999", "0x10", "nan", "inf", "10.0.0.1", "10.0.0.10", "9.0.0.1", "::1", "::ffff:9.0.0.1", "fe80::1", "1.2", "1.2.3", "5 ", "True", "\x00"} {
		out = append(out, Str(s))
	}
	for _, i := range []int64{0, 1, -1, 10, 1 << 53, 1<<53 + 1, math.MaxInt64, math.MinInt64} {
		out = append(out, Integer(i))
	}
	for _, f := range []float64{0, math.Copysign(0, -1), 1, 1.5, -1.5, 1e300, math.Inf(1), math.Inf(-1), math.NaN()} {
		out = append(out, Real(f))
	}
	n := len(out)
	for i := 0; i < n; i += 4 {
		out = append(out, Multi([]Value{out[i], out[(i*7)%n], Str("z")}))
	}
	return out
}

func TestComparesAreOrders(t *testing.T) {
	values := someValues()
	for name, compare := range map[string]func(a, b Value) int{"auto": Compare, "numbers": CompareNumbers, "text": CompareText} {
		for _, a := range values {
			if compare(a, a) != 0 {
				t.Errorf("%s: %v is not equal to itself", name, a)
			}
			for _, b := range values {
				ab := compare(a, b)
				if ab != -compare(b, a) {
					t.Fatalf("%s: %v and %v are %d, and %d the other way round", name, a, b, ab, compare(b, a))
				}
				for _, c := range values {
					if bc := compare(b, c); ab <= 0 && bc <= 0 && (compare(a, c) > 0 || compare(a, c) == 0 && ab+bc < 0) {
						t.Fatalf("%s: %v, %v, %v are %d and %d, but %d", name, a, b, c, ab, bc, compare(a, c))
					}
				}
			}
		}
	}
}

func TestSortedIsOneOrder(t *testing.T) {
	values := someValues()
	want := slices.SortedStableFunc(slices.Values(values), Compare)
	r := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		r.Shuffle(len(values), func(i, j int) { values[i], values[j] = values[j], values[i] })
		for i, v := range slices.SortedStableFunc(slices.Values(values), Compare) {
			if Compare(v, want[i]) != 0 {
				t.Fatalf("at %d is %v, want %v", i, v, want[i])
			}
		}
	}
}

func TestCompare(t *testing.T) {
	ordered := []Value{Str("-1e999"), Str("-1"), Str("0"), Nanos(5e8), Str("9"), Str("10"), Integer(11), Str("9.0.0.1"), Str("10.0.0.1"), Str("::1"), Str("A"), Str("a"), Str("ab"),
		Multi([]Value{Str("2"), Str("b")}), Multi([]Value{Str("10"), Str("a")}), {}}
	for i, a := range ordered {
		for j, b := range ordered {
			if got := Compare(a, b); got < 0 != (i < j) || got > 0 != (i > j) {
				t.Errorf("%v and %v are %d", a, b, got)
			}
		}
	}
}

func TestEqual(t *testing.T) {
	values := someValues()
	for i, a := range values {
		for j, b := range values {
			if Equal(a, b) != (i == j) && Format(a, nil) != Format(b, nil) {
				t.Errorf("%v and %v: %t", a, b, Equal(a, b))
			}
		}
		if !Equal(a, a.Clone()) {
			t.Errorf("%v is not its clone", a)
		}
	}
}
