package macros

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"spoor/grammar/source"
)

const library = `
[hosts]
definition = index=unix

[hosts(1)]
args = name
definition = index=unix host=$name$

[pair(2)]
args = foo, bar
definition = $foo$-$bar$

[quoted(1)]
args = object
definition = rename "$object$.*" as * | eval x="$object$" $other$ $5

[price(1)]
args = a
definition = $$a$$ $a$$a$ $a

[outer(1)]
args = a
definition = outer $a$ ` + "`inner($a$)`" + `

[inner(1)]
args = b
definition = (inner $b$ ` + "`hosts`" + `)

[pick(1)]
args = which
definition = ` + "`$which$sts`" + `

[string]
definition = "a | b"

[list]
definition = sh, bash

[stages]
definition = eval a=1 \
| where a=1

[pipe]
definition = | inputlookup x

[empty]
definition =

[backtick]
definition = replace(x, "` + "`" + `", "")

[commented]
definition = a ` + "```why `not_called` \"``` b" + `

[a]
definition = ` + "`b`" + `
[b]
definition = ` + "`c`" + `
[c]
definition = x ` + "`b`" + `

[lost]
definition = by ` + "`hots`" + `

[twin_filter]
definition = search NOT user=ansible
`

func newLibrary(t testing.TB, confs ...string) *Library {
	t.Helper()
	l := &Library{}
	for _, conf := range append([]string{library}, confs...) {
		if errs := l.Load(source.New("macros.conf", conf)); errs != nil {
			t.Fatal(errs)
		}
	}
	return l
}

func TestExpand(t *testing.T) {
	e := Expander{Library: newLibrary(t)}
	for _, c := range []struct{ name, query, want string }{
		{"no macro", "| stats count", "| stats count"},
		{"empty", "", ""},
		{"call", "`hosts` | head", "index=unix | head"},
		{"spaces in the call", "` hosts `", "index=unix"},
		{"empty list of arguments", "`hosts()`", "index=unix"},
		{"overloaded", "`hosts` `hosts(h1)`", "index=unix index=unix host=h1"},
		{"adjacent", "`hosts``list`", "index=unixsh, bash"},
		{"arguments", "`pair(a, b)`", "a-b"},
		{"named", "`pair(foo=1,bar=2)`", "1-2"},
		{"named, other order", "`pair(bar = 2, foo= \"1, x\")`", "1, x-2"},
		{"only looks named", "`pair(foo=1,user=2)`", "foo=1-user=2"},
		{"an expression as argument", "`hosts(user=root)`", "index=unix host=user=root"},
		{"empty arguments", "`pair(,\"\")`", "-"},
		{"replaced in strings, tokens stay", "`quoted(Processes)`", `rename "Processes.*" as * | eval x="Processes" $other$ $5`},
		{"quotes of an argument go", "`quoted(\"Processes\")`", `rename "Processes.*" as * | eval x="Processes" $other$ $5`},
		{"commas and parentheses in quotes", "`pair(\"a,b\", \"(\")`", "a,b-("},
		{"backtick in quotes", "`quoted(\"a`b\")`", "rename \"a`b.*\" as * | eval x=\"a`b\" $other$ $5"},
		{"escaped quote stays escaped", "`pair(\"a\\\"b\", c)`", `a\"b-c`},
		{"partly quoted stays", "`pair(\"a\" OR \"b\", c)`", `"a" OR "b"-c`},
		{"commas in parentheses", "`pair(f(a,b), c)`", "f(a,b)-c"},
		{"dollars", "`price(1)`", "$1$ 11 $a"},
		{"an argument is not searched for arguments", "`pair($bar$, b)`", "$bar$-b"},
		{"nested", "`outer(z)`", "outer z (inner z index=unix)"},
		{"a name out of an argument", "`pick(ho)`", "index=unix"},
		{"a quoted string", "x=`string`", `x="a | b"`},
		{"a list inside IN", "name IN (`list`)", "name IN (sh, bash)"},
		{"several commands", "a | `stages` | head", "a | eval a=1 \n| where a=1 | head"},
		{"a subsearch's pipe", "[ `pipe` ]", "[ | inputlookup x ]"},
		{"nothing", "a`empty`b", "ab"},
		{"not in strings", "map search=\"search `hosts` x\" `hosts`", "map search=\"search `hosts` x\" index=unix"},
		{"not behind an escaped quote in a string", `eval a="\"` + "`hosts`" + `" `, `eval a="\"` + "`hosts`" + `" `},
		{"behind a string that ends in a backslash", `eval a="\\" ` + "`hosts`", `eval a="\\" index=unix`},
		{"an escaped quote opens no string", `a=\" ` + "`hosts`", `a=\" index=unix`},
		{"not in an unclosed string", "\"a `hosts`", "\"a `hosts`"},
		{"a string in a definition", "eval y=`backtick`", "eval y=replace(x, \"`\", \"\")"},
		{"comment", "a ```x `hosts` \" | y``` b", "a  b"},
		{"comment, nothing in its place", "a```x```b", "ab"},
		{"comment in a call", "`pair(a, ```why``` b)`", "a-b"},
		{"comment in a definition", "`commented`", "a  b"},
		{"no comment in a string", "\"```a```\" `hosts`", "\"```a```\" index=unix"},
		{"undefined filter", "x | `any_thing_filter`", "x | search *"},
		{"defined filter", "x | `twin_filter`", "x | search NOT user=ansible"},
		{"bytes that are no UTF-8", "\xff`hosts`\x00", "\xffindex=unix\x00"},
	} {
		got, _, errs := e.Expand(source.New("query", c.query))
		if errs != nil || got.Body != c.want {
			t.Errorf("%s: %q\n got %q %v\nwant %q", c.name, c.query, got.Body, errs, c.want)
		}
		if got.Name != "query" {
			t.Errorf("%s: the result is called %q", c.name, got.Name)
		}
	}
}

