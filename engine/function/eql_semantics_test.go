package function

import (
	"strings"
	"testing"

	"spoor/engine/column"
	"spoor/grammar/source"
)

func several(items ...any) column.Value {
	var out []column.Value
	for _, x := range items {
		out = append(out, fields("x", x)["x"])
	}
	return column.Multi(out)
}

var eqlFields = fields("name", "explorer.exe", "path", "/usr/bin/python3.11", "pid", 424, "ratio", 4.5, "bool", true, "digits", "424", "empty", "",
	"cmd", "nc -l\n4444 /dev", "back", `C:\red_ttp\x`, "kelvin", "\u212aelvin", "utf", "ÉCOLE ß", "ip", "10.6.48.157", "v6", "2001:db8::1", "noip", "host-1",
	"big", 9007199254740993, "least", column.Integer(-1<<63), "most", column.Integer(1<<63-1), "when", column.Nanos(1714564800_500000000),
	"pids", several(50, 150, 250), "names", several("a", "bb", "ccc"), "parts", several("x", "y"), "flags", several(true, false), "bad", "a\xffb",
	"kinds", several("443", 80, true), "star", "a*b")

// TestEQLSemantics has a row for each statement about values, operators and functions.
func TestEQLSemantics(t *testing.T) {
	for _, c := range []struct{ statement, expr, want string }{
		{"some value satisfies a leaf", `names == "bb"`, "True"}, {"some value satisfies a leaf", `names == "z"`, "False"},
		{"some value satisfies a leaf", `pids > 200`, "True"}, {"some value satisfies a leaf", `pids < 50`, "False"},
		{"each leaf is judged on its own", `length(names) > 2`, "True"}, {"each leaf is judged on its own", `length(names) < 2`, "True"},
		{"of two fields in a leaf some pair satisfies it", `concat(names, parts) == "bby"`, "True"}, {"of two fields in a leaf some pair satisfies it", `concat(names, parts) == "yb"`, "False"},
		{"of two fields in a leaf some pair satisfies it", `startsWith(names, "c")`, "True"}, {"of two fields in a leaf some pair satisfies it", `startsWith(concat(names, parts), "ax")`, "True"},
		{"of two fields in a leaf some pair satisfies it", `concat(names, parts, names)`, "axa axbb axccc aya aybb ayccc bbxa bbxbb bbxccc bbya bbybb bbyccc cccxa cccxbb cccxccc cccya cccybb cccyccc"},
		{"a missing operand makes a comparison null", `missing == "a"`, "null"}, {"a missing operand makes a comparison null", `0 <= missing`, "null"},
		{"a missing operand makes a pattern null", `missing like "*"`, "null"}, {"a missing operand makes a pattern null", `missing regex ".*"`, "null"},
		{"a missing operand makes in null", `missing in ("a", 1)`, "null"}, {"a missing operand makes in null", `name in ("a", null)`, "null"},
		{"what is found is found whatever else is missing", `name in (null, "explorer.exe")`, "True"},
		{"a missing operand makes a boolean function null", `startsWith(missing, "a")`, "null"}, {"a missing operand makes a boolean function null", `endsWith("a", missing)`, "null"},
		{"a missing operand makes a boolean function null", `concat(names, missing) == "a"`, "null"},
		{"a leaf that is null is false", `holds(missing == "a")`, "False"}, {"a leaf that is null is false", `holds(missing like "*")`, "False"}, {"a leaf that is true is true", `holds(pid == 424)`, "True"},
		{"a leaf that is false is false", `holds(pid == 425)`, "False"}, {"a leaf over several truth values is true if one is", `holds(flags)`, "True"},
		{"functions propagate null", `length(missing)`, "null"}, {"functions propagate null", `add(missing, 1)`, "null"}, {"functions propagate null", `pid - missing`, "null"}, {"functions propagate null", `-missing`, "null"},
		{"exists is true iff there is a value", `exists(name)`, "True"}, {"exists is true iff there is a value", `exists(missing)`, "False"}, {"exists is true iff there is a value", `exists(names)`, "True"},
		{"an empty text is a value", `exists(empty)`, "True"}, {"the inner expression of a null test is three-valued", `exists(missing > 1)`, "False"}, {"the inner expression of a null test is three-valued", `exists(pid > 1000)`, "True"},
		{"a bare truth value is equality with true", `bool == true`, "True"}, {"f == false is false when missing", `holds(missing == false)`, "False"}, {"f == false", `bool == false`, "False"},
		{"a constant may be on either side", `0 <= pid`, "True"}, {"a constant may be on either side", `"explorer.exe" == name`, "True"}, {"a constant may be on either side", `"bb" == names`, "True"},
		{"a number is no text", `pid == "424"`, "False"}, {"a text is no number", `digits == 424`, "False"}, {"a text is no number", `digits > 1`, "False"}, {"a truth value is no number", `bool == 1`, "False"},
		{"a truth value is no text", `bool == "true"`, "False"}, {"a number is no text", `pid like "*"`, "False"}, {"a number is no text", `pid in ("424")`, "False"}, {"a text is no number", `digits in (424)`, "False"},
		{"a number is no text", `startsWith(pid, "4")`, "False"}, {"a number is no text", `pid regex "4.*"`, "False"}, {"any literal type in a list", `kinds in (80, "x")`, "True"}, {"any literal type in a list", `kinds in (true)`, "True"},
		{"any literal type in a list", `kinds in (443)`, "False"}, {"integers and decimals mix", `pid < 424.5`, "True"}, {"integers and decimals mix", `pid == 424.0`, "True"}, {"integers and decimals mix", `ratio > 4`, "True"},
		{"integers and decimals mix exactly", `big == 9007199254740992.0`, "False"}, {"integers and decimals mix exactly", `big > 9007199254740992.0`, "True"}, {"integers and decimals mix exactly", `most < 9223372036854775808.0`, "True"},
		{"integers and decimals mix", `pid in (424.0)`, "True"}, {"negative numbers", `least < -1`, "True"},
		{"texts order by bytes", `"System Idle Process" > "System"`, "True"}, {"capitals order before small letters", `"B" < "a"`, "True"}, {"texts order by bytes", `name >= "explorer.exe"`, "True"},
		{"truth values compare with each other", `bool > false`, "True"},

		{"== is case-sensitive", `name == "Explorer.exe"`, "False"}, {"== has no wildcards", `star == "a*"`, "False"}, {"== has no wildcards", `star == "a*b"`, "True"},
		{"dates compare with text in ISO 8601", `when == "2024-05-01T12:00:00.5Z"`, "True"}, {"dates compare with text in ISO 8601", `when > "2024-05-01"`, "True"}, {"dates compare with text in ISO 8601", `"2024-05-01T14:00:01+02:00" > when`, "True"},
		{"dates compare with text in ISO 8601", `when in ("x", "2024-05-01T12:00:00.500Z")`, "True"}, {"a text that is no date", `when > "yesterday"`, "False"}, {"dates compare with dates", `date("2024-05-01") < when`, "True"},
		{"a date is no number", `when > 5`, "False"}, {"two texts are no dates", `"2024-05-01" == "2024-05-01T00:00:00Z"`, "False"},
		{": is insensitive with wildcards", `path like~ "/USR/*/PYTHON?.*"`, "True"}, {": lists are any", `path like~ ("a", "/usr/*")`, "True"}, {"like is sensitive", `path like "/USR/*"`, "False"},
		{"in takes wildcards verbatim", `path in ("/usr/*")`, "False"}, {"in takes wildcards verbatim", `star in ("a*b")`, "True"}, {"in~ takes wildcards verbatim", `path in~ ("/USR/*")`, "False"},
		{"in is sensitive", `name in ("EXPLORER.EXE")`, "False"}, {"in~ is insensitive", `name in~ ("x", "EXPLORER.EXE")`, "True"}, {"in~ compares numbers", `pid in~ (424)`, "True"},
		{"a pattern without wildcards is equality", `name like "explorer"`, "False"}, {"a pattern without wildcards is equality", `name like~ "EXPLORER.exe"`, "True"}, {"patterns are anchored", `name like "plor*"`, "False"},
		{"patterns are anchored", `name like "*plor"`, "False"}, {"a backslash is an ordinary character", `back like "*\\red_ttp\\*"`, "True"}, {"a backslash does not escape a star", `star like "a\\*b"`, "False"},
		{"* crosses slashes, blanks and newlines", `cmd like "nc*dev"`, "True"}, {"? is one character", `utf like "?COLE ?"`, "True"}, {"? is one character", `name like "explorer?exe"`, "True"}, {"? is one character", `name like "explorer.exe?"`, "False"},
		{"? is one character, also a newline", `cmd like "nc -l?4444*"`, "True"}, {"?* is a value that is not empty", `name like "?*"`, "True"}, {"?* is a value that is not empty", `empty like "?*"`, "False"},
		{"* is any run, also an empty one", `empty like "*"`, "True"}, {"* is any run, also an empty one", `name like "*explorer*.exe*"`, "True"}, {"like * is exists", `name like "*"`, "True"},
		{"entities are not decoded", `"a > b" like "a &gt; b"`, "False"}, {"? is one byte that is no character", `bad like "a?b"`, "True"},
		{"case folds ASCII to ASCII only", `kelvin like~ "kelvin"`, "False"}, {"case folds ASCII to ASCII only", `kelvin like~ "?ELVIN"`, "True"}, {"case folds by character", `utf like~ "école*"`, "True"}, {"case folds by character", `utf in~ ("école ß")`, "True"},
		{"case folds ASCII to ASCII only", `kelvin regex~ "k.*"`, "False"}, {"case folds by character", `utf regex~ "éc.*"`, "True"}, {"case folds by character", `kelvin regex~ "\u212aELVIN"`, "True"},
		{"the whole value must match", `name regex "plor"`, "False"}, {"the whole value must match", `name regex ".*plor.*"`, "True"}, {"regex is sensitive", `name regex "EXPLORER.*"`, "False"}, {"regex~ is insensitive", `name regex~ "EXPLORER\\.[a-e]XE"`, "True"},
		{"a list of expressions is any", `name regex ("a", "exp.*")`, "True"}, {". matches a newline", `cmd regex "nc.*dev"`, "True"}, {"no value matches", `names regex "[d-z]+"`, "False"}, {"some value matches", `names regex "b{2}"`, "True"},

		{"add", `add(pid, 1)`, "425"}, {"add", `pid + 0.5`, "424.5"}, {"subtract", `subtract(1, pid)`, "-423"}, {"multiply", `multiply(pid, 2)`, "848"}, {"integers divide without fraction", `4 / 3`, "1"},
		{"integers divide without fraction", `82 / 2`, "41"}, {"integers divide without fraction", `83 / 2`, "41"}, {"integers divide without fraction", `-7 / 2`, "-3"}, {"a decimal makes the result one", `83 / 2.0`, "41.5"},
		{"a decimal makes the result one", `divide(ratio, 2)`, "2.25"}, {"modulo keeps the dividend's sign", `-7 % 3`, "-1"}, {"modulo keeps the dividend's sign", `modulo(7, -3)`, "1"}, {"modulo keeps the dividend's sign", `5.5 % 2`, "1.5"},
		{"nothing is divided by 0", `pid / 0`, "null"}, {"nothing is divided by 0", `pid % 0`, "null"}, {"nothing is divided by 0", `ratio / 0.0`, "null"}, {"texts are no numbers", `digits + 1`, "null"}, {"texts are no numbers", `-digits`, "null"},
		{"what does not fit is a decimal", `most + 1`, "9.223372036854776e+18"}, {"what does not fit is a decimal", `least / -1`, "9.223372036854776e+18"}, {"what does not fit is a decimal", `most * 3`, "2.7670116110564327e+19"}, {"the least integer", `least % -1`, "0"},
		{"arithmetic over all combinations", `pids * 2`, "100 300 500"},

		{"between", `between(path, "/", "/")`, "usr"}, {"between, to the last", `between(path, "/", "/", true)`, "usr/bin"}, {"between, to the next", `between(path, "/", "/", false)`, "usr"}, {"between is case-sensitive", `between(path, "/USR", "p")`, ""},
		{"between~", `between~(path, "/USR/", "/PY")`, "bin"}, {"between~ gives the text as it is", `between~("xİÉabcÉ", "é", "É")`, "abc"}, {"empty if not found", `between(path, "x", "/")`, ""}, {"empty if not found", `between(path, "python", "/")`, ""},
		{"between of null", `between(missing, "a", "b")`, "null"}, {"between of a number", `between(pid, "4", "4")`, "null"}, {"the right text is behind the left one", `between("a-b", "a-b", "a", true)`, ""},
		{"cidrMatch", `cidrMatch(ip, "10.6.48.157/8")`, "True"}, {"cidrMatch with several nets", `cidrMatch(ip, "192.168.0.0/16", "10.0.0.0/8")`, "True"}, {"cidrMatch", `cidrMatch(ip, "11.0.0.0/8")`, "False"}, {"a bare address is a net", `cidrMatch(ip, "10.6.48.157")`, "True"},
		{"a bare address is a net", `cidrMatch("::1", "::1")`, "True"}, {"all of IPv4", `cidrMatch(ip, "0.0.0.0/0")`, "True"}, {"all of IPv4 is not IPv6", `cidrMatch(v6, "0.0.0.0/0")`, "False"}, {"all of IPv6", `cidrMatch(v6, "::/0")`, "True"}, {"all of IPv6 is not IPv4", `cidrMatch(ip, "::/0")`, "False"},
		{"hexadecimal in any case", `cidrMatch(v6, "2001:DB8::/32")`, "True"}, {"hexadecimal in any case", `cidrMatch("2001:DB8::5", "2001:db8::/32")`, "True"}, {"wrapped addresses", `cidrMatch("::ffff:10.1.1.1", "10.0.0.0/8")`, "True"}, {"wrapped nets", `cidrMatch(ip, "::ffff:10.0.0.0/104")`, "True"},
		{"no address", `cidrMatch(noip, "0.0.0.0/0")`, "False"}, {"cidrMatch of null", `cidrMatch(missing, "10.0.0.0/8")`, "null"}, {"cidrMatch with null", `cidrMatch(ip, "10.0.0.0/8", null)`, "null"},
		{"concat prints numbers and truth values", `concat(name, pid, ratio, bool)`, "explorer.exe4244.5true"}, {"concat is null if any is", `concat(name, missing)`, "null"}, {"concat of one", `concat(name)`, "explorer.exe"},
		{"endsWith", `endsWith(name, ".exe")`, "True"}, {"endsWith", `endsWith(name, ".EXE")`, "False"}, {"endsWith~", `endsWith~(name, ".EXE")`, "True"}, {"startsWith", `startsWith(name, "exp")`, "True"}, {"startsWith~", `startsWith~(name, "EXP")`, "True"},
		{"empty texts", `startsWith("", "")`, "True"}, {"empty texts", `endsWith("", "")`, "True"}, {"empty texts", `endsWith~(name, "")`, "True"}, {"arguments in either place", `startsWith("explorer.exe -x", name)`, "True"}, {"arguments in either place", `endsWith~("C:\\EXPLORER.EXE", name)`, "True"},
		{"some pair", `startsWith("bbb", names)`, "True"}, {"some pair", `stringContains(names, parts)`, "False"},
		{"indexOf", `indexOf(name, "x")`, "1"}, {"indexOf from a place", `indexOf(name, "x", 2)`, "10"}, {"indexOf, not found", `indexOf(name, "z")`, "null"}, {"indexOf, a negative start is 0", `indexOf(name, "e", -5)`, "0"}, {"indexOf is case-sensitive", `indexOf(name, "X")`, "null"},
		{"indexOf~", `indexOf~(name, "X")`, "1"}, {"indexOf beyond the end", `indexOf(name, "", 13)`, "null"}, {"an empty part is at the start", `indexOf(name, "", 12)`, "12"}, {"an empty part is at the start", `indexOf(name, "", -3)`, "0"}, {"an empty part is at the start", `indexOf(name, "")`, "0"},
		{"indexOf counts characters", `indexOf(utf, "C")`, "1"}, {"indexOf of null", `indexOf(missing, "a")`, "null"}, {"indexOf of null", `indexOf(name, missing)`, "null"}, {"indexOf of null", `indexOf(name, "x", missing)`, "null"},
		{"length counts characters", `length(utf)`, "7"}, {"length", `length(empty)`, "0"}, {"length of null", `length(missing)`, "null"}, {"length of a number", `length(pid)`, "null"},
		{"number", `number("42")`, "42"}, {"number trims", `number(" 42.5 ")`, "42.5"}, {"number in hexadecimal", `number("0x1F")`, "31"}, {"number in hexadecimal", `number("0X1f", 16)`, "31"}, {"number in hexadecimal", `number("1f", 16)`, "31"}, {"signs", `number("-7")`, "-7"}, {"signs", `number("+7")`, "7"},
		{"signs", `number("-0x10")`, "-16"}, {"signs", `number("--7")`, "null"}, {"a null base is the default", `number("0x10", null)`, "16"}, {"a null base is the default", `number("10", null)`, "10"}, {"a base", `number("z", 36)`, "35"}, {"a base", `number("777", 8)`, "511"}, {"no base", `number("1", 99)`, "null"},
		{"an empty text is no number", `number("")`, "null"}, {"no number", `number(name)`, "null"}, {"a prefix belongs to its base", `number("0x10", 10)`, "null"}, {"number of null", `number(missing)`, "null"}, {"number of a number", `number(pid)`, "424"},
		{"string", `string(42)`, "42"}, {"string", `string(42.5)`, "42.5"}, {"string", `string(bool)`, "true"}, {"string", `string(pid) == "424"`, "True"}, {"string of null", `string(missing)`, "null"}, {"string of a date", `string(when)`, "2024-05-01T12:00:00.500Z"},
		{"stringContains", `stringContains(path, "bin")`, "True"}, {"stringContains", `stringContains(path, "BIN")`, "False"}, {"stringContains~", `stringContains~(path, "BIN")`, "True"}, {"an empty text holds nothing", `stringContains("", "")`, "False"}, {"an empty text is not held", `stringContains(name, "")`, "False"},
		{"an empty text is not held", `stringContains~(name, empty)`, "False"}, {"an empty text holds nothing", `stringContains(empty, "a")`, "False"}, {"stringContains of null", `stringContains(name, missing)`, "null"},
		{"substring", `substring(name, 0, 3)`, "exp"}, {"substring", `substring(name, 9)`, "exe"}, {"negatives count from the end", `substring(name, -4)`, ".exe"}, {"negatives count from the end", `substring(name, -4, -1)`, ".ex"}, {"out of range", `substring(name, 20)`, ""}, {"out of range", `substring(name, 5, 2)`, ""},
		{"out of range", `substring(name, -99, 3)`, "exp"}, {"out of range", `substring(name, 9, 99)`, "exe"}, {"out of range", `substring(name, 0, -99)`, ""}, {"substring counts characters", `substring(utf, 1, 3)`, "CO"}, {"substring of null", `substring(missing, 0)`, "null"}, {"substring of a number", `substring(pid, 0)`, "null"},
		{"substring with a null end", `substring(name, 9, null)`, "exe"}, {"wildcard", `wildcard(path, "/bin/*", "/usr/*")`, "True"}, {"wildcard is case-sensitive", `wildcard(path, "/USR/*")`, "False"}, {"wildcard~", `wildcard~(path, "/USR/*")`, "True"}, {"wildcard of null", `wildcard(missing, "*")`, "null"},
		{"boolean functions may be compared", `startsWith(name, "exp") == true`, "True"}, {"functions nest", `length(between(path, "/", "/")) == 3`, "True"},

		{"date", `date("2024-05-01T12:00:00.5Z") == when`, "True"}, {"date", `date(name)`, "null"}, {"date of a date", `date(when) == when`, "True"}, {"date of a number", `date(pid)`, "null"}, {"ip", `ip("2001:0DB8:0::0001")`, "2001:db8::1"}, {"ip", `ip(ip)`, "10.6.48.157"},
		{"ip", `ip(noip)`, "null"}, {"ip", `ip("fe80::1%eth0")`, "fe80::1"}, {"ip", `ip("::ffff:1.2.3.4")`, "1.2.3.4"}, {"ip", `ip(empty)`, "null"},
	} {
		t.Run(c.statement, func(t *testing.T) { checkEQL(t, strings.ReplaceAll(c.expr, `\u212a`, "\u212a"), eqlFields, c.want) })
	}
}

