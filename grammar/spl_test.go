package grammar

import (
	"strings"
	"testing"

	"spoor/grammar/ast"
	"spoor/grammar/source"
)

// Each row: a search, and how it prints; "" if it prints as written.
var parses = [][2]string{
	// the implied search, and where command words are words
	{`curl wget`, ``},
	{`search curl`, ``},
	{`search`, ``},
	{`SEARCH  curl | Head 5`, `search curl | head 5`},
	{`search=5 head`, `search=5 head`},
	{`(search) x`, `(search x)`},
	{`stats count=5 by from`, ``},
	{"```a | b``` x ```` c ``` y", "x y"},
	{"| stats count ```why, \"so\"``` by a", `| stats count by a`},
	{"\ufeffx", `x`},
	// search expressions: NOT, then OR, then AND
	{`a b OR c d`, ``},
	{`a (b OR c) d`, `a b OR c d`},
	{`(a b) OR (c AND d)`, `(a b) OR (c AND d)`},
	{`NOT a OR b`, ``},
	{`NOT (a OR b)`, ``},
	{`NOT NOT a`, ``},
	{`a AND (b AND c)`, ``},
	{`process_name=curl (a) OR (b AND c)`, `process_name=curl a OR (b AND c)`},
	// comparisons and values
	{`Processes.process_name =rm AND Processes.process= "* -rf *"`, `Processes.process_name=rm AND Processes.process="* -rf *"`},
	{`a!=b c<=1 d>=2 e<3 f>4`, ``},
	{`x=""`, ``},
	{`"result.status" IN ("POLICY")`, ``},
	{`"resources{}.ipaddress"=* a{@x}=1`, ``},
	{`"Known Notes"=True`, ``},
	{`path=/usr/bin/*.sh host=a-b.c:80 user=$x@y ratio=50% q=a?b;c#d~e^f&g`, ``},
	{`country=IN`, ``},
	{`p="*\!**" q="a\"b" r="c\\d" s="e\|f" t="\s"`, `p="*\\!**" q="a\"b" r="c\\d" s="e|f" t="\\s"`},
	{`path=*\\users\\public\\*`, ``},
	{`path=*\temp*`, `path=*\\temp*`},
	{`x=*GetCurrent()*`, ``},
	{`a="x|y" b="*[kworker/*" c="(("`, ``},
	{`a="&gt;" b=foo!bar`, ``},
	{`earliest=-30d@d latest=now x`, ``},
	{`earliest=[search a | return $b] x`, `earliest=[search a | return $b] x`},
	{`TERM(user=bob) CASE(Foo) x=CASE("A b")`, ``},
	{`a IN ([search b])`, ``},
	{`a IN (x, [search b | return 5 $c], [search d])`, ``},
	{`a IN ([search b], "x y")`, `a IN ("x y", [search b])`},
	{`NOT aceType IN (*denied*,D,OD,XD)`, `NOT aceType IN (*denied*, D, OD, XD)`},
	{`a AND NOT(b IN("/bin/*"))`, `a AND NOT b IN ("/bin/*")`},
	{`search NOT [ | inputlookup x.csv | fields a ] [search b]`, `search NOT [| inputlookup x.csv | fields a] [search b]`},
	{`é=ü "日本" 日本 _=byé`, ``},
	{`| eval ä=ö.ü("ß"), 'é'="日" | bin spän=5 é as 日`, `| eval ä=ö . ü("ß"), 'é'="日" | bin spän=5 é as 日`},
	// tstats and the stats family
	{`| tstats summariesonly=false count from datamodel=Endpoint.Processes where a=1 by Processes.dest _time span=1h Processes.user`, ``},
	{`| tstats count FROM datamodel="Endpoint.Processes" GROUPBY a, b`, `| tstats count from datamodel="Endpoint.Processes" groupby a b`},
	{`| tstats count where nodename=Root.Child from b`, ``},
	{`| tstats values(x.y) dc(z) AS n FROM datamodel = Web WHERE Web.url="a" OR x BY "Web.src" summariesonly=t`, `| tstats values(x.y) dc(z) as n from datamodel=Web where Web.url="a" OR x by "Web.src" summariesonly=t`},
	{`| tstats count where [|inputlookup x |table y] by z`, `| tstats count where [| inputlookup x | table y] by z`},
	{`| tstats count from datamodel=X summariesonly=true by y`, ``},
	{`| stats sum(x) as s, count(y) as n, Values(z) c p95(a), perc95(b) by d,e f`, `| stats sum(x) as s count(y) as n Values(z) c p95(a) perc95(b) by d e f`},
	{`| stats count(eval(x="a" OR y>1)) as n avg(eval(if(a, b, c)))`, `| stats count(eval(x = "a" OR y > 1)) as n avg(eval(if(a, b, c)))`},
	{`| stats values(a.*) as * sparkline(count, 1h) as "x y" max(b)as c`, `| stats values(a.*) as * sparkline(count, 1h) as "x y" max(b) as c`},
	{`| stats values(aceFlags) as aceFlags(inheritance) count as by by groupby from`, ``},
	{`| stats count by 'a b' "c d" output`, ``},
	{`| chart count over x by y`, ``},
	{`| timechart limit=0 span=5m count by x where count > 5`, `| timechart limit=0 span=5m count by x where count>5`},
	{`| streamstats window=2 current=1 count as rank by x`, ``},
	{`| mstats avg(tcp.*) where index=m earliest=-1h by host span=10s`, ``},
	{`| convert timeformat="%Y-%m-%dT%H:%M:%S" ctime(*time) mktime(x) as y, num(z)`, `| convert timeformat="%Y-%m-%dT%H:%M:%S" ctime(*time) mktime(x) as y num(z)`},
	// eval: NOT, then AND, then OR, then XOR
	{`| where a=1 OR b=2 AND NOT c==3 XOR d`, `| where a = 1 OR b = 2 AND NOT c == 3 XOR d`},
	{`| where (a OR b) and not c`, `| where (a OR b) AND NOT c`},
	{`| eval x=1+2*-3, y = a . "b".c-1, z=(1-2)-(3-4)`, `| eval x=1 + 2 * -3, y=a . "b" . c - 1, z=1 - 2 - (3 - 4)`},
	{`| eval x=a.b, y=a."c", z=a.lower(b), 'q r'=null, "s t"=null()`, `| eval x=a.b, y=a . "c", z=a . lower(b), 'q r'=null, "s t"=null()`},
	{`| eval x=CASE(a LIKE "b%", 1, like(a,"c"), 2, true(), .5e3)`, `| eval x=CASE(a LIKE "b%", 1, like(a, "c"), 2, true(), .5e3)`},
	{`| where x IN ("a",'b', 1) AND y not in (2) AND NOT in(z, 3) AND z NOT LIKE "q"`, `| where x IN ("a", 'b', 1) AND NOT y IN (2) AND NOT in(z, 3) AND NOT z LIKE "q"`},
	{`| eval cpu:mem = 'a.b'/2 % 3, a-b=1, x{f}=g{}.h, in=1,`, `| eval cpu:mem='a.b' / 2 % 3, a-b=1, x{f}=g{}.h, in=1`},
	{`| fieldformat x=tostring(x, "commas")`, ``},
	{`| where x=[search a | return $b]`, `| where x = [search a | return $b]`},
	{`| head`, ``}, {`| head 5`, ``}, {`| head limit=5`, ``},
	{`| head .9 limit=1e3`, ``},
	{`| head (x>1 OR y) keeplast=true`, `| head (x > 1 OR y) keeplast=true`},
	// names and options
	{`| rename "X.*" as *, a AS "b c" d as e,`, `| rename "X.*" as * a as "b c" d as e`},
	{`| rename riskFactors{}.severity as severity by as from`, ``},
	{`| fields - a, b*`, `| fields - a b*`},
	{`| fields -a +b`, `| fields - a +b`},
	{`| fields --a`, ``}, {`| fields --`, ``},
	{`| table _time, by from, values(x) count`, `| table _time by from values(x) count`},
	{`| sort - a b, -c +num(d) ip(e)`, `| sort - a b -c +num(d) ip(e)`},
	{`| sort limit=0 - _time,src, query desc`, `| sort limit=0 - _time src query desc`},
	{`| sort 10 by`, ``},
	{`| dedup 3 host, user keepempty=t sortby -_time`, `| dedup 3 host user keepempty=t sortby -_time`},
	{`| bin span=5m _time as t | bucket _time span=1h | discretize x bins=10`, ``},
	{`| top limit=5 a b by c showperc=f`, ``},
	{`| fillnull value=0 | fillnull value="m1.small" a b`, ``},
	{`| makemv delim=" " x | mvexpand x | makemv tokenizer="([a-z]+)" y`, ``},
	{`| lookup local=true t key as f b OUTPUT c as "d e", g OUTPUTNEW h`, `| lookup local=true t key as f b output c as "d e" g outputnew h`},
	{`| inputlookup append=t x.csv where a=1 OR b=2`, ``},
	{`| outputlookup x.csv append=t`, ``},
	{`| join type=outer max=0 a, _time [| tstats count by x]`, `| join type=outer max=0 a _time [| tstats count by x]`},
	{`| append [search x] | appendpipe [stats count] | multisearch [search a] [search b]`, `| append [search x] | appendpipe [| stats count] | multisearch [search a] [search b]`},
	{`| from datamodel Web.Web`, ``}, {`| from datamodel:Web.Web`, ``}, {`| from datamodel:"Web.Web"`, `| from datamodel: "Web.Web"`},
	{`| streamstats count RESET_BEFORE = (x=1 AND match(y, "a,b")) reset_after="(z>1)" by u`, `| streamstats count reset_before=eval(x = 1 AND match(y, "a,b")) reset_after="(z>1)" by u`},
	{`| streamstats count reset_before="("x=="a")" reset_after="("y==1")"`, `| streamstats count reset_before="x==\"a\"" reset_after="y==1"`},
	{`| streamstats count reset_before="("x=="a" AND y!="b"")" RESET_AFTER = "("match(z, "(a|b)")")" by u`, `| streamstats count reset_before="x==\"a\" AND y!=\"b\"" reset_after="match(z, \"(a|b)\")" by u`},
	{`| transaction a b startswith=(x=1 OR y) endswith=eval(z>1) maxspan=5m connected=false`, `| transaction a b startswith=(x=1 OR y) endswith=eval(z > 1) maxspan=5m connected=false`},
	{`| transaction a startswith="x y"`, ``},
	{`| foreach a* "b c" [eval <<FIELD>>=if("]"='<<FIELD>>', 1, [2])]`, ``},
	{`| map search="search a=\"$x$\"" maxsearches=7`, ``},
	{`| rex field=x "(?<a>\d+)\\\\(?<b>.)" max_match=0 | rex mode=sed field=y "s/a/b/g"`, `| rex field=x "(?<a>\\d+)\\\\(?<b>.)" max_match=0 | rex mode=sed field=y "s/a/b/g"`},
	{`| regex field="a.b" | regex f != "x" | regex "y"`, `| regex field="a.b" | regex f!="x" | regex "y"`},
	{`| replace "x" with "y", a WITH b in f, g`, `| replace "x" with "y" a with b in f g`},
	{`| spath input=_raw output=x path=a{}.b{@c}`, ``},
	{`| sitop x | predict count as p | addtotals fieldname=t a b*`, ``},
}

