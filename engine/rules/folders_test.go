package rules

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"spoor/grammar/source"
)

func load(t *testing.T, paths ...string) (*Library, string) {
	t.Helper()
	l := &Library{}
	var said []string
	for _, d := range l.Load(paths...) {
		line, _, _ := strings.Cut(d.Error(), "\n")
		said = append(said, line)
	}
	return l, strings.Join(said, "\n")
}

func ruleNames(l *Library) (out []string) {
	for _, r := range l.All() {
		out = append(out, r.Name)
	}
	return out
}

var checkout = map[string]string{
	"contentctl.yml":                      "path: .\n",
	".github/workflows/a.yml":             "name: Not A Rule\nsearch: x\n",
	"baselines/b.yml":                     "name: A Baseline\ntype: Baseline\nsearch: x\n",
	"data_sources/sysmon.yml":             "name: Sysmon EventID 1\nid: x\nsource: XmlWinEventLog\nsourcetype: xml\n",
	"deployments/ESCU/00_anomaly.yml":     "name: d\nscheduling: {cron_schedule: '5 * * * *', earliest_time: -65m@m, latest_time: -5m@m, schedule_window: '10'}\nalert_action: {rba: {enabled: 'true'}, notable: {}}\ntags: {type: Anomaly}\n",
	"detections/endpoint/a.yml":           "name: A\nid: a\ntype: Anomaly\nsearch: '`m`'\ndata_source: [Sysmon EventID 1, Other]\n",
	"detections/endpoint/b.yml":           "name: B\nid: b\ntype: Hunting\nsearch: x\n",
	"detections/endpoint/b.test.yml":      "data: x\n",
	"lookups/l.csv":                       "a\n",
	"lookups/l.yml":                       "name: l\nfilename: l.csv\n",
	"macros/m.yml":                        "name: m\ndefinition: x\n",
	"stories/s.yml":                       "name: s\nnarrative: x\nsearch: ''\n",
	"investigations/i.yml":                "name: i\ntype: Investigation\nsearch: x\n",
	"README.md":                           "x",
	"docs/mitre-map/coverage_summary.txt": "x",
}

// A checkout brings its macros, lookups, schedules and data sources along; the rest is counted.
func TestCheckout(t *testing.T) {
	dir := folder(t, checkout)
	for _, path := range []string{dir, filepath.Join(dir, "detections"), filepath.Join(dir, "detections/endpoint/a.yml")} {
		l, said := load(t, path)
		if said != "" {
			t.Errorf("%s: said %s", path, said)
		}
		a := l.All()[0]
		want := Schedule{Cron: "5 * * * *", Earliest: "-65m@m", Latest: "-5m@m", Window: "10"}
		if a.Name != "A" || !reflect.DeepEqual(a.Schedule, want) || !a.Risk.Creates || !a.Risk.Notable {
			t.Errorf("%s: %s, %+v, %+v", path, a.Name, a.Schedule, a.Risk)
		}
		if want := []DataSource{{"Sysmon EventID 1", "XmlWinEventLog", "xml"}, {Name: "Other"}}; !reflect.DeepEqual(a.DataSources, want) {
			t.Errorf("%s: %+v", path, a.DataSources)
		}
		if len(l.Macros) != 1 || filepath.Clean(l.Macros[0]) != filepath.Join(dir, "macros/m.yml") || len(l.Lookups) != 1 || filepath.Clean(l.Lookups[0]) != filepath.Join(dir, "lookups") {
			t.Errorf("%s: macros %q, lookups %q", path, l.Macros, l.Lookups)
		}
		if path != dir {
			continue
		}
		if want := map[string]int{"baselines": 1, "investigations": 1, "stories": 1, "tests": 1, "other files": 3}; !maps.Equal(l.Skipped, want) || len(l.All()) != 2 {
			t.Errorf("skipped %v, rules %v", l.Skipped, ruleNames(l))
		}
	}
}

