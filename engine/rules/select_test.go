package rules

import (
	"strings"
	"testing"
)

func TestSelection(t *testing.T) {
	all := []*Rule{
		{
			ID: "1", Name: "Timers", Severity: "low", Status: "production", Type: "TTP", Language: SPL, Enabled: true, Stories: []string{"Linux Persistence"},
			Threats: []Threat{{Techniques: []Named{{ID: "T1053.006"}}}}, DataSources: []DataSource{{"Sysmon for Linux EventID 1", "Syslog", "sysmon:linux"}},
		},
		{
			ID: "2", Name: "Curl [x]", Severity: "high", Status: "deprecated", Type: "eql", Language: EQL, Tags: []string{"OS: Linux"}, Index: []string{"logs-endpoint.events.*"},
			Threats: []Threat{{Tactic: Named{"TA0011", "Command and Control"}, Techniques: []Named{{ID: "T1105"}}}},
		},
		{ID: "3", Name: "Other", Severity: "critical", Type: "query", Language: "KQL", Threats: []Threat{{Techniques: []Named{{ID: "T1053"}}}}},
	}
	for _, c := range []struct{ include, exclude, want string }{
		{"", "", "123"},
		{"2", "", "2"}, {"timers", "", "1"}, {"*er*", "", "13"}, {"c??l*", "", "2"}, {"curl [x]", "", "2"}, {"time", "", ""},
		{"id=2", "", "2"}, {"name=Timers", "", "1"}, {"name=t*s|name=o*", "", "13"},
		{"severity=high", "", "2"}, {"severity>=High", "", "23"}, {"severity=low|severity=critical", "", "13"},
		{"tactic=command-and-control", "", "2"}, {"tactic=TA0003", "", "13"}, {"tactic=Privilege Escalation", "", "13"},
		{"technique=T1053", "", "13"}, {"technique=t1053.006", "", "1"}, {"technique=T105", "", ""},
		{"status=prod*", "", "1"}, {"type=ttp", "", "1"}, {"language=eql", "", "2"}, {"tag=os: linux", "", "2"}, {"story=*persistence", "", "1"},
		{"data-source=sysmon:linux", "", "1"}, {"data_source=*endpoint*", "", "2"},
		{"severity>=low|language=spl", "", "1"},
		{"", "1", "23"}, {"", "severity=low|type=query", "2"}, {"technique=T1053", "severity=low", "3"},
	} {
		var s Selection
		for criterion := range strings.SplitSeq(c.include, "|") {
			if wrong := s.Include(criterion); criterion != "" && wrong != nil {
				t.Errorf("%s: %v", criterion, wrong)
			}
		}
		for criterion := range strings.SplitSeq(c.exclude, "|") {
			if wrong := s.Exclude(criterion); criterion != "" && wrong != nil {
				t.Errorf("%s: %v", criterion, wrong)
			}
		}
		got := ""
		for _, r := range s.Of(all) {
			got += r.ID
		}
		if got != c.want {
			t.Errorf("%s without %s: %s, want %s", c.include, c.exclude, got, c.want)
		}
	}
	enabled := Selection{Enabled: true}
	if got := enabled.Of(all); len(got) != 1 || got[0].ID != "1" {
		t.Errorf("enabled: %d rules", len(got))
	}
}

func TestSelectionWrong(t *testing.T) {
	for criterion, want := range map[string]string{
		"":                "selects nothing",
		"severity=":       "selects nothing",
		"severity=hihg":   "it is one of informational, low",
		"sevrity=high":    "did you mean `severity`?",
		"colour=red":      "but by id, name, severity",
		"tactic=Nonsense": "its tactics are Reconnaissance",
		"type>=TTP":       "write type=TTP",
	} {
		var s Selection
		for _, wrong := range []interface{ Error() string }{s.Include(criterion), s.Exclude(criterion)} {
			if !strings.Contains(wrong.Error(), want) {
				t.Errorf("%q: %v", criterion, wrong)
			}
		}
	}
}

func TestMatches(t *testing.T) {
	for _, c := range []struct {
		pattern, text string
		want          bool
	}{
		{"", "", true}, {"*", "", true}, {"?", "", false}, {"a*b*c", "aXbXbc", true}, {"a*b*c", "aXbXb", false}, {"*aab", "aaaab", true}, {"**", "x", true}, {"Ä?", "äö", true}, {"a", "ab", false},
		{strings.Repeat("*a", 50) + "b", strings.Repeat("a", 5000), false},
	} {
		if got := matches(c.pattern, c.text); got != c.want {
			t.Errorf("%q in %q: %v", c.pattern, c.text, got)
		}
	}
}
