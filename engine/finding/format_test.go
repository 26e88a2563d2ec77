package finding

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"spoor/engine/rules"
)

func stream(list ...*Finding) Stream {
	return func(yield func(*Finding, error) bool) {
		for _, f := range list {
			if !yield(f, nil) {
				return
			}
		}
	}
}

var ids = regexp.MustCompile(`[0-9a-f]{64}`)

// written is findings in a format, with a short name in the place of each id.
func written(t *testing.T, o Options, list ...*Finding) (string, Summary) {
	t.Helper()
	var b strings.Builder
	o.Now, o.Version = time.Date(2026, 1, 6, 0, 0, 0, 0, time.UTC), "1.0"
	summary, err := Write(&b, stream(list...), o)
	if err != nil {
		t.Fatal(err)
	}
	seen := []string{}
	return ids.ReplaceAllStringFunc(b.String(), func(id string) string {
		if !slices.Contains(seen, id) {
			seen = append(seen, id)
		}
		return fmt.Sprintf("ID%d", slices.Index(seen, id)+1)
	}), summary
}

// hostile is a finding in whose row, message and file name a log or a folder puts what does harm.
func hostile() *Finding {
	r := restarted()
	r.Risk.Threats = nil
	return New(r, []Row{row("dest", "a\x1b[2J\u202e", "process", "x'; rm -rf ~ #\n=cmd()](http://evil) {0}")}, Evidence{Total: 1,
		Records: []Record{{File: "-rf it's\x1b[2J.log", Offset: 5}}}, nil)
}

// Nothing of a record may reach a terminal as it is, in whatever format.
func TestNothingHidden(t *testing.T) {
	for _, info := range Formats() {
		got, _ := written(t, Options{Format: info.Name, Terminal: true, Wide: true}, hostile())
		for _, r := range got {
			if r < ' ' && r != '\n' || r == 0x7f || r == '\u202e' {
				t.Errorf("%s: %q in %q", info.Name, r, got)
				break
			}
		}
	}
}

func TestDeterministic(t *testing.T) {
	for _, info := range Formats() {
		one, first := written(t, Options{Format: info.Name}, restartFinding(), tunnelFinding(), hostile())
		for range 5 {
			if two, again := written(t, Options{Format: info.Name}, restartFinding(), tunnelFinding(), hostile()); one != two || first != again {
				t.Errorf("%s: %s\n%s", info.Name, one, two)
			}
		}
	}
}

func TestTable(t *testing.T) {
	const want = `Service Restarts: 1 finding (low, risk score 25, Anomaly; T1053.006 Systemd Timers, T1053 Scheduled Task/Job)
 time                     │ hosts │ users │ message                                                             │ record
──────────────────────────┼───────┼───────┼─────────────────────────────────────────────────────────────────────┼────────────────
 2026-01-05T10:05:00.000Z │ web1  │ root  │ systemctl restart ssh, service x restart restarts a service on web1 │ logs/a b.log:3
records: spoor search -q -o raw '_offset IN (100, 900)' 'logs/a b.log'

Tunnel out of a Service: 1 finding (medium, risk score 47, eql; T1543 Create or Modify System Process, T1543.002 Systemd Service)
`
	got, summary := written(t, Options{Format: "table"}, restartFinding(), tunnelFinding())
	if !strings.HasPrefix(got, want) || !strings.HasSuffix(got, "\nrecords: spoor search -q -o raw '_offset IN (0, 500)' x.json\n") {
		t.Errorf("%s", got)
	}
	if summary != (Summary{Findings: 2, Written: 2}) {
		t.Errorf("%+v", summary)
	}
	got, _ = written(t, Options{Format: "table"}, restartFinding(), restartFinding())
	if n := strings.Count(got, "risk score"); n != 2 {
		t.Errorf("rules that are two have %d headings", n)
	}
	same := restartFinding()
	got, _ = written(t, Options{Format: "table"}, same, same)
	if !strings.HasPrefix(got, "Service Restarts: 2 findings (") || strings.Count(got, "records:") != 1 {
		t.Errorf("%s", got)
	}
	if got, _ := written(t, Options{Format: "table"}); got != "" {
		t.Errorf("of nothing: %q", got)
	}
}

