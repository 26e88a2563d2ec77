package rules

import (
	"path/filepath"
	"reflect"
	"testing"

	"spoor/grammar/source"
)

// one is the only rule of a file, without what every rule has.
func one(t *testing.T, name, body string) *Rule {
	t.Helper()
	l := &Library{}
	if errs := l.LoadPath(filepath.Join(folder(t, map[string]string{name: body}), name)); errs != nil || len(l.All()) != 1 {
		t.Fatalf("%d rules, said: %v", len(l.All()), errs)
	}
	r := *l.All()[0]
	if len(r.SHA256) != 64 || filepath.Base(r.File) != name || r.At.IsZero() {
		t.Errorf("out of %q, %v, %q", r.File, r.At, r.SHA256)
	}
	r.File, r.path, r.SHA256, r.At, r.Query = "", "", "", source.Span{}, source.Span{}
	for i := range r.Tests {
		r.Tests[i].At = source.Span{}
	}
	return &r
}

func same(t *testing.T, got, want *Rule) {
	t.Helper()
	g, w := reflect.ValueOf(*got), reflect.ValueOf(*want)
	for i := range g.NumField() {
		if name := g.Type().Field(i).Name; name != "path" && !reflect.DeepEqual(g.Field(i).Interface(), w.Field(i).Interface()) {
			t.Errorf("%s:\n got %+v\nwant %+v", name, g.Field(i).Interface(), w.Field(i).Interface())
		}
	}
}

// The older form of security_content: what a finding is worth is in tags.
func TestObservables(t *testing.T) {
	same(t, one(t, "a.yml", `name: A Detection
id: 0d5e4f9c-1111-2222-3333-444455556666
version: 3
date: '2024-10-17'
author: Ann Author, Bob, Splunk
status: production
type: TTP
data_source:
- Sysmon EventID 1
description: Finds it.
search: '| makeresults'
how_to_implement: Collect it.
known_false_positives: Admins.
references:
- https://example.com/a
drilldown_searches:
- name: More on $dest$
  search: '%original_detection_search% | search dest = $dest$'
  earliest_offset: $info_min_time$
  latest_offset: $info_max_time$
tags:
  analytic_story: [Story A, Story B]
  asset_type: Endpoint
  cve: [CVE-2024-1]
  atomic_guid: [90bc2e54]
  confidence: 70
  impact: 50
  message: $user$ did it on $dest$
  mitre_attack_id: [T1059, T1059.004]
  observable:
  - {name: user, type: User, role: [Victim]}
  - {name: who, type: User Name, role: [Victim]}
  - {name: dest, type: Endpoint, role: [Victim]}
  - {name: process_name, type: Process Name, role: [Attacker]}
  - {name: hash, type: File Hash, role: [Attacker]}
  - {name: src, type: IP Address, role: [Attacker]}
  - {name: key, type: Registry Key, role: [Attacker]}
  - {name: odd, type: Hostname, role: [Other]}
  product: [Splunk Enterprise]
  required_fields: [_time]
  risk_score: 35
  security_domain: endpoint
tests:
- name: True Positive Test
  attack_data:
  - data: https://example.com/attack_data/datasets/x.log
    source: XmlWinEventLog:Sysmon
    sourcetype: XmlWinEventLog
    update_timestamp: true
`), &Rule{
		ID: "0d5e4f9c-1111-2222-3333-444455556666", Name: "A Detection", Description: "Finds it.", Version: "3", Status: "production", Type: "TTP",
		Format: SecurityContent, Language: SPL, Severity: "low", RiskScore: 35,
		Schedule: Schedule{Cron: "0 * * * *", Earliest: "-70m@m", Latest: "-10m@m", Window: "auto", Assumed: []string{"cron", "earliest", "latest", "window"}},
		Risk: Risk{
			Creates: true, Notable: true, Impact: 50, Confidence: 70, Message: "$user$ did it on $dest$",
			Objects: []RiskObject{{"user", "user", 35}, {"who", "other", 35}, {"dest", "system", 35}, {"odd", "other", 35}},
			Threats: []ThreatObject{{"process_name", "process"}, {"hash", "file_name"}, {"src", "ip_address"}, {"key", "registry key"}},
		},
		Threats: []Threat{{Techniques: []Named{{ID: "T1059"}, {ID: "T1059.004"}}}},
		Stories: []string{"Story A", "Story B"}, DataSources: []DataSource{{"Sysmon EventID 1", "XmlWinEventLog:Sysmon", "XmlWinEventLog"}},
		Domain: "endpoint", Asset: "Endpoint", CVEs: []string{"CVE-2024-1"}, Products: []string{"Splunk Enterprise"}, Required: []string{"_time"},
		Atomics: []string{"90bc2e54"}, Authors: []string{"Ann Author", "Bob", "Splunk"}, Setup: "Collect it.",
		FalsePositives: []string{"Admins."}, References: []string{"https://example.com/a"}, Updated: "2024-10-17",
		Tests: []Test{{Name: "True Positive Test", Data: []TestData{{
			URL: "https://example.com/attack_data/datasets/x.log", Source: "XmlWinEventLog:Sysmon", Sourcetype: "XmlWinEventLog", UpdateTimestamp: true,
		}}}},
		Drilldowns: []Drilldown{{"More on $dest$", "%original_detection_search% | search dest = $dest$", "$info_min_time$", "$info_max_time$"}},
	})
}

