package engine_test

import (
	"testing"
	"time"

	"spoor/engine"
)

const rawEvents = `2024-05-06T10:00:01Z web1 app[1]: Failed password for bob from 10.0.0.6 port 22
2024-05-06T10:00:02Z web1 app[2]: ip=10.0.0.6 user_name=Bob state=failed "log in" C:\temp\x
2024-05-06T10:00:03Z web2 app[3]: accepted password, unfailed; ip 110.0.0.60 path=/usr/bin/passwd size=007 empty=""
2024-05-06T10:00:04Z web2 app[4]: password failed (state=up) size=1000 net=172.16.0.0
{"timestamp":"2024-05-06T10:00:05Z","pid":5,"state":"UP","note":"a failed  password","tags":["x","y"],"size":20}
<Event><System><Provider Name="Linux-Sysmon" Guid="{ff032593-a8d3-4f13-b0d6-01fc615a0f97}"/><EventID>1</EventID><TimeCreated SystemTime="2024-05-06T10:00:06.000000000Z"/><Computer>db1</Computer></System><EventData><Data Name="UtcTime">2024-05-06 10:00:06.000</Data><Data Name="ProcessId">6</Data><Data Name="Image">/bin/sh</Data><Data Name="CommandLine">sh -c pass*</Data></EventData></Event>
type=CWD msg=audit(1714989607.000:7): cwd="/home/bob" pid=7
`

