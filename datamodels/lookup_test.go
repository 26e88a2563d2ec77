package datamodels

import (
	"strings"
	"testing"

	"spoor/grammar/source"
)

func TestLookup(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"Endpoint.Processes", "Endpoint.Processes"},
		{"Authentication", "Authentication.Authentication"},
		{"Network_Traffic", "Network_Traffic.All_Traffic"},
		{"Network_Resolution", "Network_Resolution.DNS"},
		{"Network_Resolution.DNS", "Network_Resolution.DNS"},
		{"Authentication.Authentication", "Authentication.Authentication"},
		{"Authentication.Failed_Authentication", "Authentication.Authentication.Failed_Authentication"},
		{"Authentication.Authentication.Failed_Authentication", "Authentication.Authentication.Failed_Authentication"},
		{"Network_Traffic.Blocked_Traffic", "Network_Traffic.All_Traffic.Traffic_By_Action.Blocked_Traffic"},
		{"Network_Traffic.All_Traffic.Traffic_By_Action", "Network_Traffic.All_Traffic.Traffic_By_Action"},
		{"All_Traffic.Traffic_By_Action.Allowed_Traffic", "Network_Traffic.All_Traffic.Traffic_By_Action.Allowed_Traffic"},

		{"Web", "Web.Web"},
		{"Risk", "Risk.All_Risk"},
		{"Change.Account_Management", "Change.All_Changes.Account_Management"},

		{"Endpoint", "which-dataset: data model `Endpoint` has 5 datasets; say which: Endpoint.Processes, Endpoint.Filesystem, Endpoint.Registry, Endpoint.Services, Endpoint.Ports"},
		{"Endpoint.Process", "unknown-dataset: data model `Endpoint` has no dataset `Process`; did you mean `Endpoint.Processes`?"},
		{"Endpoint.processes", "unknown-dataset: data model `Endpoint` has no dataset `processes`; did you mean `Endpoint.Processes`?"},
		{"Network_Resolution.Everything", "unknown-dataset: data model `Network_Resolution` has no dataset `Everything`; its datasets: Network_Resolution.DNS"},
		{"Endpoint.", "unknown-dataset: data model `Endpoint` has no dataset ``; its datasets: Endpoint.Processes, Endpoint.Filesystem, Endpoint.Registry, Endpoint.Services, Endpoint.Ports"},
		{"Endpiont.Processes", "unknown-model: unknown data model `Endpiont`; did you mean `Endpoint.Processes`?"},
		{"endpoint", "unknown-model: unknown data model `endpoint`; did you mean `Endpoint`?"},
		{"Processes", "unknown-model: unknown data model `Processes`; did you mean `Endpoint.Processes`?"},
		{"DNS", "unknown-model: unknown data model `DNS`; did you mean `Network_Resolution.DNS`?"},
		{"Vulnerabilites", "unknown-model: unknown data model `Vulnerabilites`; did you mean `Vulnerabilities`?"},
		{"", "unknown-model: unknown data model ``; known: Alerts, Application_State, Authentication, Certificates, Change, Change_Analysis, Compute_Inventory, DLP, Data_Access, Databases, Email, Endpoint, " +
			"Event_Signatures, Interprocess_Messaging, Intrusion_Detection, JVM, Malware, Network_Resolution, Network_Sessions, Network_Traffic, Performance, Risk, " +
			"Splunk_Audit, Ticket_Management, Updates, Vulnerabilities, Web, ecs"},
		{"UEBA", "unmapped-model: data model `UEBA` has no datasets here: no source here feeds it; it can be added, with a mapping, as YAML"},
		{"UEBA.All_UEBA_Events", "unmapped-model: data model `UEBA` has no datasets here: no source here feeds it; it can be added, with a mapping, as YAML"},
	} {
		d, unknown := Builtin().Lookup(c.name)
		if got := answer(d, unknown); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
	for _, name := range strings.Fields("Identity_Management Incident_Management Threat_Intelligence UEBA") {
		if _, unknown := Builtin().Lookup(name); unknown == nil || unknown.Code != "unmapped-model" {
			t.Errorf("%s: %v, want it unmapped", name, unknown)
		}
	}
}

func answer(d *Dataset, u *Unknown) string {
	if u != nil {
		return u.Code + ": " + u.Message + "; " + u.Hint
	}
	return d.String()
}

