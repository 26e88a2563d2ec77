package finding

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"spoor/engine/rules"
)

// alerts is the pairs of lines of a bulk request, read.
func alerts(t *testing.T, text string) (actions []string, docs []map[string]any) {
	t.Helper()
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(lines)%2 != 0 {
		t.Fatalf("%d lines", len(lines))
	}
	for i := 0; i < len(lines); i += 2 {
		var doc map[string]any
		if err := json.Unmarshal([]byte(lines[i+1]), &doc); err != nil {
			t.Fatal(err)
		}
		actions, docs = append(actions, lines[i]), append(docs, doc)
	}
	return actions, docs
}

func single() *Finding {
	return New(tunnel(), []Row{row("@timestamp", at("11:00:00"), "event.category", "process", "event.kind", "event", "host.name", "web1", "user.name", "root",
		"process.name", "nc", "process.args", []string{"nc", "-e"}, "process.parent.name", "systemd")}, Evidence{Total: 1, Records: []Record{{File: "x.json", Offset: 40}}}, nil)
}

func TestBulkEvent(t *testing.T) {
	const want = `{"create":{"_id":"ID1","_index":".alerts-security.alerts-default"}}` + "\n" +
		`{"@timestamp":"2026-01-06T00:00:00.000Z","event.category":"process","event.kind":"signal","host.name":"web1",` +
		`"kibana.alert.ancestors":[{"depth":0,"id":"40","index":"x.json","type":"event"}],"kibana.alert.depth":1,` +
		`"kibana.alert.original_event.category":"process","kibana.alert.original_event.kind":"event","kibana.alert.original_time":"2026-01-05T11:00:00.000Z",` +
		`"kibana.alert.reason":"process event with process nc, parent process systemd, by root on web1 created medium alert Tunnel out of a Service.",` +
		`"kibana.alert.risk_score":47,"kibana.alert.rule.author":["Elastic"],"kibana.alert.rule.category":"Event Correlation Rule","kibana.alert.rule.consumer":"siem",` +
		`"kibana.alert.rule.enabled":true,"kibana.alert.rule.from":"now-9m","kibana.alert.rule.interval":"5m","kibana.alert.rule.license":"Elastic License v2",` +
		`"kibana.alert.rule.max_signals":100,"kibana.alert.rule.name":"Tunnel out of a Service","kibana.alert.rule.producer":"siem","kibana.alert.rule.risk_score":47,` +
		`"kibana.alert.rule.rule_id":"77aa","kibana.alert.rule.rule_type_id":"siem.eqlRule","kibana.alert.rule.severity":"medium","kibana.alert.rule.tags":["OS: Linux"],` +
		`"kibana.alert.rule.threat":[{"framework":"MITRE ATT&CK","tactic":{"id":"TA0003","name":"Persistence","reference":"https://attack.mitre.org/tactics/TA0003/"},` +
		`"technique":[{"id":"T1543","name":"Create or Modify System Process","reference":"https://attack.mitre.org/techniques/T1543/"},` +
		`{"id":"T1543.002","name":"Systemd Service","reference":"https://attack.mitre.org/techniques/T1543/002/"}]},` +
		`{"framework":"MITRE ATT&CK","tactic":{"id":"TA0011","name":"Command and Control","reference":"https://attack.mitre.org/tactics/TA0011/"}}],` +
		`"kibana.alert.rule.to":"now","kibana.alert.rule.type":"eql","kibana.alert.rule.uuid":"77aa","kibana.alert.rule.version":"2",` +
		`"kibana.alert.severity":"medium","kibana.alert.status":"active","kibana.alert.uuid":"ID1","kibana.alert.workflow_status":"open","kibana.space_ids":["default"],` +
		`"process.args":["nc","-e"],"process.name":"nc","process.parent.name":"systemd","user.name":"root"}` + "\n"
	got, summary := written(t, Options{Format: "bulk"}, single())
	if got != want || summary != (Summary{Findings: 1, Written: 1}) {
		t.Errorf("%+v\n%s", summary, got)
	}
	if got, _ := written(t, Options{Format: "bulk", Index: "mine"}, single()); !strings.HasPrefix(got, `{"create":{"_id":"ID1","_index":"mine"}}`) {
		t.Errorf("%s", got)
	}
}

