package engine_test

import (
	"testing"
	"time"

	"spoor/engine"
)

const searchEvents = `{"EventID":"3","Computer":"web1","UtcTime":"2024-05-06 10:00:06.000","ProcessId":"1","DestinationIp":"10.1.2.3","DestinationPort":"443","SourceIp":"2001:db8::1","User":"root","Initiated":"true"}
{"EventID":"3","Computer":"web1","UtcTime":"2024-05-06 10:00:05.000","ProcessId":"2","DestinationIp":"192.168.0.1","DestinationPort":"80","SourceIp":"2001:db9::1","User":"Alice","Initiated":"false"}
{"EventID":"3","Computer":"web2","UtcTime":"2024-05-06 10:00:04.000","ProcessId":"3","DestinationIp":"-","DestinationPort":"9"}
{"EventID":"1","Computer":"web2","UtcTime":"2024-05-06 10:00:03.000","ProcessId":"4","Image":"/usr/bin/id","CommandLine":"id > /tmp/x","User":"alice"}
{"EventID":"1","Computer":"web2","UtcTime":"2024-05-06 10:00:02.000","ProcessId":"5","Image":"/usr/bin/curl","CommandLine":"curl &gt; x","User":["root","bob"]}
`

// searchPoints is section 2: search expressions.
var searchPoints = []pointCase{
	{"2.1 the whole value, in any case", `User=ALICE | table ProcessId`, `{"ProcessId":"2"}{"ProcessId":"4"}`, ""},
	{"2.1 a part is not enough", `User=alic | table ProcessId`, ``, ""},
	{"2.1 CASE", `User=CASE(alice) | table ProcessId`, `{"ProcessId":"4"}`, ""},
	{"2.1 CASE of a word", `CASE(Alice) | table ProcessId`, `{"ProcessId":"2"}`, ""},
	{"2.1 TERM", `TERM(10.1.2.3) | table ProcessId`, `{"ProcessId":"1"}`, ""},
	{"2.1 where regards case", `EventID=* | where User="alice" OR in(User, "ALICE") OR like(User, "ALI%") OR match(User, "^ALI") | table ProcessId`, `{"ProcessId":"4"}`, ""},
	{"2.2 a star is any run of characters", `Image="/usr/*/*d" | table ProcessId`, `{"ProcessId":"4"}`, ""},
	{"2.2 quoted or not, also of none", `Image=/usr/bin/*id* OR Image="*curl*" | table ProcessId`, `{"ProcessId":"4"}{"ProcessId":"5"}`, ""},
	{"2.2 a question mark is itself", `User=?lice | table ProcessId`, ``, ""},
	{"2.2 field=* has a value", `EventID=1 OR EventID=3 User=* | table ProcessId`, `{"ProcessId":"1"}{"ProcessId":"2"}{"ProcessId":"4"}{"ProcessId":"5"}`, ""},
	{"2.2 NOT field=* has none", `EventID=* NOT User=* | table ProcessId`, `{"ProcessId":"3"}`, ""},
	{"2.2 field!=* never matches", `EventID=* User!=* | table ProcessId`, ``, ""},
	{"2.3 != needs the field", `EventID=* User!=alice | table ProcessId`, `{"ProcessId":"1"}{"ProcessId":"5"}`, ""},
	{"2.3 NOT = does not", `EventID=* NOT User=alice | table ProcessId`, `{"ProcessId":"1"}{"ProcessId":"3"}{"ProcessId":"5"}`, ""},
	{"2.3 several values: = if any matches", `User=bob | table ProcessId`, `{"ProcessId":"5"}`, ""},
	{"2.3 several values: != if any differs", `EventID=1 User!=root | table ProcessId`, `{"ProcessId":"4"}{"ProcessId":"5"}`, ""},
	{"2.3 several values: NOT = if none matches", `EventID=1 NOT User=root | table ProcessId`, `{"ProcessId":"4"}`, ""},
	{"2.4 IN", `User IN (ali*, "bob", eve) | table ProcessId`, `{"ProcessId":"2"}{"ProcessId":"4"}{"ProcessId":"5"}`, ""},
	{"2.4 NOT IN", `EventID=* NOT User IN (alice, root) | table ProcessId`, `{"ProcessId":"3"}`, ""},
	{"2.4 without commas", `User IN (alice bob) | table ProcessId`, `{"ProcessId":"2"}{"ProcessId":"4"}{"ProcessId":"5"}`, "comma"},
	{"2.4 with empty items", `User IN (alice,, bob,) | table ProcessId`, `{"ProcessId":"2"}{"ProcessId":"4"}{"ProcessId":"5"}`, "comma"},
	{"2.4 with a stray dot", `User IN (alice. "bob") | table ProcessId`, `{"ProcessId":"5"}`, "comma"},
	{"2.5 numbers by size", `DestinationPort>80 OR DestinationPort<=9 | table ProcessId`, `{"ProcessId":"1"}{"ProcessId":"3"}`, ""},
	{"2.5 equal numbers", `DestinationPort=443.0 OR DestinationPort=080 | table ProcessId`, `{"ProcessId":"1"}{"ProcessId":"2"}`, ""},
	{"2.5 texts by their characters", `User<b | table ProcessId`, `{"ProcessId":"2"}{"ProcessId":"4"}`, ""},
	{"2.5 a number and a text", `DestinationIp>=-1 | table ProcessId`, `{"ProcessId":"1"}{"ProcessId":"2"}`, ""},
	{"2.5 truth is text", `Initiated=True | table ProcessId`, `{"ProcessId":"1"}`, ""},
	{"2.6 nets", `DestinationIp="10.0.0.0/8" | table ProcessId`, `{"ProcessId":"1"}`, ""},
	{"2.6 nets without quotes", `DestinationIp=192.168.0.0/16 OR DestinationIp=10.1.2.3/32 | table ProcessId`, `{"ProcessId":"1"}{"ProcessId":"2"}`, ""},
	{"2.6 nets of IPv6", `SourceIp="2001:db8::/32" | table ProcessId`, `{"ProcessId":"1"}`, ""},
	{"2.6 not in a net", `EventID=3 DestinationIp!=10.0.0.0/8 | table ProcessId`, `{"ProcessId":"2"}{"ProcessId":"3"}`, ""},
	{"2.6 nets in a list", `DestinationIp IN (10.0.0.0/8, 192.0.0.0/8) | table ProcessId`, `{"ProcessId":"1"}{"ProcessId":"2"}`, ""},
	{"2.6 nets of tstats are nets, too", `| tstats count from datamodel=Network_Traffic.All_Traffic where All_Traffic.dest_ip=10.0.0.0/8 by All_Traffic.dest_ip`, `{"All_Traffic.dest_ip":"10.1.2.3","count":1}`, ""},
	{"2.7 words search _raw", `192.168.0.1 OR curl | table ProcessId`, `{"ProcessId":"2"}{"ProcessId":"5"}`, ""},
	{"2.7 which is gone behind stats", `EventID=1 | stats count by Image | search curl`, ``, "_raw"},
	{"2.7 where fields compare still", `EventID=1 | stats count by Image | search Image=*curl count>0`, `{"Image":"/usr/bin/curl","count":1}`, ""},
	{"2.7 a star keeps every row", `* | stats count by EventID | search *`, `{"EventID":"1","count":2}{"EventID":"3","count":3}`, ""},
	{"2.8 tstats where takes the same", `| tstats count from datamodel=Endpoint.Processes where (Processes.user IN (ALI*) OR NOT Processes.user=root) Processes.process_id>3 earliest="05/06/2024:10:00:03" latest="05/06/2024:10:00:04" by Processes.process_id`, `{"Processes.process_id":"4","count":1}`, ""},
	{"2.8 there is one time range", `| tstats count from datamodel=Endpoint.Processes where (earliest=-1h latest=now) OR (earliest=-2d latest=-1d)`, ``, "bounds the whole search"},
	{"2.9 rows of a subsearch become alternatives", `EventID=3 [search EventID=1 | eval ProcessId=ProcessId-3, EventID=3 | table ProcessId EventID] | table ProcessId`, `{"ProcessId":"1"}{"ProcessId":"2"}`, ""},
	{"2.9 as format writes them, by name", `EventID=1 | table ProcessId EventID _time | format`,
		`{"search":"( ( EventID=\"1\" AND ProcessId=\"4\" ) OR ( EventID=\"1\" AND ProcessId=\"5\" ) )"}`, ""},
	{"2.9 no rows: NOT ( )", `EventID=99 | table ProcessId | format`, `{"search":"NOT ( )"}`, ""},
	{"2.9 and nothing is found", `EventID=1 [search EventID=99 | table ProcessId] | table ProcessId`, ``, ""},
	{"2.9 a field search is text", `EventID=1 [makeresults | eval search="Image=*curl OR ProcessId=7" | table search] | table ProcessId`, `{"ProcessId":"5"}`, ""},
	{"2.9 so is query", `EventID=1 [makeresults | eval query="curl" | table query] | table ProcessId`, `{"ProcessId":"5"}`, ""},
	{"2.9 internal fields are left out", `EventID=1 [search EventID=1 Image=*id | fields User _time _raw] | table ProcessId`, `{"ProcessId":"4"}`, ""},
	{"2.10 entities match what they stand for, and themselves", `CommandLine="*id &gt; *" OR CommandLine="curl &gt; x" | table ProcessId`, `{"ProcessId":"4"}{"ProcessId":"5"}`, ""},
	{"2.10 a sign matches only itself", `CommandLine="* > *" | table ProcessId`, `{"ProcessId":"4"}`, ""},
}

func TestSearchPoints(t *testing.T) {
	checkPoints(t, searchEvents, engine.Options{Now: time.Date(2024, 5, 6, 11, 0, 0, 0, time.UTC)}, searchPoints)
}
