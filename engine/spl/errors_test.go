package spl

import (
	"strings"
	"testing"
	"time"

	"spoor/datamodels"
	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/grammar"
	"spoor/grammar/source"
)

// lowered is what is wrong with a search, or doubtful: for each its place and what is said.
func lowered(t *testing.T, query string) string {
	t.Helper()
	tree, errs := grammar.ParseSPL(source.New("query", query))
	if !errs.Failed() {
		_, more := Lower(tree, Options{
			Models: datamodels.Builtin(), Env: &function.Env{Now: 1715000000e9, Zone: time.UTC}, Earliest: column.Beginning, Latest: column.End,
		})
		errs = append(errs, more...)
	}
	var all []string
	for _, d := range errs {
		all = append(all, d.Code+" at "+d.Span.String()+": "+d.Message)
	}
	return strings.Join(all, "\n")
}

func TestWrongArguments(t *testing.T) {
	for query, want := range wrong {
		if got := lowered(t, query); got != want {
			t.Errorf("%s\n%s\nwant:\n%s", query, got, want)
		}
	}
}

// TestEveryCommandRefusesNonsense holds that no command overlooks an option that it does not have.
func TestEveryCommandRefusesNonsense(t *testing.T) {
	for _, c := range Commands() {
		from := "* | "
		if c.Name == "tstats" {
			from = "| "
		}
		switch c.Name {
		case "eval", "fieldformat", "where", "search", "return", "setfields": // take expressions, in which this is one, or names for fields
			continue
		}
		if got := lowered(t, from+c.Name+" nonsense=1"); got == "" {
			t.Errorf("%s takes nonsense=1: %q", c.Name, got)
		}
	}
}