// rawPoints is searches of raw events: words, phrases, sources and fields that texts name.
var rawPoints = []pointCase{
	{"a word, in any case", `FAILED | table pid`, `{"pid":"5"}{"pid":"4"}{"pid":"2"}{"pid":"1"}`, ""},
	{"a word is whole", `fail | table pid`, ``, ""},
	{"a word with a star", `fail* | table pid`, `{"pid":"5"}{"pid":"4"}{"pid":"2"}{"pid":"1"}`, ""},
	{"a star in front", `*failed | table pid`, `{"pid":"5"}{"pid":"4"}{"pid":"3"}{"pid":"2"}{"pid":"1"}`, ""},
	{"words are all there, in any order", `password failed | table pid`, `{"pid":"5"}{"pid":"4"}{"pid":"1"}`, ""},
	{"a phrase has an order", `"failed password" | table pid`, `{"pid":"1"}`, ""},
	{"a phrase keeps its blanks", `"failed  password" | table pid`, `{"pid":"5"}`, ""},
	{"a phrase with quotes", `"\"log in\"" | table pid`, `{"pid":"2"}`, ""},
	{"a phrase with a star", `"failed pass*" | table pid`, `{"pid":"1"}`, ""},
	{"OR", `accepted OR "log in" | table pid`, `{"pid":"3"}{"pid":"2"}`, ""},
	{"NOT", `password NOT failed | table pid`, `{"pid":"3"}`, ""},
	{"NOT of several", `password NOT (accepted OR up) | table pid`, `{"pid":"1"}`, ""},
	{"minor breakers part words", `bob | table pid`, `{"pid":"7"}{"pid":"2"}{"pid":"1"}`, ""},
	{"underlines, too", `user | table pid`, `{"pid":"2"}`, ""},
	{"a term with minor breakers", `10.0.0.6 | table pid`, `{"pid":"2"}{"pid":"1"}`, ""},
	{"a path", `/usr/bin/passwd | table pid`, `{"pid":"3"}`, ""},
	{"a part of a path", `bin | table pid ProcessId`, `{"ProcessId":"6"}{"pid":"3"}`, ""},
	{"a backslash", `"C:\\temp" | table pid`, `{"pid":"2"}`, ""},
	{"TERM stands between major breakers", `TERM(10.0.0.6) | table pid`, `{"pid":"1"}`, ""},
	{"TERM with what is before", `TERM(ip=10.0.0.6) | table pid`, `{"pid":"2"}`, ""},
	{"TERM with a star", `TERM(ip=10.*) | table pid`, `{"pid":"2"}`, ""},
	{"TERM takes any case", `TERM(IP=10.0.0.6) | table pid`, `{"pid":"2"}`, ""},
	{"brackets are major breakers", `TERM(state=up) | table pid`, `{"pid":"4"}`, ""},
	{"CASE of a word", `CASE(Failed) | table pid`, `{"pid":"1"}`, ""},
	{"CASE of a field", `state=CASE(UP) | table pid`, `{"pid":"5"}`, ""},
	{"a field that the text names", `state=up | table pid`, `{"pid":"5"}{"pid":"4"}`, ""},
	{"with blanks around the sign", `state = up | table pid`, `{"pid":"5"}{"pid":"4"}`, ""},
	{"a value in quotes", `user_name="bob" | table pid`, `{"pid":"2"}`, ""},
	{"has a value", `size=* | table pid`, `{"pid":"5"}{"pid":"4"}{"pid":"3"}`, ""},
	{"has none", `password NOT state=* | table pid`, `{"pid":"3"}{"pid":"1"}`, ""},
	{"!= needs a value", `state!=up | table pid`, `{"pid":"2"}`, ""},
	{"NOT = does not", `password NOT state=up | table pid`, `{"pid":"3"}{"pid":"1"}`, ""},
	{"IN", `state IN (up, "fail*") | table pid`, `{"pid":"5"}{"pid":"4"}{"pid":"2"}`, ""},
	{"NOT IN", `size=* NOT size IN (7, 20) | table pid`, `{"pid":"4"}`, ""},
	{"texts that are numbers compare as numbers", `size>=7 size<100 | table pid`, `{"pid":"5"}{"pid":"3"}`, ""},
	{"equal numbers", `size=7 | table pid`, `{"pid":"3"}`, ""},
	{"a net", `ip=10.0.0.0/8 OR net="172.16.0.0/12" | table pid`, `{"pid":"4"}{"pid":"2"}`, ""},
	{"one of several values", `tags{}=y | table pid`, `{"pid":"5"}`, ""},
	{"source", `source=*/log.ndjson pid=1 | table pid`, `{"pid":"1"}`, ""},
	{"sourcetype by its name", `sourcetype=syslog password | table pid`, `{"pid":"4"}{"pid":"3"}{"pid":"1"}`, ""},
	{"sourcetype by a name that add-ons use", `sourcetype="XmlWinEventLog:Linux-Sysmon/Operational" OR sourcetype=sysmon:linux | table Image`, `{"Image":"/bin/sh"}`, ""},
	{"several sourcetypes", `sourcetype IN (auditd, _json) | table sourcetype`, `{"sourcetype":"linux:audit"}{"sourcetype":"_json"}`, ""},
	{"not a sourcetype", `sourcetype!=syslog | table sourcetype`, `{"sourcetype":"linux:audit"}{"sourcetype":"sysmon:linux"}{"sourcetype":"_json"}`, ""},
	{"two colons", `sourcetype::syslog host::WEB2 accepted | table pid`, `{"pid":"3"}`, ""},
	{"two colons of anything else are words", `std::string OR source | table pid`, ``, ""},
	{"a name in single quotes", `'state'=up | table pid`, ``, "write state"},
	{"a field that Splunk adds", `date_hour=10 | table pid`, ``, "strftime"},
	{"which anybody can add", `accepted | eval date_hour=strftime(_time, "%H") | search date_hour=10 | table pid`, `{"pid":"3"}`, ""},
	{"_time is in seconds", `_time>=1714989603 _time<1714989605 | table pid`, `{"pid":"4"}{"pid":"3"}`, ""},
	{"host with a star", `host=web* accepted | table host pid`, `{"host":"web2","pid":"3"}`, ""},
	{"not a host", `NOT host=web* | table host`, `{"host":"unknown"}{"host":"db1"}{"host":"unknown"}`, ""},
	{"an index is no condition", `index=linux accepted | table pid`, `{"pid":"3"}`, "index is ignored"},
	{"an event type", `eventtype=linux_audit | table pid`, `{"pid":"7"}`, ""},
	{"the names of the source", `EventID=1 CommandLine="sh -c pass*" | table ProcessId`, `{"ProcessId":"6"}`, ""},
	{"a star matches a star", `"sh -c pass*" | table ProcessId`, `{"ProcessId":"6"}`, ""},
	{"an inline window", `earliest="05/06/2024:10:00:02" latest="05/06/2024:10:00:04" password OR ip | table pid`, `{"pid":"3"}{"pid":"2"}`, ""},
	{"an inline window in words", `failed earliest=-58m@m latest=now | table pid`, ``, ""},
	{"_raw is the record", `accepted | rex "path=(?<p>\S+)" | eval n=len(_raw) | table p n _time`, `{"p":"/usr/bin/passwd","n":115,"_time":"2024-05-06T10:00:03.000Z"}`, ""},
	{"_raw compares as a field", `_raw="*cwd=\"/home*" | table pid`, `{"pid":"7"}`, ""},
	{"an empty value in a text is none", `accepted NOT empty=* | table pid`, `{"pid":"3"}`, ""},
	{"behind a pipe", `* | search "password failed" OR accepted | table pid`, `{"pid":"4"}{"pid":"3"}`, ""},
}

func TestRawPoints(t *testing.T) {
	checkPoints(t, rawEvents, engine.Options{Now: time.Date(2024, 5, 6, 11, 0, 0, 0, time.UTC)}, rawPoints)
}
