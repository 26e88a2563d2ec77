package engine_test

import (
	"strings"
	"testing"

	"spoor/engine"
	"spoor/grammar/source"
)

// limitPoints is section 8: what protects only servers does not hold here.
var limitPoints = []pointCase{
	{"8 searches in brackets: 10000 rows", `| makeresults | eval n=10000 | append [makeresults count=10001 | streamstats count as n] | stats count max(n) as n`, `{"count":10002,"n":10001}`, ""},
	{"8 as conditions, too", `| makeresults | eval n="10001" | search [makeresults count=10001 | streamstats count as n | table n] | table n`, `{"n":"10001"}`, ""},
	{"8 join: 50000 rows", `| makeresults | eval k=1 | join max=0 k [makeresults count=50001 | eval k=1] | stats count`, `{"count":50001}`, ""},
	{"8 sort: 10000 rows", `| makeresults count=10001 | streamstats count as n | sort -n | stats count first(n) as n`, `{"count":10001,"n":10001}`, ""},
	{"8 stats: any number of values, and of rows", `| makeresults count=10001 | streamstats count as n | stats values(n) as v list(n) as l by _time | eval v=mvcount(v), l=mvcount(l) | table v l`, `{"v":10001,"l":10001}`, ""},
	{"8 top: 50000 values", `| makeresults count=50001 | streamstats count as n | top limit=0 n | stats count`, `{"count":50001}`, ""},
	{"8 transaction: 5000 open at a time", `| makeresults count=5001 | streamstats count as n | transaction n | stats count`, `{"count":5001}`, ""},
	{"8 spath: 5000 characters", `| makeresults | eval x="x", x=replace(mvjoin(mvrange(100000, 101000), ""), "\d", "x"), j="{\"a\":\"".x."\",\"b\":7}" | spath input=j path=b | table b`, `{"b":7}`, ""},
	{"8 mvexpand: any number of rows", `| makeresults | eval n=mvrange(0, 20000) | mvexpand n | stats count`, `{"count":20000}`, ""},
	{"8 bin: 50000 ranges", `| makeresults count=3 | streamstats count as n | bin bins=50000 n | stats count`, `{"count":3}`, ""},
	{"8 map: 10 searches", `| makeresults count=12 | streamstats count as n | map search="| makeresults | eval n=$n$" | stats count`, `{"count":12}`, ""},
	{"8 map: unless it is told how many", `| makeresults count=12 | streamstats count as n | map search="| makeresults | eval n=$n$" maxsearches=11 | stats count`, `{"count":11}`, "map keeps 11 rows"},
}

func TestLimitPoints(t *testing.T) {
	files := []string{writeLog(t, commandEvents)}
	for _, c := range limitPoints {
		t.Run(c.point, func(t *testing.T) {
			for _, at := range []point{allOff, allOn} {
				got := ask(t, source.New("query", c.query), engine.Options{}, files, at)
				diff(t, "rows", strings.TrimSpace(got.rows), c.want)
				if said := got.errors + got.warnings; !strings.Contains(said, c.said) || c.said == "" && said != "" {
					diff(t, "said", said, c.said)
				}
			}
		})
	}
}