func TestCommands(t *testing.T) {
	of := func(file string, offsets ...int64) *Finding {
		f := &Finding{}
		for _, o := range offsets {
			f.Evidence.Records = append(f.Evidence.Records, Record{File: file, Offset: o})
		}
		return f
	}
	many := make([]int64, 103)
	for i := range many {
		many[i] = int64(i)
	}
	for _, c := range []struct {
		findings []*Finding
		want     string
		more     int
	}{
		{nil, "", 0},
		{[]*Finding{of("a.log", 7)}, "spoor search -q -o raw '_offset=7' a.log", 0},
		{[]*Finding{of("a.log", 7, 3), of("b/c.log", 1), of("a.log", 7)}, "spoor search -q -o raw '_offset IN (3, 7)' a.log|spoor search -q -o raw '_offset=1' b/c.log", 0},
		{[]*Finding{of("-", 7), of("", 8)}, "", 0},
		{[]*Finding{of("-rf", 7)}, "spoor search -q -o raw '_offset=7' ./-rf", 0},
		{[]*Finding{of("it's; rm *", 7)}, `spoor search -q -o raw '_offset=7' 'it'\''s; rm *'`, 0},
		{[]*Finding{of("Grüße.log", 7)}, `spoor search -q -o raw '_offset=7' 'Grüße.log'`, 0},
		{[]*Finding{of("a\n'\\\x1b[2J", 7)}, `spoor search -q -o raw '_offset=7' $'a\x0a\'\\\x1b[2J'`, 0},
	} {
		lines, more := Commands(c.findings)
		if got := strings.Join(lines, "|"); got != c.want || more != c.more {
			t.Errorf("%s, %d more\nwant %s", got, more, c.want)
		}
	}
	if lines, more := Commands([]*Finding{of("a.log", many...)}); len(lines) != 1 || more != 3 || strings.Count(lines[0], ",") != 99 {
		t.Errorf("%v, %d more", lines, more)
	}
}

func TestNDJSON(t *testing.T) {
	const first = `{"schema_version":1,"id":"ID1","first":"2026-01-05T10:00:00.000Z","last":"2026-01-05T10:05:00.000Z","severity":"low","risk_score":25,` +
		`"message":"systemctl restart ssh, service x restart restarts a service on web1",` +
		`"rule":{"id":"5b8d","name":"Service Restarts","version":"3","status":"production","type":"Anomaly","language":"SPL","tags":["one"],"references":["https://example.com/a?b=1&c"],"file":"rules/restarts.yml","sha256":"aa11"},` +
		`"attack":{"release":"18.0","tactics":[{"id":"TA0002","name":"Execution"},{"id":"TA0003","name":"Persistence"},{"id":"TA0004","name":"Privilege Escalation"}],` +
		`"techniques":[{"id":"T1053.006","name":"Systemd Timers"},{"id":"T1053","name":"Scheduled Task/Job"}]},` +
		`"entities":{"hosts":["web1"],"users":["root"],"processes":[{"host":"web1","name":"systemctl"},{"host":"web1","name":"service"}]},` +
		`"risk":[{"object":"web1","type":"system","field":"dest","score":25}],` +
		`"threats":[{"object":"systemctl","type":"process","field":"process_name"},{"object":"service","type":"process","field":"process_name"}],` +
		`"row":{"firstTime":"2026-01-05T10:00:00","lastTime":"2026-01-05T10:05:00","process":["systemctl restart ssh","service x restart"],"process_name":["systemctl","service"],"dest":"web1","user":"root","count":2},` +
		`"evidence":{"total":2,"records":[{"file":"logs/a b.log","offset":100,"line":3,"time":"2026-01-05T10:00:00.000Z","host":"web1","record_id":"51","process_guid":"{aa}"},` +
		`{"file":"logs/a b.log","offset":900,"line":7,"time":"2026-01-05T10:05:00.000Z","host":"web1","record_id":"59","process_guid":"{bb}"}]}}` + "\n"
	got, summary := written(t, Options{Format: "ndjson"}, restartFinding(), tunnelFinding())
	line, rest, _ := strings.Cut(got, "\n")
	if line+"\n" != first {
		t.Errorf("%s", line)
	}
	for _, piece := range []string{
		`"events":[{"@timestamp":"2026-01-05T11:00:00.000Z","event.category":"process",`, `"destination.ip":"10.0.0.9","destination.port":443}]`,
		`"processes":[{"host":"web1","id":"{979e27ad-456c-67c5-eda0-9eda1e570000}:101","name":"/usr/bin/nc"}]`,
	} {
		if !strings.Contains(rest, piece) {
			t.Errorf("no %s in %s", piece, rest)
		}
	}
	if summary != (Summary{Findings: 2, Written: 2}) {
		t.Errorf("%+v", summary)
	}
	bare, _ := written(t, Options{Format: "ndjson"}, New(&rules.Rule{Name: "n"}, nil, Evidence{}, nil))
	const nothing = `{"schema_version":1,"id":"ID1","risk_score":0,"message":"event created alert n.","rule":{"name":"n"},"attack":{"release":"18.0","tactics":[],"techniques":[]},` +
		`"entities":{"hosts":[],"users":[],"processes":[]},"evidence":{"total":0,"records":[]}}` + "\n"
	if bare != nothing {
		t.Errorf("%s", bare)
	}
}