// What lies beside the detections is not asked for: rules in it do not count, and what is wrong with it stops nobody.
func TestBeside(t *testing.T) {
	dir := folder(t, map[string]string{
		"detections/a.yml": "name: A\nid: a\nsearch: x\n", "macros/rule.yml": "name: B\nid: b\nsearch: x\n", "lookups/broken.yml": "[", "lookups/README": "",
	})
	l, said := load(t, filepath.Join(dir, "detections/a.yml"))
	if want := filepath.Join(dir, "lookups/broken.yml") + ":1:1: warning: no valid YAML: did not find expected node content"; filepath.Clean(said) != want {
		t.Errorf("said %s", said)
	}
	if len(l.All()) != 1 || len(l.Skipped) != 0 {
		t.Errorf("%v, skipped %v", ruleNames(l), l.Skipped)
	}
}

// Two rules out of one checkout have both what it says.
func TestCheckoutTwice(t *testing.T) {
	files := maps.Clone(checkout)
	files["detections/endpoint/c.yml"] = "name: C\nid: c\ntype: Anomaly\nsearch: x\n"
	dir := folder(t, files)
	l, said := load(t, filepath.Join(dir, "detections/endpoint/a.yml"), filepath.Join(dir, "detections/endpoint/c.yml"))
	for _, r := range l.All() {
		if r.Schedule.Cron != "5 * * * *" {
			t.Errorf("%s: %+v", r.Name, r.Schedule)
		}
	}
	if len(l.All()) != 2 || said != "" {
		t.Errorf("%v, said %s", ruleNames(l), said)
	}
}

// In an app of Splunk's, local goes before default, setting by setting.
func TestApp(t *testing.T) {
	dir := folder(t, map[string]string{
		"default/app.conf":           "[ui]\n",
		"default/macros.conf":        "[m]\ndefinition = x\n",
		"default/transforms.conf":    "[t]\nfilename = t.csv\n",
		"default/savedsearches.conf": "[default]\nenableSched = 1\ncron_schedule = 1 * * * *\n[A]\nsearch = old\ndescription = kept\ndisabled = 1\n[B]\nsearch = b\n[default]\nschedule_window = 5\n",
		"local/macros.conf":          "[m]\ndefinition = y\n",
		"local/savedsearches.conf":   "[default]\ncron_schedule = 2 * * * *\n[A]\nsearch = new\ndisabled = 0\n[C]\ncron_schedule = 3 * * * *\nsearch = c\n[D]\nenableSched = 0\n",
		"lookups/t.csv":              "a\n",
	})
	l, said := load(t, dir)
	if said != "" {
		t.Errorf("said %s", said)
	}
	var got []string
	for _, r := range l.All() {
		got = append(got, fmt.Sprintf("%s: %s (%s) %s/%s %v in %s", r.Name, strings.TrimSpace(r.Query.String()), r.Description, r.Schedule.Cron, r.Schedule.Window, r.Enabled, filepath.Base(filepath.Dir(r.File))))
	}
	want := []string{"A: new (kept) 2 * * * */5 true in local", "B: b () 2 * * * */5 true in default", "C: c () 3 * * * */5 true in local"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%q", got)
	}
	if len(l.Macros) != 2 || !strings.HasSuffix(l.Macros[1], "local/macros.conf") || !reflect.DeepEqual(l.Lookups, []string{filepath.Join(dir, "default"), filepath.Join(dir, "lookups")}) {
		t.Errorf("macros %q, lookups %q", l.Macros, l.Lookups)
	}
}

// The later of two rules of one id holds, and of two of one name if one of them has no id.
func TestDuplicates(t *testing.T) {
	rule := func(id, name string) string { return "title: " + name + "\nid: " + id + "\nlanguage: spl\nquery: x\n" }
	for _, c := range []struct {
		name, first, second string
		rules               []string
		said                string
	}{
		{"one id", rule("x", "A"), rule("x", "B"), []string{"B"}, "2.yml:1:8: warning: 1.yml:1 has a rule of the same id, x"},
		{"one name", rule("x", "A"), rule("y", "A"), []string{"A", "A"}, ""},
		{"one name without ids", rule("", "A"), rule("''", "A"), []string{"A"}, "2.yml:1:8: warning: 1.yml:1 has a rule of the same name, A"},
		{"one name, one id", rule("x", "A"), rule("", "A"), []string{"A"}, "2.yml:1:8: warning: 1.yml:1 has a rule of the same name, A"},
		{"two rules", rule("x", "A"), rule("y", "B"), []string{"A", "B"}, ""},
		{"two in a file", rule("x", "A") + "---\n" + rule("y", "B"), "", []string{"A", "B"}, ""},
	} {
		dir := folder(t, map[string]string{"1.yml": c.first, "2.yml": c.second})
		l, said := load(t, dir)
		if said = strings.ReplaceAll(said, dir+"/", ""); said != c.said || !reflect.DeepEqual(ruleNames(l), c.rules) {
			t.Errorf("%s: %v, said %s", c.name, ruleNames(l), said)
		}
	}
	dir := folder(t, map[string]string{"1.yml": rule("x", "A"), "2.yml": rule("y", "B")})
	if l, said := load(t, dir, filepath.Join(dir, "2.yml"), dir); said != "" || len(l.All()) != 2 {
		t.Errorf("a path inside of another: %d rules, said %s", len(l.All()), said)
	}
}

