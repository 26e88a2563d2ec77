package grammar

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"spoor/grammar/source"
)

// Each row: a query and its diagnostics, as line:column, severity, code and message.
var eqlMistakes = []struct {
	query string
	want  []string
}{
	{``, []string{`1:1 error empty-query: the query is empty`}},
	{` // only a comment`, []string{`1:1 error empty-query: the query is empty`}},
	{`process`, []string{"1:1 error missing-condition: `process` has no condition"}},
	{`process where`, []string{"1:9 error missing-condition: no condition stands after `where`"}},
	{`any where and a`, []string{"1:5 error missing-condition: no condition stands after `where`"}},
	{`process where a ==`, []string{"1:17 error missing-value: missing value after `==`"}},
	{`process where a == 1 and`, []string{"1:22 error missing-operand: nothing stands after `and`"}},
	{`process where or a`, []string{"1:9 error missing-condition: no condition stands after `where`"}},
	{`process where a or or b`, []string{"1:17 error missing-operand: nothing stands after `or`"}},
	{`process where not`, []string{"1:15 error missing-operand: nothing stands after `not`"}},
	{`process where ()`, []string{`1:15 error empty-parentheses: nothing stands between these parentheses`}},
	{`process where a + * b`, []string{"1:19 error unexpected: unexpected `*` in a condition"}},
	{`process where foo(`, []string{"1:18 error unclosed-bracket: this `(` is never closed"}},
	{`process where length(a,)`, []string{`1:23 error endgame-only: a comma at the end of a list: that was Endgame's EQL`}},
	{`process where a < b < c`, []string{`1:21 error chained-comparison: a comparison cannot be compared`}},
	{`process where a == 1 in (2)`, []string{`1:22 error chained-comparison: a comparison cannot be compared`}},
	{`process where a b`, []string{"1:17 error missing-operator: an operator is missing before `b`"}},
	{`process where a is not null`, []string{"1:17 error missing-operator: `is` is no operator"}},
	{"process where a == 1\n\nnetwork where b", []string{"3:1 error second-query: a second query begins here"}},
	{`process where true any where true`, []string{"1:20 error second-query: a second query begins here"}},
	{`process where a in ("b" "c")`, []string{"1:25 error missing-operator: an operator is missing before `\"c\"`"}},
	{`process where a in ("b",, "c")`, []string{"1:24 error missing-operand: a value is expected after `,`"}},
	{`process where a in ("b", "c",)`, []string{`1:29 error endgame-only: a comma at the end of a list: that was Endgame's EQL`}},
	{`process where a in "x"`, []string{"1:17 error missing-list: `in` takes a list in parentheses"}},
	{`process where a in~ x`, []string{"1:17 error missing-list: `in~` takes a list in parentheses"}},
	{`process where a in ()`, []string{`1:20 error empty-list: the list of values is empty`}},
	{`process where a not like "x"`, []string{"1:17 error unexpected: only `in` has `not` before it"}},
	{`process where a not : ("x")`, []string{"1:17 error unexpected: only `in` has `not` before it"}},
	{`process where a not b`, []string{"1:17 error unexpected: unexpected `not`"}},
	{`process where a == not b`, []string{"1:20 error unexpected: unexpected `not`"}},
	{`process where in == 1`, []string{"1:15 error missing-operand: nothing stands before `in`"}},
	{`process where ? == 1`, []string{"1:15 error missing-operand: a field is expected after `?`"}},
	{`process where a == 5s`, []string{"1:20 error unexpected: `5s` is neither a number nor a name"}},
	{`process where +1 == a`, []string{"1:15 error unexpected: unexpected `+`"}},
	{`process where a.0 == 1`, []string{"1:16 error unexpected: unexpected `.0` in a name"}},
	{`process where process . name == 1`, []string{"1:23 error unexpected: unexpected `.`"}},
	{`process where a == 1, b == 2`, []string{"1:21 error unexpected: unexpected `,` in a condition"}},
	{`process where a == 1 by b`, []string{"1:22 error unexpected: unexpected `by` in a condition"}},
	{`process where a == $x`, []string{"1:20 error unexpected: unexpected `$`"}},
	{`process a == 1`, []string{"1:9 error missing-where: `where` is missing before `a`"}},
	{`my-cat where true`, []string{"1:3 error unexpected: unexpected `-` in a category"}},
	{`my.cat where true`, []string{"1:1 error category: the category `my.cat` needs quotes"}},
	{`9cat where true`, []string{"1:1 error unexpected: a query cannot begin with `9cat`"}},
	{`[process where true]`, []string{"1:1 error unexpected: a query cannot begin with `[`"}},
	{`process where (a == 1`, []string{"1:15 error unclosed-bracket: this `(` is never closed"}},
	{`process where a == 1)`, []string{"1:21 error stray-bracket: this `)` closes nothing"}},
	{`process where ((a)`, []string{"1:15 error unclosed-bracket: this `(` is never closed"}},
	{`sequence [process where a == [file where true]`, []string{"1:10 error unclosed-bracket: this `[` is never closed"}},
	{`sequence [process where (a == 1] [file where b)]`, []string{"1:25 error unclosed-bracket: this `(` is never closed"}},
	{`]`, []string{"1:1 error stray-bracket: this `]` closes nothing"}},
	{`process where a == "abc`, []string{`1:20 error unclosed-quote: this quote is never closed on its line`}},
	{`process where a == """abc and b == 1`, []string{`1:20 error unclosed-quote: this quote is never closed on its line`}},
	{"process where `a == 1", []string{`1:15 error unclosed-quote: this quote is never closed on its line`}},
	{`process where a == 1 /* b`, []string{`1:22 error unclosed-comment: this comment is never closed`}},
	{`process where a == “x”`, []string{"1:20 error curly-quote: a typographic quote `“` (U+201C) does not quote"}},
	{"process where na\u00efve == 1 and `na\u00efve` == 1", []string{"1:17 error strange-letter: `naïve` holds `ï`, which a plain name cannot"}},
	{"process where a == 1\u00a0and b\u00a0== 2", []string{`1:21 warning strange-blank: a non-breaking space (U+00A0), as pasted web pages have, is read as a blank`}},
	{"process where a ==\u200b 1", []string{`1:19 error zero-width: an invisible zero-width character (U+200B)`}},
	{`process where startsWith ~ (a, "b")`, []string{"1:26 error unexpected: unexpected `~`"}},
	{`process where a == "\d" and b == "\u{110000}" and c == "\'" and d == "\u00e9"`, []string{"1:21 error unknown-escape: unknown escape `\\d`", "1:35 error unknown-escape: `\\u{110000}` is no character", "1:57 error unknown-escape: unknown escape `\\'`", "1:71 error unknown-escape: unknown escape `\\u`"}},
	{`process where a == "\u{e}" or a == "\u{D800}" or a == "\/"`, []string{"1:21 error unknown-escape: unknown escape `\\u`", "1:37 error unknown-escape: `\\u{D800}` is no character", "1:56 error unknown-escape: unknown escape `\\/`"}},
	{`process where a == 99999999999999999999 and b == 1e999`, []string{`1:20 error too-large: whole numbers go up to 9223372036854775807`, `1:50 error too-large: this number is too large`}},
	{"process where `` == 1", []string{`1:15 error empty-name: the name between these backticks is empty`}},
	{`process where a : 5 and b like c and d regex~ ("x", null)`, []string{"1:19 error pattern: what stands after `:` is a text, not `5`", "1:32 error pattern: what stands after `like` is a text, not `c`", "1:53 error pattern: what stands after `regex~` is a text, not `null`"}},
	{`process where foo(x) and lenght(y) == 1 and length~(x) == 1 and a.b() == 2`, []string{"1:15 error unknown-function: unknown function `foo`", "1:26 error unknown-function: unknown function `lenght`", "1:45 error unknown-function: the function `length` has no variant that ignores case", "1:65 error unknown-function: unknown function `a.b`"}},
	{`process where a == 1 || b == 2`, []string{"1:22 error unexpected: unexpected `||`"}},
	{`process where a == 1 && b == 2`, []string{"1:22 error unexpected: unexpected `&`"}},
	{`process where !a`, []string{"1:15 error unexpected: unexpected `!`"}},
	{`process where a <> 1`, []string{"1:17 error unexpected: unexpected `<>`"}},
	{`process where a == 1 AND b Like "x" OR NOT c`, []string{"1:22 error capitals: the words of EQL are in lower case: `AND` would be a name", "1:28 error capitals: the words of EQL are in lower case: `Like` would be a name", "1:37 error capitals: the words of EQL are in lower case: `OR` would be a name", "1:40 error capitals: the words of EQL are in lower case: `NOT` would be a name"}},
	{`PROCESS WHERE TRUE`, []string{"1:9 error capitals: the words of EQL are in lower case: `WHERE` would be a name", "1:15 error capitals: the words of EQL are in lower case: `TRUE` would be a name"}},
	{`Any where x In~ ("a")`, []string{"1:1 error capitals: the words of EQL are in lower case: `Any` would be a name", "1:13 error capitals: the words of EQL are in lower case: `In~` would be a name"}},
	{`SEQUENCE [process where true] [file where true]`, []string{"1:1 error capitals: the words of EQL are in lower case: `SEQUENCE` would be a name"}},
	{`process where true |`, []string{`1:20 error empty-pipe: nothing follows this pipe`}},
	{`process where true | | head 1`, []string{`1:20 error empty-pipe: nothing stands between these pipes`}},
	{`process where true | foo`, []string{"1:22 error unknown-pipe: unknown pipe `foo`"}},
	{`process where true | heads 5`, []string{"1:22 error unknown-pipe: unknown pipe `heads`"}},
	{`process where true | head`, []string{"1:22 error pipe-count: `head` needs a number"}},
	{`process where true | head 0`, []string{"1:27 error pipe-count: `head` takes a whole number from 1, not `0`"}},
	{`process where true | tail -1 | head 1.5 | head "5" | tail x | head 1e2`, []string{"1:27 error pipe-count: `tail` takes a whole number from 1, not `-1`", "1:37 error pipe-count: `head` takes a whole number from 1, not `1.5`", "1:48 error pipe-count: `head` takes a whole number from 1, not `\"5\"`", "1:59 error pipe-count: `tail` takes a whole number from 1, not `x`", "1:68 error pipe-count: `head` takes a whole number from 1, not `1e2`"}},
	{`process where true | head 1, 2`, []string{"1:30 error pipe-count: `head` takes one number"}},
	{`process where true | head 1 2`, []string{"1:29 error unexpected: unexpected `2`"}},
	{`process where true | 5`, []string{"1:22 error unknown-pipe: unknown pipe `5`"}},
	{`process where true | head 99999999999999999999`, []string{"1:27 error pipe-count: `head` takes a whole number from 1, not `99999999999999999999`"}},
	{`sequence with maxspan=30 [a where true] [b where true]`, []string{`1:23 error maxspan: maxspan has no unit`}},
	{`sequence with maxspan=0s [a where true] [b where true]`, []string{`1:23 error maxspan: maxspan cannot be zero`}},
	{`sequence with maxspan=1.5s [a where true] [b where true]`, []string{`1:23 error maxspan: maxspan takes a whole number with a unit`}},
	{`sequence with maxspan=1e3 [a where true] [b where true]`, []string{`1:23 error maxspan: maxspan takes a whole number with a unit`}},
	{`sequence with maxspan=5x [a where true] [b where true]`, []string{"1:23 error maxspan: unknown unit `x` of maxspan"}},
	{`sequence with maxspan=5 S [a where true] [b where true]`, []string{"1:23 error maxspan: unknown unit `S` of maxspan"}},
	{`sequence with maxspan="5s" [a where true] [b where true]`, []string{`1:23 error maxspan: maxspan takes a whole number with a unit`}},
	{`sequence with maxspan=-5s [a where true] [b where true]`, []string{`1:24 error maxspan: maxspan takes a whole number with a unit`}},
	{`sequence with maxspan=106752d [a where true] [b where true]`, []string{`1:23 error maxspan: maxspan is longer than 292 years`}},
	{`sequence with maxspan==5s [a where true] [b where true]`, []string{"1:22 error unexpected: unexpected `==`"}},
	{`sequence with maxspan [a where true] [b where true]`, []string{"1:15 error missing-value: missing value after `maxspan`"}},
	{`sequence with [a where true] [b where true]`, []string{"1:10 error incomplete: `with` is not complete"}},
	{`sequence with maxspam=3s [a where true] [b where true]`, []string{"1:15 error unknown-option: unknown option `maxspam`"}},
	{`sequence with maxspan=1s with maxspan=2s [a where true] [b where true]`, []string{"1:31 error misplaced: a second `maxspan`"}},
	{`sequence with maxspan=1s by a [a where true] [b where true]`, []string{"1:26 error misplaced: `by` stands before `with`"}},
	{`sequence by a by b [a where true] [b where true]`, []string{"1:15 error misplaced: a second `by`"}},
	{`sequence with runs=3 [a where true] [b where true]`, []string{"1:15 error misplaced: `runs` belongs behind an item"}},
	{`sequence by length(a), "x" [a where true] [b where true]`, []string{"1:13 error key: a key after `by` is a field, not an expression", "1:24 error key: a key after `by` is a field, not an expression"}},
	{`sequence [a where true] by 1 [b where true] by c`, []string{"1:28 error key: a key after `by` is a field, not an expression"}},
	{`sequence by a b [a where true] [b where true]`, []string{"1:15 error unexpected: unexpected `b`"}},
	{`sequence by [a where true] [b where true]`, []string{"1:10 error missing-name: missing field after `by`"}},
	{`sequence by a, [a where true] [b where true]`, []string{"1:14 error missing-name: missing field after `,`"}},
	{`sequence by a [a where true] by b [b where true]`, []string{`1:36 error join-keys: this item has 1 join key, the first one has 2`}},
	{`sequence by a [a where true] by b, c [b where true] by d until [c where true]`, []string{`1:56 error join-keys: this item has 2 join keys, the first one has 3`, `1:65 error join-keys: this item has 1 join key, the first one has 3`}},
	{`sequence [a where true]`, []string{`1:1 error items: a sequence needs two items`}},
	{`sequence [a where true] until [b where true]`, []string{`1:1 error items: a sequence needs two items`}},
	{`sequence`, []string{"1:1 error incomplete: items in brackets are missing after `sequence`"}},
	{`sequence by a`, []string{"1:13 error incomplete: items in brackets are missing after `a`"}},
	{`sequence a where true`, []string{"1:10 error unexpected: unexpected `a`"}},
	{`sequence with maxspan=5s ![a where true] ![b where true]`, []string{`1:1 error items: every item of the sequence must be missing`}},
	{`sequence ![a where true] [b where true]`, []string{`1:10 error maxspan: an event can be missing only within a maxspan`}},
	{`sequence with maxspan=5s ![a where true] with runs=3 [b where true]`, []string{"1:47 error misplaced: an event that must be missing has no `runs`"}},
	{`sequence [a where true] with runs=0 [b where true] with runs=101`, []string{`1:30 error runs: runs is a whole number from 1 to 100`, `1:57 error runs: runs is a whole number from 1 to 100`}},
	{`sequence [a where true] with runs=2s [b where true] with runs=-1`, []string{`1:30 error runs: runs is a whole number from 1 to 100`, `1:58 error runs: runs is a whole number from 1 to 100`}},
	{`sequence [a where true] with runs=2 with runs=3`, []string{"1:42 error misplaced: a second `runs`"}},
	{`sequence [a where true] with runs [b where true]`, []string{"1:30 error missing-value: missing value after `runs`"}},
	{`sequence [a where true] with maxspan=3s [b where true]`, []string{"1:30 error misplaced: `maxspan` belongs to the whole sequence"}},
	{`sequence [a where true] until [b where true] [c where true]`, []string{"1:46 error misplaced: nothing stands behind the item of `until`"}},
	{`sequence [a where true] [b where true] until ![c where true] with runs=2`, []string{"1:46 error misplaced: the item of `until` has neither `!` nor `runs`", "1:67 error misplaced: an event that must be missing has no `runs`"}},
	{`sequence [a] [b where]`, []string{"1:11 error missing-condition: `a` has no condition", "1:17 error missing-condition: no condition stands after `where`"}},
	{`sequence [a where b == 1 and] by x [c where d] by y z`, []string{"1:26 error missing-operand: nothing stands after `and`", "1:53 error unexpected: unexpected `z`"}},
	{`sequence [] [b where true]`, []string{"1:10 error missing-category: an item begins with a category, not with `]`"}},
	{`sequence [a where b ==] [c where d d] until [e where (f]`, []string{"1:21 error missing-value: missing value after `==`", "1:36 error missing-operator: an operator is missing before `d`", "1:54 error unclosed-bracket: this `(` is never closed"}},
	{`sample [a where true] [b where true]`, []string{`1:1 error join-keys: a sample needs a join key`}},
	{`sample by a [b where true]`, []string{`1:1 error items: a sample needs two items`}},
	{`sample by a with maxspan=1s [b where true] with runs=2 ![c where true] until [d where true] | head 1`, []string{"1:18 error in-sample: samples have no `maxspan`", "1:49 error in-sample: samples have no `runs`", "1:56 error in-sample: samples have no `!`", "1:72 error in-sample: samples have no `until`", `1:95 error in-sample: samples have no pipes`}},
	{`sample by a [b where true] by c [d where true]`, []string{`1:34 error join-keys: this item has 1 join key, the first one has 2`}},
	{`process where a = 'x "y"' and b == ?"x\d" and c == 'it\'s'`, []string{"1:17 error endgame-only: `=` as a comparison: that was Endgame's EQL", `1:19 error endgame-only: a text in single quotes: that was Endgame's EQL`, "1:36 error endgame-only: a raw text that begins with `?`: that was Endgame's EQL", `1:52 error endgame-only: a text in single quotes: that was Endgame's EQL`}},
	{`'process' where true`, []string{`1:1 error endgame-only: a text in single quotes: that was Endgame's EQL`}},
	{`process where x:length() > 5`, []string{`1:16 error endgame-only: a method: that was Endgame's EQL`}},
	{`process where process.name:endsWith~("x")`, []string{`1:27 error endgame-only: a method: that was Endgame's EQL`}},
	{`process where args[0] == "x" and args [1] in ("y")`, []string{`1:19 error endgame-only: an index: that was Endgame's EQL`, `1:39 error endgame-only: an index: that was Endgame's EQL`}},
	{`process where child of [process where true]`, []string{"1:15 error endgame-only: lineage such as `child of`: that was Endgame's EQL"}},
	{`process where a and event of [file where b == 1]`, []string{"1:21 error endgame-only: lineage such as `event of`: that was Endgame's EQL"}},
	{`join by x [a where true] [b where true]`, []string{"1:1 error endgame-only: `join`: that was Endgame's EQL"}},
	{`sequence [a where true] fork [b where true]`, []string{"1:25 error endgame-only: `fork`: that was Endgame's EQL"}},
	{`sequence by pid [a where true] as e0 [b where true]`, []string{`1:32 error endgame-only: an alias: that was Endgame's EQL`}},
	{`sequence [a where true] by pid fork [b where true] by pid`, []string{"1:32 error endgame-only: `fork`: that was Endgame's EQL"}},
	{`sequence with maxspan=1s -[a where true] [b where true]`, []string{"1:26 error endgame-only: `-` before an item: that was Endgame's EQL"}},
	{`process where arrayContains(a, "b") and arraySearch(c, x, x == 1) and arrayCount(d, x, x == 1) > 2`, []string{"1:15 error endgame-only: the function `arrayContains`: that was Endgame's EQL", "1:41 error endgame-only: the function `arraySearch`: that was Endgame's EQL", "1:71 error endgame-only: the function `arrayCount`: that was Endgame's EQL"}},
	{`process where match(a, "x") or matchLite(?b, "y") or safe(c)`, []string{"1:15 error endgame-only: the function `match`: that was Endgame's EQL", "1:32 error endgame-only: the function `matchLite`: that was Endgame's EQL", "1:54 error endgame-only: the function `safe`: that was Endgame's EQL"}},
	{`process where true | count | unique a | unique_count a, b | filter a == 1 | sort a | window 5s`, []string{"1:22 error endgame-only: the pipe `count`: that was Endgame's EQL", "1:30 error endgame-only: the pipe `unique`: that was Endgame's EQL", "1:41 error endgame-only: the pipe `unique_count`: that was Endgame's EQL", "1:61 error endgame-only: the pipe `filter`: that was Endgame's EQL", "1:77 error endgame-only: the pipe `sort`: that was Endgame's EQL", "1:86 error endgame-only: the pipe `window`: that was Endgame's EQL"}},
	{`| tstats count`, []string{`1:1 error other-language: this is SPL, not EQL`}},
	{`index=main sourcetype=x | stats count`, []string{`1:1 error other-language: this is SPL, not EQL`}},
	{`search process_name=x`, []string{`1:1 error other-language: this is SPL, not EQL`}},
	{"`sysmon` EventCode=1", []string{`1:1 error other-language: this is SPL, not EQL`}},
	{`process.name : "x" and a : b`, []string{`1:1 error other-language: this is KQL, not EQL`}},
	{`FROM logs-* | where x == 1`, []string{`1:1 error other-language: this is ES|QL, not EQL`}},
	{"any where\n\ta == 1\nand b = 2", []string{"3:7 error endgame-only: `=` as a comparison: that was Endgame's EQL"}},
	{"process where caf\xe9", []string{`1:18 error not-utf8: the query is no UTF-8 text`}},
	{"process where a\x00b", []string{`1:16 error control-character: a control character (U+0000) outside quotes`}},
	{"process where a == \"b\nc\"", []string{`1:20 error unclosed-quote: this quote is never closed on its line`}},
}

