package detect_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"spoor/engine"
	"spoor/engine/detect"
	"spoor/engine/input"
	"spoor/engine/rules"
)

// events is a small log of each kind: starts of programs, connections, files, auditd, Elastic Defend without network, and nothing.
var events = []struct{ name, log string }{
	{"starts", `{"EventID":"1","Computer":"web1","UtcTime":"2024-05-06 10:00:01.000","ProcessGuid":"{5f20aa10-e4f3-6638-15c5-0de310550001}","ProcessId":"10","Image":"/usr/bin/curl","CommandLine":"curl http://x","User":"root","ParentProcessId":"9","ParentImage":"/bin/sh"}`},
	{"connections", `{"EventID":"3","Computer":"web1","UtcTime":"2024-05-06 10:00:02.000","ProcessGuid":"{5f20aa10-e4f3-6638-15c5-0de310550001}","ProcessId":"10","Image":"/usr/bin/curl","User":"root","Protocol":"tcp","Initiated":"true","SourceIp":"10.0.0.1","SourcePort":"50000","DestinationIp":"192.0.2.9","DestinationPort":"443"}`},
	{"files", `{"EventID":"11","Computer":"web1","UtcTime":"2024-05-06 10:00:03.000","ProcessGuid":"{5f20aa10-e4f3-6638-15c5-0de310550001}","ProcessId":"10","Image":"/usr/bin/curl","TargetFilename":"/tmp/x"}`},
	{"auditd", `type=USER_LOGIN msg=audit(1740988802.000:43): pid=77 uid=0 auid=1000 ses=3 msg='op=login id=1000 exe="/usr/sbin/sshd" hostname=192.0.2.7 addr=192.0.2.7 terminal=/dev/pts/0 res=success'`},
	{"defend", `{"@timestamp":"2024-05-06T10:00:01Z","agent":{"type":"endpoint"},"event":{"kind":"event","category":["process"],"type":["start"],"action":"exec"},"host":{"id":"h1","name":"web1","os":{"type":"linux"}},"user":{"name":"root"},"process":{"entity_id":"a1","pid":10,"name":"curl","executable":"/usr/bin/curl","command_line":"curl http://x","args":["curl","http://x"],"parent":{"entity_id":"a0","pid":9,"name":"sh","executable":"/bin/sh"}}}
{"@timestamp":"2024-05-06T10:00:02Z","agent":{"type":"endpoint"},"event":{"kind":"event","category":["file"],"type":["creation"],"action":"creation"},"host":{"id":"h1","name":"web1","os":{"type":"linux"}},"file":{"path":"/tmp/x","name":"x"},"process":{"entity_id":"a1","pid":10,"name":"curl","executable":"/usr/bin/curl"}}`},
	{"empty", ""},
}