func TestPrint(t *testing.T) {
	for _, row := range parses {
		text, want := row[0], row[1]
		if want == "" {
			want = text
		}
		tree, errs := ParseSPL(source.New("query", text))
		if errs.Failed() {
			t.Errorf("%s\n%s", text, errs.Error())
			continue
		}
		if got := tree.String(); got != want {
			t.Errorf("%s\nprints as %s\nwant      %s", text, got, want)
		}
		roundTrip(t, tree, ParseSPL)
	}
}

func TestEveryCommandWordParses(t *testing.T) {
	words := Commands()
	if len(words) < 170 {
		t.Errorf("only %d command words", len(words))
	}
	arguments := map[string]string{
		"where": "x=1", "eval": "x=1", "fieldformat": "x=1", "foreach": "a [eval b=1]", "rename": "a as b", "regex": `a="b"`,
		"search": "a=b", "head": "5", "convert": "ctime(a)",
	}
	for _, word := range words {
		args := arguments[word]
		if args == "" {
			args = "a b"
		}
		tree, errs := ParseSPL(source.New("query", "| "+strings.ToUpper(word)+" "+args))
		if len(errs) > 0 {
			t.Error(errs)
		} else if got := tree.Commands[0].Name; got != word || len(tree.Commands[0].Args) == 0 {
			t.Errorf("%s is read as %s", word, tree)
		}
	}
}

