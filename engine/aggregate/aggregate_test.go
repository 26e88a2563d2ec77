package aggregate

import (
	"math"
	"math/rand/v2"
	"regexp"
	"slices"
	"testing"

	"spoor/engine/column"
)

var call = regexp.MustCompile(`^(\w+)\((\w+)\)$`)

func show(v column.Value) string {
	if v.IsNull() {
		return "null"
	}
	return v.String()
}

func TestExamples(t *testing.T) {
	rows := ExampleRows()
	for _, f := range All() {
		if f.Doc == "" || f.Syntax == "" || f.Example == "" || f.Want == "" {
			t.Errorf("%s lacks syntax, doc, example or want", f.Name)
			continue
		}
		m := call.FindStringSubmatch(f.Example)
		if m == nil {
			t.Errorf("cannot read %s", f.Example)
			continue
		}
		g, param, ok := Lookup(m[1])
		if !ok || g != f {
			t.Errorf("%s: its example calls %q", f.Name, m[1])
			continue
		}
		s := f.New(param)
		s.Add(make([]uint32, rows.Rows), []column.Vector{rows.Col(m[2]), rows.Col("_time"), rows.Col(column.Position)})
		if got := show(s.Result(1).Value(0)); got != f.Want {
			t.Errorf("%s = %s, want %s", f.Example, got, f.Want)
		}
	}
}

func TestLookup(t *testing.T) {
	cases := []struct {
		name, want string
		param      float64
	}{
		{"COUNT", "count", 0}, {"c", "count", 0}, {"distinct_count", "dc", 0}, {"mean", "avg", 0}, {"perc95", "perc", 95}, {"p99.9", "perc", 99.9}, {"exactperc5", "exactperc", 5},
		{"upperperc0", "upperperc", 0}, {"Values", "values", 0}, {"perc", "", 0}, {"perc101", "", 0}, {"p9.9.9", "", 0}, {"count5", "", 0}, {"", "", 0}, {"95", "", 0}, {"nosuch", "", 0},
	}
	for _, c := range cases {
		f, param, ok := Lookup(c.name)
		if ok != (c.want != "") || ok && (f.Name != c.want || param != c.param) {
			t.Errorf("%q: %v, %v, %v", c.name, f, param, ok)
		}
	}
	if !slices.Contains(Names(), "distinct_count") || !slices.IsSorted(Names()) {
		t.Error("Names")
	}
}

// over is the result of an aggregate over one group of values.
func over(name string, values ...column.Value) column.Value {
	f, param, _ := Lookup(name)
	s := f.New(param)
	rows := make([]uint32, len(values))
	times := &column.Times{Values: make([]column.Instant, len(values))}
	positions := &column.Ints{Values: make([]int64, len(values))}
	for i := range values {
		times.Values[i], positions.Values[i] = column.Instant(int64(i/2)*5e8), int64(i)
	}
	s.Add(rows, []column.Vector{column.FromValues(values), times, positions})
	return s.Result(1).Value(0)
}

func strs(texts ...string) []column.Value {
	var out []column.Value
	for _, s := range texts {
		out = append(out, column.Str(s))
	}
	return out
}

func reals(numbers ...float64) []column.Value {
	var out []column.Value
	for _, x := range numbers {
		out = append(out, column.Real(x))
	}
	return out
}

