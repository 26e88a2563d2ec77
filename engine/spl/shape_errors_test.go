package spl

import "testing"

// wrongShapes is what is said of commands that shape rows with arguments that they cannot have.
var wrongShapes = map[string]string{
	`| makeresults format=csv`:             `missing-data at makeresults: makeresults needs data for its format`,
	`| makeresults format=xml data="a"`:    `bad-data at "a": the data is no XML: the formats are csv and json`,
	`| makeresults format=json data="[1]"`: `bad-data at "[1]": the data is no JSON: each row is an object in braces`,
	`| makeresults count=-1`:               `bad-number at -1: makeresults needs a number from 0 on, not -1`,
	`* | makeresults`:                      `not-first at makeresults: makeresults makes rows, so it must be the first command`,
	`| gentimes`:                           `missing-time at gentimes: gentimes needs a time to begin with: start=10/1/2024`,
	`| gentimes start=-1 increment=5x`:     `bad-span at 5x: "5x" is no span`,
	`| gentimes start=-30000 increment=1s`: `too-long at gentimes: gentimes would make more than 100000 rows`,
	`* | strcat a`:                         `missing-field at strcat: strcat needs what to join, and behind it the field to set`,
	`* | makemv`:                           `missing-field at makemv: makemv needs a field`,
	`* | makemv delim="" a`:                `bad-option at "": makemv needs a delimiter that is not empty`,
	`* | makemv tokenizer="a" b`:           `no-groups at "a": the regular expression has no group, so nothing says what a value is`,
	`* | makemv a b`:                       `unexpected-argument at b: makemv does not take this`,
	`* | mvexpand`:                         `missing-field at mvexpand: mvexpand needs a field`,
	`* | replace a`:                        `unexpected-argument at a: replace does not take this`,
	`* | replace`:                          `missing-pair at replace: replace needs what to replace, and with what: replace "a" with "b"`,
	`* | replace "a" with "*" in b`:        `wildcards-differ at "*": the replacement needs as many wildcards as what it replaces, or none`,
	`* | rangemap low=0-1`:                 `missing-field at rangemap: rangemap needs a field: field=...`,
	`* | rangemap field=a`:                 `missing-range at rangemap: rangemap needs a range such as low=0-30`,
	`* | rangemap field=a low=0-1 high=5`:  `bad-range at 5: "5" is no range`,
	`* | top`:                              `missing-field at top: top needs a field`,
	`* | top count`:                        `name-taken at top: count is a field already: the column of top needs another name`,
	`* | rare a limit=x`:                   `bad-number at x: rare needs a whole number, not "x"`,
	`* | untable a b`:                      `argument-count at untable: untable takes three fields, not 2`,
	`* | xyseries a b`:                     `argument-count at xyseries: xyseries takes at least three fields, not 2`,
	`* | chart count`:                      `missing-field at chart: chart takes one field for its rows and at most one for its columns`,
	`* | chart by a`:                       `missing-aggregate at chart: chart needs an aggregate function such as count`,
	`* | chart count by a b limit=many`:    `bad-number at many: "many" is no limit`,
	`* | stats count by c | chart sum(a*) as "b*" by c`:                  `no-match at chart: no field matches the wildcards of chart`,
	`* | chart count by a b where sum=5`:                                 `bad-choice at where sum=5: this chooses no columns`,
	`* | chart count by a b where tall>5`:                                `unknown-aggregate at where tall>5: columns are chosen by a function of numbers such as sum, max or count, not "tall"`,
	`* | chart count by a b where max in 5`:                              `bad-choice at where max in 5: this chooses no columns`,
	`* | chart per_day(a) by b`:                                          `no-span at per_day(a): per_day needs the span of a row, which only timechart has`,
	`* | timechart`:                                                      `missing-aggregate at timechart: timechart needs an aggregate function such as count`,
	`* | timechart span=5x count`:                                        `bad-span at 5x: "5x" is no span`,
	`* | timechart count by a b`:                                         `argument-count at b: timechart splits by one field`,
	`* | timechart aligntime=noon count`:                                 `bad-time at noon: "noon" is no time; write now, -70m@m, @d, seconds since 1970, 2024-05-01T12:00:00Z or 05/01/2024:12:00:00`,
	`* | timechart minspan=soon count`:                                   `bad-span at soon: "soon" is no span`,
	`* | timechart minspan=-1h count`:                                    `bad-span at -1h: "-1h" is no span`,
	`* | timechart bins=0 count`:                                         `bad-number at timechart: timechart needs at least one range`,
	`* | timechart partial=maybe count`:                                  `bad-flag at maybe: partial of timechart is true or false, not "maybe"`,
	`* | timechart format="$VALUE$" count by a`:                          `bad-format at "$VALUE$": format of timechart knows no $VALUE$`,
	`* | chart format=total count by a b`:                                `bad-format at total: format of chart names neither $AGG$ nor $VAL$: all columns would have one name`,
	`* | chart bins=0 count by a`:                                        `bad-number at chart: chart needs at least one range`,
	`* | xyseries format="$val" a b c`:                                   `bad-format at "$val": format of xyseries names neither $AGG$ nor $VAL$: all columns would have one name`,
	`* | bin bins=0 a`:                                                   `bad-number at bin: bin needs at least one range`,
	`* | bin minspan=-5 a`:                                               `bad-span at -5: "-5" is no span`,
	`* | bin minspan=nan a`:                                              `bad-span at nan: "nan" is no span`,
	`* | bin start=nan a`:                                                `bad-number at nan: start of bin needs a number, not "nan"`,
	`* | bin end=inf a`:                                                  `bad-number at inf: end of bin needs a number, not "inf"`,
	`* | bin aligntime=noon span=1h a`:                                   `bad-time at noon: "noon" is no time; write now, -70m@m, @d, seconds since 1970, 2024-05-01T12:00:00Z or 05/01/2024:12:00:00`,
	`* | stats count as a | foreach a b [eval <<FIELD>>=1]`:              `unknown-field at b: no row has a field b at this point`,
	`* | bin start=9 end=3 a`:                                            `bad-range at bin: the ranges of bin would begin at 9 and end at 3: start is less than end`,
	`* | stats count as a | foreach mode=json_array b [eval c=<<ITEM>>]`: `unknown-field at b: no row has a field b at this point`,
	`* | overlap a`:                                                      `cannot-run at overlap: the command overlap cannot run here: it prepares results for a summary index, and there are no indexes`,
}

func TestWrongShapes(t *testing.T) {
	for query, want := range wrongShapes {
		if got := lowered(t, query); got != want {
			t.Errorf("%s\n%s\n\nwant:\n%s", query, got, want)
		}
	}
}