// A broken file never stops the others, and says where it is broken.
func TestBroken(t *testing.T) {
	bomb := "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
	for i := range 30 {
		bomb += fmt.Sprintf("a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n", i+1, i+1, i, i, i, i, i, i, i, i)
	}
	for _, c := range []struct{ name, body, said string }{
		{"a.yml", "name: A\nsearch: |\n  x\n bad\n", "a.yml:3:1: warning: no valid YAML: did not find expected key"},
		{"a.yml", "name: [A]\nsearch: x\n", "a.yml:1:7: warning: name must be text, and is a list\na.yml:1:7: warning: the rule has no name"},
		{"a.yml", "name: A\nsearch: {a: b}\n", "a.yml:2:9: warning: search must be text, and is a table\na.yml:1:7: warning: the rule \"A\" has no query"},
		{"a.yml", "title: A\nlanguage: spl\nquery: x\nseverety: high\n", "a.yml:4:11: warning: a rule has no key severety"},
		{"a.yml", "title: A\nlanguage: spl\nquery: x\nseverity: hi\n", "a.yml:4:11: warning: there is no severity \"hi\""},
		{"a.yml", "title: A\nquery: x\n", "a.yml:1:1: warning: the rule does not say its language"},
		{"a.yml", "name: A\nname: B\nsearch: x\n", "a.yml:2:1: warning: the key name is there twice: the later holds"},
		{"a.yml", bomb + "name: A\nsearch: x\nreferences: *a30\n", "a.yml:30:6: warning: references must be a list of texts, and has a list in it"},
		{"a.yml", "name: A\nsearch: x\ntags: &t\n  cve: [*t]\n", "a.yml:4:9: warning: the alias *t stands for something that it is a part of"},
		{"a.yml", strings.Repeat("- ", 20000), "a.yml:1:1: warning: no valid YAML: exceeded max depth of 10000"},
		{"a.yml", "name: A\nsearch: x\nnote: " + strings.Repeat("long ", 2<<20), "warning: cannot read the rules of a.yml: larger than 4 megabytes"},
		{"a.yml", "name: \x00\nsearch: x\n", "warning: cannot read the rules of a.yml: no UTF-8 text"},
		{"a.yml", "name: \xff\xfe\n", "warning: cannot read the rules of a.yml: no UTF-8 text"},
		{"a.toml", "[rule]\nname = \n", "a.toml:2:8: warning: no valid TOML: unexpected character U+000A at start of value"},
		{"a.toml", "[rule]\nname = 'a'\nname = 'b'\n", "a.toml:3:1: warning: no valid TOML: key name is already defined"},
		{"a.toml", "[rule]\nname = 'A'\ntype = 'eql'\nquery = 'x'\nrisk_score = 'much'\nmax_signals = []\ntags = 'one'\nenabled = 3\n",
			"a.toml:5:14: warning: rule.risk_score must be a number, and is \"much\"\na.toml:6:1: warning: rule.max_signals must be a number, and is a list\na.toml:8:11: warning: rule.enabled must be true or false, and is a number"},
		{"a.toml", "rule = 3\n", "a.toml:1:8: warning: rule must be a table, and is a number\na.toml:1:8: warning: the rule has no name"},
		{"a.toml", "[rule]\nname = 'A'\n[[rule.threat]]\ntactic = [1]\n[[rule.threat]]\ntechnique = [1]\n",
			"a.toml:4:1: warning: rule.threat.tactic must be a table, and is a list\na.toml:6:14: warning: rule.threat.technique must be a list of tables, and has a number in it\na.toml:2:8: warning: the rule \"A\" has no query"},
		{"a.toml", "a = " + strings.Repeat("[", 100000), "a.toml:1:"},
		{"a.ndjson", `{"rule_id":"a","name":"A","type":"eql","query":"x"}` + "\n{\"rule_id\": \"b\"", "a.ndjson:2:16: warning: no valid JSON: unexpected EOF"},
		{"a.ndjson", `{"rule_id":"a","name":"A","type":"eql","query":"x"}` + "\n" + `{"exported_rules_count":2}`, "a.ndjson:1:1: warning: the export says that it has 2 rules, and has 1"},
		{"a.ndjson", `{"rule_id":"a","name":"A","type":"eql","query":"x","exceptions_list":[{"list_id":"L"}]}`, "a.ndjson:1:23: warning: the exceptions L of \"A\" are not in the export"},
		{"a.ndjson", `{"rule_id":` + strings.Repeat("[", 100000), "a.ndjson:1:"},
		{"savedsearches.conf", "[A]\nsearch = x\naction.risk.param._risk = [{\n", "savedsearches.conf:3:26: warning: action.risk.param._risk of \"A\" is no JSON"},
		{"savedsearches.conf", "[A\nsearch = x\n\\\n]=\\", ""},
	} {
		good := "title: Good\nlanguage: spl\nquery: x\n"
		dir := folder(t, map[string]string{c.name: c.body, "z.yml": good})
		l, said := load(t, dir)
		said = strings.ReplaceAll(said, dir+"/", "")
		if said != c.said && !(strings.HasSuffix(c.said, ":1:") && strings.HasPrefix(said, c.said)) {
			t.Errorf("%s %s\n said %s\n want %s", c.name, short(c.body), said, c.said)
		}
		if _, lost := l.Find(source.Span{}, "Good"); lost != nil {
			t.Errorf("%s %s: the rule beside it is lost", c.name, short(c.body))
		}
	}
}

