package function

import (
	"strings"
	"testing"

	"spoor/engine/column"
)

// points is the statements of the language's description about eval, by their number there. What needs whole searches to show, such as the
// order of assignments and rows that `where` drops, is in the scripts eval, where and nulls.
var points = map[string][]struct{ expr, want string }{
	"5.1 what cannot be evaluated is null": {
		{`s - 1`, "null"}, {`strptime(s, "%Y")`, "null"}, {`tonumber(s)`, "null"}, {`case(i > 100, "a")`, "null"}, {`if(i = 9, "yes", "no")`, "yes"}, {`tostring(i = 9)`, "True"},
		{`case(i = 9, "c", true(), "d")`, "c"},
	},
	"5.2 numbers": {
		{`10 / 4`, "2.5"}, {`1 / 3`, "0.3333333333333333"}, {`2 / 3`, "0.6666666666666666"}, {`1 / 0`, "null"}, {`0 / 0`, "null"}, {`5 % 0`, "null"}, {`sqrt(-1)`, "nan"}, {`ln(0)`, "-inf"}, {`-ln(0)`, "inf"},
		{`pow(2, 53)`, "9007199254740992"}, {`pow(10, 16)`, "10000000000000000"}, {`6 / 2`, "3"}, {`exact(0.1 + 0.2)`, "0.30000000000000004"},
		// only sigfig rounds to the digits that are written
		{`8.250 * 0.2`, "1.6500000000000001"}, {`sigfig(8.250 * 0.2)`, "2"}, {`sigfig(8.250 * 0.20)`, "1.7"}, {`sigfig(8.250 * 0.200)`, "1.65"}, {`sigfig(1.00 * 1111)`, "1110"}, {`sigfig(123.0 + 4.567)`, "127.6"},
		{`sigfig(10 - 0.26)`, "10"}, {`sigfig(f)`, "2.5"}, {`sigfig(1 / 3)`, "0.3"}, {`sigfig(s * 1.0)`, "null"}, {`sigfig(1.0 * 0)`, "0"}, {`sigfig(avg * 1.00)`, "3.99"}, {`sigfig(missing)`, "null"},
	},
	"5.3 operators": {
		{`1 + 2`, "3"}, {`n + 1`, "11"}, {`n + n`, "20"}, {`s + "d"`, "abcd"}, {`s + n`, "abc10"}, {`"1" . "2"`, "12"}, {`1 . 2`, "12"}, {`n - 1`, "9"}, {`n * "2"`, "20"}, {`n / 4`, "2.5"}, {`n % 4`, "2"},
		{`s - s`, "null"}, {`s * 2`, "null"}, {`s / 2`, "null"}, {`s % 2`, "null"}, {`-n`, "-10"}, {`f . ""`, "2.5"},
		// a number against a text that is none: compared as texts
		{`i < s`, "True"}, {`s > 100`, "True"}, {`"9" < "abc"`, "True"},
	},
	"5.4 comparisons": {
		{`n > "9"`, "True"}, {`"10" > "9"`, "True"}, {`"10" = 10`, "True"}, {`"10.0" = n`, "True"}, {`s = "ABC"`, "False"}, {`"B" < "a"`, "True"}, {`"abc" < "abd"`, "True"}, {`n == 10`, "True"},
		{`n != 10`, "False"}, {`n >= 10`, "True"}, {`n <= 9.99`, "False"}, {`" 10" = 10`, "True"}, {`"1e1" = 10`, "True"}, {`empty < "a"`, "True"},
	},
	"5.5 null": {
		{`missing + 1`, "null"}, {`missing . "a"`, "null"}, {`missing = 1`, "null"}, {`missing != 1`, "null"}, {`missing < 1`, "null"}, {`NOT missing = 1`, "null"}, {`-missing`, "null"},
		{`missing = missing`, "null"}, {`missing = 1 AND i = 8`, "False"}, {`missing = 1 AND i = 9`, "null"}, {`missing = 1 OR i = 9`, "True"}, {`missing = 1 OR i = 8`, "null"}, {`missing = 1 XOR i = 9`, "null"},
		{`if(missing = 1, "t", "f")`, "f"}, {`case(missing = 1, "t")`, "null"}, {`isnull(missing . "x")`, "True"}, {`empty = ""`, "True"}, {`isnull(empty)`, "False"}, {`coalesce(missing, null(), i)`, "9"},
	},
	"5.6 functions": {
		{`if(i > 5, s, f)`, "abc"}, {`case(i > 10, 1, i > 5, 2)`, "2"}, {`coalesce(missing, s)`, "abc"}, {`isnotnull(s)`, "True"}, {`nullif(s, "abc")`, "null"}, {`nullif(s, "x")`, "abc"}, {`nullif(n, 10)`, "null"},
		{`true()`, "True"}, {`false()`, "False"}, {`null()`, "null"}, {`match(s, "b")`, "True"}, {`match(s, "^b")`, "False"}, {`like(s, "%b%")`, "True"}, {`like(s, "b")`, "False"}, {`like(s, "A%")`, "False"},
		{`s LIKE "_bc"`, "True"}, {`replace("1/14/2023", "^(\\d{1,2})/(\\d{1,2})/", "\\2/\\1/")`, "14/1/2023"}, {`replace("aaa", "a", "b")`, "bbb"}, {`cidrmatch("123.132.32.0/25", "123.132.32.1")`, "True"},
		{`cidrmatch("192.0.2.0/24", "192.0.3.0")`, "False"}, {`cidrmatch("2001:db8::/32", "2001:db8::1")`, "True"}, {`len("é")`, "1"}, {`length(s)`, "3"}, {`lower("AB")`, "ab"}, {`upper("ab")`, "AB"},
		{`substr("string", 1, 3) + substr("string", -3)`, "string"}, {`substr(s, 2)`, "bc"}, {`ltrim("   ZZZZabcZZ ", " Z")`, "abcZZ "}, {`rtrim("   ZZZZabcZZ ", " Z")`, "   ZZZZabc"}, {`trim("   ZZZZabcZZ ", " Z")`, "abc"},
		{`trim("  a  ")`, "a"}, {`urldecode("http%3A%2F%2Fwww.splunk.com%2Fdownload%3Fr%3Dheader")`, "http://www.splunk.com/download?r=header"},
		{`round(3.5)`, "4"}, {`round(2.555, 2)`, "2.56"}, {`round(-2.5)`, "-3"}, {`round(2.4)`, "2"}, {`floor(1.9)`, "1"}, {`ceil(1.9)`, "2"}, {`ceiling(1.9)`, "2"}, {`abs(-4)`, "4"}, {`pow(2, 3)`, "8"}, {`sqrt(9)`, "3"}, {`exp(0)`, "1"},
		{`log(100)`, "2"}, {`log(8, 2)`, "3"}, {`max(1, 3, 6, 7, "foo", "baz")`, "foo"}, {`min(3, 6, 7, "maria", 9)`, "3"}, {`max(nums)`, "30"}, {`min(nums)`, "4"}, {`sum(1, 2, 3)`, "6"}, {`sum(s, 2, 3)`, "5"}, {`sum(nums, 1)`, "39"}, {`sum(s)`, "null"},
		{`avg(1, 2, 3)`, "2"}, {`avg(s, 2, 3)`, "2.5"}, {`avg("5", 9, missing)`, "7"}, {`avg(nums, 2)`, "10"}, {`avg(missing)`, "null"},
		{`tostring(1 = 1) + " " + tostring(15, "hex") + " " + tostring(12345.6789, "commas")`, "True 0xF 12,345.68"}, {`tostring(615, "duration")`, "00:10:15"}, {`tostring(9, "binary")`, "1001"}, {`tostring(0, "binary")`, "0"},
		{`tostring(-1, "binary")`, "null"}, {`tostring(1.5, "binary")`, "null"}, {`tostring(bit_not(9), "binary")`, "11111111111111111111111111111111111111111111111110110"},
		{`tonumber("0A4", 16)`, "164"}, {`tonumber("0101", 2)`, "5"}, {`tonumber("1.50")`, "1.5"}, {`tonumber(" 5")`, "null"}, {`tonumber("5 ")`, "null"}, {`tonumber(" 5", 8)`, "null"}, {`tonumber(trim(" 5 "))`, "5"}, {`tonumber(f)`, "2.5"},
		{`toint("24")`, "24"}, {`toint(3.14)`, "3"}, {`toint(-3.14)`, "-4"}, {`toint("ff", 16)`, "255"}, {`toint(s)`, "null"}, {`toint(ln(0))`, "null"}, {`todouble("16.00")`, "16"}, {`todouble("number")`, "null"}, {`todouble(5)`, "5"},
		{`validate(isint(f), "ERROR: Port is not an integer", f >= 1 AND f <= 65535, "out of range")`, "ERROR: Port is not an integer"}, {`validate(isint(i), "not", i > 100, "small")`, "small"}, {`validate(isint(i), "a")`, "null"},
		{`typeof(12) + typeof("string") + typeof(1 = 2) + typeof(badfield)`, "NumberStringBooleanInvalid"}, {`isint(10.0)`, "True"}, {`isint("1.5")`, "False"}, {`isnum("NaN")`, "False"}, {`isstr("x")`, "True"}, {`isstr(1)`, "False"},
		{`bit_and(12, 9)`, "8"}, {`bit_or(4, 2)`, "6"}, {`bit_xor(3, 2)`, "1"}, {`bit_and(7, 6, 12)`, "4"}, {`bit_not(9)`, "9007199254740982"}, {`bit_not(9, tonumber("1111", 2))`, "6"}, {`bit_shift_left(2, 1)`, "4"},
		{`bit_shift_left(1, 53)`, "0"}, {`bit_shift_left(3, 52)`, "4503599627370496"}, {`bit_shift_left(3, 57)`, "0"}, {`bit_shift_left(3, pow(2, 53) - 1)`, "0"}, {`bit_shift_left(3, pow(2, 53))`, "null"},
		{`bit_shift_left(pow(2, 53), 1)`, "null"}, {`bit_shift_left(3, -2)`, "null"}, {`bit_shift_right(-3, 1)`, "null"}, {`bit_shift_right(4, 1)`, "2"}, {`bit_and(pow(2, 53), 1)`, "null"}, {`bit_or(1.5, 1)`, "null"},
		{`bit_or(s, 1)`, "null"}, {`bit_or("4", 1)`, "5"}, {`bit_or(missing, 1)`, "null"}, {`bit_and(sqrt(-1), 1)`, "null"},
		{`ipmask("255.255.255.0", "10.20.30.120")`, "10.20.30.0"}, {`ipmask("0.255.0.224", "10.20.30.120")`, "0.20.0.96"}, {`ipmask("255.0.0.0", s)`, "null"}, {`ipmask("255.0.0.0", "::1")`, "null"}, {`ipmask(missing, "10.0.0.1")`, "null"}, {`ipmask(s, "10.0.0.1")`, "null"},
		{`round(sin(pi() / 2), 9)`, "1"}, {`round(cos(pi()), 9)`, "-1"}, {`round(tan(pi() / 4), 9)`, "1"}, {`asin(2)`, "nan"}, {`acosh(0)`, "nan"}, {`hypot(3, 4)`, "5"}, {`round(atan2(1, 0), 4)`, "1.5708"}, {`sinh(0)`, "0"}, {`sin(s)`, "null"}, {`hypot(3, missing)`, "null"},
		{`md5("")`, "d41d8cd98f00b204e9800998ecf8427e"}, {`sha1("abc")`, "a9993e364706816aba3e25717850c26c9cd0d89d"}, {`md5(missing)`, "null"}, {`len(sha512("abc"))`, "128"},
	},
	"5.7 multivalues": {
		{`mvcount(missing)`, "null"}, {`mvcount(s)`, "1"}, {`mvcount(list)`, "3"}, {`mvindex(list, 0)`, "a"}, {`mvindex(list, -1)`, "10"}, {`mvindex(list, 0, 1)`, "a b"}, {`mvindex(list, -2, -1)`, "b 10"}, {`mvindex(list, 3)`, "null"},
		{`mvindex(list, 2, 1)`, "null"}, {`mvfilter(match(list, "^[ab]"))`, "a b"}, {`mvfilter(list = "z")`, "null"}, {`mvfind(list, "b")`, "1"}, {`mvfind(list, "z")`, "null"}, {`mvjoin(list, " OR ")`, "a OR b OR 10"}, {`mvappend(s, list)`, "abc a b 10"},
		{`mvappend(mvappend("x", s), list)`, "x abc a b 10"}, {`mvdedup(mvappend("b", "a", "b"))`, "b a"}, {`mvsort(mvappend(10, 9, 70, 100))`, "10 100 70 9"}, {`mvsort(mvappend("b", "A", "a", "1"))`, "1 A a b"}, {`mvreverse(split("1,2,3", ","))`, "3 2 1"},
		{`mvreverse(s)`, "abc"}, {`mvreverse(missing)`, "null"}, {`mvzip(list, list)`, "a,a b,b 10,10"}, {`mvzip(list, nums, "|")`, "a|30 b|4 10|4"}, {`mvzip(mvzip(list, list, "|"), list, "|")`, "a|a|a b|b|b 10|10|10"}, {`mvmap(list, list . "x")`, "ax bx 10x"},
		{`mvrange(1, 11, 2)`, "1 3 5 7 9"}, {`mvrange(1, 3)`, "1 2"}, {`mvcount(mvrange(1514834731, 1524134919, "7d"))`, "16"}, {`mvindex(mvrange(1514834731, 1524134919, "7d"), 1)`, "1515439531"}, {`mvrange(5, 1)`, "null"}, {`split("abcd", "")`, "a b c d"},
		{`split("name::value", "::")`, "name value"}, {`split("1a2b3c4def567890", "def")`, "1a2b3c4 567890"}, {`commands("search foo | stats count | sort count")`, "search stats sort"}, {`commands("| tstats count | where x=\"a|b\"")`, "tstats where"},
		{`commands("index=x [search y | head 1] | eval a=\"[\" | table a")`, "search eval table"}, {`commands(missing)`, "null"}, {`commands("")`, "null"}, {`commands("a | | b")`, "search b"}, {`commands("x \"never closed | y")`, "search"},
		// a comparison is true if it is for any value; other functions of one value go over them
		{`list = "b"`, "True"}, {`list = "z"`, "False"}, {`list > 9`, "True"}, {`like(list, "a%")`, "True"}, {`upper(list)`, "A B 10"}, {`len(list)`, "1 1 2"}, {`nums * 2`, "60 8 8"}, {`list . "x"`, "ax bx 10x"}, {`isnull(list)`, "False"},
		{`cidrmatch("10.0.0.0/8", mvappend("1.1.1.1", "10.0.0.1"))`, "True"}, {`bit_and(nums, 4)`, "4 4 4"}, {`tostring(nums, "hex")`, "0x1E 0x4 0x4"},
	},
	"5.8 times": {
		{`now()`, "1700000000"}, {`time()`, "1700000000.5"}, {`relative_time(now(), "-1d@d")`, "1699833600"}, {`strftime(0, "%F %T")`, "1970-01-01 00:00:00"}, {`strftime(pow(10, 9), "%FT%T.%Q")`, "2001-09-09T01:46:40.000"},
		{`strftime("1521467703049000000" / pow(10, 9), "%Y-%m-%dT%H:%M:%S.%Q")`, "2018-03-19T13:55:03.049"}, {`strptime("2022-09-25T09:45:22.000", "%Y-%m-%dT%H:%M:%S.%Q")`, "1664099122"}, {`strftime(s, "%F")`, "null"},
		{`strptime(missing, "%F")`, "null"}, {`relative_time(s, "@d")`, "null"}, {`strftime(1700000000, missing)`, "null"},
	},
	"5.9 in": {
		{`in(s, "x", "abc")`, "True"}, {`in(s, "ABC")`, "False"}, {`in(s, "ab*")`, "False"}, {`in(i, 1, 9)`, "True"}, {`in(n, "10")`, "True"}, {`in(missing, "a")`, "null"}, {`in("abc", empty, s)`, "True"}, {`in(i = 9, "true")`, "True"},
	},
}

