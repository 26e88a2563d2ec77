package finding_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"spoor/engine"
	"spoor/engine/attack"
	"spoor/engine/finding"
	"spoor/engine/input"
	"spoor/engine/plan"
	"spoor/engine/rules"
)

const examples = "../../examples/"

// found runs a rule over a log of the examples and makes findings of the rows: one of each, or of those of each sequence.
func found(t *testing.T, file, log string) []*finding.Finding {
	t.Helper()
	l := &rules.Library{}
	if errs := l.Load(examples + "rules/" + file); errs.Failed() {
		t.Fatal(errs)
	}
	rule := l.All()[0]
	p, errs := engine.CompileRule(rule, engine.Options{})
	if p == nil {
		t.Fatal(errs)
	}
	inputs, errs := input.Resolve([]string{examples + "logs/" + log}, nil)
	if errs.Failed() {
		t.Fatal(errs)
	}
	var groups [][]finding.Row
	last := int64(0)
	for b, err := range p.Run(t.Context(), engine.RunOptions{Inputs: inputs}).Rows() {
		if err != nil {
			t.Fatal(err)
		}
		for i := range b.Rows {
			number := b.Col(plan.SequenceNumber).Value(i).Int()
			if number == 0 || number != last {
				groups = append(groups, nil)
			}
			last = number
			groups[len(groups)-1] = append(groups[len(groups)-1], finding.RowOf(b, i, plan.SequenceNumber, plan.StageNumber))
		}
	}
	var out []*finding.Finding
	for _, rows := range groups {
		out = append(out, finding.New(rule, rows, finding.Evidence{}, nil))
	}
	return out
}

// names is tactics and techniques on one line.
func names(f *finding.Finding) string {
	var out []string
	for _, x := range f.Tactics {
		out = append(out, x.ID+" "+x.Name)
	}
	for _, x := range f.Techniques {
		out = append(out, x.ID+" "+x.Name)
	}
	return strings.Join(out, ", ")
}

func TestServiceRestarts(t *testing.T) {
	list := found(t, "linux_service_restarted.yml", "service_restarts.json")
	at := slices.IndexFunc(list, func(f *finding.Finding) bool { return strings.Contains(f.Message, "reenable apparmor") })
	if at < 0 {
		t.Fatalf("nothing of apparmor in %d findings", len(list))
	}
	f := list[at]
	for _, c := range []struct{ what, got, want string }{
		{"message", f.Message, "A commandline systemctl reenable apparmor that may create or start a service on DB01"},
		{"unfilled", fmt.Sprint(f.Unfilled), "[]"},
		{"ATT&CK", names(f), "TA0002 Execution, TA0003 Persistence, TA0004 Privilege Escalation, T1053.006 Systemd Timers, T1053 Scheduled Task/Job"},
		{"risk", fmt.Sprint(f.Risk), "[{DB01 system dest 25}]"},
		{"score", fmt.Sprintf("%v %s", f.RiskScore, f.Severity), "25 low"},
		{"hosts", fmt.Sprint(f.Entities.Hosts, f.Entities.Users), "[DB01] [root]"},
		{"processes", fmt.Sprint(f.Entities.Processes), "[systemctl ({5f20aa10-e4f3-6638-15c5-0de310550000})]"},
		{"time", fmt.Sprint(f.First == f.Last, f.First/1e9), "true 1714995959"},
		{"release", attack.Release(), "18.0"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s, not %s", c.what, c.got, c.want)
		}
	}
}

func TestNetworkConnectionOfASystemdService(t *testing.T) {
	list := found(t, "suspicious_network_connection_via_systemd.toml", "systemd_network.json")
	if len(list) == 0 {
		t.Fatal("nothing found")
	}
	for _, f := range list {
		if !f.Sequence() || len(f.Entities.Hosts) != 1 || f.First == 0 || f.Last-f.First > 5e9 {
			t.Errorf("%d rows, hosts %v, from %d to %d", len(f.Rows), f.Entities.Hosts, f.First, f.Last)
		}
		if got := names(f); got != "TA0003 Persistence, TA0011 Command and Control, TA0005 Defense Evasion, T1543 Create or Modify System Process, T1543.002 Systemd Service, T1574 Hijack Execution Flow" {
			t.Error(got)
		}
		if got := fmt.Sprint(f.Risk[0]); got != "{"+f.Entities.Hosts[0]+" system host.name 47}" {
			t.Error(got)
		}
		if !strings.HasSuffix(f.Message, " on "+f.Entities.Hosts[0]+" created medium alert Suspicious Network Connection via systemd.") {
			t.Error(f.Message)
		}
	}
}
