package input

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"spoor/engine/column"
	"spoor/grammar/source"
)

// text is an input that holds s.
func text(t testing.TB, s string) Inputs {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.log")
	if err := os.WriteFile(path, []byte(s), 0o600); err != nil {
		t.Fatal(err)
	}
	return Inputs{{Path: path, Size: int64(len(s))}}
}

// flat is a flat JSON event of Sysmon.
func flat(id int, number int, utc, system, rest string) string {
	s := fmt.Sprintf(`{"EventID":"%d","Channel":"Linux-Sysmon/Operational","Computer":"web1","EventRecordID":"%d"`, id, number)
	if system != "" {
		s += `,"SystemTime":"` + system + `"`
	}
	if utc != "" {
		s += `,"UtcTime":"` + utc + `"`
	}
	return s + `,"Image":"/bin/sh"` + rest + "}\n"
}

func TestExtraColumns(t *testing.T) {
	sysmon := flat(1, 7, "2025-03-20 07:23:00.837", "2025-03-20T07:23:00.832926000Z", "")
	drifted := flat(5, 8, "2025-03-19 07:23:00.837", "2025-03-20T07:23:00.832926000Z", "")
	timeless := flat(5, 9, "", "", "")
	ecs := `{"@timestamp":"2025-03-20T08:00:00Z","event":{"category":["process"]},"process":{"name":"sh","args":["a","b"]},"host":{"hostname":"db1"}}` + "\n"
	hec := `{"time":1742455380.5,"host":"outer","sourcetype":"my:type","source":"my source","event":"<Event><System><Provider Name=\"Linux-Sysmon\"/><EventID>5</EventID></System><EventData><Data Name=\"Image\">/bin/x</Data></EventData></Event>"}` + "\n"
	in := text(t, sysmon+drifted+timeless+ecs+hec)
	s := New(in, Config{Demand: Demand{Fields: []string{"_time", "_raw", "host", "source", "sourcetype", "_file", "_offset", "Image", "process.args", "nosuch", column.Position}}})
	got := rowsOf(t, s, 1, "_time", "host", "source", "sourcetype", "_offset", "Image", "process.args", "nosuch")
	at := func(lines ...string) int { return len(strings.Join(lines, "")) }
	want := []string{
		"sysmon/1|1742455380.837|web1|Syslog:Linux-Sysmon/Operational|sysmon:linux|0|/bin/sh||",
		fmt.Sprintf("sysmon/5|1742455380.832926|web1|Syslog:Linux-Sysmon/Operational|sysmon:linux|%d|/bin/sh||", at(sysmon)),
		fmt.Sprintf("sysmon/5||web1|Syslog:Linux-Sysmon/Operational|sysmon:linux|%d|/bin/sh||", at(sysmon, drifted)),
		fmt.Sprintf("ecs/process|1742457600|db1|elastic_defend|elastic:endpoint|%d||a b|", at(sysmon, drifted, timeless)),
		fmt.Sprintf("sysmon/5|1742455380.5|outer|my source|my:type|%d|/bin/x||", at(sysmon, drifted, timeless, ecs)),
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	raw := rowsOf(t, New(in, Config{Demand: Demand{Fields: []string{"_raw", "_file", column.Position}}}), 1, "_raw", "_file")
	if want := "sysmon/1|" + strings.TrimSpace(sysmon) + "|" + in[0].Path; raw[0] != want {
		t.Errorf("got %q, want %q", raw[0], want)
	}
}

func TestTypesAndKinds(t *testing.T) {
	in := text(t, flat(1, 7, "2025-03-20 07:23:00.837", "", `,"ProcessId":"12","LogonId":"0x3e7"`)+flat(3, 8, "2025-03-20 07:23:00.837", "", `,"DestinationPort":"443","Initiated":"TRUE"`)+flat(5, 9, "", "", ""))
	s := New(in, Config{Demand: Demand{
		Kinds:  map[string][]string{"sysmon/1": {"ProcessId", "LogonId"}, "sysmon/3": {"DestinationPort", "Initiated"}},
		Fields: []string{column.Position},
		Types:  map[string]column.Kind{"ProcessId": column.Int, "LogonId": column.Int, "DestinationPort": column.Float, "Initiated": column.Bool},
	}})
	seen := map[string][]column.Value{}
	schema := map[string][]string{}
	err := s.Run(t.Context(), []Consumer{func(kind string, b *column.Batch) (bool, error) {
		seen[kind], schema[kind] = b.Row(0), b.Schema.Visible()
		return false, nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	if got := seen["sysmon/1"]; !column.Equal(got[1], column.Integer(12)) || !got[2].IsNull() {
		t.Errorf("got %v", got)
	}
	if got := seen["sysmon/3"]; !column.Equal(got[1], column.Integer(443)) || !column.Equal(got[2], column.Boolean(true)) {
		t.Errorf("got %v", got)
	}
	if want := []string{"ProcessId", "LogonId"}; !slices.Equal(schema["sysmon/1"], want) || len(seen) != 2 {
		t.Errorf("got schemas %v", schema)
	}
	if l := s.Ledger().Total; l.Unwanted != 1 || l.Events() != 2 {
		t.Errorf("got %+v", l)
	}
}

func TestAll(t *testing.T) {
	in := text(t, flat(1, 7, "2025-03-20 07:23:00.837", "", "")+flat(1, 8, "2025-03-20 07:23:00.837", "", `,"Hashes":"-"`))
	var names []string
	var hashes []column.Value
	err := New(in, Config{Demand: Demand{All: true}}).Run(t.Context(), []Consumer{func(_ string, b *column.Batch) (bool, error) {
		names, hashes = b.Schema.Names, column.ToValues(b.Col("Hashes"))
		return false, nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range append(slices.Clone(extras), "Image", "EventID", "UtcTime", "Hashes") {
		if !slices.Contains(names, n) {
			t.Errorf("%q is not among %q", n, names)
		}
	}
	if slices.Contains(names, "host.name") || len(hashes) != 2 || !hashes[0].IsNull() || hashes[1].Text() != "-" {
		t.Errorf("got %q and hashes %v", names, hashes)
	}
}

func TestWindow(t *testing.T) {
	second := func(s int) string { return fmt.Sprintf("2025-03-20 07:23:%02d.000", s) }
	var log string
	for i := range 10 {
		log += flat(5, i, second(9-i), "", "")
	}
	log += flat(5, 10, "", "", "")
	at := func(s int) int64 { ns, _ := parseTime([]byte(second(s))); return ns }
	for _, c := range []struct {
		earliest, latest int64
		rows             int
		outside, noTime  int64
	}{
		{Beginning, End, 11, 0, 0}, {0, 0, 11, 0, 0}, {at(2), at(5), 3, 7, 1}, {at(9), End, 1, 9, 1}, {Beginning, at(0), 0, 10, 1},
	} {
		s := New(text(t, log), Config{Demand: Demand{Fields: []string{column.Position}, Earliest: c.earliest, Latest: c.latest}})
		rows := rowsOf(t, s, 1)
		l := s.Ledger().Total
		if len(rows) != c.rows || l.OutOfWindow != c.outside || l.NoTime != c.noTime || l.First != Moment(at(0)) || l.Last != Moment(at(9)) || l.Events() != 11 {
			t.Errorf("%+v: got %d rows and %+v", c, len(rows), l)
		}
	}
	if ns, ok, err := Newest(t.Context(), text(t, log), 2); ns != at(9) || !ok || err != nil {
		t.Errorf("newest: got %d %v %v", ns, ok, err)
	}
	if _, ok, err := Newest(t.Context(), text(t, "nothing\n"), 2); ok || err != nil {
		t.Errorf("newest of nothing: got %v %v", ok, err)
	}
	if _, _, err := Newest(t.Context(), Inputs{{Path: "-", Size: -1, Stream: strings.NewReader("")}}, 1); err == nil {
		t.Error("newest of a pipe: no error")
	}
}

func TestDuplicates(t *testing.T) {
	var log string
	for i := range 30 {
		log += flat(5, i%20, "2025-03-20 07:23:00.000", "", "") + flat(5, i%20, "2025-03-20 07:23:00.001", "", "")
	}
	log += strings.Repeat("<Event><System><Provider Name=\"Linux-Sysmon\"/><EventID>5</EventID></System></Event>\n", 2)
	for _, unique := range []bool{false, true} {
		var warned []string
		s := New(text(t, log), Config{Demand: Demand{Fields: []string{"_offset", column.Position}}, Unique: unique, BlockSize: 200,
			Warn: func(d *source.Diagnostic) { warned = append(warned, d.Code) }})
		rows := rowsOf(t, s, 3, "_offset")
		want := map[bool]int{false: 62, true: 42}[unique]
		if n := s.Ledger().Total.Duplicates; len(rows) != want || n != 20 {
			t.Errorf("unique %v: %d rows, %d duplicates", unique, len(rows), n)
		}
		if unique && (rows[38] != fmt.Sprint("sysmon/5|", strings.Index(log, flat(5, 19, "2025-03-20 07:23:00.000", "", ""))) || len(warned) != 0) {
			t.Errorf("unique: kept %q, warned %q", rows[38], warned)
		}
		if !unique && !slices.Equal(warned, []string{"duplicates"}) {
			t.Errorf("warned %q", warned)
		}
	}
}

func TestDriftNamesSomeHosts(t *testing.T) {
	hosts := map[string]drift{}
	for i := range named + 2 {
		hosts[fmt.Sprintf("web%02d", i)] = drift{events: enough, wrong: enough}
		switch message := drifted(hosts)[0].Message; {
		case i < named && strings.Contains(message, "more host"):
			t.Errorf("%d hosts: %s", i+1, message)
		case i == named && !strings.HasSuffix(message, "web09 (3 of 3 events) and 1 more host"):
			t.Error(message)
		case i > named && !strings.HasSuffix(message, "web09 (3 of 3 events) and 2 more hosts"):
			t.Error(message)
		}
	}
}

func TestClockDrift(t *testing.T) {
	right, wrong := "2025-03-20T07:23:00.1Z", "2025-03-20T07:24:01.1Z"
	for _, c := range []struct {
		name  string
		id    int
		times []string
		want  int
	}{
		{"most are wrong", 5, []string{wrong, right, wrong}, 1},
		{"most are right", 5, []string{wrong, right, right}, 0},
		{"too few", 5, []string{wrong, wrong}, 0},
		{"process starts do not count", 1, []string{wrong, wrong, wrong}, 0},
	} {
		var log string
		for i, system := range c.times {
			log += flat(c.id, i, "2025-03-20 07:23:00.000", system, "")
		}
		var warned []*source.Diagnostic
		s := New(text(t, log), Config{Demand: Demand{Fields: []string{column.Position}}, Warn: func(d *source.Diagnostic) { warned = append(warned, d) }})
		rowsOf(t, s, 2)
		if len(warned) != c.want || c.want == 1 && (warned[0].Code != "clock-drift" || !strings.Contains(warned[0].Message, "web1 (2 of 3 events)")) {
			t.Errorf("%s: warned %v", c.name, warned)
		}
	}
}

func TestLedgerNumbers(t *testing.T) {
	log := "\n" + flat(1, 1, "2025-03-20 07:23:00.000", "", "") + "Nov 24 08:30:01 h sshd[1]: hello\n" + "Nov 24 08:30:01 h sysmon[3]: Running...\n" +
		`{"__REALTIME_TIMESTAMP":"1652292620399931","SYSLOG_IDENTIFIER":"sysmon","MESSAGE":null}` + "\n" +
		"Nov 24 h sysmon: <Event><System><Provider Name=\"Linux-Sysmon\"/><EventID>5</EventID></System><EventData><Data Name=\"Image\">/bin/x\n" +
		"type=EXECVE msg=audit(1604994496.155:92733): argc=1\n" + `{"EventID":"1","Chan`
	s := New(text(t, log), Config{Demand: Demand{Fields: []string{column.Position}}})
	rowsOf(t, s, 2)
	l := s.Ledger()
	c := l.Total
	if c.Blank != 1 || c.Kinds["sysmon/1"] != 1 || c.Kinds["sysmon/5"] != 1 || c.Salvaged != 1 || c.Other != 1 || c.Banner != 1 || c.Lost != 1 || c.Unfinished != 1 || c.Unsupported["auditd"] != 1 {
		t.Errorf("got %+v", c)
	}
	if c.Records != 8 || c.Records != c.sum() || c.Bytes != int64(len(log)) || c.LostHint == "" {
		t.Errorf("got %+v", c)
	}
	b, err := json.Marshal(l)
	if err != nil || !strings.Contains(string(b), `"first":"2025-03-20T07:23:00.000Z"`) {
		t.Errorf("got %s, %v", b, err)
	}
}

func TestUnreadablePlaces(t *testing.T) {
	log := strings.Repeat("x\n", 10) + strings.Repeat("bad\n<Event>\nid=1\n</Event>\n", 10)
	for _, workers := range []int{1, 4} {
		for _, in := range []Inputs{text(t, log), {{Path: "-", Size: -1, Stream: strings.NewReader(log)}}} {
			s := New(in, plainConfig(Config{Demand: Demand{Fields: []string{column.Position}}, BlockSize: 64}))
			rowsOf(t, s, workers)
			f := s.Ledger().Files[0]
			var lines []int64
			for _, p := range f.Places {
				lines = append(lines, p.Line)
			}
			if want := []int64{11, 15, 19, 23, 27}; f.Unreadable != 10 || !slices.Equal(lines, want) || f.Places[0].Note != "bad record" {
				t.Errorf("%s: %d unreadable, at %v", in[0].Path, f.Unreadable, f.Places)
			}
		}
	}
}

func TestKindsAreBounded(t *testing.T) {
	var log strings.Builder
	for i := range 3 * kinds {
		log.WriteString(flat(1000+i, i, "2025-03-20 07:23:00.000", "", ""))
	}
	s := New(text(t, log.String()), Config{Demand: Demand{Fields: []string{column.Position}}})
	rows := rowsOf(t, s, 1)
	if n := len(s.Ledger().Total.Kinds); len(rows) != 3*kinds || n != kinds+1 {
		t.Errorf("%d rows of %d kinds", len(rows), n)
	}
}

// JSON that nobody knows is read only for those who ask for it.
func TestAnyJSON(t *testing.T) {
	log := `{"@timestamp":"2025-03-20T07:23:00Z","host":{"name":"web1"},"login":{"user":"ann","groups":["a","b"]}}` + "\n" + flat(5, 7, "2025-03-20 07:23:00.837", "", "")
	for _, c := range []struct {
		asked bool
		want  []string
	}{{false, []string{"sysmon/5|web1|1742455380.837||"}}, {true, []string{"json|web1|1742455380|ann|a b", "sysmon/5|web1|1742455380.837||"}}} {
		demand := Demand{JSON: c.asked, Fields: []string{"host", "_time", "login.user", "login.groups", column.Position}}
		s := New(text(t, log), Config{Demand: demand})
		if got := rowsOf(t, s, 1, "host", "_time", "login.user", "login.groups"); !slices.Equal(got, c.want) {
			t.Errorf("asked %v: got %q, want %q", c.asked, got, c.want)
		}
	}
}
