package engine_test

import (
	"testing"

	"spoor/engine"
)

const (
	// fourRows is a row for each of the groups a, b, b, a, and one without.
	fourRows = `| makeresults format=csv data="g,n,h` + "\n" + `a,1,x` + "\n" + `b,2,x` + "\n" + `b,3,y` + "\n" + `,4,x` + "\n" + `a,5,x" `
	oneRow   = `| makeresults | eval a=1, b=2, ab=3, _c=4 `
)

// cornerPoints is what the reference says of dedup, rename, fields and rex beyond their common use.
var cornerPoints = []pointCase{
	{"dedup: the first of each", fourRows + `| dedup g | table g n`, `{"g":"a","n":"1"}{"g":"b","n":"2"}`, ""},
	{"dedup: two of each", fourRows + `| dedup 2 g | table g n`, `{"g":"a","n":"1"}{"g":"b","n":"2"}{"g":"b","n":"3"}{"g":"a","n":"5"}`, ""},
	{"dedup: the count as an option", fourRows + `| dedup limit=1 g | table n`, `{"n":"1"}{"n":"2"}`, ""},
	{"dedup: combinations", fourRows + `| dedup g h | table n`, `{"n":"1"}{"n":"2"}{"n":"3"}`, ""},
	{"dedup: keepempty keeps every row without the field", fourRows + `| append [makeresults | eval n="6"] | dedup g keepempty=true | table n`, `{"n":"1"}{"n":"2"}{"n":"4"}{"n":"6"}`, ""},
	{"dedup: keepevents takes the field from the others", fourRows + `| dedup g keepevents=true | table g n`, `{"g":"a","n":"1"}{"g":"b","n":"2"}{"n":"3"}{"n":"5"}`, ""},
	{"dedup: keepevents and keepempty", fourRows + `| dedup g keepevents=true keepempty=true | table g n`, `{"g":"a","n":"1"}{"g":"b","n":"2"}{"n":"3"}{"n":"4"}{"n":"5"}`, ""},
	{"dedup: keepevents with two fields", fourRows + `| dedup g h keepevents=t | table g h n`, `{"g":"a","h":"x","n":"1"}{"g":"b","h":"x","n":"2"}{"g":"b","h":"y","n":"3"}{"n":"5"}`, ""},
	{"dedup: consecutive", fourRows + `| dedup g consecutive=true | table g n`, `{"g":"a","n":"1"}{"g":"b","n":"2"}{"g":"a","n":"5"}`, ""},
	{"dedup: sortby decides which is kept", fourRows + `| dedup g sortby -n | table g n`, `{"g":"a","n":"5"}{"g":"b","n":"3"}`, ""},
	{"dedup: sortby with a sign for each", fourRows + `| dedup h sortby +g -num(n) | table g n`, `{"g":"a","n":"5"}{"g":"b","n":"3"}`, ""},
	{"dedup: sortby and a count", fourRows + `| dedup 2 g sortby -n | table n`, `{"n":"5"}{"n":"3"}{"n":"2"}{"n":"1"}`, ""},
	{"dedup: values differ in case", `| makeresults format=csv data="g` + "\n" + `a` + "\n" + `A" | dedup g | stats count`, `{"count":2}`, ""},
	{"dedup: at least one", `| makeresults | dedup 0 _time`, ``, "at least one row"},

	{"rename: several at once", oneRow + `| rename a as x, b as y ab AS "z z" | table x y "z z"`, `{"x":1,"y":2,"z z":3}`, ""},
	{"rename: one after another", oneRow + `| rename a as t, b as a, t as b | table a b`, `{"a":2,"b":1}`, ""},
	{"rename: to a field that is there", oneRow + `| rename a as b | table a b`, `{"b":1}`, "no row has a field a"},
	{"rename: quotes around either name", oneRow + `| rename "a" as "b c" | rename "b c" as d | table d`, `{"d":1}`, ""},
	{"rename: a wildcard in front", oneRow + `| rename *b as x_* | table x_ x_a`, `{"x_":2,"x_a":3}`, ""},
	{"rename: a wildcard in the middle", oneRow + `| eval foo_1_id=7 | rename foo_*_id as id_* | table id_*`, `{"id_1":7}`, ""},
	{"rename: two wildcards", `| makeresults | eval "a.b.c"=1 | rename "a.*.*" as "*-*" | table *-*`, `{"b-c":1}`, ""},
	{"rename: an internal field", oneRow + `| rename _c as c | table c`, `{"c":4}`, ""},
	{"rename: case counts", oneRow + `| rename A as x | table a`, `{"a":1}`, ""},

	{"fields: those named, in their order", oneRow + `| fields b, a | fields - _*`, `{"b":2,"a":1}`, ""},
	{"fields: + says the same", oneRow + `| fields + b a | fields - _*`, `{"b":2,"a":1}`, ""},
	{"fields: a minus with blanks and without", oneRow + `| fields - a, b | fields -ab | fields - _*`, `{}`, ""},
	{"fields: wildcards", oneRow + `| fields a* | fields - _*`, `{"a":1,"ab":3}`, ""},
	{"fields: a minus with wildcards", oneRow + `| fields - a* | fields a* b | fields - _*`, `{"b":2}`, ""},
	{"fields: an internal field of one's own goes", oneRow + `| fields a | eval gone=if(isnull(_c), "yes", "no") | table a gone`, `{"a":1,"gone":"yes"}`, "_c"},
	{"fields: _time stays unless it is named", `| makeresults | eval a=1 | fields a | eval t=isnotnull(_time) | fields - _time | fields a t`, `{"a":1,"t":true}`, ""},

	{"rex: two groups", `| makeresults | eval m="ann@web1" | rex field=m "(?<user>\w+)@(?<host>\w+)" | table user host`, `{"user":"ann","host":"web1"}`, ""},
	{"rex: (?P<name>", `| makeresults | eval m="ann" | rex field=m "(?P<user>\w+)" | table user`, `{"user":"ann"}`, ""},
	{"rex: max_match", `| makeresults | eval m="a1 a2 a3" | rex field=m max_match=2 "a(?<n>\d)" | table n`, `{"n":["1","2"]}`, ""},
	{"rex: max_match=0 takes all", `| makeresults | eval m="a1 a2 a3" | rex field=m max_match=0 "a(?<n>\d)" | table n`, `{"n":["1","2","3"]}`, ""},
	{"rex: a group that took no part stays missing", `| makeresults | eval m="b" | rex field=m "(?<x>a)|(?<y>b)" | table x y`, `{"y":"b"}`, ""},
	{"rex: offsets are of characters, from 0 on", `| makeresults | eval m="äb12345678" | rex field=m offset_field=off "(?<tenchars>.{10})" | table off`, `{"off":"tenchars=0-9"}`, ""},
	{"rex: offsets of several groups", `| makeresults | eval m="ab-cd" | rex field=m offset_field=off "(?<x>\w+)-(?<y>\w+)" | table off`, `{"off":["x=0-1","y=3-4"]}`, ""},
	{"rex: an empty match is found", `| makeresults | eval m="b" | rex field=m "(?<x>a*)b" | eval l=len(x) | table l`, `{"l":0}`, ""},
	{"rex: names with an underscore and digits", `| makeresults | eval m="7" | rex field=m "(?<_n1_x>\d)" | eval v=_n1_x | table v`, `{"v":"7"}`, ""},
	{"rex: a name with a hyphen is none", `| makeresults | rex "(?<a-b>x)"`, ``, "error"},
	{"rex: no group", `| makeresults | rex "x"`, ``, "no named group"},
	{"sed: the first match", `| makeresults | eval m="a1a2a3" | rex field=m mode=sed "s/a/x/" | table m`, `{"m":"x1a2a3"}`, ""},
	{"sed: all", `| makeresults | eval m="a1a2a3" | rex field=m mode=sed "s/a/x/g" | table m`, `{"m":"x1x2x3"}`, ""},
	{"sed: the second", `| makeresults | eval m="a1a2a3" | rex field=m mode=sed "s/a/x/2" | table m`, `{"m":"a1x2a3"}`, ""},
	{"sed: beyond the last", `| makeresults | eval m="a1a2a3" | rex field=m mode=sed "s/a/x/4" | table m`, `{"m":"a1a2a3"}`, ""},
	{"sed: the second and all behind it", `| makeresults | eval m="a1a2a3" | rex field=m mode=sed "s/a/x/2g" | table m`, `{"m":"a1x2x3"}`, ""},
	{"sed: in any case", `| makeresults | eval m="A1a2" | rex field=m mode=sed "s/a/x/gi" | table m`, `{"m":"x1x2"}`, ""},
	{"sed: groups", `| makeresults | eval m="1-2 3-4" | rex field=m mode=sed "s/(\d)-(\d)/\2-\1/2" | table m`, `{"m":"1-2 4-3"}`, ""},
	{"sed: another delimiter", `| makeresults | eval m="/a/b" | rex field=m mode=sed "s#/#:#g" | table m`, `{"m":":a:b"}`, ""},
	{"sed: a card number is masked", `| makeresults | eval m="4000-1111-2222-3333" | rex field=m mode=sed "s/(\d{4}-){3}/XXXX-XXXX-XXXX-/g" | table m`, `{"m":"XXXX-XXXX-XXXX-3333"}`, ""},
	{"sed: a wrong flag", `| makeresults | rex mode=sed "s/a/b/q"`, ``, "no sed expression"},
}

func TestCornerPoints(t *testing.T) { checkPoints(t, "", engine.Options{}, cornerPoints) }
