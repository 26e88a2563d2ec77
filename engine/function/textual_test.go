package function

import (
	"testing"

	"spoor/engine/column"
	"spoor/grammar/source"
)

// TestByText holds that functions of which it is said that they read texts make the same of values that print alike.
func TestByText(t *testing.T) {
	values := []column.Value{
		column.Integer(5), column.Integer(1700000000), column.Real(1.5), column.Real(1e300), column.Boolean(true), column.Boolean(false),
		column.Nanos(1_700_000_000_250_000_000), column.Nanos(0),
	}
	others := []column.Value{
		column.Str("5"), column.Str("1.50"), column.Str("TRUE"), column.Str("true"), column.Str("1700000000"), column.Str("tr*"), column.Str("2023"), column.Str(""),
		column.Integer(1700000000), column.Integer(1), column.Boolean(true), column.Str("10.0.0.0/8"), column.Str(".*"), {},
	}
	tried := 0
	for _, lang := range []Lang{SPL, Search, Command} {
		for _, f := range All(lang) {
			if f.Lazy {
				continue
			}
			for i := range max(f.MinArgs, 1) {
				for _, v := range values {
					for _, other := range others {
						args := make([]Arg, f.MinArgs)
						for j := range args {
							args[j].Span = source.New("test", f.Name).All()
							if j != i {
								args[j].Const = &other
							}
						}
						if i >= len(args) || !f.ByText(args, i) {
							continue
						}
						number, ok := called(f, args, i, v)
						text, _ := called(f, args, i, column.Str(v.String()))
						if ok {
							tried++
						}
						if number.Kind() != text.Kind() || show(number) != show(text) {
							t.Errorf("%s of the %s %s with %s is %s, of its text it is %s", f.Name, v.Kind(), v, other, show(number), show(text))
						}
					}
				}
			}
		}
	}
	if tried < 1000 {
		t.Errorf("only %d calls were tried", tried)
	}
}

// called is what a function makes of constant arguments, but for the i-th, which is a value that it does not know before; ok is false where it refuses them.
func called(f *Func, args []Arg, i int, v column.Value) (_ column.Value, ok bool) {
	k, err := f.Bind(testEnv, args)
	if err != nil {
		return column.Value{}, false
	}
	vectors := make([]column.Vector, len(args))
	for j, a := range args {
		if j == i {
			vectors[j] = column.FromValues([]column.Value{v})
		} else {
			vectors[j] = &column.Const{V: *a.Const, N: 1}
		}
	}
	return (&column.Lift{Kernel: k, Lists: f.Lists}).Apply(1, vectors).Value(0), true
}

// TestNotByText names what must not be taken for a function of texts.
func TestNotByText(t *testing.T) {
	word, number, truth := column.Str("word"), column.Str("5"), column.Str("True")
	for _, c := range []struct {
		lang  Lang
		name  string
		other *column.Value
		want  bool
	}{
		{SPL, "=", &word, true}, {SPL, "=", &number, false}, {SPL, "=", &truth, false}, {SPL, "=", nil, false}, {SPL, "<", &word, false},
		{SPL, "typeof", &word, false}, {SPL, "tonumber", &word, false}, {Search, "<", &number, false}, {Search, "=", &number, true}, {SPL, "substr", &number, true},
	} {
		if got := Lookup(c.lang, c.name).ByText([]Arg{{}, {Const: c.other}}, 0); got != c.want {
			t.Errorf("%s beside %v: %v, want %v", c.name, c.other, got, c.want)
		}
	}
}
