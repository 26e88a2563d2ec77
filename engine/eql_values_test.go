package engine_test

import "testing"

// someProcesses is a log for statements about single events.
const someProcesses = `
	"process.name":"bash","process.pid":10,"process.exit_code":0,"process.args":["bash","-c","id"]
	"process.name":"Bash","process.pid":200,"process.args":["Bash"],"process.parent.name":"sshd"
	"process.name":"sh","process.pid":30,"process.exit_code":2,"user.id":"0","process.parent.name":"x"
	"process.pid":"443","process.command_line":"a\nb*c?d\\e","process.args":[],"process.parent.name":null
	"process.name":"net*","event.category":"network","destination.ip":"10.6.48.157","destination.port":443
`

// Values, types and missing values: section by section of what is known of Elasticsearch.
func TestEQLValues(t *testing.T) {
	checkStatements(t, []statement{
		{"where true is every event of the category", someProcesses, `process where true`, "1 2 3 4"},
		{"any adds no test of the category", someProcesses, `any where true`, "1 2 3 4 5"},
		{"the category is an exact match", someProcesses, `Process where true`, ""},
		{"a category may be quoted", someProcesses, `"network" where true`, "5"},
		{"any also matches documents without a category", `"event.category":null,"event.action":"x"`, `any where event.action == "x"`, "1"},
		{"a category of several values matches if any value equals it", `"event.category":["file","network"]`, `file where true`, "1"},
		{"null, an empty array and an absent key are all missing", someProcesses, `process where process.parent.name == null`, "1 4"},
		{"an empty array is missing", someProcesses, `process where process.args != null`, "1 2"},
		{"arrays of arrays flatten, and objects in arrays give their leaves", `"process":{"args":[["a"],["b",["c"]]],"thread":[{"id":1},{"id":2}]}`,
			`process where process.args == "c" and process.thread.id == 2 and process.thread.id == 1`, "1"},
		{"each leaf is judged on its own: two values may satisfy two leaves", `"process.thread.id":[50,300]`, `process where process.thread.id > 100 and process.thread.id < 200`, "1"},
		{"a function of a field is judged per leaf as well", `"process.args":["ab","abcdefghijkl"]`, `process where length(process.args) > 5 and length(process.args) < 10`, "1"},
		{"of two fields in one leaf some pair of values must satisfy it", `"process.args":["a","b"],"process.env_vars":["x","y"]`, `process where concat(process.args, process.env_vars) == "ay"`, "1"},
		{"of two fields in one leaf some pair must satisfy it, and none does", `"process.args":["a","b"],"process.env_vars":["x","y"]`, `process where startsWith(process.args, process.env_vars)`, ""},
		{"a comparison with a missing field is false", someProcesses, `process where process.exit_code < 1`, "1"},
		{"not is the complement: a missing field makes it true", someProcesses, `process where not process.parent.name == "x"`, "1 2 4"},
		{"!= is not ==", someProcesses, `process where process.parent.name != "x"`, "1 2 4"},
		{"not of a pattern is true for a missing field", someProcesses, `process where not process.parent.name like "*"`, "1 4"},
		{"not of a number's comparison is true for a missing field", someProcesses, `process where not (process.exit_code > 1)`, "1 2 4"},
		{"!= is false as soon as one value of an array equals", someProcesses, `process where process.args != "-c"`, "2 3 4"},
		{"x not in is not x in", someProcesses, `process where process.name not in ("bash", "sh")`, "2 4"},
		{"not of a conjunction", someProcesses, `process where not (process.name == "bash" and process.pid == 10)`, "2 3 4"},
		{"== null holds if there is no value", someProcesses, `process where process.exit_code == null`, "2 4"},
		{"!= null holds if there is some", someProcesses, `process where process.exit_code != null`, "1 3"},
		{"inside a null test there are three values", someProcesses, `process where null == (process.exit_code > -1)`, "2 4"},
		{"null == null is true", someProcesses, `process where null == null`, "1 2 3 4"},
		{"null != null is false", someProcesses, `process where null != null`, ""},
		{"?field of a field that some event has changes nothing", someProcesses, `process where ?process.exit_code == 2`, "3"},
		{"?field that no event has is null", someProcesses, `process where ?no.such_field == null`, "1 2 3 4"},
		{"not of a leaf over an unknown optional field is true", someProcesses, `process where not ?no.such_field == "x"`, "1 2 3 4"},
		{"?f alone is false when missing", someProcesses, `process where ?process.interactive`, ""},
		{"a bare boolean field is == true", `"process.interactive":true` + "\n" + `"process.interactive":false` + "\n" + `"process.name":"x"`, `process where process.interactive`, "1"},
		{"f == false is false when missing", `"process.interactive":true` + "\n" + `"process.interactive":false` + "\n" + `"process.name":"x"`, `process where process.interactive == false`, "2"},
		{"two fields cannot be compared", someProcesses, `process where process.name == process.parent.name`, "error fields"},
		{"nor through functions on both sides", someProcesses, `process where length(process.name) == length(process.parent.name)`, "error fields"},
		{"a constant may be on either side", someProcesses, `process where 1 <= process.exit_code`, "3"},
		{"a long field takes a number in quotes", someProcesses, `process where process.pid == 443`, "4"},
		{"a keyword field takes a number", `"user.id":0`, `process where user.id == "0"`, "1"},
		{"whole and fractional numbers mix", someProcesses, `process where process.exit_code < 2.5`, "1 3"},
		{"strings are ordered by their bytes, capitals first", someProcesses, `process where process.name < "b"`, "2"},
		{"dates compare with ISO text", someProcesses, `process where @timestamp >= "2026-01-05T00:00:03Z"`, "3 4"},
	})
}

