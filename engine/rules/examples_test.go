package rules

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
)

const examples = "../../examples/"

// The two rules that spoor was begun with, and all that their publishers say of them.
func TestExamples(t *testing.T) {
	l, said := load(t, examples+"rules")
	if said != "" {
		t.Fatal(said)
	}
	find := func(name string) *Rule {
		i := slices.IndexFunc(l.All(), func(r *Rule) bool { return r.Name == name })
		if i < 0 {
			t.Fatalf("there is no %s", name)
		}
		return l.All()[i]
	}
	r := find("Linux Service Restarted")
	for _, c := range []struct {
		name      string
		got, want any
	}{
		{"type", r.Type, "Anomaly"},
		{"version", r.Version, "3"},
		{"enabled", r.Enabled, false},
		{"schedule", r.Schedule, Schedule{Cron: "0 * * * *", Earliest: "-70m@m", Latest: "-10m@m", Window: "auto", Assumed: []string{"cron", "earliest", "latest", "window"}}},
		{"risk", r.Risk, Risk{
			Creates: true, Impact: 50, Confidence: 50, Message: "A commandline $process$ that may create or start a service on $dest$",
			Objects: []RiskObject{{"dest", "system", 25}},
		}},
		{"risk score", r.RiskScore, 25.0},
		{"techniques", techniques(r), []string{"T1053.006 Systemd Timers", "T1053 Scheduled Task/Job"}},
		{"tactics", tactics(r), []string{"Execution", "Persistence", "Privilege Escalation"}},
		{"data sources", r.DataSources, []DataSource{{"Sysmon for Linux EventID 1", "Syslog:Linux-Sysmon/Operational", "sysmon:linux"}}},
		{"false positives", r.FalsePositives, []string{"Administrators automate with these commands. Tune the filter macro linux_service_restarted_filter to leave them out."}},
		{"query", strings.TrimSpace(r.Query.String()), published(t, "linux_service_restarted.spl")},
	} {
		if !reflect.DeepEqual(c.got, c.want) {
			t.Errorf("%s: %s\n got %v\nwant %v", r.Name, c.name, c.got, c.want)
		}
	}
	r = find("Suspicious Network Connection via systemd")
	for _, c := range []struct {
		name      string
		got, want any
	}{
		{"type", r.Type, "eql"},
		{"version", r.Version, "2"},
		{"index", r.Index, []string{"logs-endpoint.events.*"}},
		{"severity", r.Severity, "medium"},
		{"risk score", r.RiskScore, 47.0},
		{"schedule", r.Schedule, Schedule{Interval: "5m", Earliest: "now-9m", Latest: "now", Assumed: []string{"interval", "latest", "max_signals"}}},
		{"signals", r.MaxSignals, 100},
		{"references", r.References, []string(nil)},
		{"tags", r.Tags, []string{
			"Domain: Endpoint", "OS: Linux", "Use Case: Threat Detection", "Tactic: Persistence", "Tactic: Command and Control", "Tactic: Defense Evasion", "Data Source: Elastic Defend",
		}},
		{"authors", r.Authors, []string{"Elastic"}},
		{"license", r.License, "Elastic License v2"},
		{"setup", r.Setup, "Needs the process and network events of Elastic Defend or, here, those of Sysmon for Linux: events 1 and 3."},
		{"threats", r.Threats, []Threat{
			{Named{"TA0003", "Persistence"}, []Named{{"T1543", "Create or Modify System Process"}, {"T1543.002", "Systemd Service"}, {"T1574", "Hijack Execution Flow"}}},
			{Tactic: Named{"TA0011", "Command and Control"}},
			{Tactic: Named{"TA0005", "Defense Evasion"}},
		}},
		{"tactics", tactics(r), []string{"Persistence", "Command and Control", "Defense Evasion"}},
		{"query", strings.TrimSpace(r.Query.String()), published(t, "systemd_network_connection.eql")},
	} {
		if !reflect.DeepEqual(c.got, c.want) {
			t.Errorf("%s: %s\n got %v\nwant %v", r.Name, c.name, c.got, c.want)
		}
	}
}

// published is a query as it stands in the folder of searches.
func published(t *testing.T, name string) string {
	t.Helper()
	body, err := os.ReadFile(examples + "searches/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(body))
}

func techniques(r *Rule) (out []string) {
	_, all := r.Attack()
	for _, t := range all {
		out = append(out, t.ID+" "+t.Name)
	}
	return out
}

func tactics(r *Rule) (out []string) {
	all, _ := r.Attack()
	for _, t := range all {
		out = append(out, t.Name)
	}
	return out
}

// Where a rule names techniques and no tactics, these are the table's, also of a technique that was revoked since; what the table does not
// know stays as published.
func TestAttack(t *testing.T) {
	for _, c := range []struct {
		threats             []Threat
		tactics, techniques []string
	}{
		{nil, nil, nil},
		{[]Threat{{Techniques: []Named{{ID: "T1105"}}}}, []string{"Command and Control"}, []string{"T1105 Ingress Tool Transfer"}},
		{[]Threat{{Techniques: []Named{{ID: "T1002", Name: "Data Compressed"}}}}, []string{"Collection"}, []string{"T1002 Data Compressed"}}, // now T1560
		{[]Threat{{Techniques: []Named{{ID: "T0000", Name: "Made Up"}}}}, nil, []string{"T0000 Made Up"}},
		{[]Threat{{Tactic: Named{"TA9999", "Made Up"}}}, []string{"Made Up"}, nil},
		{[]Threat{{Tactic: Named{"TA0003", "Persistence"}, Techniques: []Named{{ID: "T1105"}}}, {Techniques: []Named{{ID: "T1105", Name: "x"}}}}, []string{"Persistence"}, []string{"T1105 Ingress Tool Transfer"}},
	} {
		r := &Rule{Threats: c.threats}
		if !reflect.DeepEqual(tactics(r), c.tactics) || !reflect.DeepEqual(techniques(r), c.techniques) {
			t.Errorf("%v: %q, %q", c.threats, tactics(r), techniques(r))
		}
	}
}