func TestExpandErrors(t *testing.T) {
	deep := strings.Builder{}
	for i := range 150 {
		fmt.Fprintf(&deep, "[d%d]\ndefinition = `d%d`\n", i, i+1)
	}
	wide := strings.Builder{}
	for i := range 40 {
		fmt.Fprintf(&wide, "[w%d]\ndefinition = `w%d``w%d`\n", i, i+1, i+1)
	}
	wide.WriteString("[w40]\ndefinition =\n[big(1)]\nargs=a\ndefinition = " + strings.Repeat("$a$", 9000))
	e := Expander{Library: newLibrary(t, deep.String(), wide.String())}
	for _, c := range []struct{ name, query, place, message string }{
		{"unknown", "x | `hots` | y", "`hots`", "unknown macro `hots`\n"},
		{"suggestion", "`hots`", "`hots`", "did you mean `hosts`?"},
		{"other arities", "a `hosts(1,2)`", "`hosts(1,2)`", "macro `hosts` does not take 2 arguments"},
		{"other arities are named", "`pair(1)`", "`pair(1)`", "does not take 1 argument"},
		{"nothing alike", "`zzzzzzzz(1,2)`", "`zzzzzzzz(1,2)`", "-D 'zzzzzzzz(a,b)=...'"},
		{"a filter with arguments", "`some_filter(1)`", "`some_filter(1)`", "unknown macro `some_filter`"},
		{"unknown inside a macro", "a `lost` b", "`lost`", "unknown macro `hots` (in macro `lost`, near \"`hots`\")"},
		{"cycle", "x `a` y", "`a`", "calls itself: b -> c -> b (in macro `c`, called by `b`, called by `a`, near \"`b`\")"},
		{"unclosed", "a | `hosts | b", "`", "a macro call that is not closed"},
		{"unclosed, with another call behind", "a | `hosts | `list`", "`hosts | `", "' ' cannot stand in a macro's name"},
		{"arguments unclosed", "`pair(a,b`", "`pair(a,b`", "arguments of the macro call are not closed"},
		{"quote unclosed in arguments", "a `pair(\"a,b)` c", "`", "not closed"},
		{"no name", "a `` b", "``", "has no name"},
		{"no name but arguments", "a `(b)`", "`(b)`", "has no name"},
		{"four backticks", "a ````hosts````", "````", "4 backticks in a row"},
		{"a call against a comment", "`hosts````c```", "````", "4 backticks in a row"},
		{"a comment against a call", "```c````hosts`", "````", "4 backticks in a row"},
		{"unclosed comment", "a ```b", "```", "the comment is not closed"},
		{"given twice", "`pair(foo=1,foo=2)`", "foo=2", "argument `foo` is given twice"},
		{"too deep", "`d0`", "`d0`", "nested more than 100 deep"},
		{"too many calls", "`w0`", "`w0`", "expand to more than 4 MiB"},
		{"too large", "`big(" + strings.Repeat("x", 9000) + ")`", "", "expand to more than 4 MiB"},
		{"iseval without an evaluator", "`hosts` `now`", "`now`", "cannot be evaluated here"},
	} {
		if c.name == "iseval without an evaluator" {
			e.Library = newLibrary(t, "[now]\niseval=1\ndefinition=now()")
		}
		_, _, errs := e.Expand(source.New("query", c.query))
		if !errs.Failed() {
			t.Errorf("%s: no error for %.50q", c.name, c.query)
			continue
		}
		where, _ := errs[0].Span.User()
		if where.Text.Body != c.query || c.place != "" && where.String() != c.place {
			t.Errorf("%s: the error stands at %.50q, want %q", c.name, where, c.place)
		}
		if !strings.Contains(errs[0].Error(), c.message) {
			t.Errorf("%s: got\n%s\nwant %q", c.name, errs[0].Error(), c.message)
		}
	}
}

