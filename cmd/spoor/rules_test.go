package main

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"
)

// All that the publishers of the two rules that spoor was begun with say of them is in what is shown.
func TestRulesShow(t *testing.T) {
	for name, want := range map[string][]string{
		"Linux Service Restarted": {
			"type Anomaly", "version 3", "enabled no", "schedule 0 * * * *", "earliest -70m@m", "latest -10m@m", "schedule window auto", "creates a risk event", "impact 50", "confidence 50",
			"risk score 25", "message A commandline $process$ that may create or start a service on $dest$", "risk objects dest (system) 25",
			"techniques T1053.006 Systemd Timers T1053 Scheduled Task/Job", "tactics TA0002 Execution TA0003 Persistence TA0004 Privilege Escalation",
			"data sources Sysmon for Linux EventID 1, sourcetype sysmon:linux, source Syslog:Linux-Sysmon/Operational",
			"macros security_content_summariesonly, built in", "drop_dm_object_name(object), built in", "security_content_ctime(field), built in", "linux_service_restarted_filter, implicit: define it to filter",
			"false positives Administrators automate with these commands. Tune the filter macro linux_service_restarted_filter to leave them out.",
			`expanded query | tstats summariesonly=false allow_old_summaries=true`, "| search * required fields", "sysmon/1: CommandLine Computer Image ParentCommandLine ParentImage ParentProcessId ProcessGuid ProcessId User",
		},
		"Suspicious Network Connection via systemd": {
			"type eql", "version 2", "index logs-endpoint.events.*", "severity medium", "risk score 47", "schedule every 5m", "earliest now-9m", "latest now", "most alerts 100", "author Elastic",
			"license Elastic License v2",
			"tags Domain: Endpoint OS: Linux Use Case: Threat Detection Tactic: Persistence Tactic: Command and Control Tactic: Defense Evasion Data Source: Elastic Defend",
			"setup Needs the process and network events of Elastic Defend or, here, those of Sysmon for Linux: events 1 and 3.",
			"tactics TA0003 Persistence TA0011 Command and Control TA0005 Defense Evasion",
			"techniques T1543 Create or Modify System Process T1543.002 Systemd Service T1574 Hijack Execution Flow",
			"sysmon/3: Computer EventRecordID Image Initiated ProcessGuid ProcessId",
		},
	} {
		var stdout, stderr bytes.Buffer
		s := &shell{out: &stdout, err: &stderr, env: func(string) string { return "" }, now: func() time.Time { return time.Unix(0, 0) }, config: t.TempDir()}
		if code := run(context.Background(), []string{"rules", "show", "../../examples/rules", name}, s); code != done {
			t.Fatalf("%s: code %d: %s", name, code, &stderr)
		}
		shown := strings.Join(strings.Fields(stdout.String()), " ")
		for _, line := range want {
			if !strings.Contains(shown, line) {
				t.Errorf("%s: no %q in\n%s", name, line, &stdout)
			}
		}
		if name == "Suspicious Network Connection via systemd" && strings.Contains(shown, "references") {
			t.Errorf("%s has references", name)
		}
	}
}
