package attack

import (
	"regexp"
	"strings"
	"testing"
)

// What ATT&CK publishes of these.
func TestFind(t *testing.T) {
	for _, c := range []struct {
		id, name, tactics, revokedBy string
		deprecated                   bool
	}{
		{"T1053.006", "Systemd Timers", "Execution, Persistence, Privilege Escalation", "", false},
		{"T1053", "Scheduled Task/Job", "Execution, Persistence, Privilege Escalation", "", false},
		{"T1543.002", "Systemd Service", "Persistence, Privilege Escalation", "", false},
		{"t1574", "Hijack Execution Flow", "Persistence, Privilege Escalation, Defense Evasion", "", false},
		{"T1078", "Valid Accounts", "Initial Access, Persistence, Privilege Escalation, Defense Evasion", "", false},
		{"T1003.008", "/etc/passwd and /etc/shadow", "Credential Access", "", false},
		{"T1595", "Active Scanning", "Reconnaissance", "", false},
		{"T1086", "PowerShell", "", "T1059.001", false},
		{"T1574.002", "DLL Side-Loading", "", "T1574.001", false},
		{"T1064", "Scripting", "", "", true},
	} {
		got, ok := Find(c.id)
		if !ok {
			t.Errorf("%s: unknown", c.id)
			continue
		}
		var tactics []string
		for _, x := range got.Tactics {
			tactics = append(tactics, x.Name)
		}
		if got.ID != strings.ToUpper(c.id) || got.Name != c.name || strings.Join(tactics, ", ") != c.tactics || got.RevokedBy != c.revokedBy ||
			got.Deprecated != c.deprecated || got.Current() != (c.revokedBy == "" && !c.deprecated) {
			t.Errorf("%s: %+v", c.id, got)
		}
	}
	for _, id := range []string{"", "T9999", "T1053.999", "TA0003", "T1053.6"} {
		if got, ok := Find(id); ok {
			t.Errorf("%q: %+v", id, got)
		}
	}
}

func TestResolve(t *testing.T) {
	for id, want := range map[string]string{
		"T1053":     "T1053",
		"T1086":     "T1059.001",
		"T1073":     "T1574.001", // by way of T1574.002
		"T1547.011": "T1647",
		"T1064":     "", // deprecated
		"T9999":     "",
	} {
		got, ok := Resolve(id)
		if !ok {
			got.ID = ""
		}
		if got.ID != want {
			t.Errorf("%s: %s, not %s", id, got.ID, want)
		}
	}
}

func TestFindTactic(t *testing.T) {
	for _, name := range []string{"TA0011", "ta0011", "Command and Control", "command and control", "command-and-control", "command_and_control"} {
		if got, ok := FindTactic(name); !ok || got != (Tactic{"TA0011", "command-and-control", "Command and Control"}) {
			t.Errorf("%s: %v", name, got)
		}
	}
	for _, name := range []string{"", "TA9999", "command", "T1053"} {
		if got, ok := FindTactic(name); ok {
			t.Errorf("%q: %v", name, got)
		}
	}
}

// The matrix of release 18 has 14 tactics, 216 techniques and 475 sub-techniques. Every sub-technique has its technique and shares its
// tactics, each technique has a tactic, and whatever was revoked has a successor in the release.
func TestTable(t *testing.T) {
	techniques, subs := 0, 0
	form := regexp.MustCompile(`^T\d{4}(\.\d{3})?$`)
	for _, x := range Techniques() {
		if !form.MatchString(x.ID) || x.Name == "" || len(x.Tactics) == 0 {
			t.Errorf("%+v", x)
		}
		if Parent(x.ID) == "" {
			techniques++
			continue
		}
		subs++
		if parent, ok := Find(Parent(x.ID)); !ok || len(parent.Tactics) != len(x.Tactics) {
			t.Errorf("%s: its technique is %+v", x.ID, parent)
		}
	}
	if len(Tactics()) != 14 || techniques != 216 || subs != 475 || Release() != "18.0" {
		t.Errorf("release %s: %d tactics, %d techniques, %d sub-techniques", Release(), len(Tactics()), techniques, subs)
	}
	for id, x := range current().techniques {
		if _, ok := Resolve(id); !ok && !x.Deprecated {
			t.Errorf("%s leads nowhere: %+v", id, x)
		}
	}
	if !strings.Contains(Notice, "The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation.") {
		t.Error("no notice")
	}
}

func TestURL(t *testing.T) {
	x, _ := Find("T1053.006")
	if got := x.URL(); got != "https://attack.mitre.org/techniques/T1053/006/" {
		t.Error(got)
	}
	if got := x.Tactics[0].URL(); got != "https://attack.mitre.org/tactics/TA0002/" {
		t.Error(got)
	}
}