func TestEQLMistakes(t *testing.T) {
	for _, row := range eqlMistakes {
		tree, errs := ParseEQL(source.New("query", row.query))
		if errs.Failed() != (tree == nil) {
			t.Errorf("%q: tree %t, errors %v", row.query, tree != nil, errs)
		}
		var got []string
		for _, d := range errs {
			line, col := d.Span.Position()
			got = append(got, fmt.Sprintf("%d:%d %s %s: %s", line, col, d.Severity, d.Code, d.Message))
		}
		if !slices.Equal(got, row.want) {
			t.Errorf("%q gives\n%s\nwant\n%s", row.query, strings.Join(got, "\n"), strings.Join(row.want, "\n"))
		}
	}
}

// What is right stands below what is wrong, where it can be said.
var eqlHints = [][2]string{
	{`process where a = 1`, "write `==`"},
	{`process where a == 'b "c" it\'s'`, `write "b \"c\" it's"`},
	{`process where a == ?"\d+"`, `write """\d+"""`},
	{`process where user:startsWith("x")`, `call the function: startsWith(user, ...)`},
	{`process where user:length() == 1`, `call the function: length(user)`},
	{`sequence with maxspan=30 [a where true] [b where true]`, "write `maxspan=30s` for seconds, or ms, m, h or d; Endgame's EQL took seconds without saying"},
	{`sequence -[a where true] [b where true] [c where true]`, "write `![`"},
	{`process where true | unique x`, "EQL's pipes are `head` and `tail`; for the rest: spoor search '| eql \"...\" | dedup field'"},
	{`process where true | stats count`, "EQL's pipes are `head` and `tail`; for commands of SPL: spoor search '| eql \"...\" | stats ...'"},
	{`process where true | heads 3`, "did you mean `head`?"},
	{`process where STARTWITH(a, "b")`, "did you mean `startsWith`?"},
	{`process where a AND b`, "write `and`; a field of that name stands in backticks"},
	{`process where matchLite(a, "x")`, `write field regex~ "..."`},
	{`process where a[3]`, "leave it out: a test of a field with several values is true if one of them passes"},
	{`join by a [b where true] [c where true]`, "`sample by` finds events of the same keys in any order"},
	{`| tstats count`, "run it with `spoor search`; an EQL query begins like `process where`"},
	{`my-cat where true`, "put a category that holds more than letters, digits and `_` in double quotes"},
	{`sequence by a b [c where true] [d where true]`, "keys are separated by commas"},
	{`sequence [a where true]`, "or one that comes several times: [process where true] with runs=2"},
	{`process where a && b`, "conditions are joined by `and`"},
	{`process where a || b`, "alternatives are joined by `or`"},
	{`process where a b`, "join conditions by `and` or `or`, and values of a list by commas"},
	{`process where in == 1`, "a field of that name stands in backticks"},
	{`process where a == "C:\path"`, "a backslash is written \\\\; in a raw text it stands for itself: \"\"\"...\"\"\""},
}

