package finding

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"spoor/engine/column"
	"spoor/engine/rules"
)

// row is a row of names and values, one after another.
func row(pairs ...any) Row {
	var r Row
	for i := 0; i < len(pairs); i += 2 {
		r.Names = append(r.Names, pairs[i].(string))
		r.Values = append(r.Values, value(pairs[i+1]))
	}
	return r
}

func value(x any) column.Value {
	switch x := x.(type) {
	case string:
		return column.Str(x)
	case int:
		return column.Integer(int64(x))
	case float64:
		return column.Real(x)
	case time.Time:
		return column.Nanos(x.UnixNano())
	case []string:
		items := make([]column.Value, len(x))
		for i, s := range x {
			items[i] = column.Str(s)
		}
		return column.Multi(items)
	}
	return column.Value{}
}

func at(clock string) time.Time {
	t, err := time.Parse("15:04:05", clock)
	if err != nil {
		panic(err)
	}
	return time.Date(2026, 1, 5, t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
}

// restarted is a rule of security_content.
func restarted() *rules.Rule {
	return &rules.Rule{
		ID: "5b8d", Name: "Service Restarts", Version: "3", Status: "production", Type: "Anomaly", Format: rules.SecurityContent, Language: rules.SPL,
		Description: "Somebody restarts a service.", File: "rules/restarts.yml", SHA256: "aa11", Severity: "low", RiskScore: 25,
		Risk: rules.Risk{
			Creates: true, Impact: 50, Confidence: 50, Message: "$process$ restarts a service on $dest$",
			Objects: []rules.RiskObject{{Field: "dest", Type: "system", Score: 25}},
			Threats: []rules.ThreatObject{{Field: "process_name", Type: "process"}},
		},
		Threats: []rules.Threat{{Techniques: []rules.Named{{ID: "T1053.006"}, {ID: "T1053"}}}},
		Stories: []string{"Linux Persistence"}, Tags: []string{"one"}, References: []string{"https://example.com/a?b=1&c"},
	}
}

// tunnel is a rule of Elastic's.
func tunnel() *rules.Rule {
	return &rules.Rule{
		ID: "77aa", Name: "Tunnel out of a Service", Version: "2", Status: "production", Type: "eql", Format: rules.Elastic, Language: rules.EQL,
		File: "rules/tunnel.toml", SHA256: "bb22", Severity: "medium", RiskScore: 47, MaxSignals: 100, Enabled: true,
		Schedule: rules.Schedule{Interval: "5m", Earliest: "now-9m", Latest: "now"},
		Tags:     []string{"OS: Linux"}, Authors: []string{"Elastic"}, License: "Elastic License v2",
		Threats: []rules.Threat{
			{Tactic: rules.Named{ID: "TA0003", Name: "Persistence"}, Techniques: []rules.Named{{ID: "T1543", Name: "Create or Modify System Process"}, {ID: "T1543.002", Name: "Systemd Service"}}},
			{Tactic: rules.Named{ID: "TA0011", Name: "Command and Control"}},
		},
	}
}

func restartFinding() *Finding {
	return New(restarted(), []Row{row(
		"firstTime", "2026-01-05T10:00:00", "lastTime", "2026-01-05T10:05:00",
		"process", []string{"systemctl restart ssh", "service x restart"}, "process_name", []string{"systemctl", "service"},
		"dest", "web1", "user", "root", "count", 2,
	)}, Evidence{Total: 2, Records: []Record{
		{File: "logs/a b.log", Offset: 100, Line: 3, Time: at("10:00:00").UnixNano(), Host: "web1", RecordID: "51", ProcessGUID: "{aa}"},
		{File: "logs/a b.log", Offset: 900, Line: 7, Time: at("10:05:00").UnixNano(), Host: "web1", RecordID: "59", ProcessGUID: "{bb}"},
	}}, nil)
}

func tunnelFinding() *Finding {
	return New(tunnel(), []Row{
		row("@timestamp", at("11:00:00"), "event.category", "process", "event.action", "exec", "host.name", "web1", "host.id", "w-1", "user.name", "root",
			"process.entity_id", "{979e27ad-456c-67c5-eda0-9eda1e570000}:101", "process.executable", "/usr/bin/nc", "process.name", "nc", "process.args", []string{"nc", "-e", "sh"}),
		row("@timestamp", at("11:00:02"), "event.category", "network", "event.action", "connection_attempted", "host.name", "web1", "host.id", "w-1", "user.name", "root",
			"process.entity_id", "{979e27ad-456c-67c5-eda0-9eda1e570000}:101", "process.executable", "/usr/bin/nc", "process.name", "nc", "process.args", []string{"sh", "nc"}, "destination.ip", "10.0.0.9", "destination.port", 443),
	}, Evidence{Total: 2, Records: []Record{{File: "x.json", Offset: 0, Line: 1}, {File: "x.json", Offset: 500, Line: 2}}}, nil)
}

func TestNew(t *testing.T) {
	f := restartFinding()
	if f.Message != "systemctl restart ssh, service x restart restarts a service on web1" || f.Unfilled != nil {
		t.Errorf("message %q, %v", f.Message, f.Unfilled)
	}
	if got := strings.Join(f.tactics(), ", "); got != "Execution, Persistence, Privilege Escalation" {
		t.Errorf("tactics %s", got)
	}
	if got := strings.Join(f.techniques(), ", "); got != "T1053.006 Systemd Timers, T1053 Scheduled Task/Job" {
		t.Errorf("techniques %s", got)
	}
	if f.First != at("10:00:00").UnixNano() || f.Last != at("10:05:00").UnixNano() {
		t.Errorf("from %d to %d", f.First, f.Last)
	}
	g := tunnelFinding()
	if got := strings.Join(g.tactics(), ", "); got != "Persistence, Command and Control" || len(g.Techniques) != 2 {
		t.Errorf("tactics %s, techniques %v", got, g.Techniques)
	}
	if g.Message != "event with process nc, by root on web1 created medium alert Tunnel out of a Service." || !g.Sequence() {
		t.Errorf("message %q", g.Message)
	}
	if g.First != at("11:00:00").UnixNano() || g.Last != at("11:00:02").UnixNano() {
		t.Errorf("from %d to %d", g.First, g.Last)
	}
}

func TestIdentity(t *testing.T) {
	f := restartFinding()
	if again := restartFinding(); len(f.ID) != 64 || f.ID != again.ID {
		t.Errorf("%s and %s", f.ID, again.ID)
	}
	seen := map[string]string{f.ID: "the same"}
	for what, change := range map[string]func(*rules.Rule, *Row, *Evidence){
		"another rule":   func(r *rules.Rule, _ *Row, _ *Evidence) { r.ID = "5b8e" },
		"another value":  func(_ *rules.Rule, x *Row, _ *Evidence) { x.Values[4] = column.Str("web2") },
		"another column": func(_ *rules.Rule, x *Row, _ *Evidence) { x.Names[4] = "host" },
		"another record": func(_ *rules.Rule, _ *Row, e *Evidence) { e.Records[1].Offset = 901 },
	} {
		g := restartFinding()
		rule, x, e := *g.Rule, g.Rows[0], g.Evidence
		x.Names, x.Values = slices.Clone(x.Names), slices.Clone(x.Values)
		change(&rule, &x, &e)
		id := New(&rule, []Row{x}, e, nil).ID
		if old, dup := seen[id]; dup {
			t.Errorf("%s: the id of %s", what, old)
		}
		seen[id] = what
	}
}

func TestFill(t *testing.T) {
	fields := map[string][]string{
		"dest": {"web1"}, "user": {"root", "bob"}, "empty": nil, "PSWA Host": {"h"}, "a.b{}.c": {"deep"}, "odd": {"$dest$"}, "result.own": {"r"},
	}
	field := func(name string) ([]string, bool) { v, ok := fields[name]; return v, ok }
	for _, c := range []struct{ message, want, unfilled string }{
		{"plain", "plain", ""},
		{"on $dest$", "on web1", ""},
		{"$user$ on $dest$.", "root, bob on web1.", ""},
		{"[$result.dest$]", "[web1]", ""},
		{"$result.own$", "r", ""},
		{"by $empty$!", "by !", ""},
		{"$PSWA Host$", "h", ""},
		{"$a.b{}.c$", "deep", ""},
		{"no $nosuch$ and $nosuch$ here", "no $nosuch$ and $nosuch$ here", "nosuch"},
		{"$Dest$ has another case", "$Dest$ has another case", "Dest"},
		{"a service on $dest", "a service on $dest", ""},
		{"costs $5 and $10 on $dest$", "costs $5 and $10 on web1", ""},
		{"$$", "$$", ""},
		{"values are not read again: $odd$", "values are not read again: $dest$", ""},
		{"$dest$$user$", "web1root, bob", ""},
		{"$x y$dest$", "$x yweb1", ""},
	} {
		got, unfilled := Fill(c.message, field)
		if got != c.want || strings.Join(unfilled, " ") != c.unfilled {
			t.Errorf("%q: %q, unfilled %v", c.message, got, unfilled)
		}
	}
	if got := Tokens("$a$ on $b$ by $a$ and $c"); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("tokens %v", got)
	}
}