func TestSemantics(t *testing.T) {
	null := column.Value{}
	multi := column.Multi(strs("b", "a", "b"))
	moments := []column.Value{column.Nanos(1_700_000_000_250_000_000), column.Nanos(1_700_000_000_100_000_000)}
	cases := []struct {
		name   string
		values []column.Value
		want   string
	}{
		{"count", []column.Value{null, column.Str(""), multi}, "4"},
		{"count", []column.Value{null}, "0"},
		{"dc", []column.Value{null, column.Str("a"), multi, column.Str("A")}, "3"},
		{"dc", []column.Value{column.Integer(5), column.Str("5"), column.Str("5.0")}, "2"},
		{"dc", []column.Value{null}, "0"},
		{"values", strs("b", "a", "10", "9", "B", "a"), "10 9 B a b"},
		{"values", []column.Value{null, null}, "null"},
		{"values", []column.Value{multi, null}, "a b"},
		{"list", []column.Value{column.Str("b"), null, multi}, "b b a b"},
		{"first", []column.Value{null, column.Str("x"), column.Str("y")}, "x"},
		{"last", []column.Value{column.Str("x"), column.Str("y"), null}, "y"},
		{"earliest", []column.Value{null, column.Str("x"), column.Str("y"), column.Str("z")}, "x"},
		{"latest", []column.Value{null, column.Str("x"), column.Str("y"), column.Str("z")}, "z"},
		{"earliest_time", []column.Value{null, null, column.Str("y")}, "0.5"},
		{"latest_time", []column.Value{null, null, null}, "null"},
		{"rate", strs("1", "x", "4"), "6"},
		{"rate", strs("1", "5"), "null"},
		{"min", strs("10", "9", "abc"), "9"},
		{"max", strs("10", "9", "abc"), "abc"},
		{"max", strs("10", "9"), "10"},
		{"min", strs("b", "B", "1.2.3.4"), "1.2.3.4"},
		{"min", []column.Value{null}, "null"},
		{"max", []column.Value{multi}, "b"},
		{"max", strs("9007199254740993", "9007199254740992"), "9007199254740993"},
		{"min", reals(math.NaN(), 2), "2"},
		{"min", moments, "1700000000.1"},
		{"max", moments, "1700000000.25"},
		{"range", moments, "0.15"},
		{"range", strs("3", "x", "-1"), "4"},
		{"range", strs("x"), "null"},
		{"sum", strs("1", "x", "2"), "3"},
		{"sum", strs("x"), "null"},
		{"sum", reals(0.1, 0.2, 0.3), "0.6"},
		{"sum", reals(1e16, 1, -1e16), "1"},
		{"sum", reals(1e308, 1e308, -1e308, 0.5), "1e+308"},
		{"sum", []column.Value{column.Integer(math.MaxInt64), column.Integer(math.MaxInt64), column.Integer(-math.MaxInt64)}, "9223372036854775807"},
		{"sum", []column.Value{column.Integer(math.MaxInt64), column.Integer(1)}, "9.223372036854776e+18"},
		{"sum", reals(math.Inf(1), math.Inf(-1)), "nan"},
		{"sum", reals(math.Inf(1), 1), "inf"},
		{"sumsq", strs("3", "4"), "25"},
		{"avg", strs("1", "2", "x"), "1.5"},
		{"stdev", strs("5"), "0"},
		{"stdevp", strs("2", "4", "4", "4", "5", "5", "7", "9"), "2"},
		{"var", reals(1e9+4, 1e9+7, 1e9+13, 1e9+16), "30"},
		{"varp", reals(1e15+0.25, 1e15+0.75), "0.0625"},
		{"var", reals(0.1, 0.1, 0.1), "0"},
		{"var", nil, "null"},
		{"median", strs("1", "2", "3", "4"), "3"},
		{"median", strs("3", "1", "2"), "2"},
		{"perc50", strs("1", "2", "3", "4"), "2"},
		{"perc0", strs("1", "2"), "1"},
		{"perc100", strs("1", "2"), "2"},
		{"p90", strs("15", "20", "35", "40", "50"), "50"},
		{"exactperc30", strs("15", "20", "35", "40", "50"), "20"},
		{"upperperc40", strs("15", "20", "35", "40", "50"), "20"},
		{"median", strs("x"), "null"},
		{"mode", strs("b", "a", "b", "a"), "a"},
		{"mode", strs("10", "9", "x"), "9"},
		{"mode", strs("x", "y", "y", "y", "x", "x", "x"), "x"},
		{"mode", []column.Value{null}, "null"},
	}
	for _, c := range cases {
		got := show(over(c.name, c.values...))
		if got != c.want {
			t.Errorf("%s(%v) = %s, want %s", c.name, c.values, got, c.want)
		}
	}
}

func TestListLimit(t *testing.T) {
	values := make([]column.Value, 150)
	for i := range values {
		values[i] = column.Integer(int64(i))
	}
	if got := over("list", values...); len(got.Items()) != 100 || got.Items()[99].Int() != 99 {
		t.Errorf("list keeps %d values", len(got.Items()))
	}
}

func TestKinds(t *testing.T) {
	if k := over("sum", column.Integer(1), column.Str("2")).Kind(); k != column.Int {
		t.Errorf("a sum of integers is %v", k)
	}
	if k := over("avg", column.Integer(1)).Kind(); k != column.Float {
		t.Errorf("a mean is %v", k)
	}
	if k := over("max", column.Nanos(5e9)).Kind(); k != column.Float {
		t.Errorf("the greatest time is %v", k)
	}
	if k := over("max", column.Str("5")).Kind(); k != column.Int {
		t.Errorf("the greatest number is %v", k)
	}
}