var wrong = map[string]string{
	`* | setfields`:               `missing-field at setfields: setfields needs a field and its text`,
	`* | setfields a`:             `unexpected-argument at a: setfields does not take this`,
	`* | bin`:                     `missing-field at bin: bin needs a field`,
	`* | bin span=5x _time`:       `bad-span at 5x: "5x" is no span`,
	`* | bin span=0 ProcessId`:    `bad-span at 0: "0" is no span`,
	`* | bin bins=0 ProcessId`:    `bad-number at bin: bin needs at least one range`,
	`* | bin bins=x ProcessId`:    `bad-number at x: bin needs a whole number, not "x"`,
	`* | bin start=x ProcessId`:   `bad-number at x: start of bin needs a number, not "x"`,
	`* | convert`:                 `missing-function at convert: convert needs a function such as ctime(field)`,
	`* | convert ctime`:           `not-a-conversion at ctime: convert wants a function of one field, such as ctime(firstTime)`,
	`* | convert ctime(a, b)`:     `not-a-conversion at ctime(a, b): convert wants a function of one field, such as ctime(firstTime)`,
	`* | convert hex(a)`:          `unknown-function at hex(a): convert has no function hex`,
	`* | dedup`:                   `missing-field at dedup: dedup needs a field`,
	`* | dedup 0 a`:               `bad-number at dedup: dedup keeps at least one row of each combination`,
	`* | dedup a keepempty=maybe`: `bad-flag at maybe: keepempty of dedup is true or false, not "maybe"`,
	`* | dedup a sortby x(b)`:     `unknown-function at x(b): sort knows auto(), num(), str() and ip(), not x()`,
	`* | eval x=nosuch(1)`:        `unknown-function at nosuch(1): there is no function nosuch`,
	`* | eval x=len()`:            `argument-count at len(): len takes 1 argument, not 0`,
	`* | eval x=len(1, 2), y=if(1)`: `argument-count at len(1, 2): len takes 1 argument, not 2` +
		"\n" + `argument-count at if(1): if takes 3 arguments, not 1`,
	`* | eval x=match(a, "(")`:                         `bad-regex at "(": the regular expression does not compile: missing closing ): (`,
	`* | eval {a=1`:                                    `unclosed-brace at {a: braces stand around the name of a field: {field}`,
	`* | join type=cross a [search a]`:                 `bad-type at join: the type of a join is inner, left or outer, not "cross"`,
	`* | join left=L right=R where L.a>R.b [search a]`: `bad-condition at L.a>R.b: a join compares a field of each side`,
	`* | join left=L where L.a=R.b [search a]`:         `missing-alias at where L.a=R.b [search a]: a join by a condition needs names for both sides, and the condition`,
	`* | append`:                        `missing-search at append: append needs a search in brackets`,
	`| multisearch [search a]`:          `missing-search at multisearch: multisearch needs two searches in brackets`,
	`| set minus [search a] [search b]`: `bad-mode at set: set needs union, intersect or diff`,
	`* | format "a"`:                    `six-texts at format: format takes six texts or none, not 1`,
	`* | return`:                        `missing-field at return: return needs a field`,
	`* | map`:                           `missing-search at map: map needs a search`,
	`* | where searchmatch(a)`:          `not-constant at a: searchmatch wants a search in double quotes`,
	`* | where searchmatch("a=b", "c")`: `argument-count at searchmatch("a=b", "c"): searchmatch takes 1 argument, not 2`,
	`* | eval x=sigfig(1*2, 3)`:         `argument-count at sigfig(1*2, 3): sigfig takes 1 argument, not 2`,
	`* | eval x=printf("%d %d", 1)`:     `argument-count at "%d %d": the format asks for 2 values, not 1`,
	`* | eval x=json_extract(a, "b{")`:  `bad-path at "b{": "b{" is no path`,
	`* | eval x=mvmap(a . b, a)`:        `one-field at mvmap(a . b, a): mvmap goes over the values of one field`,
	`* | eval x=mvfilter(a=b)`:          `one-field at mvfilter(a=b): mvfilter needs exactly one field in its condition`,
	`* | fields`:                        `missing-field at fields: fields needs a field`,
	`* | fields - `:                     `missing-field at fields: fields needs a field`,
	`* | table`:                         `missing-field at table: table needs a field`,
	`* | fillnull value=1 b=2`:          `unknown-option at b=2: fillnull has no option b`,
	`* | head -1`:                       "unexpected at -: unexpected `-` after `head`",
	`* | head 5 7 x`:                    "unexpected at x: unexpected `x` after `head`",
	`* | head limit=x`:                  `bad-number at x: head needs a whole number, not "x"`,
	`* | tail x=1`:                      `unknown-option at x=1: tail has no option x`,
	`* | rename a as`:                   "missing-name at as: missing name after `as`",
	`* | rename "a*" as b`:              `wildcards-differ at "a*" as b: both sides of a renaming need the same number of wildcards`,
	`* | rename a* as *b*`:              `wildcards-differ at a* as *b*: both sides of a renaming need the same number of wildcards`,
	`* | reverse 5`:                     `unexpected-argument at 5: reverse does not take this`,
	`* | rex "(?<a>x"`:                  `bad-regex at "(?<a>x": the regular expression does not compile: missing closing ): (?<a>x`,
	`* | rex`:                           `missing-pattern at rex: rex needs one regular expression in double quotes`,
	`* | rex "abc"`:                     `no-groups at "abc": the regular expression has no named group, so rex has nothing to extract`,
	`* | rex mode=x "s/a/b/"`: `bad-option at rex: the only mode of rex is sed, not "x"` +
		"\n" + `no-groups at "s/a/b/": the regular expression has no named group, so rex has nothing to extract`,
	`* | rex mode=sed "x/a/b/"`:         `bad-sed at "x/a/b/": this is no sed expression`,
	`* | rex mode=sed "y/ab/c/"`:        `bad-sed at "y/ab/c/": both sides of y need as many characters`,
	`* | regex`:                         `missing-pattern at regex: regex needs one regular expression in double quotes: regex field="..."`,
	`* | sort`:                          `missing-field at sort: sort needs a field`,
	`* | sort len(a)`:                   `unknown-function at len(a): sort knows auto(), num(), str() and ip(), not len()`,
	`* | sort 5 -`:                      "incomplete at -: the search ends too early, after `-`",
	`* | stats`:                         `missing-aggregate at stats: stats needs an aggregate function such as count`,
	`* | stats nosuch(a)`:               `unknown-aggregate at nosuch(a): there is no aggregate function nosuch`,
	`* | stats perc101(a)`:              `unknown-aggregate at perc101(a): there is no aggregate function perc101`,
	`* | stats sum() as b`:              `wildcards-differ at sum(): the name needs as many wildcards as the field`,
	`* | stats sum(max(a))`:             `nested-aggregate at max(a): an aggregate function takes a field or eval(...), not another function`,
	`* | stats sum(a*) as b`:            `wildcards-differ at a*: the name needs as many wildcards as the field`,
	`* | stats count by a*`:             `no-wildcards at a*: a by clause takes no wildcards`,
	`* | where`:                         "incomplete at where: `where` needs an expression",
	`* | where a=`:                      "missing-value at =: missing value after `=`",
	`* NOT earliest=-1h`:                `nested-time at earliest=-1h: earliest bounds the whole search: it cannot stand inside NOT or OR`,
	`* earliest<5`:                      "bad-time at earliest<5: earliest wants `=`, not `<`",
	`* earliest=rt-5m`:                  `real-time at rt-5m: real-time windows such as "rt-5m" cannot run here, for a log is read to its end and not followed; run the search again and again, each time over what is new: earliest=-5m@m latest=@m`,
	`* latest="rt"`:                     `real-time at "rt": real-time windows such as "rt" cannot run here, for a log is read to its end and not followed; run the search again and again, each time over what is new: earliest=-5m@m latest=@m`,
	`* [search * earliest=rtnow]`:       `real-time at rtnow: real-time windows such as "rtnow" cannot run here, for a log is read to its end and not followed; run the search again and again, each time over what is new: earliest=-5m@m latest=@m`,
	`* | append [search earliest=rt@d]`: `real-time at rt@d: real-time windows such as "rt@d" cannot run here, for a log is read to its end and not followed; run the search again and again, each time over what is new: earliest=-5m@m latest=@m`,
	`| tstats count from datamodel=Endpoint.Processes where earliest=rt-1h`: `real-time at rt-1h: real-time windows such as "rt-1h" cannot run here, for a log is read to its end and not followed; run the search again and again, each time over what is new: earliest=-5m@m latest=@m`,
	`* | eval a=relative_time(now(), "rt-5m")`:                              `bad-time at "rt-5m": real-time windows such as "rt-5m" cannot run here, for a log is read to its end and not followed; run the search again and again, each time over what is new: earliest=-5m@m latest=@m`,
	`| stats count`: `no-events at stats: stats needs rows, but it is the first command`,
	`* | tstats count from datamodel=Endpoint.Processes`: `not-first at tstats: tstats makes rows, so it must be the first command`,
	`| tstats`:                    `missing-datamodel at tstats: tstats needs a data model here`,
	`| tstats count`:              `missing-datamodel at tstats: tstats needs a data model here`,
	`| tstats count from index=x`: `cannot-run at index=x: tstats reads data models only`,
	`| tstats count from datamodel=Endpoint.Proceses`:                      "unknown-dataset at Endpoint.Proceses: data model `Endpoint` has no dataset `Proceses`",
	`| tstats count from datamodel=Nosuch`:                                 "unknown-model at Nosuch: unknown data model `Nosuch`",
	`| tstats sum(Processes.*) from datamodel=Endpoint.Processes`:          `no-wildcards at Processes.*: tstats needs a field here: sum(field)`,
	`| tstats count(eval(a=1)) from datamodel=Endpoint.Processes`:          `no-eval at eval(a=1): tstats cannot compute inside an aggregate`,
	`| tstats count from datamodel=Endpoint.Processes by Processes.*`:      `no-wildcards at Processes.*: tstats takes no wildcards after by`,
	`| tstats count from datamodel=Endpoint.Processes by Processes.nosuch`: `unknown-field at Processes.nosuch: the dataset Endpoint.Processes has no field Processes.nosuch: it is missing in every event`,
	`| tstats prestats=true count from datamodel=Endpoint.Processes`:       `cannot-run at tstats: prestats=true of tstats cannot run here`,
	`* | lookup x y`: `no-lookups at x: there are no lookups to find x in`,
	``:               `empty-search at : the search is empty`,
}
