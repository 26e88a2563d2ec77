package grammar

import (
	"fmt"
	"strings"
	"testing"

	"spoor/grammar/source"
)

// Each row: a search and its diagnostics, as line:column, severity, code and message.
var mistakes = []struct {
	search string
	want   []string
}{
	{``, []string{`1:1 error empty-search: the search is empty`}},
	{`   `, []string{`1:1 error empty-search: the search is empty`}},
	{`|`, []string{`1:1 error empty-command: no command follows the last pipe`}},
	{`| | tstats count`, []string{`1:1 error empty-command: empty command between pipes`}},
	{`search x | | | stats count`, []string{`1:10 error empty-command: empty command between pipes`, `1:12 error empty-command: empty command between pipes`}},
	{`search x |`, []string{`1:10 error empty-command: no command follows the last pipe`}},
	{`x | append [ ] | append [search x | ]`, []string{`1:12 error empty-command: empty subsearch`, `1:35 error empty-command: no command follows the last pipe`}},
	{`| sttats count by x`, []string{"1:3 error unknown-command: unknown command `sttats`"}},
	{`| foo`, []string{"1:3 error unknown-command: unknown command `foo`"}},
	{`x [a=b]`, []string{"1:4 error unknown-command: unknown command `a`"}},
	{`| "foo" x`, []string{"1:3 error not-a-command: a command is expected here, not `\"foo\"`"}},
	{`| (a=b)`, []string{"1:3 error not-a-command: a command is expected here, not `(`"}},
	{`| [search x]`, []string{"1:3 error not-a-command: a command is expected here, not `[`"}},
	{`a=(b | stats count`, []string{"1:3 error unclosed-bracket: this `(` is never closed"}},
	{`a=b) | stats count`, []string{"1:4 error stray-bracket: this `)` closes nothing"}},
	{`| stats count(x by y`, []string{"1:14 error unclosed-bracket: this `(` is never closed"}},
	{`| where (a=1 | table b`, []string{"1:9 error unclosed-bracket: this `(` is never closed"}},
	{`| eval x=if(a, b, c)) | where y=`, []string{"1:21 error stray-bracket: this `)` closes nothing"}},
	{`a=[b`, []string{"1:3 error unclosed-bracket: this `[` is never closed"}},
	{`]`, []string{"1:1 error stray-bracket: this `]` closes nothing"}},
	{`search "abc | stats count`, []string{`1:8 error unclosed-quote: this quote is never closed`}},
	{`| where 'a b = 1`, []string{`1:9 error unclosed-quote: this quote is never closed`}},
	{`| search process_name="a"b"`, []string{`1:27 error unclosed-quote: this quote is never closed`}},
	{`x=“a b” | stats count`, []string{"1:3 error curly-quote: a typographic quote `“` (U+201C) does not quote"}},
	{`| where x=‘a’`, []string{"1:11 error curly-quote: a typographic quote `‘` (U+2018) does not quote"}},
	{"a=b\u00a0c\u00a0d", []string{`1:4 warning strange-blank: a non-breaking space (U+00A0), as pasted web pages have, is read as a blank`}},
	{"a=b\u2003c", []string{`1:4 warning strange-blank: an unusual blank (U+2003), as pasted web pages have, is read as a blank`}},
	{"a=b c\u200bd", []string{`1:6 error zero-width: an invisible zero-width character (U+200B)`}},
	{"a=b \u202ec", []string{`1:5 error zero-width: an invisible bidirectional control character (U+202E)`}},
	{"a\x00b", []string{`1:2 error control-character: a control character (U+0000) outside quotes`}},
	{"1\n2| tstats count\n3| search x", []string{`1:1 error pasted-line-numbers: the line numbers of a web page were pasted along with the search`}},
	{"1\n| tstats count", []string{`1:1 error pasted-line-numbers: the line numbers of a web page were pasted along with the search`}},
	{"1\nEventID=1\n2\n| head 1", []string{`1:1 error pasted-line-numbers: the line numbers of a web page were pasted along with the search`}},
	{"EventID=1 \ufffd caf\xe9", []string{`1:16 error not-utf8: the search is no UTF-8 text`}},
	{`2| tstats count`, []string{`1:1 error pasted-line-numbers: the line numbers of a web page were pasted along with the search`}},
	{" 1\n\n 2 | tstats count", []string{`1:2 error pasted-line-numbers: the line numbers of a web page were pasted along with the search`}},
	{`1 | stats count`, []string{}},
	{"1\n3| tstats count", []string{`1:1 error pasted-line-numbers: the line numbers of a web page were pasted along with the search`}},
	{`a or b And not c`, []string{"1:3 warning lower-case-operator: `or` is a word to look for here, not an operator", "1:8 warning lower-case-operator: `And` is a word to look for here, not an operator", "1:12 warning lower-case-operator: `not` is a word to look for here, not an operator"}},
	{`a==b`, []string{"1:2 warning double-equals: a search expression compares by a single `=`"}},
	{`x='a b' y`, []string{`1:3 warning apostrophes: single quotes are part of the value in a search expression`}},
	{`a= | stats count`, []string{"1:2 error missing-value: missing value after `=`"}},
	{`a IN ()`, []string{`1:3 error empty-list: the list of values is empty`}},
	{`a IN (b,,c d)`, []string{`1:9 warning empty-item: a comma without a value before it`, `1:12 warning missing-comma: a comma is missing before this value`}},
	{`a IN (b [search c])`, []string{`1:9 warning missing-comma: a comma is missing before this value`}},
	{`a IN ("b". "c")`, []string{`1:10 warning odd-separator: a dot between values is read as a comma`}},
	{`a IN (""*b*"", c,)`, []string{`1:7 warning doubled-quotes: doubled quotes around a value are read as single ones`, `1:17 warning empty-item: a comma without a value after it`}},
	{`user in (a, b)`, []string{"1:6 error lower-case-operator: `in` is a word to look for here, not an operator"}},
	{`| tstats count where "user" in (a)`, []string{"1:29 error lower-case-operator: `in` is a word to look for here, not an operator"}},
	{`a OR`, []string{"1:3 error missing-operand: nothing stands after `OR`"}},
	{`OR a`, []string{"1:1 error missing-operand: nothing stands before `OR`"}},
	{`NOT`, []string{"1:1 error missing-operand: nothing stands after `NOT`"}},
	{`a AND OR b`, []string{"1:3 error missing-operand: nothing stands after `AND`"}},
	{`()`, []string{`1:1 error empty-parentheses: nothing stands between these parentheses`}},
	{`a=b=c`, []string{"1:4 error unexpected: unexpected `=`"}},
	{`a ! =b`, []string{"1:3 error unexpected: unexpected `!`"}},
	{`a, b`, []string{"1:2 error unexpected: unexpected `,` in a search expression"}},
	{`| where`, []string{"1:3 error incomplete: `where` needs an expression"}},
	{`| eval`, []string{"1:3 error incomplete: `eval` needs an assignment, such as `field=expression`"}},
	{`| eval x`, []string{"1:8 error incomplete: `x` is not assigned anything: `=` is missing"}},
	{`| eval x=1 y=2`, []string{"1:12 error missing-operator: an operator is missing before `y`"}},
	{`| eval x=1+`, []string{"1:11 error missing-operand: nothing stands after `+`"}},
	{`| eval x=1,, y=-`, []string{"1:16 error missing-operand: nothing stands after `-`"}},
	{`| where a=1 b=2`, []string{"1:13 error missing-operator: an operator is missing before `b`"}},
	{`| where x = *a*`, []string{"1:13 error unexpected: unexpected `*` in an expression"}},
	{`| where a=="b" && c`, []string{"1:16 error unexpected: unexpected `&` in an expression"}},
	{`| where if(a,,b)`, []string{"1:13 error missing-operand: an expression is expected after `,`"}},
	{`| where a !b`, []string{"1:11 error unexpected: unexpected `!` in an expression"}},
	{`| where x=1; y`, []string{"1:12 error unexpected: unexpected `;` in an expression"}},
	{`| where in=1`, []string{"1:11 error unexpected: unexpected `=` in an expression"}},
	{`| stats count as | table x`, []string{"1:15 error missing-name: missing name after `as`"}},
	{`| stats count by`, []string{"1:15 error missing-name: missing field after `by`"}},
	{`| stats count by ,`, []string{"1:15 error missing-name: missing field after `by`"}},
	{`| rename a b`, []string{"1:12 error unexpected: unexpected `b`"}},
	{`| rename a as`, []string{"1:12 error missing-name: missing name after `as`"}},
	{`| sort -`, []string{"1:8 error incomplete: the search ends too early, after `-`"}},
	{`| foreach a`, []string{"1:11 error incomplete: a template in brackets is missing after `a`"}},
	{`| head x`, []string{"1:8 error unexpected: unexpected `x` after `head`"}},
	{`| lookup t a OUTPUT`, []string{"1:14 error missing-name: missing field after `OUTPUT`"}},
	{`| regex x=y`, []string{"1:11 error unexpected: unexpected `y`"}},
	{`| tstats count from where x=1`, []string{"1:16 error missing-name: missing `datamodel=` after `from`"}},
	{`| tstats count from datamodel=x where by y`, []string{"1:33 error incomplete: `where` needs an expression"}},
	{"`m(x)` | stats count", []string{"1:1 error unexpanded-macro: the macro `m(x)` is not expanded here"}},
	{"a `m", []string{`1:3 error unclosed-macro: a backtick that closes no macro call`}},
	{`| where x= | foo | eval y | stats count`, []string{"1:10 error missing-value: missing value after `=`", "1:14 error unknown-command: unknown command `foo`", "1:25 error incomplete: `y` is not assigned anything: `=` is missing"}},
	{`tstats count from datamodel=Endpoint.Processes`, []string{"1:1 error missing-pipe: `tstats` is taken for a word to look for, because no pipe stands before it"}},
}

