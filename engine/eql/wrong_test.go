package eql_test

import (
	"strings"
	"testing"

	"spoor/engine/eql"
	"spoor/grammar"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

// TestWrong holds what is said of queries that cannot run or that can find nothing, and where. The condition begins at column 11.
func TestWrong(t *testing.T) {
	for _, c := range []struct{ where, want string }{
		{`process.name == host.name`, `1:11 error fields-compared: fields cannot be compared with each other, only with constants`},
		{`length(process.name) > process.pid + 1`, `1:11 error fields-compared: fields cannot be compared with each other, only with constants`},
		{`process.name in ("a", host.name)`, `1:33 error fields-compared: fields cannot be compared with each other, only with constants`},
		{`1`, `1:11 error not-a-condition: a number is no condition`},
		{`"x"`, `1:11 error not-a-condition: a string is no condition`},
		{`true and 1 + 2`, `1:20 error not-a-condition: a number is no condition`},
		{`length(process.name)`, `1:11 error not-a-condition: length() gives numbers: it is no condition by itself`},
		{`not process.name`, `1:15 error not-a-condition: process.name holds text: it is no condition by itself`},
		{`process.name == "a*"`, "1:27 warning literal-wildcard: `==` takes wildcards literally: this matches no other text"},
		{`"a?" != process.name`, "1:11 warning literal-wildcard: `!=` takes wildcards literally: this matches no other text"},
		{`process.name in ("python*", "perl", "lua*")`, "1:28 warning literal-wildcard: `in` takes wildcards literally: \"python*\" and \"lua*\" match no other text"},
		{`process.name in ("a?", "b", "c?", "d*", "e*", "f*", "g*")`, "1:28 warning literal-wildcard: `in` takes wildcards literally: " +
			`"a?", "c?", "d*", "e*" and 2 more match no other text`},
		{`process.name not in~ ("python*")`, "1:33 warning literal-wildcard: `in~` takes wildcards literally: this matches no other text"},
		{`process.name : "a*"`, ``},
		{`process.nmae == "a" or process.nmae == "b"`, `1:11 warning unknown-field: the Elastic Common Schema has no field process.nmae: it is missing unless events bring it`},
		{`?process.nmae == "a"`, ``},
		{`user.id == 0`, `1:22 warning literal-type: user.id holds text: 0 is compared as text`},
		{`user.id == true`, `1:22 warning literal-type: user.id holds text: true is compared as text`},
		{`user.id in (0, "1")`, `1:23 warning literal-type: user.id holds text: 0 is compared as text`},
		{`process.pid == "443"`, ``},
		{`process.pid == "x"`, `1:26 warning never-true: process.pid holds numbers, and this is none: it never matches`},
		{`process.pid == true`, `1:26 warning never-true: process.pid holds numbers, and this is none: it never matches`},
		{`process.interactive == 1`, `1:34 warning never-true: process.interactive holds true or false, and this is none: it never matches`},
		{`@timestamp > "yesterday"`, `1:24 warning never-true: @timestamp holds times, and this is none: it never matches`},
		{`source.ip == "10.0.0.0/8"`, `1:24 warning never-true: source.ip holds addresses, and this is none: it never matches`},
		{`length(process.name) == "x"`, `1:35 warning never-true: length(process.name) holds numbers, and this is none: it never matches`},
		{`process.pid < null`, "1:25 warning never-true: `<` is never true of null"},
		{`process.pid in (1, null)`, "1:30 warning never-true: `in` is never true of null"},
		{`process.pid : "1*"`, "1:11 warning string-operator: `:` wants text, but process.pid holds numbers: it never matches"},
		{`process.interactive regex "t.*"`, "1:11 warning string-operator: `regex` wants text, but process.interactive holds true or false: it never matches"},
		{`startsWith(process.pid, "1")`, "1:22 warning string-operator: startsWith() wants text, but process.pid holds numbers: it never matches"},
		{`length(process.name, 1) > 1`, `1:11 error argument-count: length takes 1 argument, not 2`},
		{`startsWith(process.name)`, `1:11 error argument-count: startsWith takes 2 arguments, not 1`},
		{`indexOf(process.name) > 1`, `1:11 error argument-count: indexOf takes from 2 arguments to 3 arguments, not 1`},
		{`concat() == "x"`, `1:11 error argument-count: concat takes at least 1 argument, not 0`},
	} {
		if _, got := lower(t, "any where "+c.where, options()); got != c.want {
			t.Errorf("%s\n%s\nwant:\n%s", c.where, got, c.want)
		}
	}
}

// TestUnknownCategories holds that a category that nobody has is told of, but not if another field holds the categories.
func TestUnknownCategories(t *testing.T) {
	for query, want := range map[string]string{
		`procss where true`: "1:1 warning unknown-category: the Elastic Common Schema has no category procss: there are no such events unless they bring it",
		`sequence [process where true] [Network where true]`: "1:32 warning unknown-category: the Elastic Common Schema has no category Network: there are no such events unless they bring it",
		`intrusion_detection where true`:                     "",
		`any where true`:                                     "",
	} {
		if _, got := lower(t, query, options()); got != want {
			t.Errorf("%s\n%s\nwant:\n%s", query, got, want)
		}
	}
	o := options()
	o.Category = "kind"
	if _, got := lower(t, `login where true`, o); got != "" {
		t.Error(got)
	}
}

func TestRefusedConstants(t *testing.T) {
	for where, code := range map[string]string{
		`process.name regex "a(?=b)"`:              "regex-unsupported",
		`process.args regex ("x", "a(?=b)")`:       "regex-unsupported",
		`cidrMatch(source.ip, "10.0.0.0/99")`:      "bad-net",
		`not cidrMatch(source.ip, "nonsense")`:     "bad-net",
		`cidrMatch(source.ip, "nonsense") == null`: "bad-net",
	} {
		_, got := lower(t, "any where "+where, options())
		if !strings.Contains(got, " error "+code+": ") || strings.Contains(got, "\n") {
			t.Errorf("%s: %s, want one %s", where, got, code)
		}
	}
}

// TestCures holds what is proposed instead.
func TestCures(t *testing.T) {
	for where, want := range map[string]string{
		`process.nmae == "a"`:           "did you mean `process.name`?",
		`zzz.zzzzzzzzzzzzz == "a"`:      "a field that may be missing is written with a question mark: `?zzz.zzzzzzzzzzzzz`",
		`process.name in ("python*")`:   "for a pattern write `:`, or `like`, which minds case",
		`process.name != "python*"`:     "for a pattern write `not x : \"...\"`, or `not x like \"...\"`, which minds case",
		`user.id == 0`:                  `write it in quotes: "0"`,
		`1000 <= user.id`:               "to compare numbers write number(user.id) >= 1000",
		`source.ip == "10.0.0.0/8"`:     `for a network write cidrMatch(source.ip, "10.0.0.0/8")`,
		`process.name == host.name`:     "fields may stand together among the arguments of one function",
		`process.pid : "1"`:             "compare it with `==`, `in` or `<`",
		`process.pid < null`:            "`== null` is true where a value is missing",
		`process.name`:                  "`process.name != null` is true of events that have it",
		`startsWith(process.name) == 1`: "syntax: startsWith(<text>, <part>)",
		`process.pid + 1`:               "a condition compares something, as in `process.pid > 1`, or is `true`",
	} {
		tree, errs := grammar.ParseEQL(source.New("query", "any where "+where))
		if errs.Failed() {
			t.Fatalf("%s: %v", where, errs)
		}
		if _, errs = eql.Lower(tree, options()); len(errs) == 0 || errs[0].Hint != want {
			t.Errorf("%s: %v\nwant the hint %s", where, errs, want)
		}
	}
}

// TestOwnEvents holds that nothing is said of unknown fields where events are the user's own.
func TestOwnEvents(t *testing.T) {
	o := options()
	o.Category = "kind"
	if _, got := lower(t, `any where serial == 1 and exit : "x"`, o); got != "" {
		t.Error(got)
	}
}

// TestFunctionNames holds that what only the engine calls has no name in a query.
func TestFunctionNames(t *testing.T) {
	for _, name := range []string{"nosuch", "holds", "exists", "runs", "=="} {
		at := source.New("query", name).All()
		call := &ast.Invocation{Pos: ast.Pos{Span: at}, Name: name, NameAt: at}
		q := &ast.Query{Body: &ast.EventQuery{Any: true, Where: call}}
		if _, errs := eql.Lower(q, options()); len(errs) != 1 || errs[0].Code != "unknown-function" || errs[0].Span != at {
			t.Errorf("%s: %v", name, errs)
		}
	}
}

func TestTooLong(t *testing.T) {
	_, got := lower(t, "sequence"+strings.Repeat(" [any where true] with runs=100", 11), options())
	if !strings.HasSuffix(got, "error too-long: more than 1000 events in one sequence") || strings.Contains(got, "\n") {
		t.Error(got)
	}
	for n, want := range map[int]string{64: "", 65: "error too-long: more than 64 events in one sample"} {
		if _, got := lower(t, "sample by host.id"+strings.Repeat(" [any where true]", n), options()); !strings.HasSuffix(got, want) || want == "" && got != "" {
			t.Error(n, got)
		}
	}
}
