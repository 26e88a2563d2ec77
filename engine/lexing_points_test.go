package engine_test

import (
	"testing"

	"spoor/engine"
)

const lexingEvents = `{"EventID":"1","Computer":"web1","UtcTime":"2024-05-06 10:00:06.000","ProcessId":"1","Image":"/usr/bin/curl","CommandLine":"curl \"x y\" a|b [z], =1","User":"bob"}
{"EventID":"1","Computer":"web1","UtcTime":"2024-05-06 10:00:05.000","ProcessId":"2","Image":"/usr/bin/curl","CommandLine":"curl C:\\temp\\x","User":"Eve"}
{"EventID":"1","Computer":"web1","UtcTime":"2024-05-06 10:00:04.000","ProcessId":"3","Image":"/bin/sh","CommandLine":"sh -c a\\!b*c \\s or","User":"IN"}
{"EventID":"1","Computer":"web1","UtcTime":"2024-05-06 10:00:03.000","ProcessId":"4","Image":"bob","CommandLine":"sh a&b","User":"bob"}
{"EventID":"1","Computer":"web1","UtcTime":"2024-05-06 10:00:02.000","ProcessId":"5","Image":"/bin/sh"}
`

// lexingPoints is section 1: words, quotes and truth.
var lexingPoints = []pointCase{
	{"1.1 search is implied", `EventID=1 User=Eve | table ProcessId`, `{"ProcessId":"2"}`, ""},
	{"1.1 search is said", `search EventID=1 User=Eve | table ProcessId`, `{"ProcessId":"2"}`, ""},
	{"1.1 a pipe may stand before search", `| search EventID=1 User=Eve | table ProcessId`, `{"ProcessId":"2"}`, ""},
	{"1.1 a command that makes rows stands behind a pipe", `| makeresults | eval a=1 | table a`, `{"a":1}`, ""},
	{"1.1 and comes first", `EventID=1 | tstats count from datamodel=Endpoint.Processes`, ``, "tstats"},
	{"1.1 in brackets without a pipe", `EventID=1 [makeresults | eval User="eve"] | append [| makeresults | eval ProcessId=7] | table ProcessId`, `{"ProcessId":"2"}{"ProcessId":7}`, ""},
	{"1.2 quotes keep blanks, commas, pipes, brackets and quotes", `CommandLine="curl \"x y\" a|b [z], =1" | table ProcessId`, `{"ProcessId":"1"}`, ""},
	{"1.2 quotes make a value of a keyword", `User="IN" | table ProcessId`, `{"ProcessId":"3"}`, ""},
	{"1.2 a phrase", `"a|b [z]" | table ProcessId`, `{"ProcessId":"1"}`, ""},
	{"1.2 a pipe in quotes is no pipe", `EventID=1 | eval a="x | head 1" | head 1 | table a`, `{"a":"x | head 1"}`, ""},
	{"1.3 a backslash before another character stays", `CommandLine="*a\!**" | table ProcessId`, `{"ProcessId":"3"}`, ""},
	{"1.3 \\s is a backslash and an s", `CommandLine="* \s *" | table ProcessId`, `{"ProcessId":"3"}`, ""},
	{"1.3 two are one", `CommandLine="curl C:\\temp\\x" | table ProcessId`, `{"ProcessId":"2"}`, ""},
	{"1.3 one is one", `CommandLine="curl C:\temp\x" | table ProcessId`, `{"ProcessId":"2"}`, ""},
	{"1.3 an escaped pipe is a pipe", `CommandLine="*a\|b*" | table ProcessId`, `{"ProcessId":"1"}`, ""},
	{"1.3 a star cannot be escaped", `CommandLine="*a\*c *" | table ProcessId`, `{"ProcessId":"3"}`, ""},
	{"1.3 in eval", `EventID=1 ProcessId=1 | eval a="\"", b="\\", c="\|", d="\d", e="\\\\" | table a b c d e`, `{"a":"\"","b":"\\","c":"|","d":"\\d","e":"\\\\"}`, ""},
	{"1.4 a regular expression loses one layer", `EventID=1 | rex field=CommandLine "C:\\\\(?<dir>\w+)" | search dir=* | table ProcessId dir`, `{"ProcessId":"2","dir":"temp"}`, ""},
	{"1.4 three backslashes do as four", `EventID=1 | where match(CommandLine, "C:\\\temp") | table ProcessId`, `{"ProcessId":"2"}`, ""},
	{"1.4 classes need one", `EventID=1 | regex CommandLine="^curl\s\w:" | eval x=replace(CommandLine, "\w+\s", "") | table ProcessId x`, `{"ProcessId":"2","x":"C:\\temp\\x"}`, ""},
	{"1.4 a quote", `EventID=1 | where match(CommandLine, "^curl \"x") | table ProcessId`, `{"ProcessId":"1"}`, ""},
	{"1.4 an escaped pipe means itself", `EventID=1 | regex CommandLine="a\|b" | rex field=CommandLine "(?<l>\w)\|(?<r>\w)" | eval m=mvfind(CommandLine, "\|"), x=replace(CommandLine, ".*(\w)\|(\w).*", "\2\1"), y=if(match("ab", "a\|b"), 1, 0) | table l r m x y`,
		`{"l":"a","r":"b","m":0,"x":"ba","y":0}`, ""},
	{"1.4 another pipe means alternatives", `EventID=1 | regex Image="wget|^/bin" | table ProcessId`, `{"ProcessId":"3"}{"ProcessId":"5"}`, ""},
	{"1.5 a field is never compared with a field", `Image=User | table ProcessId`, ``, ""},
	{"1.5 the left side may have quotes", `"User"="eve" | table ProcessId`, `{"ProcessId":"2"}`, ""},
	{"1.5 the right side is a value", `User=bob Image=bob | table ProcessId`, `{"ProcessId":"4"}`, ""},
	{"1.6 double quotes are a text", `EventID=1 | where "User"="bob" | table ProcessId`, ``, ""},
	{"1.6 single quotes and bare words are fields", `EventID=1 | where 'User'="bob" AND Image=User | table ProcessId`, `{"ProcessId":"4"}`, ""},
	{"1.6 other names need single quotes", `ProcessId=1 | eval "1 a"=ProcessId, 'b-c'=2 | eval d='1 a'+'b-c' | table "1 a" b-c d`, `{"1 a":"1","b-c":2,"d":3}`, ""},
	{"1.6 a bare null is a field that is missing", `EventID=1 User=* | eval x=if(User="bob", 1, null) | table ProcessId x`, `{"ProcessId":"1","x":1}{"ProcessId":"2"}{"ProcessId":"3"}{"ProcessId":"4","x":1}`, ""},
	{"1.6 a dot behind a text joins", `ProcessId=4 | eval x="".User."".Image | table x`, `{"x":"bobbob"}`, ""},
	{"1.6 a dotted name that is known is a field", `| tstats count from datamodel=Endpoint.Processes by Processes.user | eval x=upper(Processes.user) | search Processes.user=eve | table x`, `{"x":"EVE"}`, ""},
	{"1.7 a lower-case or is a word", `User=bob or User=IN | table ProcessId`, ``, "write OR"},
	{"1.7 a lower-case or is looked for", `sh or | table ProcessId`, `{"ProcessId":"3"}`, "write OR"},
	{"1.7 upper-case ones are operators", `(User=bob AND Image=bob) OR User=IN | table ProcessId`, `{"ProcessId":"3"}{"ProcessId":"4"}`, ""},
	{"1.7 eval takes all cases", `EventID=1 | where not User="bob" And (User="Eve" or User="IN") | table ProcessId`, `{"ProcessId":"2"}{"ProcessId":"3"}`, ""},
	{"1.7 names of functions", `EventID=1 | where LIKE(User, "b%") AND IsNotNull(Image) | stats Values(User) AS u COUNT aS n BY EventID`, `{"EventID":"1","u":"bob","n":2}`, ""},
	{"1.7 names of clauses", `| tstats count FROM datamodel=Endpoint.Processes WHERE Processes.user=bob By _time SPAN=1h`, `{"_time":"2024-05-06T10:00:00.000Z","count":2}`, ""},
	{"1.8 search: OR before AND", `Image=*curl User=bob OR User=IN | table ProcessId`, `{"ProcessId":"1"}`, ""},
	{"1.8 search: also where AND is written", `User=bob OR User=IN AND Image=*curl | table ProcessId`, `{"ProcessId":"1"}`, ""},
	{"1.8 tstats where does as search", `| tstats count from datamodel=Endpoint.Processes where Processes.process_path=*curl Processes.user=bob OR Processes.user=IN`, `{"count":1}`, ""},
	{"1.8 eval: AND before OR", `EventID=1 | where User="IN" OR User="bob" AND Image="bob" | table ProcessId`, `{"ProcessId":"3"}{"ProcessId":"4"}`, ""},
	{"1.8 eval: XOR last", `EventID=1 | where true() XOR User="IN" OR User="bob" | table ProcessId`, `{"ProcessId":"2"}`, ""},
	{"1.8 NOT is of the next term", `NOT User=bob Image=/bin/sh | table ProcessId`, `{"ProcessId":"3"}{"ProcessId":"5"}`, ""},
	{"1.8 eval: NOT is of the next comparison", `EventID=1 | where NOT User="bob" AND Image="/bin/sh" | table ProcessId`, `{"ProcessId":"3"}`, ""},
	{"1.9 operators", `ProcessId=4 | eval a=1+2*3-4/2%3, b=-2*-3, c="n=" . 1+1, d=if(1+1=2 AND 2=="2" AND 1!=2 AND 1<=1 AND "ab" LIKE "a%", "y", "n"), e=if(NOT 1=2 XOR 1=2, "y", "n") | table a b c d e`,
		`{"a":5,"b":6,"c":"n=2","d":"y","e":"y"}`, ""},
	{"1.10 names have case", `user=bob | table ProcessId`, ``, ""},
	{"1.10 values have none", `User=BOB | table ProcessId`, `{"ProcessId":"1"}{"ProcessId":"4"}`, ""},
	{"1.10 names of datasets' fields", `| tstats count from datamodel=Endpoint.Processes where Processes.user=BOB processes.user=bob`, `{"count":0}`, "Processes.user"},
	{"1.11 comments", "EventID=1 ```who | head 1 `x` is``` User=Eve ``` [ ``` | table ProcessId ```last```", `{"ProcessId":"2"}`, ""},
	{"1.11 four backticks", "EventID=1 ````x```` | table ProcessId", ``, "comment"},
	{"1.12 brackets are a search", `EventID=1 [search EventID=1 Image=bob | fields User] | table ProcessId`, `{"ProcessId":"1"}{"ProcessId":"4"}`, ""},
	{"1.12 or a template", `ProcessId=4 | table ProcessId User Image | foreach User Image [eval <<FIELD>>=upper('<<FIELD>>')] | appendpipe [stats count]`, `{"ProcessId":"4","User":"BOB","Image":"BOB"}{"count":1}`, ""},
}

func TestLexingPoints(t *testing.T) { checkPoints(t, lexingEvents, engine.Options{}, lexingPoints) }