// The newer form: scores stand with the risk objects.
func TestRBA(t *testing.T) {
	r := one(t, "a.yml", `name: A
search: x
type: Anomaly
rba:
  message: something on $dest$
  risk_objects:
  - {field: dest, type: system, score: 20}
  - {field: user, type: user, score: 64}
  threat_objects:
  - {field: process_name, type: process_name}
`)
	want := Risk{
		Creates: true, Message: "something on $dest$", Objects: []RiskObject{{"dest", "system", 20}, {"user", "user", 64}}, Threats: []ThreatObject{{"process_name", "process_name"}},
	}
	if !reflect.DeepEqual(r.Risk, want) || r.RiskScore != 64 || r.Severity != "high" {
		t.Errorf("%+v, %v, %s", r.Risk, r.RiskScore, r.Severity)
	}
}

// A score is impact times confidence, a half is rounded to the even neighbour, and each severity ends at a multiple of twenty.
func TestScores(t *testing.T) {
	for _, c := range []struct {
		impact, confidence string
		score              float64
		severity           string
	}{
		{"50", "50", 25, "low"}, {"25", "50", 12, "informational"}, {"35", "50", 18, "informational"}, {"100", "20", 20, "informational"}, {"21", "100", 21, "low"},
		{"40", "100", 40, "low"}, {"60", "100", 60, "medium"}, {"61", "100", 61, "high"}, {"80", "100", 80, "high"}, {"90", "90", 81, "critical"},
	} {
		r := one(t, "a.yml", "name: A\nsearch: x\ntags:\n  impact: "+c.impact+"\n  confidence: "+c.confidence+"\n")
		if r.RiskScore != c.score || r.Severity != c.severity {
			t.Errorf("%s * %s: %v, %s; want %v, %s", c.impact, c.confidence, r.RiskScore, r.Severity, c.score, c.severity)
		}
	}
}

const elasticRule = `[metadata]
creation_date = "2024/02/01"
integration = ["endpoint"]
maturity = "production"
min_stack_version = "9.3.0"
updated_date = "2025/01/15"

[rule]
author = ["Elastic"]
building_block_type = "default"
description = "Finds it."
event_category_override = "event.kind"
false_positives = ["One.", "Two."]
from = "now-9m"
index = ["logs-endpoint.events.*"]
interval = "8m"
language = "eql"
license = "Elastic License v2"
max_signals = 33
name = "A Rule"
note = "Look."
references = ["https://example.com"]
risk_score = 47
rule_id = "a-b-c"
rule_name_override = "process.name"
setup = "Do."
severity = "medium"
tags = ["OS: Linux"]
tiebreaker_field = "event.sequence"
timestamp_field = "event.created"
timestamp_override = "event.ingested"
timestamp_override_fallback_disabled = true
type = "eql"
version = 2
query = '''
any where true
'''

[[rule.severity_mapping]]
field = "x.y"
operator = "equals"
severity = "low"
value = "z"

[rule.alert_suppression]
group_by = ["host.id"]
missing_fields_strategy = "suppress"
[rule.alert_suppression.duration]
unit = "h"
value = 6

[[rule.threat]]
framework = "MITRE ATT&CK"
[rule.threat.tactic]
id = "TA0003"
name = "Persistence"
[[rule.threat.technique]]
id = "T1543"
name = "Create or Modify System Process"
[[rule.threat.technique.subtechnique]]
id = "T1543.002"
name = "Systemd Service"
[[rule.threat.technique]]
id = "T1574"
name = "Hijack Execution Flow"

[[rule.threat]]
framework = "MITRE ATT&CK"
tactic = {id = "TA0005", name = "Defense Evasion"}

[[rule.filters]]
meta = {negate = true}
[rule.filters.query.match_phrase]
"host.name" = "a"

[rule.investigation_fields]
field_names = ["host.id"]

[transform]
[[transform.osquery]]
label = "x"
query = "SELECT 1"
`

