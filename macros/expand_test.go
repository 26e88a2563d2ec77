package macros

import (
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
		{"a very long name", "`" + strings.Repeat("x", 1<<20) + "`", "", "unknown macro `" + strings.Repeat("x", 80) + "…`"},
		{"other arities", "a `hosts(1,2)`", "`hosts(1,2)`", "macro `hosts` does not take 2 arguments"},
		{"other arities are named", "`pair(1)`", "`pair(1)`", "does not take 1 argument"},
		{"nothing alike", "`zzzzzzzz(1,2)`", "`zzzzzzzz(1,2)`", "-D 'zzzzzzzz(a,b)=...'"},
		{"a filter with arguments", "`some_filter(1)`", "`some_filter(1)`", "unknown macro `some_filter`"},
		{"unknown inside a macro", "a `lost` b", "`lost`", "unknown macro `hots` (in macro `lost`, at macros.conf:63, near \"`hots`\")"},
		{"cycle", "x `a` y", "`a`", "calls itself: b -> c -> b (in macro `c`, called by `b`, called by `a`, at macros.conf:60, near \"`b`\")"},
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