// Whatever a message is: without fields it stays as it is, and with all of them no dollar is left but one that has no partner.
func TestFillAnything(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		var b strings.Builder
		for range random.IntN(30) {
			b.WriteByte("$$$ab.5 {}\xff"[random.IntN(11)])
		}
		message := b.String()
		same, _ := Fill(message, func(string) ([]string, bool) { return nil, false })
		filled, left := Fill(message, func(string) ([]string, bool) { return []string{"x"}, true })
		if same != message || len(left) > 0 || strings.Count(filled, "$") != strings.Count(message, "$")%2 {
			t.Fatalf("%q: %q without fields, %q with all", message, same, filled)
		}
	}
}

func TestOverride(t *testing.T) {
	r := tunnel()
	r.NameField = "message"
	r.SeverityBy = []rules.Mapping{{Field: "event.severity", Operator: "equals", Value: "21", Result: "low"}, {Field: "event.severity", Operator: "equals", Value: "73", Result: "high"}}
	r.RiskScoreBy = []rules.Mapping{{Field: "event.risk_score", Operator: "equals"}}
	for _, c := range []struct {
		row            Row
		name, severity string
		score          float64
	}{
		{row("message", "Malware found", "event.severity", 73, "event.risk_score", 99), "Malware found", "high", 99},
		{row("event.severity", 21), "Tunnel out of a Service", "low", 47},
		{row("event.severity", []string{"73", "21"}), "Tunnel out of a Service", "high", 47},
		{row("event.severity", 1, "event.risk_score", 101), "Tunnel out of a Service", "medium", 47},
		{row("event.risk_score", "much"), "Tunnel out of a Service", "medium", 47},
	} {
		f := New(r, []Row{c.row}, Evidence{}, nil)
		if f.Name != c.name || f.Severity != c.severity || f.RiskScore != c.score {
			t.Errorf("%v: %s, %s, %v", c.row, f.Name, f.Severity, f.RiskScore)
		}
	}
}