func TestMistakes(t *testing.T) {
	for _, row := range mistakes {
		tree, errs := ParseSPL(source.New("query", row.search))
		var got []string
		for _, d := range errs {
			line, col := d.Span.Position()
			got = append(got, fmt.Sprintf("%d:%d %v %s: %s", line, col, d.Severity, d.Code, d.Message))
		}
		if strings.Join(got, "\n") != strings.Join(row.want, "\n") {
			t.Errorf("%q gives\n%s\nwant\n%s", row.search, strings.Join(got, "\n"), strings.Join(row.want, "\n"))
		}
		if errs.Failed() != (tree == nil) {
			t.Errorf("%q: a tree is given: %t", row.search, tree != nil)
		}
	}
}

// The whole text of some errors, as a user sees them.
var complaints = [][2]string{
	{"| tstats count | | `x`", "query:1:16: error: empty command between pipes\n" +
		"  | | tstats count | | `x`\n" +
		"  |                ^^^\n" +
		"  a shell takes a `macro` in double quotes as a command of its own and leaves nothing: put the search in single quotes, or in a file for -f\n" +
		"query:1:20: error: the macro `x` is not expanded here\n" +
		"  | | tstats count | | `x`\n" +
		"  |                    ^^^\n" +
		"  macros are expanded in searches, not in expressions of data models or of macros"},
	{"x\n| stat count by y", "query:2:3: error: unknown command `stat`\n" +
		"  | | stat count by y\n" +
		"  |   ^^^^\n" +
		"  did you mean `stats`?"},
	{"| where a||b", "query:1:10: error: empty command between pipes\n" +
		"  | | where a||b\n" +
		"  |          ^^\n" +
		"  alternatives are joined by OR, not by ||; " +
		"a shell takes a `macro` in double quotes as a command of its own and leaves nothing: put the search in single quotes, or in a file for -f\n" +
		"query:1:12: error: unknown command `b`\n" +
		"  | | where a||b\n" +
		"  |            ^"},
	{"a=“b”", "query:1:3: error: a typographic quote `“` (U+201C) does not quote\n" +
		"  | a=“b”\n" +
		"  |   ^\n" +
		"  type a straight quote: \" for values, ' for field names in eval"},
	{"2| tstats count", "query:1:1: error: the line numbers of a web page were pasted along with the search\n" +
		"  | 2| tstats count\n" +
		"  | ^\n" +
		"  delete the numbers at the start of the lines, such as `1` or `2|` (keep the pipe)"},
	{"a b=c=d", "query:1:6: error: unexpected `=`\n" +
		"  | a b=c=d\n" +
		"  |      ^\n" +
		"  put a value that contains `=` in double quotes"},
	{"| where x=*a*", "query:1:11: error: unexpected `*` in an expression\n" +
		"  | | where x=*a*\n" +
		"  |           ^\n" +
		"  an expression knows no wildcards: use like(field, \"%x%\") or match(field, \"x\")"},
	{"tstats count", "query:1:1: error: `tstats` is taken for a word to look for, because no pipe stands before it\n" +
		"  | tstats count\n" +
		"  | ^^^^^^\n" +
		"  begin with `| tstats`; to look for the word, put it in double quotes"},
}

