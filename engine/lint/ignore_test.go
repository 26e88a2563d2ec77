package lint

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"spoor/engine/sarif"
)

// old is a rule with one problem: its technique was revoked.
const old = "title: PowerShell\nid: p\nlanguage: eql\nquery: process where process.name == \"pwsh\"\nattack: [T1086]\n"

func TestIgnore(t *testing.T) {
	second := "---\n" + strings.NewReplacer("PowerShell", "Shell", "id: p", "id: q").Replace(old)
	for _, c := range []struct {
		name, text string
		want       map[string]int
	}{
		{"without", old, map[string]int{"technique": 1}},
		{"with a reason", "# spoor:ignore technique customers report by it\n" + old, nil},
		{"in the line", strings.Replace(old, "[T1086]", "[T1086] # spoor:ignore technique customers report by it", 1), nil},
		{"without a reason", "# spoor:ignore technique\n" + old, map[string]int{"technique": 1, "ignore": 1}},
		{"without a code", "# spoor:ignore\n" + old, map[string]int{"technique": 1, "ignore": 1}},
		{"of no check", "# spoor:ignore techniqe it is old\n" + old, map[string]int{"technique": 1, "ignore": 1}},
		{"of another check", "# spoor:ignore maxspan it is old\n" + old, map[string]int{"technique": 1, "ignore": 1}},
		{"of what the loader says", "max_signals: many # spoor:ignore rule-value the exporter writes it\n" + strings.Replace(old, "T1086", "T1059", 1), nil},
		{"before all rules", "# spoor:ignore technique they are old\n" + old + second, nil},
		{"in the first rule", old + "# spoor:ignore technique it is old\n" + second, map[string]int{"technique": 1}},
		{"in the second rule", old + second + "# spoor:ignore technique it is old\n", map[string]int{"technique": 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			found := codesIn(t, "rule.yml", c.text)
			for code, problems := range found {
				if len(problems) != c.want[code] {
					t.Errorf("%s %d times: %v", code, len(problems), problems)
				}
			}
			if len(found) != len(c.want) {
				t.Errorf("found %v, want %v", found, c.want)
			}
		})
	}
}

// list is the problems that were found, by code.
func list(found map[string][]Problem) (out []Problem) {
	for _, code := range slices.Sorted(maps.Keys(found)) {
		out = append(out, found[code]...)
	}
	return out
}

// What is in a baseline is left out even if its lines have moved; a problem that comes up once more than it says is not.
func TestBaseline(t *testing.T) {
	before := list(codesIn(t, "rule.yml", old))
	var file bytes.Buffer
	if err := WriteBaseline(&file, before); err != nil {
		t.Fatal(err)
	}
	text := file.String()
	known, err := ReadBaseline(&file)
	if err != nil {
		t.Fatal(err)
	}
	if left, gone := known.Drop(list(codesIn(t, "rule.yml", "\n\n"+old))); len(left) > 0 || gone > 0 {
		t.Errorf("left %v, gone %d, with\n%s", left, gone, text)
	}
	if left, gone := known.Drop(slices.Concat(before, before)); len(left) != 1 || gone != 0 {
		t.Errorf("of two equal ones there are left %v, gone %d", left, gone)
	}
	if left, gone := known.Drop(nil); len(left) != 0 || gone != 1 {
		t.Errorf("of none there are left %v, gone %d", left, gone)
	}
	if left, _ := known.Drop(list(codesIn(t, "rule.yml", strings.Replace(old, "T1086", "T9999", 1)))); len(left) != 1 {
		t.Errorf("a new problem is left out: %v", left)
	}
	if _, err := ReadBaseline(strings.NewReader("technique of p")); err == nil {
		t.Error("what is no baseline is read as one")
	}
}

func TestFormats(t *testing.T) {
	problems := list(codesIn(t, "a, b.yml", old))
	write := func(format string) string {
		var b bytes.Buffer
		if err := Write(&b, format, "1.2", problems); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	if text := write("text"); !strings.Contains(text, `a, b.yml:5:10: warning: ATT&CK has revoked T1086 [technique]`) || !strings.Contains(text, "^^^^^") {
		t.Errorf("text is\n%s", text)
	}
	if text := write("github"); !strings.HasPrefix(text, "::warning file=") || !strings.Contains(text, "a%2C b.yml,line=5,col=10,title=technique::ATT&CK has revoked T1086%0AT1059.001 PowerShell took its place\n") {
		t.Errorf("github is\n%s", text)
	}
	var objects []map[string]any
	if err := json.Unmarshal([]byte(write("json")), &objects); err != nil || len(objects) != 1 {
		t.Fatal(err, objects)
	}
	for key, want := range map[string]any{"code": "technique", "severity": "warning", "line": 5.0, "column": 10.0, "rule": "PowerShell", "rule_id": "p", "message": "ATT&CK has revoked T1086"} {
		if objects[0][key] != want {
			t.Errorf("%s is %v, want %v", key, objects[0][key], want)
		}
	}
	var log struct{ Runs []sarif.Run }
	if err := json.Unmarshal([]byte(write("sarif")), &log); err != nil || len(log.Runs) != 1 || len(log.Runs[0].Results) != 1 {
		t.Fatal(err, log)
	}
	run := log.Runs[0]
	result := run.Results[0]
	if rule := run.Tool.Driver.Rules[result.RuleIndex]; rule.ID != "technique" || result.RuleID != "technique" || result.Level != "warning" || rule.Default.Level != "warning" {
		t.Errorf("SARIF: rule %v, result %v", rule, result)
	}
	if at := result.Locations[0].Physical; at.Region.Line != 5 || at.Region.Column != 10 || !strings.HasSuffix(at.Artifact.URI, "a,%20b.yml") {
		t.Errorf("SARIF: place %v", at)
	}
	problems = nil
	if text := write("json"); text != "[]\n" {
		t.Errorf("no problems are %q", text)
	}
}