// Each field of the objects is described, and each that is described occurs.
func TestSchema(t *testing.T) {
	described := map[string]bool{}
	for _, f := range Schema() {
		described[f.Name] = false
		if f.Doc == "" {
			t.Errorf("%s is not described", f.Name)
		}
	}
	unfilled := restarted()
	unfilled.Risk.Message = "$nosuch$"
	got, _ := written(t, Options{Format: "json"}, remembered(), tunnelFinding(), New(unfilled, []Row{row("a", 1)}, Evidence{}, nil))
	var list []map[string]any
	if err := json.Unmarshal([]byte(got), &list); err != nil || len(list) != 3 {
		t.Fatalf("%v: %s", err, got)
	}
	for _, object := range list {
		for name := range object {
			if _, ok := described[name]; !ok {
				t.Errorf("%s is not described", name)
			}
			described[name] = true
		}
	}
	for name, occurs := range described {
		if !occurs {
			t.Errorf("%s does not occur", name)
		}
	}
}

func TestJSON(t *testing.T) {
	if got, _ := written(t, Options{Format: "json"}); got != "[]\n" {
		t.Errorf("%q", got)
	}
}

func TestCSV(t *testing.T) {
	const head = "id,first,last,rule_id,rule_name,version,status,type,severity,risk_score,tactics,techniques,hosts,users,processes,message,references,rule_file,rule_sha256,evidence,evidence_total,rows,fingerprint,history_status,seen\n"
	const want = head + `ID1,2026-01-05T10:00:00.000Z,2026-01-05T10:05:00.000Z,5b8d,Service Restarts,3,production,Anomaly,low,25,"Execution
Persistence
Privilege Escalation","T1053.006 Systemd Timers
T1053 Scheduled Task/Job",web1,root,"systemctl
service","systemctl restart ssh, service x restart restarts a service on web1",https://example.com/a?b=1&c,rules/restarts.yml,aa11,"logs/a b.log:3
logs/a b.log:7",2,"{""firstTime"":""2026-01-05T10:00:00"",""lastTime"":""2026-01-05T10:05:00"",""process"":[""systemctl restart ssh"",""service x restart""],""process_name"":[""systemctl"",""service""],""dest"":""web1"",""user"":""root"",""count"":2}",,,
`
	if got, _ := written(t, Options{Format: "csv"}, restartFinding()); got != want {
		t.Errorf("%s", got)
	}
	formula := New(restarted(), []Row{row("dest", "=cmd()")}, Evidence{}, nil)
	if got, _ := written(t, Options{Format: "csv", CSVSafe: true}, formula); !strings.Contains(got, ",'=cmd(),") {
		t.Errorf("%s", got)
	}
}

