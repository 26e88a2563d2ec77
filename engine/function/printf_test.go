package function

import (
	"strings"
	"testing"

	"spoor/engine/column"
	"spoor/grammar/source"
)

func TestPrintf(t *testing.T) {
	for _, c := range []struct{ expr, want string }{
		// one of each letter, as the Search Reference shows them
		{`printf("%.3A", pi())`, "0X1.922P+1"}, {`printf("%a", 1)`, "0x1p+0"}, {`printf("%c,%c", 65, "Foo")`, "A,F"}, {`printf("%d,%i,%d", -2, 4, 30)`, "-2,4,30"},
		{`printf("%.2e", 5139)`, "5.14e+03"}, {`printf("%E", 0)`, "0.000000E+00"}, {`printf("%.2f", pi())`, "3.14"}, {`printf("%f", 1.5)`, "1.500000"},
		{`printf("%.2g,%.2g", pi(), 123)`, "3.1,1.2e+02"}, {`printf("%g", 100000)`, "100000"}, {`printf("%g", 1000000)`, "1e+06"}, {`printf("%G", 0.00001)`, "1E-05"},
		{`printf("%o", 255)`, "377"}, {`printf("%s%z", "foo", "bar")`, "foobar"}, {`printf("%u", 99)`, "99"}, {`printf("%x,%X,%p", 10, 10, 10)`, "a,A,A"}, {`printf("100%%")`, "100%"},
		// flags
		{`printf("%'d", 12345)`, "12,345"}, {`printf("%'.2f", 1234567.891)`, "1,234,567.89"}, {`printf("%'d", 999)`, "999"}, {`printf("%-4d|", 1)`, "1   |"}, {`printf("%04d", 1)`, "0001"},
		{`printf("%04d", -1)`, "-001"}, {`printf("%-04d|", 1)`, "1   |"}, {`printf("%+4d", 1)`, "  +1"}, {`printf("% d", 1)`, " 1"}, {`printf("%+ d", 1)`, "+1"}, {`printf("%#x", 1)`, "0x1"},
		{`printf("%#X", 255)`, "0XFF"}, {`printf("%#x", 0)`, "0"}, {`printf("%#o", 8)`, "010"}, {`printf("%#06x", 255)`, "0x00ff"}, {`printf("%#.0f", 3)`, "3."}, {`printf("%#g", 1)`, "1.00000"},
		{`printf("%#.0e", 3)`, "3.e+00"}, {`printf("%05s", "ab")`, "   ab"},
		// width and precision
		{`printf("%*d", 5, 123)`, "  123"}, {`printf("%.*f", 1, 1.23)`, "1.2"}, {`printf("%*.*e", 9, 2, pi())`, " 3.14e+00"}, {`printf("%*d|", -5, 1)`, "1    |"}, {`printf("%.*d", -3, 7)`, "7"},
		{`printf("%.3d", 7)`, "007"}, {`printf("%05.3d", 7)`, "  007"}, {`printf("%.0d", 0)`, ""}, {`printf("%.d|%.d", 0, 5)`, "|5"}, {`printf("%.2s", "éàü")`, "éà"}, {`printf("%4s", "éà")`, "  éà"},
		{`printf("%04.4f %-5s|", 2.5, "x")`, "2.5000 x    |"},
		// what values become
		{`printf("%d", 3.9)`, "3"}, {`printf("%d", n)`, "10"}, {`printf("%d", big)`, "9007199254740993"}, {`printf("%s", f)`, "2.5"}, {`printf("%s", i = 9)`, "True"}, {`printf("%d %s", list, 1)`, "10 1"},
		{`printf("%d", s)`, "null"}, {`printf("%d", missing)`, "null"}, {`printf("%x", -1)`, "null"}, {`printf("%u", -1)`, "null"}, {`printf("%d", 1e19)`, "null"}, {`printf("%c", -1)`, "null"},
		{`printf("%c", 55296)`, "null"}, {`printf("%c", empty)`, ""}, {`printf("%f", ln(0))`, "-inf"}, {`printf("%09f", sqrt(-1))`, "      nan"}, {`printf("x", 1, 2)`, "x"}, {`printf(empty)`, ""},
		{`printf(missing, 1)`, "null"}, {`printf(s . "%d", 5)`, "abc5"}, {`printf(s . "%d")`, "null"}, {`printf(s . "%q", 1)`, "null"}, {`printf("%*d", missing, 1)`, "null"},
		{`printf("%*d", 100000000000, 1)`, "null"}, {`printf("%.*f", 100000000000, 1)`, "null"}, {`len(printf("%*d", 10000, 1))`, "10000"}, {`printf(s . "%999999999999999999999d", 1)`, "null"},
	} {
		check(t, strings.ReplaceAll(c.expr, "1e19", "pow(10, 19)"), some, c.want)
	}
}

// TestPrintfRefuses names what is wrong with a constant format, at the format.
func TestPrintfRefuses(t *testing.T) {
	for format, want := range map[string]string{
		"%n": "%n in", "%S": "is no conversion", "%1$s": "%1$ in", "%ld": "%l in", "ab%5": "%5 in", "%": "has no letter", "%99999999999d": "is wider than 10,000",
		"%.10001f": "is wider than 10,000", "%d %*d": "asks for 3 values, not 1",
	} {
		v := column.Str(format)
		span := source.New("query", format).All()
		_, err := Lookup(SPL, "printf").Bind(testEnv, []Arg{{Const: &v, Span: span}, {}})
		if err == nil || !strings.Contains(err.Error(), want) || err.Span != span {
			t.Errorf("%s: %v, want an error with %q at the format", format, err, want)
		}
	}
}