func TestNode(t *testing.T) {
	l := Builtin()
	for _, c := range []struct{ model, path, want string }{
		{"Network_Resolution", "DNS", "Network_Resolution.DNS"},
		{"Authentication", "Authentication.Failed_Authentication", "Authentication.Authentication.Failed_Authentication"},
		{"Authentication", "Failed_Authentication", "Authentication.Authentication.Failed_Authentication"},
		{"Network_Traffic", "DNS", "unknown-dataset: data model `Network_Traffic` has no dataset `DNS`; its datasets: Network_Traffic.All_Traffic, Network_Traffic.All_Traffic.Traffic_By_Action, Network_Traffic.All_Traffic.Traffic_By_Action.Allowed_Traffic, Network_Traffic.All_Traffic.Traffic_By_Action.Blocked_Traffic"},
	} {
		if got := answer(l.Node(l.model(c.model), c.path)); got != c.want {
			t.Errorf("%s in %s: %s, want %s", c.path, c.model, got, c.want)
		}
	}
}

func TestResolve(t *testing.T) {
	for _, c := range []struct{ dataset, field, want string }{
		{"Endpoint.Processes", "Processes.process_name", "Processes.process_name"},
		{"Endpoint.Processes", "Processes.user_category", "Processes.user_category"},
		{"Network_Traffic", "All_Traffic.src_category", "All_Traffic.src_category"},
		{"Network_Traffic.Allowed_Traffic", "All_Traffic.src", "All_Traffic.src"},
		{"Network_Traffic.Allowed_Traffic", "Allowed_Traffic.src", "All_Traffic.src"},
		{"Network_Traffic.Allowed_Traffic", "All_Traffic.Traffic_By_Action.Allowed_Traffic.src", "All_Traffic.src"},

		{"Risk", "All_Risk.annotations.mitre_attack.mitre_tactic", "All_Risk.annotations.mitre_attack.mitre_tactic"},
		{"Certificates.SSL", "All_Certificates.SSL.ssl_issuer", "All_Certificates.SSL.ssl_issuer"},

		{"Endpoint.Processes", "Processes.proces_name", "`Processes.proces_name`; did you mean `Processes.process_name`?"},
		{"Endpoint.Processes", "processes.user", "`processes.user`; did you mean `Processes.user`?"},
		{"Endpoint.Processes", "process_name", "`process_name`; did you mean `Processes.process_name`?"},
		{"Endpoint.Processes", "Filesystem.dest", "`Filesystem.dest`; did you mean `Processes.dest`?"},
		{"Endpoint.Processes", "Processes.Process", "`Processes.Process`; did you mean `Processes.process`?"},
		{"Endpoint.Processes", "Processes.zzzzzzzz", "`Processes.zzzzzzzz`; "},
		{"Endpoint.Processes", "", "``; "},
		{"ecs", "events.process.parent.name", "events.process.parent.name"},
		{"ecs.events", "events.@timestamp", "events.@timestamp"},
		{"ecs", "events.process.parent.nme", "`events.process.parent.nme`; did you mean `events.process.parent.name`?"},
		{"ecs", "process.parent.name", "`process.parent.name`; did you mean `events.process.parent.name`?"},
		{"Network_Traffic", "Allowed_Traffic.src", "`Allowed_Traffic.src`; did you mean `All_Traffic.src`?"},
	} {
		d, unknown := Builtin().Lookup(c.dataset)
		if unknown != nil {
			t.Fatal(unknown.Message)
		}
		f, unknown := d.Resolve(c.field)
		got := ""
		if unknown == nil {
			got = f.String()
		} else {
			got = strings.TrimPrefix(unknown.Message, "dataset `"+d.String()+"` has no field ") + "; " + unknown.Hint
		}
		if got != c.want {
			t.Errorf("%s of %s: %s, want %s", c.field, c.dataset, got, c.want)
		}
	}
}

func TestUnknownHasAPlace(t *testing.T) {
	query := source.New("query", "| tstats count from datamodel=Endpiont.Processes")
	_, unknown := Builtin().Lookup("Endpiont.Processes")
	got := unknown.At(query.Span(30, 48))
	line, column := got.Span.Position()
	if line != 1 || column != 31 || got.Span.String() != "Endpiont.Processes" || got.Severity != source.Error || got.Code != unknown.Code ||
		got.Message != unknown.Message || got.Hint != unknown.Hint {
		t.Errorf("%d:%d %v", line, column, got)
	}
}