func TestTrees(t *testing.T) {
	for text, want := range map[string]string{
		`a b OR c`:                          "(pipeline\n  (search implied\n    (AND implied\n      (term a)\n      (OR\n        (term b)\n        (term c)))))",
		`| where a OR b AND c`:              "(pipeline\n  (where\n    (OR\n      (field a)\n      (AND\n        (field b)\n        (field c)))))",
		`| stats count c(x) as y by a`:      "(pipeline\n  (stats\n    (bare count)\n    (as\n      (call c\n        (name x))\n      (name y))\n    (clause by\n      (name a))))",
		`x IN (a, "b c")`:                   "(pipeline\n  (search implied\n    (among x a \"b c\")))",
		`| tstats count from datamodel="a"`: "(pipeline\n  (tstats\n    (bare count)\n    (clause from\n      (option datamodel\n        (string \"a\")))))",
		`| rex field=x "a" | dedup 2 b`:     "(pipeline\n  (rex\n    (option field\n      (name x))\n    (string \"a\"))\n  (dedup\n    (number 2)\n    (name b)))",
	} {
		tree, errs := ParseSPL(source.New("query", text))
		if errs != nil {
			t.Error(errs)
		} else if got := ast.Dump(tree); got != want {
			t.Errorf("%s\nis\n%s\nwant\n%s", text, got, want)
		}
	}
}

