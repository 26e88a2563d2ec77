package engine_test

import (
	"slices"
	"testing"

	"spoor/engine"
)

const commandEvents = `{"EventID":"1","Computer":"web1","UtcTime":"2024-05-06 10:00:01.000","ProcessId":"9","Image":"/bin/sh","CommandLine":"a=1 a=2","User":"bob"}
{"EventID":"1","Computer":"web1","UtcTime":"2024-05-06 10:00:02.000","ProcessId":"10","Image":"/bin/cat","CommandLine":"b","User":"Eve"}
{"EventID":"1","Computer":"web1","UtcTime":"2024-05-06 10:00:03.000","ProcessId":"x","Image":"/bin/cat","User":"bob"}
{"EventID":"1","Computer":"web1","UtcTime":"2024-05-06 10:01:04.000","Image":"/bin/ls","CommandLine":"1.5 KB","User":"10.0.0.9"}
`

// commandPoints is section 6, whose points have no numbers but the names of commands, behind EventID=1.
var commandPoints = []pointCase{
	{"6 rename: pairs, with commas and without", `table ProcessId Image User | rename ProcessId as id, Image as "a b" User as "u.x" | head 1`, `{"a b":"/bin/ls","u.x":"10.0.0.9"}`, ""},
	{"6 rename: wildcards", `table Image User | eval "P.x"=1, "P.y"=2 | rename "P.*" as * | head 1`, `{"Image":"/bin/ls","User":"10.0.0.9","x":1,"y":2}`, ""},
	{"6 rename: as many stars on both sides", `table Image | rename "I*" as "x"`, ``, "wildcards"},
	{"6 rename: what is missing stays so", `table Image | rename nosuch as x | head 1`, `{"Image":"/bin/ls"}`, ""},
	{"6 rename: of what is missing, a field of the new name is empty", `table Image User | rename nosuch as User | head 1`, `{"Image":"/bin/ls"}`, ""},
	{"6 rename: a field of the name is replaced", `table Image User | rename User as Image | head 1`, `{"Image":"10.0.0.9"}`, ""},
	{"6 rename: the macro drop_dm_object_name", "head 1 | table Image | rename Image as Processes.Image | `drop_dm_object_name(Processes)`", `{"Image":"/bin/ls"}`, ""},
	{"6 convert: in place, and not", `head 1 | eval t=0 | convert ctime(t) as u | convert ctime(t) | table t u`, `{"t":"01/01/1970 00:00:00","u":"01/01/1970 00:00:00"}`, ""},
	{"6 convert: the format", `head 1 | eval t=0 | convert timeformat="%Y-%m-%dT%H:%M:%S" ctime(t) as u | table t u`, `{"t":0,"u":"1970-01-01T00:00:00"}`, ""},
	{"6 convert: to seconds", `head 1 | eval a="01/02/1970 00:00:01", b="1+00:00:05", c="01:02.500" | convert mktime(a) dur2sec(b) mstime(c) | table a b c`, `{"a":86401,"b":86405,"c":62.5}`, ""},
	{"6 convert: numbers", `head 1 | eval a="2M", b="1,234", c="5 apples", d="x", e="x", f="7" | convert memk(a) rmcomma(b) rmunit(c) num(d) auto(e) auto(f) | table a b c d e f`, `{"a":2048,"b":1234,"c":5,"e":"x","f":7}`, ""},
	{"6 convert: auto takes all values or none, num what it can", `convert auto(ProcessId) num(ProcessId) as y rmunit(ProcessId) as z | table ProcessId y z`, `{}{"ProcessId":"x"}{"ProcessId":"10","y":10,"z":10}{"ProcessId":"9","y":9,"z":9}`, ""},
	{"6 convert: wildcards, but for none", `head 1 | eval xa="1k", xb="2k" | table xa xb | convert memk(x*) none(xb)`, `{"xa":1,"xb":"2k"}`, ""},
	{"6 convert: a field that is missing", `head 1 | convert ctime(firstTime) | table firstTime Image`, `{"Image":"/bin/ls"}`, ""},
	{"6 security_content_ctime", "head 1 | eval t=1.5 | `security_content_ctime(t)` | table t", `{"t":"1970-01-01T00:00:01"}`, ""},
	{"6 bin: spans of time from 1970", `bin span=1m _time as m | bin _time span=1h | dedup m | table _time m`, `{"_time":"2024-05-06T10:00:00.000Z","m":"2024-05-06T10:01:00.000Z"}{"_time":"2024-05-06T10:00:00.000Z","m":"2024-05-06T10:00:00.000Z"}`, ""},
	{"6 bin: ranges of numbers", `bin span=10 ProcessId as r | table ProcessId r`, `{}{"ProcessId":"x","r":"x"}{"ProcessId":"10","r":"10-20"}{"ProcessId":"9","r":"0-10"}`, ""},
	{"6 fields: + is meant, internal ones stay", `fields Image | head 1 | fields - _raw _file _offset`, `{"Image":"/bin/ls","_time":"2024-05-06T10:01:04.000Z"}`, ""},
	{"6 fields: -", `fields - _* E* *Id | fields Image User CommandLine | head 1`, `{"Image":"/bin/ls","User":"10.0.0.9","CommandLine":"1.5 KB"}`, ""},
	{"6 fields: wildcards", `fields + *Id, U*r | fields - _* | tail 1`, `{"ProcessId":"9","User":"bob"}`, ""},
	{"6 table: these, in this order", `table User, Image nosuch ProcessId | tail 1`, `{"User":"bob","Image":"/bin/sh","ProcessId":"9"}`, ""},
	{"6 table: wildcards, by name", `stats count by User Image ProcessId | table I* *r* | head 1`, `{"Image":"/bin/cat","User":"Eve","ProcessId":"10"}`, ""},
	{"6 sort: numbers, addresses, texts", `stats count by User | append [makeresults | eval User="10.0.0.10"] | append [makeresults | eval User="9"] | append [makeresults | eval User="10"] | sort User | fields User | fields - _time`,
		`{"User":"9"}{"User":"10"}{"User":"10.0.0.9"}{"User":"10.0.0.10"}{"User":"Eve"}{"User":"bob"}`, ""},
	{"6 sort: missing values are last", `sort ProcessId | table ProcessId`, `{"ProcessId":"9"}{"ProcessId":"10"}{"ProcessId":"x"}{}`, ""},
	{"6 sort: also downwards", `sort - ProcessId | table ProcessId`, `{"ProcessId":"x"}{"ProcessId":"10"}{"ProcessId":"9"}{}`, ""},
	{"6 sort: a sign for one", `sort -Image, ProcessId | table Image ProcessId`, `{"Image":"/bin/sh","ProcessId":"9"}{"Image":"/bin/ls"}{"Image":"/bin/cat","ProcessId":"10"}{"Image":"/bin/cat","ProcessId":"x"}`, ""},
	{"6 sort: a sign for all", `sort - Image, ProcessId | table Image ProcessId`, `{"Image":"/bin/sh","ProcessId":"9"}{"Image":"/bin/ls"}{"Image":"/bin/cat","ProcessId":"x"}{"Image":"/bin/cat","ProcessId":"10"}`, ""},
	{"6 sort: desc", `sort Image, ProcessId desc | table ProcessId | head 1`, `{"ProcessId":"9"}`, ""},
	{"6 sort: how values compare", `sort str(ProcessId) | table ProcessId`, `{"ProcessId":"10"}{"ProcessId":"9"}{"ProcessId":"x"}{}`, ""},
	{"6 sort: of addresses", `eval ip=case(User="bob", "10.0.0.10", User="Eve", "9.9.9.9", true(), User) | sort ip(ip), -str(ProcessId) | table ip ProcessId`, `{"ip":"9.9.9.9","ProcessId":"10"}{"ip":"10.0.0.9"}{"ip":"10.0.0.10","ProcessId":"x"}{"ip":"10.0.0.10","ProcessId":"9"}`, ""},
	{"6 sort: a count", `sort 1 -ProcessId | table ProcessId`, `{"ProcessId":"x"}`, ""},
	{"6 sort: limit=, and 0 for all", `sort limit=0 ProcessId | sort limit=2 num(ProcessId) | table ProcessId`, `{"ProcessId":"9"}{"ProcessId":"10"}`, ""},
	{"6 head: ten", `eval n=mvrange(0, 20) | mvexpand n | head | stats count`, `{"count":10}`, ""},
	{"6 head: a count", `head 2 | table Image`, `{"Image":"/bin/ls"}{"Image":"/bin/cat"}`, ""},
	{"6 head: while", `head (Image!="/bin/sh") | table Image`, `{"Image":"/bin/ls"}{"Image":"/bin/cat"}{"Image":"/bin/cat"}`, ""},
	{"6 tail: backwards", `tail 2 | table ProcessId`, `{"ProcessId":"9"}{"ProcessId":"10"}`, ""},
	{"6 reverse", `reverse | table ProcessId`, `{"ProcessId":"9"}{"ProcessId":"10"}{"ProcessId":"x"}{}`, ""},
	{"6 dedup: the first of each", `dedup Image | table Image ProcessId`, `{"Image":"/bin/ls"}{"Image":"/bin/cat","ProcessId":"x"}{"Image":"/bin/sh","ProcessId":"9"}`, ""},
	{"6 dedup: rows without the field are dropped", `dedup CommandLine | table CommandLine`, `{"CommandLine":"1.5 KB"}{"CommandLine":"b"}{"CommandLine":"a=1 a=2"}`, ""},
	{"6 dedup: unless keepempty", `dedup ProcessId keepempty=t | table ProcessId`, `{}{"ProcessId":"x"}{"ProcessId":"10"}{"ProcessId":"9"}`, ""},
	{"6 dedup: several", `eval n=mvrange(0, 3) | mvexpand n | dedup 2 Image sortby -Image n | table Image n`, `{"Image":"/bin/sh","n":0}{"Image":"/bin/sh","n":1}{"Image":"/bin/ls","n":0}{"Image":"/bin/ls","n":1}{"Image":"/bin/cat","n":0}{"Image":"/bin/cat","n":0}`, ""},
	{"6 dedup: all values of a multivalue", `eval m=case(User="bob", split("a b", " "), User="Eve", "a", true(), split("b a", " ")) | dedup m | table m`, `{"m":["b","a"]}{"m":["a","b"]}{"m":"a"}`, ""},
	{"6 dedup: in a row", `dedup Image consecutive=t | stats count`, `{"count":3}`, ""},
	{"6 fillnull: 0, in every field that exists", `table ProcessId CommandLine | fillnull | head 2`, `{"ProcessId":0,"CommandLine":"1.5 KB"}{"ProcessId":"x","CommandLine":0}`, ""},
	{"6 fillnull: a value, in fields that need not exist", `table Image ProcessId | fillnull value=- ProcessId new | head 1`, `{"Image":"/bin/ls","ProcessId":"-","new":"-"}`, ""},
	{"6 rex: the first match, anywhere", `tail 1 | rex field=CommandLine "a=(?<n>\d)" | table n`, `{"n":"1"}`, ""},
	{"6 rex: all matches", `tail 1 | rex field=CommandLine max_match=0 "a=(?<n>\d)" | table n`, `{"n":["1","2"]}`, ""},
	{"6 rex: no match leaves what is there", `eval n="old" | rex field=CommandLine "a=(?<n>\d)" | table n`, `{"n":"old"}{"n":"old"}{"n":"old"}{"n":"1"}`, ""},
	{"6 rex: sed", `tail 1 | rex mode=sed field=CommandLine "s/a=(\d)/<\1>/g" | rex mode=sed field=Image "y/bin/BIN/" | table CommandLine Image`, `{"CommandLine":"<1> <2>","Image":"/BIN/sh"}`, ""},
	{"6 regex: found", `regex Image="s" | table Image`, `{"Image":"/bin/ls"}{"Image":"/bin/sh"}`, ""},
	{"6 regex: not found", `regex Image!="s" | table Image`, `{"Image":"/bin/cat"}{"Image":"/bin/cat"}`, ""},
	{"6 regex: a missing field is kept by != only", `regex ProcessId!="^9" | stats count as other | appendcols [search EventID=1 | regex ProcessId="." | stats count as found]`, `{"other":3,"found":3}`, ""},
	{"6 regex: of _raw", `regex "KB" | table CommandLine`, `{"CommandLine":"1.5 KB"}`, ""},
}

func TestCommandPoints(t *testing.T) { checkCommands(t, engine.Options{}, commandPoints) }

// checkCommands asks searches of which only what is behind the first pipe is written.
func checkCommands(t *testing.T, o engine.Options, cases []pointCase) {
	t.Helper()
	cases = slices.Clone(cases)
	for i := range cases {
		cases[i].query = "EventID=1 | " + cases[i].query
	}
	checkPoints(t, commandEvents, o, cases)
}