func TestWhen(t *testing.T) {
	tokyo := time.FixedZone("", 9*3600)
	for _, c := range []struct {
		name        string
		rows        []Row
		evidence    []Record
		first, last string // clock times in UTC
	}{
		{"an event", []Row{row("_time", at("10:00:00"))}, nil, "10:00:00", "10:00:00"},
		{"seconds", []Row{row("firstTime", float64(at("10:00:00").Unix()), "lastTime", "1767607500")}, nil, "10:00:00", "10:05:00"},
		{"with a zone", []Row{row("firstTime", "2026-01-05T10:00:00+01:00", "lastTime", "2026-01-05T10:00:00Z")}, nil, "09:00:00", "10:00:00"},
		{"as security_content writes", []Row{row("firstTime", "2026-01-05T19:00:00", "lastTime", "2026-01-05T19:01:00")}, nil, "10:00:00", "10:01:00"},
		{"as ctime writes", []Row{row("firstTime", "01/05/2026 19:00:00")}, nil, "10:00:00", "10:00:00"},
		{"the rows rather than the records", []Row{row("_time", at("10:00:00"))}, []Record{{Time: at("12:00:00").UnixNano()}}, "10:00:00", "10:00:00"},
		{"the records", []Row{row("count", 3)}, []Record{{Time: at("12:00:00").UnixNano()}, {}, {Time: at("11:00:00").UnixNano()}}, "11:00:00", "12:00:00"},
		{"a sequence", []Row{row("@timestamp", at("10:00:00")), row("@timestamp", at("10:00:09"))}, nil, "10:00:00", "10:00:09"},
		{"no time", []Row{row("firstTime", "soon", "count", 1)}, nil, "", ""},
	} {
		first, last := when(c.rows, Evidence{Records: c.evidence}, tokyo)
		clock := func(ns int64) string {
			if ns == 0 {
				return ""
			}
			return time.Unix(0, ns).UTC().Format("15:04:05")
		}
		if clock(first) != c.first || clock(last) != c.last {
			t.Errorf("%s: %s to %s", c.name, clock(first), clock(last))
		}
	}
}

func TestRevokedTechnique(t *testing.T) {
	r := restarted()
	r.Threats = []rules.Threat{{Techniques: []rules.Named{{ID: "T1574.002"}, {ID: "T1086", Name: "PowerShell"}, {ID: "T9999"}}}}
	f := New(r, nil, Evidence{}, nil)
	if got := strings.Join(f.techniques(), ", "); got != "T1574.002 DLL Side-Loading (now T1574.001 DLL), T1086 PowerShell (now T1059.001 PowerShell), T9999" {
		t.Error(got)
	}
	text, _ := written(t, Options{Format: "ndjson"}, f)
	if !strings.Contains(text, `"techniques":[{"id":"T1574.002","name":"DLL Side-Loading","revoked_by":"T1574.001"},{"id":"T1086","name":"PowerShell","revoked_by":"T1059.001"},{"id":"T9999"}]`) {
		t.Error(text)
	}
}

// Logs decide how many values a row has.
func TestManyValues(t *testing.T) {
	many := make([]string, 20_000)
	for i := range many {
		many[i] = "host-" + strconv.Itoa(i)
	}
	for _, r := range []*rules.Rule{restarted(), tunnel()} {
		x := row("dest", many, "process", many, "process_name", many, "user", many, "host.name", many, "user.name", many, "process.name", many, "process.entity_id", many)
		f := New(r, []Row{x, x}, Evidence{}, nil)
		if len(f.Entities.Hosts) != len(many) || len(f.Risk) < len(many) || len(f.Entities.Processes) != len(many) {
			t.Errorf("%d hosts, %d risk events, %d processes", len(f.Entities.Hosts), len(f.Risk), len(f.Entities.Processes))
		}
		var v View
		v.Add(f)
		if got := len(v.Scores()); got != 3*len(many) {
			t.Errorf("%d scores", got)
		}
	}
}
