package rules

import (
	"fmt"
	"strings"
	"testing"

	"spoor/grammar/source"
)

// The line and column of each word of a query are those of the word in the file, however the query is written there.
func TestPlaces(t *testing.T) {
	toml := func(query string) string {
		return "[rule]\nrule_id = 'x'\nname = 'N'\ntype = 'eql'\nquery = " + query + "\n"
	}
	yaml := func(query string) string { return "name: N\nsearch: " + query + "\nid: x\n" }
	for _, c := range []struct{ name, file, body, places string }{
		{"plain", "a.yml", yaml("one two"), "one 2:9, two 2:13"},
		{"plain, folded", "a.yml", yaml("one\n  two\n\n  three"), "one 2:9, two 3:3, three 5:3"},
		{"literal", "a.yml", yaml("|\n  one\n    two\n\n  three"), "one 3:3, two 4:5, three 6:3"},
		{"literal, kept, indented by four", "a.yml", yaml("|4+\n      one\n    two\n\n"), "one 3:7, two 4:5"},
		{"folded", "a.yml", yaml(">-\n  one\n  two\n\n  three"), "one 3:3, two 4:3, three 6:3"},
		{"single quotes", "a.yml", yaml("'one ''two'' \n  three'"), "one 2:10, 'two' 2:14, three 3:3"},
		{"double quotes", "a.yml", yaml(`"one \"two\" \u0041B\\C\` + "\n" + `   three\x41\n\tfour"`), `one 2:10, "two" 2:14, AB\CthreeA 2:22, four 3:17`},
		{"an anchor", "a.yml", yaml("&s !!str 'one two'"), "one 2:19, two 2:23"},
		{"carriage returns", "a.yml", yaml("|\r\n  one\r\n  two\r"), "one 3:3, two 4:3"},
		{"a byte order mark", "a.yml", "\ufeff" + yaml("one two"), "one 2:9, two 2:13"},
		{"other alphabets", "a.yml", yaml("'é ö'' two'"), "é 2:10, ö' 2:12, two 2:16"},
		{"an alias", "a.yml", "name: N\ndescription: &q one two\nsearch: *q\n", "one 2:17, two 2:21"},
		{"basic", "a.toml", toml(`"one \"two\" \u0041B"`), `one 5:10, "two" 5:14, AB 5:22`},
		{"basic, several lines", "a.toml", toml("'''\none\n  two\n'''"), "one 6:1, two 7:3"},
		{"literal, several lines", "a.toml", toml(`"""` + "\none \\\n   two\n\"\"\""), "one 6:1, two 7:4"},
		{"an inline table", "a.toml", "rule = {rule_id = 'x', name = 'N', type = 'eql', query = 'one two'}", "one 1:59, two 1:63"},
		{"a dotted key", "a.toml", "rule.name = 'N'\nrule.type = 'eql'\nrule.query = 'one two'", "one 3:15, two 3:19"},
		{"JSON", "a.ndjson", `{"rule_id":"x","name":"N"}` + "\n" + `{"rule_id":"y","type":"eql","name":"M","query":"one\n\t\"two\" \ud83d\ude00x"}`, `one 2:49, "two" 2:56, 😀x 2:64`},
		{"settings", "savedsearches.conf", "[N]\nsearch = one \\\n  two\n", "one 2:10, two 3:3"},
	} {
		l := &Library{}
		errs := l.LoadPath(folder(t, map[string]string{c.file: c.body}))
		all := l.All()
		if len(all) == 0 {
			t.Errorf("%s: no rule: %v", c.name, errs)
			continue
		}
		if got := places(all[0].Query); got != c.places {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.places)
		}
	}
}

// places is the words of a query and where they stand.
func places(query source.Span) string {
	var out []string
	at := 0
	for _, word := range strings.Fields(query.String()) {
		at += strings.Index(query.String()[at:], word)
		where, _ := query.Sub(at, at+len(word)).Origin()
		line, col := where.Position()
		out = append(out, fmt.Sprintf("%s %d:%d", word, line, col))
		at += len(word)
	}
	return strings.Join(out, ", ")
}
