package aggregate

import (
	"math"
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
		s.Add(make([]uint32, rows.Rows), arguments(f, rows.Col(m[2]), rows.Col("_time"), rows.Col(column.Position)))
		if got := show(s.Result(1).Value(0)); got != f.Want {
			t.Errorf("%s = %s, want %s", f.Example, got, f.Want)
		}
	}
}

// arguments is all the arguments of a function of a field: those of one host, and of spans of a minute.
func arguments(f *Func, field, times, positions column.Vector) []column.Vector {
	args := []column.Vector{field}
	if f == sparkline {
		args = nil
	}
	if f.Series {
		args = append(args, &column.Const{V: column.Str("web1"), N: times.Len()})
	}
	if f.PerSpan {
		args = append(args, &column.Const{V: column.Integer(60), N: times.Len()})
	}
	if f.Timed {
		args = append(args, times, positions)
	}
	return args
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
	s.Add(rows, arguments(f, column.FromValues(values), times, positions))
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
		{"perc50", strs("1", "2", "3", "4"), "2.5"},
		{"perc0", strs("1", "2"), "1"},
		{"perc100", strs("1", "2"), "2"},
		{"p90", strs("15", "20", "35", "40", "50"), "46"},
		{"exactperc30", strs("15", "20", "35", "40", "50"), "20"},
		{"upperperc40", strs("15", "20", "35", "40", "50"), "29"},
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