// Operators, and what is a wildcard in which of them.
func TestEQLOperators(t *testing.T) {
	checkStatements(t, []statement{
		{"== respects case", someProcesses, `process where process.name == "bash"`, "1"},
		{"a star in == is a star", someProcesses, `any where process.name == "net*"`, "5"},
		{"a star in == is no wildcard", someProcesses, `any where process.name == "ba*"`, ""},
		{": ignores case", someProcesses, `process where process.name : "bash"`, "1 2"},
		{": takes wildcards", someProcesses, `process where process.name : "B*h"`, "1 2"},
		{": takes a list", someProcesses, `process where process.name : ("S?", "ba??")`, "1 2 3"},
		{"? is exactly one character", `"process.name":"é"` + "\n" + `"process.name":""` + "\n" + `"process.name":"ab"`, `process where process.name : "?"`, "1"},
		{`"?*" is a value that is not empty`, `"process.name":""` + "\n" + `"process.name":"a"`, `process where process.name like "?*"`, "2"},
		{`like "*" is exists`, someProcesses, `process where process.name like "*"`, "1 2 3"},
		{"in respects case and takes text verbatim", someProcesses, `any where process.name in ("ba*", "bash", "net*")`, "1 5"},
		{"in~ ignores case and takes text verbatim", someProcesses, `any where process.name in~ ("BA*", "BASH", "NET*")`, "1 2 5"},
		{"in takes any type", someProcesses, `process where process.pid in (30, 200)`, "2 3"},
		{"like respects case", someProcesses, `process where process.name like "b*"`, "1"},
		{"like~ ignores it", someProcesses, `process where process.name like~ "b*"`, "1 2"},
		{"like takes a list", someProcesses, `process where process.name like ("s?", "b*")`, "1 3"},
		{"a backslash in a pattern is an ordinary character", someProcesses, `process where process.command_line like "*\\e"`, "4"},
		{"a star crosses newlines", someProcesses, `process where process.command_line like "a*e"`, "4"},
		{"patterns are anchored at both ends", someProcesses, `process where process.name like "as"`, ""},
		{"regex matches the whole value", someProcesses, `process where process.name regex "[a-z]as"`, ""},
		{"regex respects case", someProcesses, `process where process.name regex "[a-z]+"`, "1 3"},
		{"regex~ ignores it", someProcesses, `process where process.name regex~ "[a-z]+"`, "1 2 3"},
		{"regex takes a list", someProcesses, `process where process.name regex ("b.*", "s.")`, "1 3"},
		{"regex: .* crosses newlines", someProcesses, `process where process.command_line regex "a.*e"`, "4"},
		{"regex: lazy marks change nothing", someProcesses, `process where process.name regex "b.*?"`, "1"},
		{"regex: there is no look-around", someProcesses, `process where process.name regex "(?=b).*"`, "error regex"},
		{"not binds tighter than and", someProcesses, `process where not process.pid == 10 and process.name != null`, "2 3"},
		{"and binds tighter than or", someProcesses, `process where process.pid == 10 or process.pid == 30 and process.name == "x"`, "1"},
		{"comparisons do not chain", someProcesses, `process where 1 < process.pid < 3`, "error :1:"},
		{"products bind tighter than sums", someProcesses, `process where process.pid + 1 * 2 == 12`, "1"},
		{"unary minus", someProcesses, `process where -process.pid == -10`, "1"},
		{"escapes of strings", `"process.name":"a\"b\\c\td"`, `process where process.name == "a\"b\\c\td"`, "1"},
		{"\\u{} escapes", `"process.name":"é😀"`, `process where process.name == "\u{e9}\u{1F600}"`, "1"},
		{"raw strings know no escapes", `"process.name":"a\\nb\"c"`, `process where process.name == """a\nb"c"""`, "1"},
		{"comments", someProcesses, "process where /* a */ process.pid == 10 // b\n or process.pid == 30", "1 3"},
		{"backticks name any field", "\"labels.a-b/c`d\":\"x\"", "process where `labels.a-b/c``d` == \"x\"", "1"},
		{"single quotes are Endgame's", someProcesses, `process where process.name == 'bash'`, "error quote"},
		{"= is Endgame's", someProcesses, `process where process.name = "bash"`, "error =="},
	})
}