func TestEQLHints(t *testing.T) {
	for _, row := range eqlHints {
		if _, errs := ParseEQL(source.New("query", row[0])); len(errs) == 0 || errs[0].Hint != row[1] {
			t.Errorf("%s\nhints %v\nwant %s", row[0], errs, row[1])
		}
	}
}

func TestEQLComplaint(t *testing.T) {
	_, errs := ParseEQL(source.New("rule.toml", "sequence by host.id\n  [process where true] by process.pid\n  [file where true]"))
	want := "rule.toml:3:4: error: this item has 1 join key, the first one has 2\n" +
		"  |   [file where true]\n" +
		"  |    ^^^^\n" +
		"  every item has the same number of keys, those of `sequence by` included"
	if errs.Error() != want {
		t.Errorf("%s\nwant\n%s", errs.Error(), want)
	}
}

func TestEQLLimits(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{strings.Repeat("x", 4<<20+1), "query:1:1: error: the query is longer than 4 MiB"},
		{"a where " + strings.Repeat("a ", 300_001), "query:1:600005: error: more than 300000 words and signs in one query"},
		{"a where " + terms(100_001, "a%.0d", " or "), "query:1:9: error: more than 100000 operands in one expression"},
		{"a where 1 == " + terms(1001, "%d", " + "), "query:1:14: error: more than 1000 operands in one expression"},
		{"a where " + strings.Repeat("(", 10_000) + "x" + strings.Repeat(")", 10_000), "query:1:509: error: more than 500 levels of parentheses"},
		{"a where " + strings.Repeat("f(", 10_000), "query:1:1010: error: more than 500 levels of parentheses"},
		{"a where " + strings.Repeat("not ", 10_000) + "x", "query:1:2009: error: more than 500 levels of parentheses"},
		{"a where " + strings.Repeat("-", 10_000) + "1 > 0", "query:1:509: error: more than 500 levels of parentheses"},
		{"a where " + strings.Repeat("not not (", 10_000), "query:1:1511: error: more than 500 levels of parentheses"},
	} {
		tree, errs := ParseEQL(source.New("query", row.text))
		if len(errs) != 1 || tree != nil || !strings.HasPrefix(errs[0].Error(), row.want) {
			t.Errorf("%.20q: %.300s\nwant %s", row.text, errs.Error(), row.want)
		}
	}
	for _, text := range []string{
		"a where " + strings.Repeat("(", 500) + "x" + strings.Repeat(")", 500),
		"a where " + strings.Repeat("not ", 500) + "x",
		"a where " + strings.Repeat("(not -x > 0) and ", 600) + "x",
		"a where " + terms(100_000, "a%.0d", " and "),
		"a where x in (" + terms(50_000, "%d", ", ") + ")",
		"sequence " + strings.Repeat("[a where b]", 5000),
	} {
		if _, errs := ParseEQL(source.New("query", text)); errs != nil {
			t.Errorf("%.30q: %.300s", text, errs.Error())
		}
	}
	_, errs := ParseEQL(source.New("query", "a where true"+strings.Repeat("| foo ", 30)))
	if n := len(errs); n != 21 || errs[20].Message != "left out: 10 more messages" {
		t.Errorf("%d errors, the last %v", n, errs[n-1])
	}
}

// A hostile text must be read in time that grows with its length: if it grew with the square, these would not end within the test's time.
func TestHostileEQL(t *testing.T) {
	for _, unit := range []string{`"`, `\"`, `"""`, "`", "'", `?"`, "(", "[", ")", "]", "|", "|head ", "a,", "=", "==", "not ", "-", "a or ", "a and (",
		"/*", "//", "?", "!", "![", "[a where ", "[a where b]", "a[0]", "x in (", "f(", "a:b(", "by ", "with ", "until ", "AND ", "fork ",
		"\u00a0", "\u200b", "\xff", "“", "\x00", "é", "~", "1", "1.", "1e", "a.", "a like ", "< a "} {
		for _, before := range []string{"", "a where ", "a where x == ", "sequence by ", "sequence [a where "} {
			text := before + strings.Repeat(unit, 50_000/len(unit))
			_, errs := ParseEQL(source.New("query", text))
			for _, d := range errs {
				if d.Code == "internal-error" || len(d.Error()) > 2000 {
					t.Errorf("%q after %q: %.200s", unit, before, d.Error())
				}
			}
		}
	}
}
