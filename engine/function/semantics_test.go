package function

import (
	"strings"
	"testing"

	"spoor/engine/column"
	"spoor/grammar/source"
)

func fields(pairs ...any) map[string]column.Value {
	out := map[string]column.Value{}
	for i := 0; i < len(pairs); i += 2 {
		switch v := pairs[i+1].(type) {
		case string:
			out[pairs[i].(string)] = column.Str(v)
		case int:
			out[pairs[i].(string)] = column.Integer(int64(v))
		case float64:
			out[pairs[i].(string)] = column.Real(v)
		case bool:
			out[pairs[i].(string)] = column.Boolean(v)
		case []string:
			var items []column.Value
			for _, s := range v {
				items = append(items, column.Str(s))
			}
			out[pairs[i].(string)] = column.Multi(items)
		case column.Value:
			out[pairs[i].(string)] = v
		}
	}
	return out
}

var some = fields("s", "abc", "n", "10", "i", 9, "f", 2.5, "empty", "", "list", []string{"a", "b", "10"}, "path", "/usr/bin/curl", "gt", "echo 3 > x",
	"big", "9007199254740993", "t", column.Nanos(1700000000_250000000), "true", true, "utf", "Éa", "bad", "a\xffb", "kelvin", "\u212a")

func TestEval(t *testing.T) {
	cases := []struct{ expr, want string }{
		// arithmetic and texts
		{`n + i`, "19"}, {`n + 1`, "11"}, {`s + "d"`, "abcd"}, {`s + n`, "abc10"}, {`s + 1`, "null"}, {`1 + missing`, "null"}, {`n + n`, "20"},
		{`s - 1`, "null"}, {`n / 0`, "null"}, {`n % 0`, "null"}, {`n / 4`, "2.5"}, {`0 - 7 % 3`, "-1"}, {`f * 2`, "5"}, {`0.1 + 0.2`, "0.30000000000000004"},
		{`s . i . f`, "abc92.5"}, {`s . missing`, "null"}, {`s . empty`, "abc"}, {`-i`, "-9"}, {`-s`, "null"}, {`-"0"`, "0"}, {`t + 1`, "1700000001.25"},
		{`8.250 * 0.2`, "1.6500000000000001"},
		// comparison
		{`n > i`, "True"}, {`n > "9"`, "True"}, {`s > "9"`, "True"}, {`s > 9`, "True"}, {`"5" = 5.0`, "True"}, {`"5" = "5.0"`, "True"}, {`s = "ABC"`, "False"},
		{`s = "abc"`, "True"}, {`s != "abc"`, "False"}, {`missing = "a"`, "null"}, {`missing != "a"`, "null"}, {`NOT missing = "a"`, "null"}, {`"a" = missing`, "null"},
		{`empty = ""`, "True"}, {`big = "9007199254740992"`, "False"}, {`big > "9007199254740992"`, "True"}, {`"-9007199254740993" < "-9007199254740992"`, "True"},
		{`true = "True"`, "True"}, {`t = "1700000000.25"`, "True"}, {`t > 1700000000`, "True"}, {`i <= 9`, "True"}, {`i < 9`, "False"}, {`i >= f`, "True"},
		{`list = "b"`, "True"}, {`list = "z"`, "False"}, {`list != "a"`, "True"}, {`list = 10`, "True"}, {`"b" = list`, "True"},
		{`gt = "echo 3 &gt; x"`, "True"}, {`gt != "echo 3 &gt; x"`, "False"}, {`gt = "echo 3 &lt; x"`, "False"}, {`"echo 3 &#62; x" = gt`, "True"},
		{`gt < "echo 3 &zzz; x"`, "False"},
		// logic
		{`missing = 1 AND i = 8`, "False"}, {`missing = 1 AND i = 9`, "null"}, {`missing = 1 OR i = 9`, "True"}, {`missing = 1 OR i = 8`, "null"},
		{`missing = 1 XOR i = 9`, "null"}, {`i = 9 XOR i = 8`, "True"}, {`NOT i = 9`, "False"}, {`NOT s`, "null"},
		// conditions
		{`if(missing = 1, "a", "b")`, "b"}, {`case(i = 1, "x")`, "null"}, {`coalesce(missing, empty, s)`, ""}, {`nullif(s, "abc")`, "null"}, {`nullif(s, missing)`, "abc"},
		{`isnull(missing)`, "True"}, {`isnull(empty)`, "False"}, {`isnull(list)`, "False"}, {`isnotnull(list)`, "True"}, {`isnotnull(missing)`, "False"},
		{`in(i, "9")`, "True"}, {`in(s, "abc", i)`, "True"}, {`in(s, "ab*")`, "False"}, {`in(missing, "a")`, "null"}, {`in(list, "z", "b")`, "True"}, {`in(gt, "echo 3 &gt; x")`, "True"},
		{`in(i, 8, missing)`, "False"}, {`in(n, "10.0")`, "True"},
		// patterns
		{`like(s, "a%")`, "True"}, {`like(s, "A%")`, "False"}, {`like(s, "_b_")`, "True"}, {`like(s, "_b")`, "False"}, {`like(s, "%")`, "True"}, {`like(empty, "%")`, "True"},
		{`like(empty, "_")`, "False"}, {`like(utf, "_a")`, "True"}, {`like(path, "%bin_c%l")`, "True"}, {`s LIKE "%b%"`, "True"}, {`like(missing, "%")`, "null"},
		{`like(gt, "%3 &gt; %")`, "True"}, {`like(list, "b")`, "True"}, {`like(bad, "a_b")`, "True"}, {`like(s, "abc%abc")`, "False"}, {`like(s, s)`, "True"},
		{`like("xaXabab", "%a_b")`, "False"}, {`like("xaabab", "%a_ab")`, "True"}, {`like("aab", "%a_%b")`, "True"},
		{`match(s, "B")`, "False"}, {`match(s, "(?i)B")`, "True"}, {`match(path, "(?<!x)curl$")`, "True"}, {`match(s, "^(a)(?!c)")`, "True"}, {`match("aa", "(.)\1")`, "True"},
		{`match(gt, "3 &gt; x")`, "True"}, {`match(s, "a++b")`, "True"}, {`match("a b", "a\hb")`, "True"}, {`match(missing, "a")`, "null"}, {`match(list, "^b$")`, "True"},
		{`match(s, s)`, "True"}, {`match(s, "(" . s)`, "null"}, {`match(bad, "a.b")`, "True"},
		{`cidrmatch("10.0.0.0/8", "10.255.1.1")`, "True"}, {`cidrmatch("10.0.0.0/8", "11.0.0.1")`, "False"}, {`cidrmatch("10.0.0.0/8", s)`, "False"},
		{`cidrmatch("fe80::/10", "fe80::1%eth0")`, "True"}, {`cidrmatch("10.0.0.0/8", "::ffff:10.1.1.1")`, "True"}, {`cidrmatch("10.1.1.1", "10.1.1.1")`, "True"},
		// text
		{`len(utf)`, "2"}, {`len(bad)`, "3"}, {`len(missing)`, "null"}, {`len(i)`, "1"}, {`lower("ÀK")`, "àk"}, {`upper(utf)`, "ÉA"}, {`lower(kelvin) = kelvin`, "True"}, {`upper("ſı")`, "ſı"},
		{`lower(bad) = bad`, "True"}, {`upper(list)`, "A B 10"}, {`trim("\t x \t")`, `\t x \t`}, {`trim("xyax", "xy")`, "a"}, {`substr(s, 2)`, "bc"}, {`substr(s, 2, 1)`, "b"},
		{`substr(s, -2, 1)`, "b"}, {`substr(s, 9)`, ""}, {`substr(s, -9)`, "abc"}, {`substr(s, 0)`, "abc"}, {`substr(s, 1, -1)`, ""}, {`substr(utf, 2)`, "a"}, {`substr(s, missing)`, "null"},
		{`replace(s, "b", "\0\0")`, "abbc"}, {`replace(s, "(a)(b)", "\2\1")`, "bac"}, {`replace("abab", "(?=b)", "-")`, "a-ba-b"}, {`replace(s, "x*", "-")`, "-a-b-c-"},
		{`replace(s, missing, "x")`, "null"}, {`replace(s, s, s . s)`, "abcabc"}, {`replace("aXb", "x|(X)", "[\1\2]")`, "a[X]b"},
		{`urldecode("%2Fetc%2fpasswd")`, "/etc/passwd"}, {`urldecode("a+b%zz%")`, "a b%zz%"},
		{`basename("/usr/bin/")`, "/usr/bin/"}, {`basename("-")`, "-"}, {`basename("ls")`, "ls"}, {`basename("./a b")`, "a b"}, {`basename(empty)`, ""}, {`firsttoken(" ls  -l")`, "ls"},
		{`firsttoken("  ")`, "null"},
		// numbers
		{`round(2.5)`, "3"}, {`round(0 - 2.5)`, "-3"}, {`round(2.555, 2)`, "2.56"}, {`round(1.005, 2)`, "1.01"}, {`round(99.995, 2)`, "100"}, {`round(0.4)`, "0"}, {`round(12, 3)`, "12"},
		{`round(s)`, "null"}, {`round(1250, -2)`, "1300"}, {`floor("-1.5")`, "-2"}, {`ceil(f)`, "3"}, {`abs(s)`, "null"}, {`sqrt(0 - 1)`, "nan"}, {`log(1000)`, "3"}, {`log(8, 1)`, "null"},
		{`pow(2, 0.5)`, "1.4142135623730951"}, {`ln(0)`, "-inf"}, {`max(1, n, 3)`, "10"}, {`max(1, list)`, "b"}, {`min(s, n)`, "10"}, {`max(missing)`, "null"}, {`min(missing, i)`, "9"},
		// multivalues
		{`mvcount(missing)`, "null"}, {`mvcount(s)`, "1"}, {`mvcount(list)`, "3"}, {`mvindex(list, 0)`, "a"}, {`mvindex(list, -1)`, "10"}, {`mvindex(list, 3)`, "null"}, {`mvindex(list, -4)`, "null"},
		{`mvindex(list, 1, 5)`, "b 10"}, {`mvindex(list, 1, -1)`, "b 10"}, {`mvindex(list, 2, 1)`, "null"}, {`mvindex(s, 0)`, "abc"}, {`mvfind(list, "^1")`, "2"}, {`mvfind(list, "z")`, "null"},
		{`mvjoin(list, "-")`, "a-b-10"}, {`mvjoin(s, "-")`, "abc"}, {`mvjoin(missing, "-")`, "null"}, {`mvappend(missing, missing)`, "null"}, {`mvappend(s, missing)`, "abc"},
		{`mvdedup(mvappend("b", "a", "b"))`, "b a"}, {`mvsort(mvappend("b", "B", "10", "9"))`, "10 9 B b"}, {`mvzip(list, list)`, "a,a b,b 10,10"}, {`mvzip(s, missing)`, "null"},
		{`mvrange(3, 0, -1)`, "3 2 1"}, {`mvrange(1, 3, 0)`, "null"}, {`mvrange(0, 172800, "1d")`, "0 86400"}, {`mvrange(0, 9999999)`, "null"}, {`mvcount(split("a,,b", ","))`, "3"},
		{`split("ab", "")`, "a b"}, {`split(s, "x")`, "abc"}, {`split(missing, ",")`, "null"}, {`mvfilter(list = "z")`, "null"}, {`mvcount(split(empty, ","))`, "1"},
		// conversion
		{`tonumber("12.50")`, "12.5"}, {`tonumber("0x1F", 16)`, "31"}, {`tonumber("z", 36)`, "35"}, {`tonumber(s)`, "null"}, {`tonumber("9", 8)`, "null"}, {`tonumber("1", 99)`, "null"},
		{`tostring(i = 9)`, "True"}, {`tostring(255, "hex")`, "0xFF"}, {`tostring(1234567.891, "commas")`, "1,234,567.89"}, {`tostring(0 - 1234, "commas")`, "-1,234"},
		{`tostring(615, "duration")`, "00:10:15"}, {`tostring(90061, "duration")`, "1+01:01:01"}, {`tostring(s, "hex")`, "null"}, {`tostring(i, "roman")`, "null"}, {`tostring(missing)`, "null"},
		{`typeof(missing)`, "Invalid"}, {`typeof(i = 9)`, "Boolean"}, {`typeof(s)`, "String"}, {`typeof(list)`, "Multivalue"}, {`typeof(n)`, "Number"},
		{`isnum(s)`, "False"}, {`isnum(missing)`, "False"}, {`isint(f)`, "False"}, {`isstr(n)`, "False"}, {`isbool(s)`, "False"},
		// time
		{`now()`, "1700000000"}, {`time()`, "1700000000.5"}, {`relative_time(now(), "@d")`, "1699920000"}, {`relative_time(now(), "-1mon@mon")`, "1696118400"}, {`relative_time(missing, "@d")`, "null"},
		{`relative_time(t, "+1h")`, "1700003600.25"}, {`relative_time(now(), s)`, "null"}, {`strftime(t, "%3N")`, "250"}, {`strftime(s, "%Y")`, "null"}, {`strftime("1700000000.123", "%6N")`, "123000"},
		{`strptime("x", "%Y")`, "null"}, {`strptime("2023-11-14T22:13:20.25Z", "%Y-%m-%dT%H:%M:%S.%3N%Z")`, "1700000000.25"},
	}
	for _, c := range cases {
		check(t, c.expr, some, c.want)
	}
}

