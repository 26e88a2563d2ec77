package engine_test

import (
	"slices"
	"testing"

	"spoor/engine"
)

const tstatsEvents = `{"EventID":"1","Computer":"web1","UtcTime":"2024-05-06 10:00:01.250","ProcessId":"9","Image":"/bin/sh","CommandLine":"sh","User":"bob","CurrentDirectory":"/home/bob"}
{"EventID":"1","Computer":"web1","UtcTime":"2024-05-06 10:00:01.500","ProcessId":"10","Image":"/bin/cat","CommandLine":"cat x","User":"Eve"}
{"EventID":"1","Computer":"web1","UtcTime":"2024-05-06 10:30:00.000","ProcessId":"100","Image":"/bin/cat","CommandLine":"cat y","User":"bob","CurrentDirectory":"/tmp"}
{"EventID":"5","Computer":"web2","UtcTime":"2024-05-06 11:00:00.000","Image":"/bin/cat","User":"bob"}
{"EventID":"3","Computer":"web2","UtcTime":"2024-05-06 11:00:01.000","ProcessId":"1","Image":"/bin/nc","Protocol":"tcp","SourceIp":"10.0.0.1","DestinationIp":"10.0.0.2","DestinationPort":"80","User":"bob"}
`

// tstatsPoints is section 3, behind `| tstats `.
var tstatsPoints = []pointCase{
	{"3.1 options, functions, from, where, by", `summariesonly=true count from datamodel=Endpoint.Processes where Processes.user=bob by Processes.user`, `{"Processes.user":"bob","count":3}`, ""},
	{"3.1 groupby", `count from datamodel=Endpoint.Processes groupby Processes.dest`, `{"Processes.dest":"web1","count":3}{"Processes.dest":"web2","count":1}`, ""},
	{"3.1 a function at least", `from datamodel=Endpoint.Processes by Processes.user`, ``, "aggregate"},
	{"3.1 of a field, but for count", `dc from datamodel=Endpoint.Processes`, ``, "dc"},
	{"3.1 no wildcards in functions", `values(Processes.*) from datamodel=Endpoint.Processes`, ``, "needs a field"},
	{"3.1 no wildcards after by", `count from datamodel=Endpoint.Processes by Processes.*`, ``, "wildcards"},
	{"3.1 no eval", `count(eval(Processes.user="bob")) from datamodel=Endpoint.Processes`, ``, "eval"},
	{"3.2 functions of numbers", `sum(Processes.process_id) as sum avg(Processes.process_id) as avg min(Processes.process_id) as min max(Processes.process_id) as max range(Processes.process_id) as range sumsq(Processes.process_id) as sumsq from datamodel=Endpoint.Processes`,
		`{"sum":119,"avg":39.666666666666664,"min":9,"max":100,"range":91,"sumsq":10181}`, ""},
	{"3.2 spread", `stdev(Processes.process_id) as stdev stdevp(Processes.process_id) as stdevp var(Processes.process_id) as var varp(Processes.process_id) as varp from datamodel=Endpoint.Processes where Processes.process_id<50`,
		`{"stdev":0.7071067811865476,"stdevp":0.5,"var":0.5,"varp":0.25}`, ""},
	{"3.2 ranks", `median(Processes.process_id) as median mode(Processes.user) as mode perc50(Processes.process_id) as perc50 exactperc50(Processes.process_id) as exact upperperc50(Processes.process_id) as upper from datamodel=Endpoint.Processes`,
		`{"median":10,"mode":"bob","perc50":10,"exact":10,"upper":10}`, ""},
	{"3.2 values", `count(Processes.process_id) as n dc(Processes.user) as dc distinct_count(Processes.process_name) as names estdc(Processes.user) as estdc values(Processes.user) as users from datamodel=Endpoint.Processes`,
		`{"n":3,"dc":2,"names":2,"estdc":2,"users":["Eve","bob"]}`, ""},
	{"3.2 order and time", `earliest(Processes.process) as earliest latest(Processes.process) as latest earliest_time(Processes.process_id) as from latest_time(Processes.process_id) as to first(Processes.process) as first last(Processes.process) as last from datamodel=Endpoint.Processes`,
		`{"earliest":"sh","latest":"/bin/cat","from":1714989601.25,"to":1714991400,"first":"/bin/cat","last":"sh"}`, ""},
	{"3.2 list, which Splunk's lacks, runs as in stats", `list(Processes.user) as users from datamodel=Endpoint.Processes`, `{"users":["bob","bob","Eve","bob"]}`, ""},
	{"3.3 a child by nodename", `count from datamodel=Network_Traffic.All_Traffic where nodename=All_Traffic.Traffic_By_Action.Allowed_Traffic`, `{"count":1}`, ""},
	{"3.3 another child", `count from datamodel=Network_Traffic.All_Traffic where nodename=All_Traffic.Traffic_By_Action.Blocked_Traffic`, `{"count":0}`, ""},
	{"3.3 the only root of a model", `count from datamodel=Network_Traffic by All_Traffic.dest`, `{"All_Traffic.dest":"10.0.0.2","count":1}`, ""},
	{"3.4 fields of the dataset, and those of every event", `count from datamodel=Endpoint.Processes where host=web2 by Processes.user host sourcetype`, `{"Processes.user":"bob","host":"web2","sourcetype":"sysmon:linux","count":1}`, ""},
	{"3.5 summaries are all there is", `summariesonly=t allow_old_summaries=t chunk_size=1000 local=f include_reduced_buckets=t count from datamodel=Endpoint.Processes`, `{"count":4}`, ""},
	{"3.6 a row without a by field is left out", `count from datamodel=Endpoint.Processes by Processes.process_current_directory`,
		`{"Processes.process_current_directory":"/home/bob","count":1}{"Processes.process_current_directory":"/tmp","count":1}`, ""},
	{"3.6 unless fillnull_value gives a text", `fillnull_value=null count values(Processes.process_id) as ids from datamodel=Endpoint.Processes by Processes.process_current_directory Processes.mem_used | where isnotnull('Processes.mem_used')`,
		`{"Processes.process_current_directory":"/home/bob","Processes.mem_used":"null","count":1,"ids":"9"}{"Processes.process_current_directory":"/tmp","Processes.mem_used":"null","count":1,"ids":"100"}{"Processes.process_current_directory":"null","Processes.mem_used":"null","count":2,"ids":"10"}`, ""},
	{"3.7 spans of time", `count from datamodel=Endpoint.Processes by _time span=1h`, `{"_time":"2024-05-06T10:00:00.000Z","count":3}{"_time":"2024-05-06T11:00:00.000Z","count":1}`, ""},
	{"3.7 the span stands anywhere", `count from datamodel=Endpoint.Processes by span=1d _time Processes.dest`,
		`{"_time":"2024-05-06T00:00:00.000Z","Processes.dest":"web1","count":3}{"_time":"2024-05-06T00:00:00.000Z","Processes.dest":"web2","count":1}`, ""},
	{"3.7 no span is a second", `count from datamodel=Endpoint.Processes where Processes.dest=web1 by _time`, `{"_time":"2024-05-06T10:00:01.000Z","count":2}{"_time":"2024-05-06T10:30:00.000Z","count":1}`, ""},
	{"3.8 events without a number are not unequal to it", `count from datamodel=Endpoint.Processes where Processes.process_id!=9`, `{"count":2}`, ""},
	{"3.8 nor less", `count from datamodel=Endpoint.Processes where Processes.process_id<10`, `{"count":1}`, ""},
	{"3.9 by fields, then aggregates, in their order", `max(Processes.process_id) as m count from datamodel=Endpoint.Processes by Processes.user Processes.process_name`,
		`{"Processes.user":"Eve","Processes.process_name":"cat","m":10,"count":1}{"Processes.user":"bob","Processes.process_name":"cat","m":100,"count":2}{"Processes.user":"bob","Processes.process_name":"sh","m":9,"count":1}`, ""},
	{"3.9 numbers ascend as numbers", `count from datamodel=Endpoint.Processes by Processes.process_id`, `{"Processes.process_id":"9","count":1}{"Processes.process_id":"10","count":1}{"Processes.process_id":"100","count":1}`, ""},
	{"3.9 without by there is one row", `count dc(Processes.user) as users from datamodel=Endpoint.Processes where Processes.user=nobody`, `{"count":0,"users":0}`, ""},
	{"3.9 with by and no match there is none", `count from datamodel=Endpoint.Processes where Processes.user=nobody by Processes.user`, ``, ""},
	{"3.10 names as written", `count values(Processes.user) min(_time) from datamodel=Endpoint.Processes where Processes.dest=web2 by Processes.dest | rename "Processes.*" as *`,
		`{"dest":"web2","count":1,"values(Processes.user)":"bob","min(_time)":1714993200}`, ""},
	{"3.11 the least time is in seconds, with their parts", `min(_time) as first max(_time) as last from datamodel=Endpoint.Processes where Processes.process_id<50`, `{"first":1714989601.25,"last":1714989601.5}`, ""},
	{"3.11 which ctime cuts", `min(_time) as first from datamodel=Endpoint.Processes where Processes.process_id<50 | convert timeformat="%Y-%m-%dT%H:%M:%S" ctime(first)`, `{"first":"2024-05-06T10:00:01"}`, ""},
	{"3.12 one row for each of several values", `count from datamodel=Endpoint.Processes by Processes.tag`, `{"Processes.tag":"process","count":4}{"Processes.tag":"report","count":4}`, ""},
}

func TestTstatsPoints(t *testing.T) {
	cases := slices.Clone(tstatsPoints)
	for i := range cases {
		cases[i].query = "| tstats " + cases[i].query
	}
	checkPoints(t, tstatsEvents, engine.Options{}, cases)
}