// The verdicts by log: M matched, Q quiet, D degraded, C cannot fire, U unsupported.
var verdicts = []struct{ want, language, query string }{
	{"MCCCMC", "spl", `| tstats count from datamodel=Endpoint.Processes where Processes.process_name=curl by Processes.dest`},
	{"QCCCQC", "spl", `| tstats count from datamodel=Endpoint.Processes where Processes.process_name=ncat by Processes.dest`},
	{"CCCCCC", "spl", `| tstats count from datamodel=Endpoint.Processes where Processes.parent_process="*cron*" by Processes.dest`},
	{"DCCCDC", "spl", `| tstats count from datamodel=Endpoint.Processes where Processes.process_name=ncat OR Processes.parent_process="*cron*" by Processes.dest`},
	{"CMCCCC", "spl", `| tstats count from datamodel=Network_Traffic.All_Traffic where All_Traffic.dest_port=443 by All_Traffic.dest`},
	{"CQCCCC", "spl", `| tstats count from datamodel=Network_Traffic.All_Traffic where All_Traffic.dest_port=22 by All_Traffic.dest`},
	{"CCCCCC", "spl", `| tstats count from datamodel=Network_Traffic.All_Traffic where All_Traffic.dest_host="*.example.org" by All_Traffic.dest`},
	{"CCMCMC", "spl", `| tstats count from datamodel=Endpoint.Filesystem where Filesystem.file_path="/tmp/*" by Filesystem.dest`},
	{"CCQCQC", "spl", `| tstats count from datamodel=Endpoint.Filesystem where Filesystem.file_path="/etc/*" by Filesystem.dest`},
	{"CCCQCC", "spl", `| tstats count from datamodel=Authentication.Authentication where Authentication.action=failure by Authentication.app`},
	{"CCCCCC", "spl", `| tstats count from datamodel=Endpoint.Registry where Registry.registry_path="*Run*" by Registry.dest`},
	{"MCCCCC", "spl", `EventID=1 Image="*/curl" | table Image`},
	{"CCCCCC", "spl", `EventID=3 | stats count by DestinationHostname`},
	{"CCCQCC", "spl", `type=USER_LOGIN res=failed | table exe`},
	{"QDDDDD", "spl", `EventID=1 | stats count | where count > 100`},
	{"CCCCCC", "spl", `sourcetype="kube:container:falco" "*" | stats count by host`},
	{"QCCCCC", "spl", `sourcetype=sysmon:linux EventID=1 Image=*/ncat | table Image`},
	{"CCCCCC", "spl", `EventID=1 | bin _time span=1m | stats count by _time nosuch`},
	{"MMCCCC", "spl", `EventID=1 | append [search EventID=3] | table Image`},
	{"MCCCMC", "eql", `process where process.name == "curl"`},
	{"QCCCQC", "eql", `process where process.name == "ncat"`},
	{"CQCCCC", "eql", `network where destination.port == 22`},
	{"DCCCQC", "eql", `process where process.args == "-e"`},
	{"CCCCCC", "eql", `sequence by host.name [process where process.name == "ncat"] [network where destination.port == 443]`},
	{"CCQCQC", "eql", `file where file.path : "/etc/*"`},
	{"CCCCCC", "eql", `process where process.parent.command_line : "*cron*"`},
	{"CDCCCC", "eql", `network where process.parent.name == "sshd" and destination.port == 22`},
	{"UUUUUU", "spl", `EventID=1 | nosuch`},
}

func TestVerdicts(t *testing.T) {
	pack := rulesOf(t)
	letters := map[detect.Verdict]string{
		detect.Matched: "M", detect.Quiet: "Q", detect.Degraded: "D", detect.CannotFire: "C", detect.Unsupported: "U", detect.Failed: "F",
	}
	for i, e := range events {
		for _, form := range []string{"file", "pipe"} {
			report := detect.Run(t.Context(), pack, detect.Options{Run: engine.RunOptions{Inputs: logged(t, e.log, form == "pipe")}})
			for j, x := range report.Outcomes {
				if got := letters[x.Verdict]; got != verdicts[j].want[i:i+1] {
					t.Errorf("%s, %s: %s\n%s, not %s: %s", e.name, form, verdicts[j].query, got, verdicts[j].want[i:i+1], strings.Join(x.Reasons, "; "))
				}
			}
		}
	}
}

// rulesOf is the rules of the table, in its order.
func rulesOf(t *testing.T) []*rules.Rule {
	t.Helper()
	folder := t.TempDir()
	for i, v := range verdicts {
		text := fmt.Sprintf("title: rule %02d\nlanguage: %s\nquery: |-\n  %s\n", i, v.language, v.query)
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%02d.yml", i)), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	all := &rules.Library{}
	if errs := all.Load(folder); len(errs) > 0 {
		t.Fatal(errs)
	}
	return all.All()
}

func logged(t *testing.T, log string, pipe bool) input.Inputs {
	t.Helper()
	if pipe {
		return input.Inputs{{Path: "-", Size: -1, Stream: strings.NewReader(log + "\n")}}
	}
	file := filepath.Join(t.TempDir(), "events.log")
	if err := os.WriteFile(file, []byte(log+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	in, errs := input.Resolve([]string{file}, nil)
	if errs.Failed() {
		t.Fatal(errs)
	}
	return in
}