func TestISO(t *testing.T) {
	const noon = int64(1714564800_000000000)
	for _, c := range []struct {
		text string
		want int64
		ok   bool
	}{
		{"2024-05-01T12:00:00Z", noon, true}, {"2024-05-01T12:00:00", noon, true}, {"2024-05-01 12:00", noon, true}, {"2024-05-01T12", noon, true}, {"2024-05-01T12:00:00.123456789Z", noon + 123456789, true},
		{"2024-05-01T12:00:00,1Z", noon + 1e8, true}, {"2024-05-01T14:30:00+02:30", noon, true}, {"2024-05-01T14:30:00+0230", noon, true}, {"2024-05-01T07:00-05", noon, true}, {"2024-05-01t12:00:00z", noon, true},
		{"2024-05-01", noon - 12*3600*1e9, true}, {"2024-05", noon - 12*3600*1e9, true}, {"2024", 1704067200e9, true}, {"1970-01-01T00:00:00Z", 0, true}, {"1969-12-31T23:59:59.5Z", -5e8, true}, {"2024-02-29", 1709164800e9, true},
		{"2023-02-29", 0, false}, {"2024-13-01", 0, false}, {"2024-00-01", 0, false}, {"2024-05-32", 0, false}, {"2024-05-01T24:00", 0, false}, {"2024-05-01T12:60", 0, false}, {"2024-05-01T12:00:61", 0, false}, {"24-05-01", 0, false}, {"2024-5-1", 0, false},
		{"2024-05-01T", 0, false}, {"2024-05-01Z", 0, false}, {"2024-05-01T12:00:00.", 0, false}, {"2024-05-01T12:00:00.1234567890Z", 0, false}, {"2024-05-01T12:00:00+", 0, false}, {"2024-05-01T12:00:00+99", 0, false}, {"2024-05-01T12:00:00Zx", 0, false},
		{"1500-01-01", 0, false}, {"9999-01-01", 0, false}, {"", 0, false}, {"now-1d", 0, false}, {"20240501", 0, false},
	} {
		if got, ok := parseISO(c.text); ok != c.ok || ok && got != c.want {
			t.Errorf("%q is %d, %v; want %d, %v", c.text, got, ok, c.want, c.ok)
		}
	}
}

