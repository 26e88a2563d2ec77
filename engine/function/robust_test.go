package function

import (
	"math"
	"math/rand/v2"
	"testing"

	"spoor/engine/column"
	"spoor/grammar/source"
)

func anyValue(r *rand.Rand) column.Value {
	texts := []string{"", "a", "abc", "10", "-3", "2.5", "1e308", "%F %T", "(?i)a|(b)", "[", "-1d@d", "10.0.0.0/8", "a*", "*", "&lt;", "\xff\xfe", "é\u212a", "hex", "duration", ",", "99999999999999999999",
		`{"a":[1,{"b":null}],"c":"d"}`, `[1,"x",true]`, "a{}.b", "{0}", "a{", "%d|%-5s", "%*.2f", "<a><b c='1'>x</b></a>", "a.b{@c}", "255.255.0.0", "true", "search a | b", "%Ez %::z"}
	switch r.IntN(8) {
	case 0:
		return column.Value{}
	case 1:
		return column.Integer([]int64{0, 1, -1, 5, 36, math.MaxInt64, math.MinInt64}[r.IntN(7)])
	case 2:
		return column.Real([]float64{0, 0.5, -1.5, 1e300, -1e300, math.Inf(1), math.Inf(-1), math.NaN(), 1e12, 1 << 53}[r.IntN(10)])
	case 3:
		return column.Boolean(r.IntN(2) == 0)
	case 4:
		return column.Nanos([]int64{0, 1_700_000_000_250_000_000, math.MaxInt64, math.MinInt64}[r.IntN(4)])
	case 5:
		return column.Multi([]column.Value{anyValue(r), anyValue(r), anyValue(r)})
	}
	return column.Str(texts[r.IntN(len(texts))])
}

// TestEveryFunctionTakesEverything calls each function with arguments of any kind, constant or not: none may panic, and it must not
// matter in which encoding an argument comes.
func TestEveryFunctionTakesEverything(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, lang := range []Lang{SPL, Search, Command, EQL} {
		for _, f := range All(lang) {
			if f.Lazy || f.Volatile {
				continue
			}
			for range 300 {
				most := f.MaxArgs
				if most < 0 {
					most = f.MinArgs + 2
				}
				values := make([]column.Value, f.MinArgs+r.IntN(most-f.MinArgs+1))
				args := make([]Arg, len(values))
				for i := range values {
					values[i] = anyValue(r)
					if r.IntN(2) == 0 || lang != SPL && i > 0 {
						args[i] = Arg{Const: &values[i], Span: source.New("t", f.Name).All()}
					}
				}
				if f.Requires != nil {
					f.Requires(args)
				}
				tryEncodings(t, f, args, values)
			}
		}
	}
}

func tryEncodings(t *testing.T, f *Func, args []Arg, values []column.Value) {
	t.Helper()
	var first string
	for n, encoding := range encodings {
		k, err := f.Bind(testEnv, args)
		if err != nil {
			return
		}
		vectors := make([]column.Vector, len(values))
		for i, v := range values {
			vectors[i] = encode(v, encoding)
			if args[i].Const != nil {
				vectors[i] = &column.Const{V: v, N: 3}
			}
		}
		out := (&column.Lift{Kernel: k, Lists: f.Lists}).Apply(3, vectors)
		if out.Len() != 3 {
			t.Fatalf("%s%q: %d rows", f.Name, values, out.Len())
		}
		got := show(out.Value(2))
		if n == 0 {
			first = got
		}
		if got != first {
			t.Errorf("%s%v: %s if const, %s if %s", f.Name, values, first, got, encoding)
		}
		if f.Lang == Search && out.Value(1).IsNull() {
			t.Errorf("%s%v: null", f.Name, values)
		}
	}
}

func BenchmarkKernels(b *testing.B) {
	const rows = 1024
	paths, ports := &column.Strings{}, &column.Ints{}
	for i := range rows {
		paths.Values = append(paths.Values, []string{"/usr/bin/python3", "/usr/sbin/sshd", "/bin/sh", "/usr/lib/systemd/systemd-executor"}[i%4])
		ports.Values = append(ports.Values, int64(i))
	}
	for _, c := range []struct {
		lang Lang
		name string
		arg  column.Vector
		with column.Value
	}{
		{SPL, "=", paths, column.Str("/bin/sh")}, {SPL, ">", ports, column.Integer(500)}, {SPL, "like", paths, column.Str("%/sys%d-e%")}, {SPL, "+", ports, column.Real(0.5)},
		{SPL, "match", paths, column.Str("^/usr/s?bin/")}, {Search, "=", paths, column.Str("*/SH")}, {Search, "=", ports, column.Str("443")}, {SPL, "basename", paths, column.Value{}},
	} {
		b.Run(c.name, func(b *testing.B) {
			f := Lookup(c.lang, c.name)
			args := []Arg{{}, {Const: &c.with}}[:f.MinArgs]
			k, err := f.Bind(testEnv, args)
			if err != nil {
				b.Fatal(err)
			}
			vectors := []column.Vector{c.arg, &column.Const{V: c.with, N: rows}}[:f.MinArgs]
			b.ReportAllocs()
			for b.Loop() {
				k(rows, vectors)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/rows, "ns/row")
		})
	}
}