func TestHEC(t *testing.T) {
	const want = `{"time":1767607500,"host":"web1","source":"ESCU - Service Restarts - Rule","sourcetype":"stash","index":"risk","event":{` +
		`"analyticstories":["Linux Persistence"],"annotations.mitre_attack":["T1053.006","T1053"],"annotations.mitre_attack.mitre_tactic":["execution","persistence","privilege-escalation"],` +
		`"annotations.mitre_attack.mitre_technique":["Systemd Timers","Scheduled Task/Job"],"annotations.mitre_attack.mitre_technique_id":["T1053.006","T1053"],` +
		`"contributing_events_search":"| savedsearch \"ESCU - Service Restarts - Rule\" | search dest=\"web1\"",` +
		`"risk_message":"systemctl restart ssh, service x restart restarts a service on web1","risk_object":"web1","risk_object_type":"system","risk_score":25,` +
		`"search_name":"ESCU - Service Restarts - Rule","spoor_finding_id":"ID1","threat_object":["systemctl","service"],"threat_object_type":["process","process"]}}` + "\n"
	got, summary := written(t, Options{Format: "hec"}, restartFinding())
	if got != want || summary != (Summary{Findings: 1, Written: 1}) {
		t.Errorf("%+v\n%s", summary, got)
	}
	got, summary = written(t, Options{Format: "hec"}, tunnelFinding(), New(restarted(), []Row{row("src", "a")}, Evidence{}, nil))
	if n := strings.Count(got, "\n"); n != 2 || summary != (Summary{Findings: 2, Written: 2, Without: 1}) {
		t.Errorf("%+v\n%s", summary, got)
	}
	for _, piece := range []string{`"source":"Tunnel out of a Service"`, `"risk_object":"web1","risk_object_type":"system","risk_score":47`, `"risk_object":"root","risk_object_type":"user","risk_score":47`} {
		if !strings.Contains(got, piece) {
			t.Errorf("no %s in %s", piece, got)
		}
	}
	quotes, _ := written(t, Options{Format: "hec"}, New(restarted(), []Row{row("dest", `a" | delete "\`)}, Evidence{}, nil))
	if !strings.Contains(quotes, `search dest=\"a\\\" | delete \\\"\\\\\"`) {
		t.Errorf("%s", quotes)
	}
}

func TestTimesketch(t *testing.T) {
	const want = `{"message":"systemctl restart ssh, service x restart restarts a service on web1","datetime":"2026-01-05T10:05:00.000Z","timestamp_desc":"Last of what was found",` +
		`"tag":["spoor","T1053.006","T1053"],"data_type":"spoor:finding","finding_id":"ID1","rule_name":"Service Restarts","rule_id":"5b8d","severity":"low","risk_score":25,` +
		`"hostname":"web1","username":"root","attack_techniques":"T1053.006 Systemd Timers, T1053 Scheduled Task/Job","attack_tactics":"Execution, Persistence, Privilege Escalation",` +
		`"evidence":"logs/a b.log:3, logs/a b.log:7","rows":[{"firstTime":"2026-01-05T10:00:00","lastTime":"2026-01-05T10:05:00",` +
		`"process":["systemctl restart ssh","service x restart"],"process_name":["systemctl","service"],"dest":"web1","user":"root","count":2}]}` + "\n"
	if got, _ := written(t, Options{Format: "timesketch"}, restartFinding()); got != want {
		t.Errorf("%s", got)
	}
	timeless, _ := written(t, Options{Format: "timesketch"}, New(restarted(), []Row{row("dest", "a")}, Evidence{}, nil))
	if !strings.Contains(timeless, `"datetime":"2026-01-06T00:00:00.000Z","timestamp_desc":"Time of the detection"`) {
		t.Errorf("%s", timeless)
	}
}

func TestWriteStops(t *testing.T) {
	broken := errors.New("broken")
	for _, info := range Formats() {
		var b strings.Builder
		_, err := Write(&b, func(yield func(*Finding, error) bool) {
			_ = yield(restartFinding(), nil) && yield(nil, broken) && yield(restartFinding(), nil)
		}, Options{Format: info.Name})
		if !errors.Is(err, broken) {
			t.Errorf("%s: %v", info.Name, err)
		}
		if _, err := Write(full{}, stream(restartFinding(), tunnelFinding()), Options{Format: info.Name}); !errors.Is(err, errFull) {
			t.Errorf("%s: %v", info.Name, err)
		}
	}
}

var errFull = errors.New("disk full")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestFormatNames(t *testing.T) {
	if err := Check("hec"); err != nil {
		t.Error(err)
	}
	if err := Check("tabel"); err == nil || !strings.Contains(err.Error(), "did you mean `table`") {
		t.Errorf("%v", err)
	}
	for file, want := range map[string]string{"a.JSON": "json", "a.jsonl": "ndjson", "a.csv": "csv", "x/a.sarif": "sarif", "a": "", "sarif": ""} {
		if got := Formats().ForFile(file); got != want {
			t.Errorf("%s: %q", file, got)
		}
	}
	if got, _ := written(t, Options{}, restartFinding()); !strings.HasPrefix(got, `{"schema_version":1`) {
		t.Errorf("%s", got)
	}
	if got, _ := written(t, Options{Terminal: true}, restartFinding()); !strings.HasPrefix(got, "Service Restarts: 1 finding") {
		t.Errorf("%s", got)
	}
}