func TestComplaints(t *testing.T) {
	for _, row := range complaints {
		if _, errs := ParseSPL(source.New("query", row[0])); errs.Error() != row[1] {
			t.Errorf("%q gives\n%s\nwant\n%s", row[0], errs.Error(), row[1])
		}
	}
}

func TestLimits(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{strings.Repeat("x", 4<<20+1), "query:1:1: error: the search is longer than 4 MiB"},
		{strings.Repeat("a ", 300_001), "query:1:600001: error: more than 300000 words and signs in one search"},
		{"| where " + terms(100_001, "a%.0d", " OR "), "query:1:9: error: more than 100000 operands in one expression"},
		{strings.Repeat("(", 10_000) + "x" + strings.Repeat(")", 10_000), "query:1:501: error: more than 500 levels of parentheses"},
		{"| where " + strings.Repeat("f(", 10_000), "query:1:1010: error: more than 500 levels of parentheses"},
		{strings.Repeat("[search ", 10_000), "query:1:4001: error: more than 500 levels of parentheses"},
		{strings.Repeat("NOT ", 10_000) + "x", "query:1:2001: error: more than 500 levels of parentheses"},
		{"| where " + strings.Repeat("-", 10_000) + "1", "query:1:509: error: more than 500 levels of parentheses"},
	} {
		tree, errs := ParseSPL(source.New("query", row.text))
		if len(errs) != 1 || tree != nil || !strings.HasPrefix(errs[0].Error(), row.want) {
			t.Errorf("%.20q: %.300s\nwant %s", row.text, errs.Error(), row.want)
		}
	}
	deep := strings.Repeat("(", 500) + "x" + strings.Repeat(")", 500)
	if _, errs := ParseSPL(source.New("query", deep)); errs != nil {
		t.Error(errs)
	}
	_, errs := ParseSPL(source.New("query", strings.Repeat("| foo ", 30)))
	if n := len(errs); n != 21 || errs[20].Message != "left out: 10 more messages" {
		t.Errorf("%d errors, the last %v", n, errs[n-1])
	}
}

// A hostile text must be read in time that grows with its length: if it grew with the square, these would not end within the test's time.
func TestHostileTexts(t *testing.T) {
	for _, unit := range []string{`"`, `\"`, "`", "```", "'", "(", "[", ")", "]", "|", "|a", "|eval x=", "a,", "=", "CASE(", `CASE("`, "a OR ",
		"\u00a0", "\u200b", "\xff", "“", "\x00", "|head (", "eval(", "|streamstats reset_after=(", `reset_after="("(`, `reset_after="("x" `, `reset_after="("\"`, "[search ", "- ", "x IN (", "''", "<", " in(a"} {
		for _, before := range []string{"", "| where ", "| stats ", "| foreach a ["} {
			text := before + strings.Repeat(unit, 50_000/len(unit))
			_, errs := ParseSPL(source.New("query", text))
			for _, d := range errs {
				if d.Code == "internal-error" || len(d.Error()) > 2000 {
					t.Errorf("%q after %q: %.200s", unit, before, d.Error())
				}
			}
		}
	}
}