func TestExpandReportsAllUnknownMacros(t *testing.T) {
	e := Expander{Library: newLibrary(t)}
	got, _, errs := e.Expand(source.New("query", "`one` `hosts` `two(1)`"))
	if len(errs) != 2 || got.Body != " index=unix " {
		t.Errorf("got %q and %v", got.Body, errs)
	}
	if _, _, errs = e.Expand(source.New("query", strings.Repeat("`one`", 1000))); len(errs) != errorLimit {
		t.Errorf("%d errors, want %d", len(errs), errorLimit)
	}
	if _, _, errs = (&Expander{}).Expand(source.New("query", "`one`")); !errs.Failed() {
		t.Error("no error without a library")
	}
}

func TestUses(t *testing.T) {
	e := Expander{Library: newLibrary(t)}
	_, uses, errs := e.Expand(source.New("query", "`outer(z)` ```c``` | `x_filter` | `twin_filter`"))
	var got []string
	for _, u := range uses {
		at, macros := u.Call.User()
		got = append(got, fmt.Sprintf("%s at %s in %v, implicit %v", u.Macro.Signature(), at, macros, u.Macro.Implicit))
	}
	want := []string{
		"outer(a) at `outer(z)` in [], implicit false",
		"inner(b) at `outer(z)` in [outer], implicit false",
		"hosts at `outer(z)` in [inner outer], implicit false",
		"x_filter at `x_filter` in [], implicit true",
		"twin_filter at `twin_filter` in [], implicit false",
	}
	if errs != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v\n got %q\nwant %q", errs, got, want)
	}
}

// TestPositions looks up where pieces of the result were written, and what the user sees of them.
func TestPositions(t *testing.T) {
	e := Expander{Library: newLibrary(t)}
	query := "first\n| x ```c``` `outer( arg )` | last `stages` `hosts(\"h 1\")`"
	result, _, errs := e.Expand(source.New("query", query))
	if errs != nil {
		t.Fatal(errs)
	}
	for _, c := range []struct {
		part       string
		nth        int
		user       string
		file       string
		line, col  int // in the user's text
		macros     string
		definition int // line in file
	}{
		{"first", 0, "first", "query", 1, 1, "[]", 1},
		{"| last", 0, "| last", "query", 2, 28, "[]", 2},
		{"outer", 0, "`outer( arg )`", "macros.conf", 2, 13, "[outer]", 23},
		{"arg", 0, "arg", "query", 2, 21, "[outer]", 2},
		{"arg", 1, "arg", "query", 2, 21, "[inner outer]", 2},
		{"(inner", 0, "`outer( arg )`", "macros.conf", 2, 13, "[inner outer]", 27},
		{"index=unix", 0, "`outer( arg )`", "macros.conf", 2, 13, "[hosts inner outer]", 3},
		{"eval a=1", 0, "`stages`", "macros.conf", 2, 35, "[stages]", 40},
		{"where", 0, "`stages`", "macros.conf", 2, 35, "[stages]", 41},
		{"h 1", 0, "h 1", "query", 2, 52, "[hosts]", 2},
		{"x  outer", 0, "x ```c``` `outer( arg )`", "query", 2, 3, "[]", 2},
	} {
		at := -1
		for range c.nth + 1 {
			at += 1 + strings.Index(result.Body[at+1:], c.part)
		}
		span := result.Span(at, at+len(c.part))
		user, macros := span.User()
		where, _ := span.Origin()
		line, col := user.Position()
		definition, _ := where.Position()
		if user.String() != c.user || line != c.line || col != c.col || fmt.Sprint(macros) != c.macros {
			t.Errorf("%s: user sees %q at %d:%d in %v, want %q at %d:%d in %s", c.part, user, line, col, macros, c.user, c.line, c.col, c.macros)
		}
		if where.Text.Name != c.file || definition != c.definition {
			t.Errorf("%s: written at %s:%d, want %s:%d", c.part, where.Text.Name, definition, c.file, c.definition)
		}
	}
}

