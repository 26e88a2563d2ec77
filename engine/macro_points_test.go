package engine_test

import (
	"testing"

	"spoor/engine"
	"spoor/grammar/source"
	"spoor/macros"
)

const pointMacros = `
[who]
definition = User=bob

[who(1)]
args = name
definition = User="$name$"

[named(2)]
args = foo, bar
definition = eval x="$foo$-$bar$"

[double(1)]
args = n
definition = "n=" . tostring($n$ * 2)
iseval = 1

[checked(1)]
args = n
definition = head $n$
validation = isnum($n$)
errormsg = a number, please

[told(1)]
args = n
definition = head $n$
validation = validate($n$ < 5, "less than five, please")

[users]
definition = bob, "Eve"

[options]
definition = keepempty=t consecutive=t

[stages]
definition = search Image=*cat | head 1

[clause]
definition = by Image

[text]
definition = "a | b"

[outer(1)]
args = a
definition = ` + "`who($a$)` `inner`" + `

[inner]
definition = Image=*sh

[loop]
definition = ` + "`again`" + `

[again]
definition = ` + "`loop`" + `
`

// macroPoints is section 9.
var macroPoints = []pointCase{
	{"9.1 a call", "`who` | table ProcessId", `{"ProcessId":"x"}{"ProcessId":"9"}`, ""},
	{"9.1 another number of arguments is another macro", "`who(Eve)` | table ProcessId", `{"ProcessId":"10"}`, ""},
	{"9.1 arguments have names", "Image=*sh | `named(bar=2, foo=1)` | table x", `{"x":"1-2"}`, ""},
	{"9.2 an expression makes the text", "Image=*sh | eval x=\"`double(4)`\" | table x", "{\"x\":\"`double(4)`\"}", ""},
	{"9.2 as text", "Image=*sh | eval n=8 | where `double(4)` | table n", `{"n":8}`, ""},
	{"9.2 validation", "EventID=1 | `checked(two)`", ``, "a number, please"},
	{"9.2 validation that holds", "EventID=1 | `checked(1)` | table Image", `{"Image":"/bin/ls"}`, ""},
	{"9.2 validation that tells", "EventID=1 | `told(7)`", ``, "less than five, please"},
	{"9.2 validation that has nothing to tell", "EventID=1 | `told(1)` | table Image", `{"Image":"/bin/ls"}`, ""},
	{"9.3 arguments in quotes, macros in macros", "`outer(bob)` | table ProcessId", `{"ProcessId":"9"}`, ""},
	{"9.3 a macro that calls itself", "`loop`", ``, "loop -> again -> loop"},
	{"9.3 a macro may be a list", "User IN (`users`) | stats count", `{"count":3}`, ""},
	{"9.3 or options", "EventID=1 | dedup Image `options` | stats count", `{"count":3}`, ""},
	{"9.3 or commands", "EventID=1 | `stages` | table ProcessId", `{"ProcessId":"x"}`, ""},
	{"9.3 or a clause", "EventID=1 | stats count `clause`", `{"Image":"/bin/cat","count":2}{"Image":"/bin/ls","count":1}{"Image":"/bin/sh","count":1}`, ""},
	{"9.3 or a text", "Image=*sh | eval x=`text` | table x", `{"x":"a | b"}`, ""},
	{"9.4 quotes keep backticks", "Image=*sh | eval x=\"a`who`b\" | table x", "{\"x\":\"a`who`b\"}", ""},
	{"9.4 a search in quotes is expanded when it runs", "Image=*sh | map search=\"search `who` | stats count\"", `{"count":2}`, ""},
	{"9.5 an argument may have quotes", "Image=*sh | table Image | rename Image as Processes.Image | `drop_dm_object_name(\"Processes\")`", `{"Image":"/bin/sh"}`, ""},
	{"9.6 nobody defined it", "`whom`", ``, "did you mean"},
	{"9.6 not with so many arguments", "`who(a,b)`", ``, "does not take 2 arguments"},
	{"9.6 a filter that nobody defined keeps all", "EventID=1 | stats count | `some_detection_filter`", `{"count":4}`, ""},
	{"9.7 the options of summaries", "| tstats `security_content_summariesonly` count from datamodel=Endpoint.Processes by Processes.process_current_directory", `{"Processes.process_current_directory":"null","count":4}`, ""},
}

func TestMacroPoints(t *testing.T) {
	library := macros.Builtin()
	if errs := library.Load(source.New("macros.conf", pointMacros)); errs.Failed() {
		t.Fatal(errs)
	}
	checkPoints(t, commandEvents, engine.Options{Macros: library}, macroPoints)
}