func TestElastic(t *testing.T) {
	same(t, one(t, "a.toml", elasticRule), &Rule{
		ID: "a-b-c", Name: "A Rule", Description: "Finds it.", Version: "2", Status: "production", Type: "eql", Format: Elastic, Language: EQL,
		Schedule: Schedule{Interval: "8m", Earliest: "now-9m", Latest: "now", Assumed: []string{"latest"}},
		Severity: "medium", RiskScore: 47, MaxSignals: 33,
		Threats: []Threat{
			{Named{"TA0003", "Persistence"}, []Named{{"T1543", "Create or Modify System Process"}, {"T1543.002", "Systemd Service"}, {"T1574", "Hijack Execution Flow"}}},
			{Tactic: Named{"TA0005", "Defense Evasion"}},
		},
		Tags: []string{"OS: Linux"}, Index: []string{"logs-endpoint.events.*"}, Integrations: []string{"endpoint"},
		Authors: []string{"Elastic"}, License: "Elastic License v2", Setup: "Do.", Note: "Look.", FalsePositives: []string{"One.", "Two."},
		References: []string{"https://example.com"}, Created: "2024/02/01", Updated: "2025/01/15", MinStack: "9.3.0",
		EQL:           EQLOptions{"event.kind", "event.created", "event.sequence", "event.ingested", true},
		BuildingBlock: true, NameField: "process.name", Suppression: &Suppression{By: []string{"host.id"}, Period: "6h", Missing: "suppress"},
		SeverityBy: []Mapping{{"x.y", "equals", "z", "low"}}, Filters: []string{`{"meta":{"negate":true},"query":{"match_phrase":{"host.name":"a"}}}`},
		Highlighted: []string{"host.id"},
	})
}

// What a rule of Elastic's does not say is as Kibana has it; a language that is not said goes with the type.
func TestElasticDefaults(t *testing.T) {
	r := one(t, "a.toml", "[rule]\nrule_id = 'x'\nname = 'N'\ntype = 'eql'\nquery = 'any where true'\n")
	if want := (Schedule{Interval: "5m", Earliest: "now-6m", Latest: "now", Assumed: []string{"interval", "earliest", "latest", "max_signals"}}); !reflect.DeepEqual(r.Schedule, want) {
		t.Errorf("%+v", r.Schedule)
	}
	if r.MaxSignals != 100 || r.Language != EQL || r.Enabled {
		t.Errorf("%d signals in %s, enabled %v", r.MaxSignals, r.Language, r.Enabled)
	}
}

func TestUnsupported(t *testing.T) {
	for _, c := range []struct{ rest, want string }{
		{"type = 'eql'\nquery = 'x'", ""},
		{"type = 'query'\nquery = 'x'", "KQL is not supported"},
		{"type = 'query'\nlanguage = 'lucene'\nquery = 'x'", "Lucene is not supported"},
		{"type = 'esql'\nlanguage = 'esql'\nquery = 'x'", "ES|QL is not supported"},
		{"type = 'new_terms'\nlanguage = 'kuery'\nquery = 'x'", "rules of type new_terms, in KQL, are not supported"},
		{"type = 'machine_learning'", "rules of type machine_learning are not supported"},
	} {
		if got := one(t, "a.toml", "[rule]\nrule_id = 'x'\nname = 'N'\n"+c.rest).Unsupported(); got != c.want {
			t.Errorf("%s: %q, want %q", c.rest, got, c.want)
		}
	}
}

func TestOwn(t *testing.T) {
	same(t, one(t, "a.yml", `id: curl-pipe
title: Download and run
language: eql
description: Finds it.
query: any where true
severity: high
risk: {score: 60, objects: [{field: dest, type: system}, {field: user, type: user, score: 10}], threats: [{field: process, type: process}]}
schedule: {every: 10m, earliest: -15m, latest: now}
message: $process$ on $dest$
attack: [T1105, TA0011]
tags: [linux]
data_source: Sysmon
author: me
references: https://example.com
false_positives: none
max_signals: 5
`), &Rule{
		ID: "curl-pipe", Name: "Download and run", Description: "Finds it.", Format: Own, Language: EQL, Enabled: true, Severity: "high", RiskScore: 60, MaxSignals: 5,
		Schedule: Schedule{Interval: "10m", Earliest: "-15m", Latest: "now"},
		Risk: Risk{
			Creates: true, Message: "$process$ on $dest$", Objects: []RiskObject{{"dest", "system", 60}, {"user", "user", 10}}, Threats: []ThreatObject{{"process", "process"}},
		},
		Threats: []Threat{{Tactic: Named{ID: "TA0011"}}, {Techniques: []Named{{ID: "T1105"}}}},
		Tags:    []string{"linux"}, DataSources: []DataSource{{Name: "Sysmon"}}, Authors: []string{"me"}, References: []string{"https://example.com"}, FalsePositives: []string{"none"},
	})
}

// Severity and score follow from each other.
func TestOwnSeverity(t *testing.T) {
	for _, c := range []struct {
		says, severity string
		score          float64
	}{
		{"", "medium", 47}, {"severity: low", "low", 21}, {"severity: Critical", "critical", 99}, {"risk: 75", "high", 75}, {"severity: low\nrisk: 75", "low", 75},
	} {
		if r := one(t, "a.yml", "title: N\nlanguage: spl\nquery: x\n"+c.says); r.Severity != c.severity || r.RiskScore != c.score {
			t.Errorf("%q: %s, %v", c.says, r.Severity, r.RiskScore)
		}
	}
}