// randomValue is a value of one of many kinds, few enough to repeat.
func randomValue(r *rand.Rand) column.Value {
	switch r.IntN(12) {
	case 0:
		return column.Value{}
	case 1, 2:
		return column.Str([]string{"a", "b", "B", "10.0.0.1", "", "curl"}[r.IntN(6)])
	case 3:
		return column.Str([]string{"1", "2", "2.0", "-7", "1e3", "9223372036854775807", "0.1"}[r.IntN(7)])
	case 4:
		return column.Integer(r.Int64N(10) - 5)
	case 5:
		return column.Integer(int64(r.Uint64()))
	case 6:
		return column.Real(math.Ldexp(r.Float64()-0.5, r.IntN(200)-100))
	case 7:
		return column.Real([]float64{0.1, 0.3, 1e300, -1e300, math.MaxFloat64, 5e-324, math.Copysign(0, -1)}[r.IntN(7)])
	case 8:
		return column.Boolean(r.IntN(2) == 0)
	case 9, 10:
		return column.Nanos(1_700_000_000_000_000_000 + r.Int64N(5)*250_000_000)
	}
	return column.Multi([]column.Value{randomValue(r), randomValue(r)})
}

// vector encodes values one way or another.
func vector(r *rand.Rand, d *column.Dictionary, values []column.Value) column.Vector {
	codes := make([]uint32, len(values))
	for i, v := range values {
		switch v.Kind() {
		case column.String:
			codes[i] = d.Intern([]byte(v.Text()))
		case column.Null:
		default:
			return column.FromValues(values)
		}
	}
	if r.IntN(2) == 0 {
		return column.FromValues(values)
	}
	return &column.Dict{Codes: codes, Dictionary: d}
}

// TestMerge splits rows at random among workers and batches, merges in random order, and wants the very result of a single pass.
func TestMerge(t *testing.T) {
	const groups, rows = 5, 120
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 1))
		values, times, positions, group := make([]column.Value, rows), make([]column.Value, rows), make([]column.Value, rows), make([]uint32, rows)
		for i := range values {
			values[i] = randomValue(r)
			times[i] = column.Nanos(r.Int64N(4) * 1e9)
			positions[i] = column.Integer(r.Int64N(3))
			group[i] = uint32(r.IntN(groups))
		}
		all := make([]int, rows)
		for i := range all {
			all[i] = i
		}
		for _, f := range All() {
			if f.Ordered {
				continue
			}
			args := func(at []int) []column.Vector {
				return []column.Vector{
					vector(r, column.NewDictionary(), pick(values, at)), column.FromValues(pick(times, at)), column.FromValues(pick(positions, at)),
				}
			}
			single := f.New(60)
			single.Add(group, args(all))
			want := single.Result(groups)
			got := split(r, f, group, args, groups)
			for g := range groups {
				if a, b := want.Value(g), got.Value(g); !column.Equal(a, b) {
					t.Errorf("seed %d, %s, group %d: %v %s in one pass, %v %s merged", seed, f.Name, g, a.Kind(), show(a), b.Kind(), show(b))
				}
			}
		}
	}
}

func pick(values []column.Value, at []int) []column.Value {
	out := make([]column.Value, len(at))
	for i, j := range at {
		out[i] = values[j]
	}
	return out
}

// split feeds the rows to three workers in shuffled batches and merges these into an empty state; each worker numbers the groups in its own way.
func split(r *rand.Rand, f *Func, group []uint32, args func([]int) []column.Vector, groups int) column.Vector {
	workers, names := make([]State, 3), make([][]uint32, 3)
	for w := range workers {
		workers[w] = f.New(60)
	}
	order := r.Perm(len(group))
	for len(order) > 0 {
		n := 1 + r.IntN(min(len(order), 20))
		w := r.IntN(len(workers))
		local := make([]uint32, n)
		for i, row := range order[:n] {
			g := slices.Index(names[w], group[row])
			if g < 0 {
				g = len(names[w])
				names[w] = append(names[w], group[row])
			}
			local[i] = uint32(g)
		}
		workers[w].Add(local, args(order[:n]))
		order = order[n:]
	}
	total := f.New(60)
	for _, w := range r.Perm(len(workers)) {
		total.Merge(workers[w], names[w])
	}
	total.Result(groups) // changes nothing
	if total.Size() <= 0 {
		panic(f.Name + " says that it holds nothing")
	}
	return total.Result(groups)
}