// evalWords is an evaluator that knows the expressions of TestEval.
func evalWords(expression source.Span) (any, error) {
	switch text := expression.String(); text {
	case `"a"."b"`:
		return "ab", nil
	case "call":
		return "x `hosts(h)`", nil
	case "itself":
		return "`itself`", nil
	case "true", "isnum(5)":
		return true, nil
	case "isnum(five)", "false":
		return false, nil
	case "validate(0)":
		return "it is zero", nil
	case "index=unix":
		return "expanded first", nil
	case "number":
		return 5.0, nil
	case "placed":
		return nil, source.Errorf(expression.Sub(2, 4), "x", "placed error")
	case "placed(list)":
		return nil, source.Errors{source.Errorf(expression.Sub(7, 11), "x", "error in a list")}
	default:
		if strings.HasPrefix(text, "null") {
			return nil, nil
		}
		return nil, errors.New("no such function")
	}
}

func TestEval(t *testing.T) {
	conf := func(definition, more string) string {
		return "[m(1)]\nargs = a\ndefinition = " + definition + "\n" + more + "\n[itself]\niseval=true\ndefinition=itself"
	}
	for _, c := range []struct{ name, conf, query, want, failure, place string }{
		{"text", conf(`"a"."b"`, "iseval = true"), "`m(1)`", "ab", "", ""},
		{"an argument", conf(`"$x$"`, "iseval = 1\nargs = x\ndefinition = $x$"), "`m(call)`", "x index=unix host=h", "", ""},
		{"calls in the expression", conf("`hosts`", "iseval = yes"), "`m(1)`", "expanded first", "", ""},
		{"the text calls its own macro", conf("x", ""), "`itself`", "", "itself -> itself", "`itself`"},
		{"no string", conf("number", "iseval = 1"), "`m(1)`", "", "makes no string", "`m(1)`"},
		{"null", conf("null()", "iseval = 1"), "`m(1)`", "", "makes no string", "`m(1)`"},
		{"fails", conf("nonsense", "iseval = 1"), "`m(1)`", "", "cannot be evaluated: no such function", "`m(1)`"},
		{"fails at a place", conf("$a$", "iseval = 1"), "`m(placed)`", "", "placed error (in macro `m`", "ac"},
		{"fails at places", conf("$a$", "iseval = 1"), "`m(placed(list))`", "", "error in a list", "list"},
		{"valid", conf("v $a$", "validation = isnum($a$)"), "`m(5)`", "v 5", "", ""},
		{"invalid", conf("v $a$", "validation = isnum($a$)\nerrormsg = a must be a number"), "`m(five)`", "", "rejects its arguments: a must be a number", "`m(five)`"},
		{"invalid, no message", conf("v $a$", "validation = isnum($a$)"), "`m(five)`", "", "it must be true that isnum($a$)", "`m(five)`"},
		{"a string is the error", conf("v $a$", "validation = validate($a$)\nerrormsg = unused"), "`m(0)`", "", "rejects its arguments: it is zero", "`m(0)`"},
		{"null passes", conf("v $a$", "validation = null($a$)"), "`m(0)`", "v 0", "", ""},
		{"neither", conf("v $a$", "validation = number"), "`m(0)`", "", "neither a Boolean nor a string", "`m(0)`"},
		{"unknown macro in a validation", conf("v $a$", "validation = `hots`"), "`m(0)`", "", "unknown macro `hots`", "`m(0)`"},
		{"iseval = 0", conf("v $a$", "iseval = 0"), "`m(0)`", "v 0", "", ""},
	} {
		e := Expander{Library: newLibrary(t, c.conf), Eval: evalWords}
		got, _, errs := e.Expand(source.New("query", c.query))
		switch {
		case c.failure == "":
			if errs != nil || got.Body != c.want {
				t.Errorf("%s: got %q %v, want %q", c.name, got.Body, errs, c.want)
			}
		case len(errs) != 1 || !strings.Contains(errs[0].Error(), c.failure):
			t.Errorf("%s: got %v, want %q", c.name, errs, c.failure)
		default:
			if where, _ := errs[0].Span.User(); where.String() != c.place {
				t.Errorf("%s: the error stands at %q, want %q", c.name, where, c.place)
			}
		}
	}
}

func TestComputedTextLeadsToTheCall(t *testing.T) {
	e := Expander{Library: newLibrary(t, "[m]\niseval=1\ndefinition=\"a\".\"b\""), Eval: evalWords}
	result, _, errs := e.Expand(source.New("query", "x `m` y"))
	if errs != nil || result.Body != "x ab y" {
		t.Fatalf("got %q %v", result.Body, errs)
	}
	if where, macros := result.Span(3, 4).User(); where.String() != "`m`" || fmt.Sprint(macros) != "[m]" {
		t.Errorf("user sees %q %v", where, macros)
	}
	if where, _ := result.Span(3, 4).Origin(); where.String() != `"a"."b"` {
		t.Errorf("written at %q", where)
	}
}