func TestEQLBindErrors(t *testing.T) {
	for _, c := range []struct{ name, constant, code, want string }{
		{"cidrmatch", "10.0.0.0/33", "bad-net", "no block of addresses"}, {"cidrmatch", "localhost", "bad-net", "no block of addresses"}, {"cidrmatch", "", "bad-net", "no block of addresses"},
		{"regex", "a~b", "regex-unsupported", "complement"}, {"regex~", "a&b", "regex-unsupported", "intersection"}, {"run regex", "a@b", "regex-unsupported", "`@`"}, {"regex", "#", "regex-unsupported", "nothing"},
		{"regex", "x<1-10>", "regex-unsupported", "intervals"}, {"regex", "(?=a)b", "regex-unsupported", "look-around `(?=`"}, {"regex", "(?<!a)b", "regex-unsupported", "look-around `(?<!`"}, {"regex", "(?:a)", "regex-unsupported", "groups"},
		{"regex", "(?i)a", "regex-unsupported", "regex~"}, {"regex", `(a)\1`, "regex-unsupported", "back-reference"}, {"regex", `\bfoo`, "regex-unsupported", `\b`}, {"regex", `[\n]`, "regex-unsupported", `\n`}, {"regex", "a{1001}", "regex-unsupported", "1000 times"},
		{"regex", "(a{100}){100}", "regex-unsupported", "repeat"}, {"regex", "a{99999999999999999999}", "regex-unsupported", "1000 times"}, {"regex", strings.Repeat("(", 1000) + strings.Repeat(")", 1000), "regex-unsupported", "nests"},
		{"regex", "a(b", "bad-regex", "not closed"}, {"regex", "a)b", "bad-regex", "no `(`"}, {"regex", "[a", "bad-regex", "not closed"}, {"regex", `"a`, "bad-regex", "quote"}, {"regex", `a\`, "bad-regex", "backslash"}, {"regex", "a{x}", "bad-regex", "needs a number"},
		{"regex", "a{3,2}", "bad-regex", "less often"}, {"regex", "[z-a]", "bad-regex", "upside down"}, {"regex", "[", "bad-regex", "not closed"}, {"regex", `[\`, "bad-regex", "backslash"}, {"regex", "a{1", "bad-regex", "}"},
	} {
		v := column.Str(c.constant)
		span := source.New("query", c.constant+" ").All()
		_, err := Lookup(EQL, c.name).Bind(testEnv, []Arg{{}, {Const: &v, Span: span}})
		if err == nil || err.Code != c.code || !strings.Contains(err.Message+err.Hint, c.want) || err.Span != span {
			t.Errorf("%s with %.40q: %v, want %s with %q at the argument", c.name, c.constant, err, c.code, c.want)
		}
	}
	for _, name := range []string{"in", "in~", "like", "wildcard~", "regex", "cidrmatch", "run in", "run like"} {
		if _, err := Lookup(EQL, name).Bind(testEnv, []Arg{{}, {}}); err == nil || err.Code != "not-constant" {
			t.Errorf("%s with a field as value: %v", name, err)
		}
	}
}
