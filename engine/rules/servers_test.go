package rules

import (
	"strings"
	"testing"
)

const savedSearch = `[default]
schedule_window = auto
[ESCU - A - Rule]
action.correlationsearch.annotations = {"analytic_story": ["S"], "confidence": 50, "impact": 70, "mitre_attack": ["T1059"], "type": "TTP", "data_source": ["Sysmon EventID 1"], "cve": ["CVE-1"]}
action.correlationsearch.metadata = {"deprecated": "0", "detection_id": "a-b", "detection_version": "4"}
action.escu.how_to_implement = Collect it.
action.escu.known_false_positives = Admins.
action.notable = 1
action.notable.param.security_domain = endpoint
action.notable.param.severity = high
action.notable.param.drilldown_searches = [{"name": "n", "search": "s", "earliest_offset": 1, "latest_offset": 2}]
action.risk = 1
action.risk.param._risk_message = $user$ did it
action.risk.param._risk = [{"risk_object_field": "user", "risk_object_type": "user", "risk_score": 35}, \
 {"threat_object_field": "process", "threat_object_type": "process"}]
alert.digest_mode = 0
alert.suppress = 1
alert.suppress.fields = user, dest
alert.suppress.period = 1h
counttype = number of events
relation = greater than
quantity = 0
cron_schedule = 0 * * * *
dispatch.earliest_time = -70m@m
dispatch.latest_time = -10m@m
description = Finds it.
disabled = true
enableSched = 1
search = | makeresults
`

func TestSavedSearch(t *testing.T) {
	same(t, one(t, "savedsearches.conf", savedSearch), &Rule{
		ID: "a-b", Name: "ESCU - A - Rule", Description: "Finds it.", Version: "4", Type: "TTP", Format: SavedSearch, Language: SPL,
		Schedule: Schedule{Cron: "0 * * * *", Earliest: "-70m@m", Latest: "-10m@m", Window: "auto"}, Severity: "high", RiskScore: 35,
		Risk: Risk{
			Creates: true, Notable: true, Impact: 70, Confidence: 50, Message: "$user$ did it",
			Objects: []RiskObject{{"user", "user", 35}}, Threats: []ThreatObject{{"process", "process"}},
		},
		Threats: []Threat{{Techniques: []Named{{ID: "T1059"}}}}, Stories: []string{"S"}, DataSources: []DataSource{{Name: "Sysmon EventID 1"}}, CVEs: []string{"CVE-1"},
		Domain: "endpoint", Setup: "Collect it.", FalsePositives: []string{"Admins."},
		Suppression: &Suppression{By: []string{"user", "dest"}, Period: "1h"},
		Trigger:     Trigger{Count: "number of events", Relation: "greater than", Quantity: "0", PerRow: true},
		Drilldowns:  []Drilldown{{"n", "s", "1", "2"}},
	})
}

// Splunk runs a search that has a schedule and is not disabled.
func TestSavedSearchEnabled(t *testing.T) {
	for says, want := range map[string]bool{"": false, "enableSched = 1": true, "enableSched = 1\ndisabled = 1": false, "disabled = 0": false, "enableSched = true\ndisabled = false": true} {
		if r := one(t, "savedsearches.conf", "[A]\nsearch = x\n"+says); r.Enabled != want {
			t.Errorf("%q: %v", says, r.Enabled)
		}
	}
}

// What the API of Kibana gives is a list.
func TestKibanaList(t *testing.T) {
	r := one(t, "rules.json", "[\n {\"rule_id\": \"a\", \"name\": \"A\", \"type\": \"eql\", \"query\": \"any where true\"}\n]\n")
	if r.ID != "a" || r.Format != Kibana || r.Language != EQL {
		t.Errorf("%+v", r)
	}
}

func TestKibana(t *testing.T) {
	body := strings.Join([]string{
		`{"id":"1","rule_id":"a","name":"A","type":"eql","language":"eql","query":"any where true","enabled":true,"version":7,"severity":"low","risk_score":21,"interval":"1m","from":"now-120s","to":"now","max_signals":50,"created_at":"2024-01-01T00:00:00Z","updated_at":"2024-01-02T00:00:00Z","building_block_type":null,"exceptions_list":[{"id":"9","list_id":"L","type":"detection","namespace_type":"single"}],"related_integrations":[{"package":"endpoint","version":"1"}],"required_fields":[{"name":"host.id","type":"keyword","ecs":true}],"risk_score_mapping":[{"field":"x","operator":"equals","value":""}]}`,
		`{"list_id":"L","type":"detection","name":"list"}`,
		`{"item_id":"I","list_id":"L","name":"item","expire_time":"2030-01-01","entries":[{"field":"host.name","operator":"included","type":"match","value":"web1"},{"field":"user.name","operator":"excluded","type":"match_any","value":["a","b"]},{"field":"process","type":"nested","entries":[{"field":"name","operator":"included","type":"exists"}]},{"field":"ip","operator":"included","type":"list","list":{"id":"ips","type":"ip"}}]}`,
		`{"exported_count":3,"exported_rules_count":1}`,
	}, "\n")
	same(t, one(t, "rules_export.ndjson", body), &Rule{
		ID: "a", Name: "A", Version: "7", Type: "eql", Format: Kibana, Language: EQL, Enabled: true, Severity: "low", RiskScore: 21, MaxSignals: 50,
		Schedule: Schedule{Interval: "1m", Earliest: "now-120s", Latest: "now"}, Created: "2024-01-01T00:00:00Z", Updated: "2024-01-02T00:00:00Z",
		Integrations: []string{"endpoint"}, Required: []string{"host.id"}, RiskScoreBy: []Mapping{{"x", "equals", "", ""}},
		Exceptions: []Exception{{List: "L", ID: "I", Name: "item", Expires: "2030-01-01", Entries: []Entry{
			{Field: "host.name", Type: "match", Values: []string{"web1"}},
			{Field: "user.name", Type: "match_any", Excluded: true, Values: []string{"a", "b"}},
			{Field: "process", Type: "nested", Entries: []Entry{{Field: "name", Type: "exists"}}},
			{Field: "ip", Type: "list", Values: []string{"ips"}},
		}}},
	})
}
