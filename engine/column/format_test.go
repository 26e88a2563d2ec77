package column

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestFormatFloat(t *testing.T) {
	for want, f := range map[string]float64{
		"0": math.Copysign(0, -1), "1": 1, "-1": -1, "0.1": 0.1, "1.5": 1.5, "100000": 1e5, "1000000000000000": 1e15, "99999999999999984": 99999999999999984, "1e+17": 1e17,
		"-1e+300": -1e300, "0.0000001": 1e-7, "5e-08": 5e-8, "1699999200.25": 1699999200.25, "nan": math.NaN(), "inf": math.Inf(1), "-inf": math.Inf(-1), "0.30000000000000004": 0.30000000000000004,
	} {
		if got := FormatFloat(f); got != want {
			t.Errorf("%v prints as %s, want %s", f, got, want)
		}
		if back, err := strconv.ParseFloat(want, 64); err != nil || back != f && !math.IsNaN(f) {
			t.Errorf("%s reads as %v", want, back)
		}
	}
}

func TestFormat(t *testing.T) {
	berlin := time.FixedZone("", 2*3600)
	for _, c := range []struct {
		v            Value
		text, output string
	}{
		{Value{}, "", ""},
		{Str("a\nb"), "a\nb", "a\nb"},
		{Integer(math.MinInt64), "-9223372036854775808", "-9223372036854775808"},
		{Real(2), "2", "2"},
		{Boolean(true), "True", "True"},
		{Boolean(false), "False", "False"},
		{Nanos(0), "0", "1970-01-01T02:00:00.000+02:00"},
		{Nanos(1_500_000_000), "1.5", "1970-01-01T02:00:01.500+02:00"},
		{Nanos(1_000_250_000), "1.00025", "1970-01-01T02:00:01.000250+02:00"},
		{Nanos(1), "0.000000001", "1970-01-01T02:00:00.000000001+02:00"},
		{Nanos(-1), "-0.000000001", "1970-01-01T01:59:59.999999999+02:00"},
		{Nanos(-1_500_000_000), "-1.5", "1970-01-01T01:59:58.500+02:00"},
		{Nanos(math.MinInt64), "-9223372036.854775808", "1677-09-21T02:12:43.145224192+02:00"},
		{Multi([]Value{Str("a b"), Nanos(0), Integer(1)}), "a b 0 1", "a b\n1970-01-01T02:00:00.000+02:00\n1"},
	} {
		if got := c.v.String(); got != c.text {
			t.Errorf("%s reads as %q, want %q", c.output, got, c.text)
		}
		if got := Format(c.v, berlin); got != c.output {
			t.Errorf("%s prints as %q, want %q", c.text, got, c.output)
		}
	}
	if got := FormatTime(0, nil); got != "1970-01-01T00:00:00.000Z" {
		t.Error("without a zone:", got)
	}
}

func TestNumber(t *testing.T) {
	for s, want := range map[string]float64{"1": 1, " 1 ": 1, "-1.5": -1.5, "+5": 5, ".5": 0.5, "5.": 5, "1e3": 1000, "1E-2": 0.01, "05": 5, "\t7\n": 7, "1e999": math.Inf(1), "-1e999": math.Inf(-1)} {
		if got, ok := Str(s).Number(); !ok || got != want {
			t.Errorf("%q reads as %v, %t", s, got, ok)
		}
	}
	for _, s := range []string{"", " ", "-", "+", ".", "e5", "1e", "1-2", "0x10", "1_000", "inf", "nan", "Infinity", "1,5", "1 2", "--1", "1.2.3", "１"} {
		if got, ok := Str(s).Number(); ok {
			t.Errorf("%q reads as %v", s, got)
		}
	}
	for _, v := range []Value{{}, Boolean(true), Multi([]Value{Integer(1), Integer(2)})} {
		if got, ok := v.Number(); ok {
			t.Errorf("%v reads as %v", v, got)
		}
	}
	if got, ok := Nanos(-1_250_000_000).Number(); !ok || got != -1.25 {
		t.Error("a time reads as", got)
	}
}

func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{"1", "-1.5e3", ".5", "1e999", "0x1p-2", "1_0", " 7 ", "inf", "+-1", "e1", "9007199254740993"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := ParseNumber(s)
		want, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
		plain := strings.Trim(strings.TrimSpace(s), "0123456789.+-eE") == "" && !strings.HasPrefix(s, "\u00a0") && !strings.HasPrefix(s, "\u0085")
		switch {
		case ok && got != want:
			t.Errorf("%q reads as %v, want %v", s, got, want)
		case ok && err != nil && !math.IsInf(want, 0):
			t.Errorf("%q reads as %v, but %v", s, got, err)
		case !ok && err == nil && plain && s[0] <= '9':
			t.Errorf("%q does not read as %v", s, want)
		}
	})
}