func TestSpansAreBytes(t *testing.T) {
	if _, errs := ParseSPL(source.New("query", "\xff\xfe=a | where b=x")); !errs.Failed() {
		t.Error("bytes that are no UTF-8 have no place in a search")
	}
	for _, text := range []string{`é="日本" | where ü=x`, `a=b | where c=x`} {
		tree, errs := ParseSPL(source.New("query", text))
		if errs != nil {
			t.Error(errs)
			continue
		}
		where := tree.Commands[1]
		if got := where.At().String(); got != text[strings.Index(text, "where"):] {
			t.Errorf("%q: the command is %q", text, got)
		}
		if got := where.Word.String(); got != "where" {
			t.Errorf("%q: its word is %q", text, got)
		}
		if got := where.Args[0].(*ast.Binary).Y.At().String(); got != "x" {
			t.Errorf("%q: the operand is %q", text, got)
		}
	}
}

func TestExpressionsInOtherTexts(t *testing.T) {
	file := source.NewAt("model.yml", "é: lower(process) . 1", 7)
	node, errs := ParseEvalSpan(file.Span(4, len(file.Body)))
	if errs != nil || node.String() != "lower(process) . 1" || node.At().String() != "lower(process) . 1" {
		t.Errorf("%v %v", node, errs)
	}
	_, errs = ParseEvalSpan(file.Span(0, 5))
	if want := "model.yml:7:4: error: an operator is missing before `l`"; len(errs) != 1 || !strings.HasPrefix(errs[0].Error(), want) {
		t.Errorf("%v, want %s", errs, want)
	}
	node, errs = ParseSearchSpan(source.New("rule", `a=b OR c d`).All())
	if errs != nil || node.String() != "a=b OR c d" {
		t.Errorf("%v %v", node, errs)
	}
	if _, errs = ParseEvalSpan(source.New("macro", "`m` + 1").All()); len(errs) != 1 || errs[0].Code != "unexpanded-macro" {
		t.Errorf("%v", errs)
	}
}

func TestEmptyTexts(t *testing.T) {
	empty := source.New("rule", " ")
	if _, errs := ParseEvalSpan(empty.All()); len(errs) != 1 || errs[0].Message != "the expression is empty" {
		t.Error(errs)
	}
	if _, errs := ParseSearchSpan(empty.All()); len(errs) != 1 || errs[0].Message != "the search is empty" {
		t.Error(errs)
	}
}

// The parsers share ANTLR's caches.
func TestParsingAtOnce(t *testing.T) {
	for range 8 {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			for _, row := range parses {
				tree, errs := ParseSPL(source.New("query", row[0]))
				if errs.Failed() || row[1] != "" && tree.String() != row[1] {
					t.Errorf("%s: %v %v", row[0], tree, errs)
				}
			}
		})
	}
}
