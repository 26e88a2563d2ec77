package function

import (
	"math/rand/v2"
	"testing"
	"time"

	"spoor/engine/column"
	"spoor/grammar/source"
)

func TestBin(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	at := func(s string) column.Value {
		x, err := time.ParseInLocation("2006-01-02 15:04:05.999999999", s, berlin)
		if err != nil {
			t.Fatal(err)
		}
		return column.Nanos(x.UnixNano())
	}
	for _, c := range []struct {
		v    column.Value
		span string
		want column.Value
	}{
		{at("2024-03-31 12:00:00"), "1d", at("2024-03-31 00:00:00")}, // the day on which the clock goes forward
		{at("2024-10-27 23:59:59"), "1d", at("2024-10-27 00:00:00")},
		{at("2024-03-31 03:30:00"), "1h", at("2024-03-31 03:00:00")},
		{at("2024-05-08 10:00:00"), "1w", at("2024-05-05 00:00:00")},
		{at("2024-05-08 10:00:00"), "1mon", at("2024-05-01 00:00:00")},
		{at("2024-05-08 10:00:00"), "1q", at("2024-04-01 00:00:00")},
		{at("2024-05-08 10:00:00"), "1y", at("2024-01-01 00:00:00")},
		{at("1969-12-31 23:30:00"), "1d", at("1969-12-31 00:00:00")},
		{column.Nanos(-1), "1s", column.Nanos(-1e9)},
		{column.Nanos(-1e9), "1s", column.Nanos(-1e9)},
		{column.Nanos(1500), "1us", column.Nanos(1000)},
		{column.Nanos(25e9), "10", column.Nanos(20e9)},
		{column.Nanos(5), "0.0000000001", column.Nanos(5)},
		{column.Integer(-5), "10", column.Str("-10-0")},
		{column.Integer(10), "10", column.Str("10-20")},
		{column.Real(0.75), "0.5", column.Str("0.5-1")},
		{column.Integer(17), "2log3", column.Str("6-18")},
		{column.Integer(18), "2log3", column.Str("18-54")},
		{column.Integer(1000), "log", column.Str("1000-10000")},
		{column.Real(0.05), "log10", column.Str("0.01-0.1")},
		{column.Integer(0), "log2", column.Integer(0)},
		{column.Integer(8), "log2", column.Str("8-16")},
		{column.Str("12"), "5m", column.Integer(0)},
		{column.Str("-1"), "5m", column.Integer(-300)},
		{column.Str("x"), "5m", column.Str("x")},
		{column.Value{}, "5m", column.Value{}},
	} {
		s := column.Str(c.span)
		kernel, diag := Lookup(Command, "bin").Bind(&Env{Zone: berlin}, []Arg{{}, {Const: &s}})
		if diag != nil {
			t.Errorf("%s: %v", c.span, diag)
			continue
		}
		if got := kernel(1, []column.Vector{column.FromValues([]column.Value{c.v}), &column.Const{V: s, N: 1}}).Value(0); !column.Equal(got, c.want) {
			t.Errorf("%s in bins of %s: %s, want %s", column.Format(c.v, berlin), c.span, column.Format(got, berlin), column.Format(c.want, berlin))
		}
	}
}

// Each time has the bin that it has alone, whichever come before it.
func TestBinsOfManyTimes(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 1))
	at, values := int64(1_700_000_000e9), []column.Value{{}}
	for range 400 {
		switch rng.IntN(8) {
		case 0:
			values = append(values, column.Value{})
		case 1:
			at = rng.Int64() - rng.Int64()
		default:
			at += rng.Int64N(2000e9) - 200e9
		}
		values = append(values, column.Nanos(at))
	}
	for _, text := range []string{"1", "0.5", "1s", "7m", "1h", "1d", "2w", "1mon", "1y", "log2"} {
		s := column.Str(text)
		span, diag := parseSpan(Arg{&s, source.Span{}})
		if diag != nil {
			t.Fatal(diag)
		}
		kernel, _ := Lookup(Command, "bin").Bind(&Env{Zone: time.UTC}, []Arg{{}, {Const: &s}})
		got := kernel(len(values), []column.Vector{column.FromValues(values), &column.Const{V: s, N: len(values)}})
		for i, v := range values {
			if want := span.bin(v, time.UTC); !column.Equal(got.Value(i), want) {
				t.Errorf("%s in bins of %s: %s, want %s", v, text, got.Value(i), want)
			}
		}
	}
}

func TestBadSpans(t *testing.T) {
	for _, text := range []string{"", "0", "0s", ".", "1.5mon", "5000y", "99999999999999999999d", "5 m", "-1", "1e3", "1parsec"} {
		s := column.Str(text)
		if _, diag := parseSpan(Arg{&s, source.Span{}}); diag == nil {
			t.Errorf("%q is a span", text)
		}
	}
}