// Links may lead in circles or nowhere.
func TestLinks(t *testing.T) {
	dir := folder(t, map[string]string{"a.yml": "title: A\nlanguage: spl\nquery: x\n", "deep/b.yml": "title: B\nlanguage: spl\nquery: x\n"})
	for name, to := range map[string]string{"deep/loop": "..", "self.yml": "self.yml", "gone.yml": "nowhere", "dir.yml": "deep"} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{dir, link} {
		l, said := load(t, path)
		if len(l.All()) != 2 || strings.Count(said, "cannot read the rules of "+path) != 3 || l.Broken != 3 {
			t.Errorf("%v, %d broken, said %s", ruleNames(l), l.Broken, said)
		}
	}
}

// Logs are no rules, whatever they are called.
func TestLogs(t *testing.T) {
	dir := folder(t, map[string]string{
		"a.json": `{"EventID":1}` + "\n" + `{"EventID":3}`, "b.log": "x", "c.ndjson": `{"rule_id":5,"message":"x"}` + "\n", "d.xml": "<Event/>", "e.json.gz": "\x1f\x8b", "empty.yml": "",
	})
	l, said := load(t, dir)
	if want := "warning: there is no rule in the folder " + dir; said != want || len(l.All()) != 0 {
		t.Errorf("said %s", said)
	}
}

func FuzzLoad(f *testing.F) {
	for _, seed := range []string{elasticRule, savedSearch, "name: &a A\nsearch: |-\n  x\n  'y'\ntags: {x: *a}\n", `{"rule_id":"a","name":"A","type":"eql","query":"x\ud83d"}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		for _, name := range []string{"a.yml", "a.toml", "a.ndjson", "savedsearches.conf"} {
			file := filepath.Join(t.TempDir(), name)
			if err := os.WriteFile(file, []byte(body), 0o600); err != nil {
				t.Fatal(err)
			}
			l := &Library{}
			for _, d := range l.LoadPath(file) {
				_ = d.Error()
			}
			for _, r := range l.All() {
				places(r.Query)
				if r.Name == "" {
					t.Errorf("a rule without a name")
				}
			}
		}
	})
}
