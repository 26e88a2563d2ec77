package engine_test

import (
	"fmt"
	"strings"
	"testing"

	"spoor/engine"
	"spoor/grammar/source"
)

const statsEvents = `{"EventID":"1","Computer":"web1","UtcTime":"2024-05-06 10:00:01.000","ProcessId":"9","Image":"/b","User":"bob","CommandLine":"b a b"}
{"EventID":"1","Computer":"web1","UtcTime":"2024-05-06 10:00:02.000","ProcessId":"10","Image":"/a","User":"bob","CommandLine":"10 9"}
{"EventID":"1","Computer":"web1","UtcTime":"2024-05-06 10:00:03.000","ProcessId":"x","Image":"/a","CommandLine":"B"}
{"EventID":"1","Computer":"web1","UtcTime":"2024-05-06 10:00:04.000","Image":"/a","User":"Eve"}
`

// statsPoints is Splunk's semantics of stats, point by point.
var statsPoints = []struct{ point, query, want string }{
	{"4.1 a row without a by field is left out", "stats count by User", `{"User":"Eve","count":1}{"User":"bob","count":2}`},
	{"4.1 a by field that no row has", "stats count by nosuch", ``},
	{"4.2 a row counts for each value of a by field", `eval w=split(CommandLine, " ") | stats count by w`,
		`{"w":"9","count":1}{"w":"10","count":1}{"w":"B","count":1}{"w":"a","count":1}{"w":"b","count":2}`},
	{"4.2 dedup_splitvals", `eval w=split(CommandLine, " ") | stats count by w dedup_splitvals=t | where w="b"`, `{"w":"b","count":1}`},
	{"4.3 count counts rows, count(f) values", "stats count count(User) as users c(nosuch) as none", `{"count":4,"users":3,"none":0}`},
	{"4.3 count(eval(b)) counts where b is true", `stats count(eval(User="bob")) as bobs c(eval(User!="bob")) as others`, `{"bobs":2,"others":1}`},
	{"4.3 sum(eval(e)) is over e", "stats sum(eval(ProcessId*2)) as sum avg(eval(ProcessId*2)) as mean values(eval(lower(User))) as users", `{"sum":38,"mean":19,"users":["bob","eve"]}`},
	{"4.3 eval in every aggregate", "stats max(eval(len(Image)+EventID)) as max dc(eval(User.\":\".Image)) as dc list(eval(EventID+1)) as list perc50(eval(ProcessId/2)) as half",
		`{"max":3,"dc":3,"list":[2,2,2,2],"half":4.75}`},
	{"4.4 values are different, in byte order", `eval w=split(CommandLine, " ") | stats values(w) as w`, `{"w":["10","9","B","a","b"]}`},
	{"4.4 list is in the order of the rows", "stats list(Image) as all list(ProcessId) as ids", `{"all":["/a","/a","/a","/b"],"ids":["x","10","9"]}`},
	{"4.5 min and max: numbers before texts", "stats min(ProcessId) as min max(ProcessId) as max min(Image) as a max(Image) as b", `{"min":9,"max":"x","a":"/a","b":"/b"}`},
	{"4.5 numbers alone count", "stats sum(ProcessId) as sum avg(ProcessId) as avg mean(ProcessId) as mean range(ProcessId) as range sumsq(ProcessId) as sumsq sum(Image) as no",
		`{"sum":19,"avg":9.5,"mean":9.5,"range":1,"sumsq":181}`},
	{"4.5 stdev is of a sample, stdevp of all", "stats stdev(ProcessId) as s stdevp(ProcessId) as p var(ProcessId) as v varp(ProcessId) as w",
		`{"s":0.7071067811865476,"p":0.5,"v":0.5,"w":0.25}`},
	{"4.5 dc is exact", "stats dc(Image) as dc distinct_count(User) as users estdc(Image) as estimate estdc_error(Image) as error", `{"dc":2,"users":2,"estimate":2,"error":0}`},
	{"4.5 median and percentiles", "stats median(ProcessId) as median p50(ProcessId) as p50 exactperc50(ProcessId) as exact mode(Image) as mode", `{"median":10,"p50":9.5,"exact":10,"mode":"/a"}`},
	{"4.6 earliest and latest by time", "sort ProcessId | stats earliest(Image) as earliest latest(Image) as latest earliest_time(ProcessId) as from latest_time(ProcessId) as to",
		`{"earliest":"/b","latest":"/a","from":1714989601,"to":1714989603}`},
	{"4.6 first and last by the rows, newest first", "stats first(ProcessId) as first last(ProcessId) as last", `{"first":"x","last":"9"}`},
	{"4.6 first and last behind a sort", "sort - Image | stats first(Image) as first last(Image) as last", `{"first":"/b","last":"/a"}`},
	{"4.7 names in quotes, with dots and brackets", `stats count as "a b.c(d)" values(Proc*) as "p.*" count AS 'n'`, `{"a b.c(d)":4,"p.essId":["10","9","x"],"n":4}`},
	{"4.7 a function without a field", "table User Image ProcessId | stats dc by User", `{"User":"Eve","dc(Image)":1,"dc(ProcessId)":0}{"User":"bob","dc(Image)":2,"dc(ProcessId)":2}`},
	{"4.7 wildcards", "table User Image ProcessId | stats values(*) as * avg(*Id) as mean_* by User",
		`{"User":"Eve","Image":"/a"}{"User":"bob","Image":["/a","/b"],"ProcessId":["10","9"],"mean_Process":9.5}`},
	{"4.8 allnum, delim and partitions", `stats allnum=true delim=":" partitions=1 sum(ProcessId) as ids sum(EventID) as events values(User) as users`, `{"events":4,"users":["Eve","bob"]}`},
	{"4.9 by fields first, nothing else", "stats count by Image User", `{"Image":"/a","User":"Eve","count":1}{"Image":"/a","User":"bob","count":1}{"Image":"/b","User":"bob","count":1}`},
	{"4.9 nothing to count", "where false() | stats count sum(ProcessId) as sum dc(User) as dc values(User) as values", `{"count":0,"dc":0}`},
	{"4.9 no rows, no groups", "where false() | stats count by User", ``},
	{"4.10 counts are whole, means are not", "stats avg(EventID) as one avg(eval(if(ProcessId=9, 1, EventID*3))) as mean sum(eval(EventID/3)) as third count", `{"one":1,"mean":2.5,"third":1.3333333333333333,"count":4}`},
}

func TestStatsPoints(t *testing.T) {
	log := writeLog(t, statsEvents)
	for _, c := range statsPoints {
		t.Run(c.point, func(t *testing.T) {
			got := askEverywhere(t, source.New("query", "EventID=1 | "+c.query), engine.Options{}, []string{log}, 2)
			diff(t, "errors", got.errors, "")
			diff(t, "rows", strings.ReplaceAll(got.rows, "\n", ""), c.want)
		})
	}
}

// TestListKeepsAll holds that list has no limit: Splunk's is 100.
func TestListKeepsAll(t *testing.T) {
	var events strings.Builder
	for i := range 250 {
		fmt.Fprintf(&events, `{"EventID":"1","Computer":"web1","UtcTime":"2024-05-06 10:00:00.%03d","ProcessId":"%d","Image":"/a"}`+"\n", i, i%7)
	}
	got := askEverywhere(t, source.New("query", "EventID=1 | stats list(ProcessId) as list | eval n=mvcount(list), first=mvindex(list, 0), last=mvindex(list, -1) | fields n first last"),
		engine.Options{}, []string{writeLog(t, events.String())}, 1)
	diff(t, "rows", got.rows, `{"n":250,"first":"4","last":"0"}`+"\n")
}