// A building block for each event, then the shell: the blocks point to it, it comes from events and blocks, and has what they share.
func TestBulkSequence(t *testing.T) {
	f := tunnelFinding()
	f.Severity, f.RiskScore = "high", 73 // overridden
	text, summary := written(t, Options{Format: "bulk"}, f)
	actions, docs := alerts(t, text)
	if len(docs) != 3 || summary != (Summary{Findings: 1, Written: 3}) {
		t.Fatalf("%+v\n%s", summary, text)
	}
	for i, c := range []struct{ id, blockType, group, index, depth, severity, score, category, args, parents string }{
		{"ID1", "default", "ID2", "0", "1", "medium", "47", "process", "[nc -e sh]", "[map[depth:0 id:0 index:x.json type:event]]"},
		{"ID3", "default", "ID2", "1", "1", "medium", "47", "network", "[sh nc]", "[map[depth:0 id:500 index:x.json type:event]]"},
		{"ID2", "<nil>", "ID2", "<nil>", "2", "high", "73", "<nil>", "[nc sh]", "[map[depth:0 id:0 index:x.json type:event] map[depth:0 id:500 index:x.json type:event] " +
			"map[depth:1 id:ID1 index:.alerts-security.alerts-default rule:77aa type:signal] map[depth:1 id:ID3 index:.alerts-security.alerts-default rule:77aa type:signal]]"},
	} {
		if !strings.Contains(actions[i], `"_id":"`+c.id+`"`) {
			t.Errorf("%d: %s", i, actions[i])
		}
		for name, want := range map[string]string{
			"kibana.alert.uuid": c.id, "kibana.alert.building_block_type": c.blockType, "kibana.alert.group.id": c.group, "kibana.alert.group.index": c.index,
			"kibana.alert.depth": c.depth, "kibana.alert.severity": c.severity, "kibana.alert.risk_score": c.score, "event.category": c.category,
			"process.args": c.args, "kibana.alert.ancestors": c.parents, "host.name": "web1", "event.kind": "signal",
		} {
			if got := fmt.Sprint(docs[i][name]); got != want {
				t.Errorf("%d: %s is %s, not %s", i, name, got, want)
			}
		}
	}
	if at := docs[2]["kibana.alert.original_time"]; at != "2026-01-05T11:00:00.000Z" {
		t.Errorf("the sequence began at %v", at)
	}
	if _, shared := docs[2]["destination.ip"]; shared {
		t.Error("the shell has a field of one event only")
	}
}

func TestBulkRow(t *testing.T) {
	text, _ := written(t, Options{Format: "bulk"}, restartFinding())
	_, docs := alerts(t, text)
	for name, want := range map[string]string{
		"host.name": "[web1]", "user.name": "[root]", "kibana.alert.rule.rule_type_id": "siem.queryRule", "kibana.alert.original_time": "2026-01-05T10:05:00.000Z",
		"spoor.row": "map[count:2 dest:web1 firstTime:2026-01-05T10:00:00 lastTime:2026-01-05T10:05:00 process:[systemctl restart ssh service x restart] process_name:[systemctl service] user:root]",
	} {
		if got := fmt.Sprint(docs[0][name]); got != want {
			t.Errorf("%s is %s", name, got)
		}
	}
	block := tunnel()
	block.BuildingBlock = true
	text, _ = written(t, Options{Format: "bulk"}, New(block, []Row{row("a", 1)}, Evidence{}, nil))
	if _, docs = alerts(t, text); docs[0]["kibana.alert.building_block_type"] != "default" {
		t.Errorf("%s", text)
	}
}

// A technique stands under the tactics that the rule names it for, even if the table has it elsewhere; one that was revoked under those of
// its successor.
func TestThreat(t *testing.T) {
	named := func(ids ...string) (out []rules.Named) {
		for _, id := range ids {
			out = append(out, rules.Named{ID: id})
		}
		return out
	}
	for _, c := range []struct {
		threats []rules.Threat
		want    string
	}{
		{nil, ""},
		{[]rules.Threat{{Techniques: named("T1053.006", "T1086")}}, "TA0002 T1053.006 T1086, TA0003 T1053.006, TA0004 T1053.006"},
		{[]rules.Threat{{Tactic: rules.Named{ID: "TA0011"}, Techniques: named("T1053")}, {Tactic: rules.Named{ID: "TA0003"}, Techniques: named("T1053", "T1543")}, {Tactic: rules.Named{ID: "TA0005"}}},
			"TA0011 T1053, TA0003 T1053 T1543, TA0005"},
	} {
		rule := tunnel()
		rule.Threats = c.threats
		var got []string
		for _, entry := range threat(New(rule, nil, Evidence{}, nil)) {
			text := entry.(alert)["tactic"].(alert)["id"].(string)
			if list, ok := entry.(alert)["technique"].([]any); ok {
				for _, technique := range list {
					text += " " + technique.(alert)["id"].(string)
				}
			}
			got = append(got, text)
		}
		if text := strings.Join(got, ", "); text != c.want {
			t.Errorf("%s, not %s", text, c.want)
		}
	}
}