func TestBindErrors(t *testing.T) {
	cases := []struct{ name, constant, want string }{
		{"match", "a(", "missing closing )"},
		{"match", "(?<=a", "(?<=a"},
		{"mvfind", "[", "missing closing ]"},
		{"relative_time", "-5x", "unknown unit"},
	}
	for _, c := range cases {
		v := column.Str(c.constant)
		span := source.New("query", c.constant).All()
		_, err := Lookup(SPL, c.name).Bind(testEnv, []Arg{{}, {Const: &v, Span: span}, {Const: &v, Span: span}})
		if err == nil || !strings.Contains(err.Error(), c.want) || err.Span != span {
			t.Errorf("%s with %q: %v, want an error with %q at the argument", c.name, c.constant, err, c.want)
		}
	}
	if _, err := Lookup(Search, "=").Bind(testEnv, []Arg{{}, {}}); err == nil {
		t.Error("a search against what is no literal must be an error")
	}
}

func TestRandom(t *testing.T) {
	f := Lookup(SPL, "random")
	k, err := f.Bind(testEnv, []Arg{{}})
	if err != nil {
		t.Fatal(err)
	}
	positions := &column.Ints{Values: []int64{1, 2, 1}}
	got := column.ToValues(k(3, []column.Vector{positions}))
	if got[0] != got[2] || got[0] == got[1] || got[0].Int() < 0 || got[0].Int() > 1<<31-1 {
		t.Errorf("random by position: %v", got)
	}
}