func TestPoints(t *testing.T) {
	f := fields("avg", "3.990000000000215", "nums", []string{"30", "4", "4"})
	for name, v := range some {
		f[name] = v
	}
	for point, cases := range points {
		t.Run(point, func(t *testing.T) {
			for _, c := range cases {
				check(t, c.expr, f, c.want)
			}
		})
	}
}

// TestTooMuch asks for more than functions make: the result is null, at once.
func TestTooMuch(t *testing.T) {
	var long []column.Value
	for range 600_000 {
		long = append(long, column.Str("x"))
	}
	f := fields("list", column.Multi(long), "text", column.Str(strings.Repeat("x", longestText/2+1)), "words", column.Str(strings.Repeat("x", mostValues+1)),
		"few", column.Str(strings.Repeat("x", 9000)))
	for _, expr := range []string{
		`mvrange(0, pow(10, 12))`, `mvrange(0, 1, 0.0000000001)`, `mvrange(0, pow(10, 300), "1s")`, `mvappend(list, list)`, `text . text`, `text + text`, `mvjoin(mvappend(text, text), "")`, `split(words, "")`,
		`replace(few, "", few)`, `replace(few, "(x)", few . "\1")`,
		`mvzip(mvappend(text, text), mvappend(text, text))`, `printf("%s%s", text, text)`, `json_array(text, text)`, `printf("%*d", pow(10, 12), 1)`,
	} {
		e := &evaluator{lang: SPL, rows: 1, tokens: token.FindAllString(expr, -1), col: func(name string) column.Vector { return column.FromValues([]column.Value{f[name]}) }}
		if got := e.eval(e.parse(0)).Value(0); !got.IsNull() {
			t.Errorf("%s has %d bytes, %d values", expr, len(got.String()), len(got.Items()))
		}
	}
}
