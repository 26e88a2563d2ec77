package function

import "testing"

func TestMappingsToECS(t *testing.T) {
	values := fields("none", "-", "empty", "", "list", []string{"a b", "c"}, "pid", 4005, "big", 1e21, "half", 2.5, "line", "a\n b",
		"guid", "{C9EB4A87-4093-637F-789D-2406AB550000}")
	for _, c := range []struct{ expr, want string }{
		{`present("/bin/sh")`, "/bin/sh"},
		{`present("-x")`, "-x"},
		{`present(" ")`, " "},
		{`present(none)`, "null"},
		{`present(empty)`, "null"},
		{`present("(null)")`, "null"},
		{`present("<unknown process>")`, "null"},
		{`present(missing)`, "null"},
		{`present(pid)`, "4005"},

		{`integer("4005")`, "4005"},
		{`typeof(integer("4005"))`, "Number"},
		{`integer(" 007 ")`, "7"},
		{`integer("-5")`, "-5"},
		{`integer("-05")`, "null"},
		{`integer("9007199254740993")`, "9007199254740993"},
		{`integer("9223372036854775808")`, "null"},
		{`integer(half)`, "2"},
		{`integer("2.x")`, "null"},
		{`integer("1e3")`, "null"},
		{`integer("0x10")`, "null"},
		{`integer(big)`, "null"},
		{`integer(none)`, "null"},
		{`integer(empty)`, "null"},
		{`integer(pid)`, "4005"},
		{`integer(missing)`, "null"},

		{`mvjoin(tokens("ls -l /"), "|")`, "ls|-l|/"},
		{`mvjoin(tokens("a  b "), "|")`, "a||b|"},
		{`mvjoin(tokens("sh -c 'echo x'"), "|")`, "sh|-c|'echo|x'"},
		{`mvcount(tokens("a	b"))`, "1"},
		{`mvjoin(tokens(line), "|")`, "a\n|b"},
		{`mvjoin(tokens(list), "|")`, "a|b|c"},
		{`mvcount(tokens(empty))`, "1"},
		{`tokens(missing)`, "null"},

		{`entityid(guid, pid)`, "c9eb4a87-4093-637f-789d-2406ab550000:4005"},
		{`entityid(lower(guid), "4005")`, "c9eb4a87-4093-637f-789d-2406ab550000:4005"},
		{`entityid(trim(guid, "{}"), pid)`, "c9eb4a87-4093-637f-789d-2406ab550000:4005"},
		{`entityid("{c9eb4a87-4093-637f-789d-240600000000}", pid)`, "c9eb4a87-4093-637f-789d-240600000000:4005"},
		{`entityid("{c9eb4a87-4093-637f-0000-000000000000}", pid)`, "null"},
		{`entityid("{00000000-0000-0000-0000-000000000000}", pid)`, "null"},
		{`entityid("{c9eb4a87-4093-637f-789d-2406}", pid)`, "null"},
		{`entityid("{c9eb4a87}", pid)`, "null"},
		{`entityid(none, pid)`, "null"},
		{`entityid(empty, pid)`, "null"},
		{`entityid(guid, none)`, "null"},
		{`entityid(missing, pid)`, "null"},
		{`entityid(guid, missing)`, "null"},
	} {
		check(t, c.expr, values, c.want)
	}
}
