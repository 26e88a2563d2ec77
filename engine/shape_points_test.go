package engine_test

import (
	"testing"

	"spoor/engine"
)

// shapePoints is how values are written and compared, in which order rows and columns come, and what was decided where the description
// leaves it open (section 14). What is behind `| makeresults | ` makes its own rows.
var shapePoints = []pointCase{
	{"numbers: whole ones", `eval a=10/2, b=1e3, c=-0, d=pow(2,53), e=007, f="007", g=1000000*1000000 | table a b c d e f g`, `{"a":5,"b":1000,"c":0,"d":9007199254740992,"e":7,"f":"007","g":1000000000000}`, ""},
	{"numbers: others", `eval a=1/3, b=0.1+0.2, c=1.50, d=2.5*2, e=1/1000000 | table a b c d e`, `{"a":0.3333333333333333,"b":0.30000000000000004,"c":1.5,"d":5,"e":0.000001}`, ""},
	{"numbers: as text", `eval a=1.0."", b=1/4 ."", c=pow(10,16)."", d=tostring(1234.5,"commas"), e=round(2.5)."", f=round(1.005,1)."" | table a b c d e f`, `{"a":"1","b":"0.25","c":"10000000000000000","d":"1,234.50","e":"3","f":"1"}`, ""},
	{"numbers: no numbers", `eval a=0/0, b=ln(0), c=sqrt(-1) | table a b c`, `{"b":"-inf","c":"nan"}`, ""},
	{"truth: as text", `eval a=tostring(1=1), b="x".tostring(1=2), c=if(true(),"t","f") | table a b c`, `{"a":"True","b":"xFalse","c":"t"}`, ""},
	{"multivalues: as text a blank joins", `eval m=split("a,b",","), n="[".mvjoin(m, ";")."]" | nomv m | table m n`, `{"m":"a\nb","n":"[a;b]"}`, ""},
	{"multivalues: of one value is that value", `eval m=split("a",","), n=mvindex(split("a,b",","),1), o=mvfilter(match(n,"z")) | table m n o`, `{"m":"a","n":"b"}`, ""},
	{"sort: auto takes numbers, then addresses, then texts", `eval v=split("b,10.0.0.9,9,A,10,10.0.0.10,a,-1,1.5,09", ",") | mvexpand v | sort v | stats list(v) as v`, `{"v":["-1","1.5","09","9","10","10.0.0.9","10.0.0.10","A","a","b"]}`, ""},
	{"sort: auto downwards", `eval v=split("b,9,10,10.0.0.9", ",") | mvexpand v | sort -v | stats list(v) as v`, `{"v":["b","10.0.0.9","10","9"]}`, ""},
	{"sort: num", `eval v=split("b,9,10,-1", ",") | mvexpand v | sort num(v) | stats list(v) as v`, `{"v":["-1","9","10","b"]}`, ""},
	{"sort: str", `eval v=split("b,9,10,B,-1", ",") | mvexpand v | sort str(v) | stats list(v) as v`, `{"v":["-1","10","9","B","b"]}`, ""},
	{"sort: ip", `eval v=split("10.0.0.10,9.0.0.1,::1,10.0.0.9", ",") | mvexpand v | sort ip(v) | stats list(v) as v`, `{"v":["9.0.0.1","10.0.0.9","10.0.0.10","::1"]}`, ""},
	{"sort: equal rows keep their order", `eval v=split("b1,a2,b3,a4", ",") | mvexpand v | eval k=substr(v,1,1) | sort k | stats list(v) as v`, `{"v":["a2","a4","b1","b3"]}`, ""},
	{"groups: numbers ascend, before texts", `eval v=split("b,9,10,A", ",") | mvexpand v | stats count by v | stats list(v) as v`, `{"v":["9","10","A","b"]}`, ""},
	{"groups: case matters, and so does how a number is written", `eval v=split("a,A,1,1.0", ",") | mvexpand v | stats count by v`, `{"v":"1","count":1}{"v":"1.0","count":1}{"v":"A","count":1}{"v":"a","count":1}`, ""},
	{"groups: an empty text is a value", `eval v="" | stats count by v`, `{"v":"","count":1}`, ""},
	{"groups: nothing is none", `eval v=null() | stats count by v`, ``, ""},
	{"columns: by fields, then aggregates", `eval a=1, b=2 | stats sum(a) as x count by b a`, `{"b":2,"a":1,"x":1,"count":1}`, ""},
	{"columns: eval adds at the end, a field that is there keeps its place", `table _time | eval b=1, a=2, b=3, c=4 | fields - _time`, `{"b":3,"a":2,"c":4}`, ""},
	{"columns: rename keeps the place", `eval a=1, b=2, c=3 | table a b c | rename b as z`, `{"a":1,"z":2,"c":3}`, ""},
	{"columns: table and fields give theirs", `eval a=1, b=2, c=3 | table c a b | fields b c`, `{"b":2,"c":3}`, ""},
	{"columns: a wildcard keeps the order that they have", `eval xb=1, y=2, xa=3 | table xb y xa | table x* y`, `{"xb":1,"xa":3,"y":2}`, ""},
	{"columns: of aggregates of all fields, in their order", `eval b=1, a=2 | table b a | stats sum(*) as s_*`, `{"s_b":1,"s_a":2}`, ""},
	{"columns: of chart by value, NULL last", `eval v=split("b,9,10,A", ",") | mvexpand v | append [makeresults] | eval k=1 | chart count over k by v`, `{"k":1,"9":1,"10":1,"A":1,"b":1,"NULL":1}`, ""},
	{"columns: of transpose", `eval a=1, b=2 | table a b | transpose`, `{"column":"a","row 1":1}{"column":"b","row 1":2}`, ""},
	{"14 a number and a text compare as numbers if they can", `eval a=if("5"=5,1,0), b=if("5.0"==5,1,0), c=if("5"="5.0",1,0), d=if("abc">5,1,0), e=if("10">"9",1,0) | table a b c d e`, `{"a":1,"b":1,"c":1,"d":1,"e":1}`, ""},
	{"14 where NOT f=x drops rows without f", `eval v=split("x,y", ",") | mvexpand v | append [makeresults] | where NOT v="x" | stats list(v) as v count`, `{"v":"y","count":1}`, ""},
	{"14 search NOT f=x keeps them", `eval v=split("x,y", ",") | mvexpand v | append [makeresults] | search NOT v="x" | stats list(v) as v count`, `{"v":"y","count":2}`, ""},
	{"14 regex f!=x keeps them, too", `eval v=split("x,y", ",") | mvexpand v | append [makeresults] | regex v!="x" | stats list(v) as v count`, `{"v":"y","count":2}`, ""},
	{"14 a by field that no row has gives no rows", `stats count by nosuch | stats count`, `{"count":0}`, "no row has a field nosuch"},
	{"14 of one time, the first row is the earliest", `eval v=split("a,b,c", ",") | mvexpand v | stats earliest(v) as e latest(v) as l first(v) as f`, `{"e":"a","l":"c","f":"a"}`, ""},
}

func TestShapePoints(t *testing.T) {
	var asked []pointCase
	for _, c := range shapePoints {
		c.query = "| makeresults | " + c.query
		asked = append(asked, c)
	}
	checkPoints(t, commandEvents, engine.Options{}, asked)
}