// The functions, as the reference has them.
func TestEQLFunctions(t *testing.T) {
	var list []statement
	for _, f := range []struct{ says, condition string }{
		{"whole numbers divide whole", `4 / 3 == 1 and 83 / process.two == 41`},
		{"division with a fraction keeps it", `3.0 / process.two == 1.5`},
		{"modulo keeps the dividend's sign", `-7 % process.two == -1 and modulo(process.two, 5) == 2`},
		{"add, subtract, multiply, divide", `add(process.two, 1) == 3 and subtract(process.two, 5) == -3 and multiply(process.two, 2) == 4 and divide(4, process.two) == 2`},
		{"arithmetic with null is null", `null == (process.none + 1)`},
		{"between", `between(process.text, "a", "c") == "b" and between(process.text, "A", "c") == "" and between~(process.text, "A", "C") == "b"`},
		{"between is greedy if asked", `between("a-b-c", "a", "-") == "" and between("a-b-c", "a", "-", true) == "-b"`},
		{"between without a source is null", `null == between(process.none, "a", "b")`},
		{"cidrMatch, whose name is read in any case", `cidrmatch(process.ip, "192.168.0.0/16", "10.0.0.0/8") and not cidrMatch(process.ip, "192.168.0.0/16")`},
		{"bits beyond the prefix do not matter", `cidrMatch(process.ip, "10.6.48.99/8")`},
		{"an address alone is a host route", `cidrMatch("::1", "::1") and cidrMatch(process.ip, "10.6.48.157")`},
		{"0.0.0.0/0 is all of v4", `cidrMatch(process.ip, "0.0.0.0/0") and not cidrMatch(process.ip, "::/0")`},
		{"a boolean function == false holds for a missing field", `cidrMatch(process.none, "10.0.0.0/8") == false and cidrMatch(process.none, "10.0.0.0/8") != true`},
		{"concat prints numbers and truth values", `concat(process.text, process.two, true) == "abcd2true"`},
		{"concat is null if one part is", `null == concat(process.text, process.none)`},
		{"endsWith and startsWith", `endsWith(process.text, "cd") and startsWith(process.text, "ab") and not startsWith(process.text, "AB") and startsWith~(process.text, "AB") and endsWith~(process.text, "CD")`},
		{"of empty text both hold", `endsWith("", "") and startsWith("", "")`},
		{"the field may be the second argument", `endsWith("xabcd", process.text)`},
		{"indexOf counts from zero", `indexOf(process.text, "c") == 2 and indexOf~(process.text, "C") == 2 and indexOf(process.text, "b", 1) == 1`},
		{"indexOf of what is not there is null", `null == indexOf(process.text, "x") and null == indexOf(process.text, "a", 10)`},
		{"indexOf: a negative start is 0, empty text is found at the start", `indexOf(process.text, "a", -5) == 0 and indexOf(process.text, "", 2) == 2`},
		{"length counts characters", `length(process.text) == 4 and length("é😀") == 2`},
		{"number", `number("  -12 ") == -12 and number("0x1F") == 31 and number("ff", 16) == 255 and number("1.5") == 1.5 and number("5", null) == 5`},
		{"string", `string(42) == "42" and string(42.5) == "42.5" and string(true) == "true" and string(process.two) == "2"`},
		{"stringContains", `stringContains(process.text, "bc") and not stringContains(process.text, "BC") and stringContains~(process.text, "BC")`},
		{"stringContains of empty text is false", `not stringContains(process.text, "") and not stringContains("", "a")`},
		{"substring is zero-based and ends before its end", `substring(process.text, 1, 3) == "bc" and substring(process.text, 2) == "cd"`},
		{"substring counts negative numbers from the end", `substring(process.text, -2) == "cd" and substring(process.text, -3, -1) == "bc"`},
		{"substring out of range is empty", `substring(process.text, 9) == "" and substring(process.text, 3, 1) == ""`},
		{"wildcard takes patterns", `wildcard(process.text, "x*", "a*d") and not wildcard(process.text, "A*") and wildcard~(process.text, "A*D")`},
		{"functions nest", `length(concat(substring(process.text, 0, 2), "x")) == 3`},
	} {
		list = append(list, statement{f.says, `"process.text":"abcd","process.two":2,"process.ip":"10.6.48.157"`, "process where " + f.condition, "1"})
	}
	list = append(list,
		statement{"an unknown function is named", someProcesses, `process where fooBar(process.name)`, "error fooBar"},
		statement{"too few arguments", someProcesses, `process where startsWith(process.name)`, "error startsWith"},
		statement{"a bad net", someProcesses, `process where cidrMatch(destination.ip, "10.0.0.0/40")`, "error 10.0.0.0/40"},
	)
	checkStatements(t, list)
}
