package format

import (
	"bytes"
	"strings"
	"testing"
)

func TestOutcomes(t *testing.T) {
	windows := strings.ReplaceAll(strings.ReplaceAll(x, "Linux-Sysmon/", "Microsoft-Windows-Sysmon/"), "Linux-Sysmon", "Microsoft-Windows-Sysmon")
	cut := func(behind string) string { return x[:strings.Index(x, behind)+len(behind)] }
	tests := []struct {
		name, rec string
		want      Outcome
		note      string
	}{
		{"empty", "", Blank, ""},
		{"blanks", " \t\r", Blank, ""},
		{"sshd", "May 27 09:28:36 ip-172-31-24-46 sshd[5617]: Accepted password for mikael", Other, ""},
		{"banner", "May 11 18:10:20 user-ubuntu sysmon[3099]: Running...", Banner, ""},
		{"banner without pid", "May 11 18:10:20 user-ubuntu sysmon: Monitoring", Banner, ""},
		{"banner RFC 5424", "<14>1 2026-06-14T19:25:07.772Z ff-lf-01 sysmon 1102 - - Running...", Banner, ""},
		{"sysmon only mentioned", "May 11 18:10:20 host sudo: COMMAND=/opt/sysmon -i", Other, ""},
		{"element EventData alone", "<EventData>", Other, ""},
		{"journald banner", `{"SYSLOG_IDENTIFIER":"sysmon","MESSAGE":"Running..."}`, Banner, ""},
		{"journald other", `{"SYSLOG_IDENTIFIER":"sshd","MESSAGE":"Accepted"}`, Other, ""},
		{"journald null", `{"SYSLOG_IDENTIFIER":"sysmon","MESSAGE":null}`, Lost, "--all"},
		{"journald null of another program", `{"SYSLOG_IDENTIFIER":"sshd","MESSAGE":null}`, Other, ""},
		{"journald null of nobody", `{"__REALTIME_TIMESTAMP":"1","MESSAGE":null}`, Lost, "--all"},
		{"journald bytes in an unknown layout", `{"MESSAGE":	[60,69]}`, Unreadable, "layout"},
		{"azure other", `{"SyslogMessage":"Accepted","ProcessName":"sshd"}`, Other, ""},
		{"docker other", `{"log":"hello\n","stream":"stdout","time":"x"}`, Other, "json"},
		{"unknown JSON", `{"a":1}`, Other, "json"},
		{"JSON without members", `{}`, Other, "json"},
		{"no JSON", `{hello}`, Unreadable, "broken JSON"},
		{"only a brace", `{`, Other, "json"},
		{"array of numbers", `[1,2]`, Other, ""},
		{"array of events", `[{"a":1},{"b":2}]`, Unreadable, "several"},
		{"windows XML", windows, Foreign, ""},
		{"windows flat", `{"EventID":4624,"Channel":"Security","ProviderName":"Microsoft-Windows-Security-Auditing"}`, Foreign, ""},
		{"windows winlog", `{"winlog":{"provider_name":"Microsoft-Windows-Sysmon","event_id":"1","event_data":{"Image":"x"}}}`, Foreign, ""},
		{"windows evtx", `{"Event":{"System":{"Provider":{"#attributes":{"Name":"Microsoft-Windows-Sysmon"}},"EventID":1},"EventData":{}}}`, Foreign, ""},
		{"windows channel alone", `{"Event":{"System":{"EventID":1,"Channel":"Security"},"EventData":{}}}`, Foreign, ""},
		{"no EventID", strings.Replace(x, "<EventID>1</EventID>", "", 1), Unreadable, "no EventID"},
		{"no EventID in JSON", `{"Event":{"System":{"Computer":"a"},"EventData":{"Image":"b"}}}`, Unreadable, "no EventID"},
		{"empty EventID", `{"EventID":"","Image":"x"}`, Unreadable, "no EventID"},
		{"cut early", cut("<EventID>")[:100], Unreadable, "before its EventID"},
		{"cut in a value", cut("/usr/bi"), Salvaged, "truncated in Image"},
		{"cut in an attribute", cut("2022-11"), Salvaged, "truncated in SystemTime"},
		{"cut between", cut(`/usr/bin/curl</Data><Data Na`), Salvaged, "truncated after Image"},
		{"cut in a closing tag", cut(`/usr/bin/curl</Da`), Salvaged, "truncated after Image"},
		{"cut, then another event", cut("/usr/bi") + x, Salvaged, "truncated after Image"},
		{"cut in JSON in XML", `{"MESSAGE":` + strings.SplitAfter(plainQuoted(x), "curl -s")[0], Salvaged, "truncated in CommandLine"},
		{"cut flat", `{"EventID":"1","Image":"/usr/bin/cu`, Salvaged, "truncated in Image"},
		{"cut flat between", `{"EventID":"1","Image":"/usr/bin/curl","Comm`, Salvaged, "truncated after Image"},
		{"cut rendered", `{"Event":{"System":{"EventID":1},"EventData":{"ProcessId":1,"Image":"/usr/bin/cu`, Salvaged, "truncated in Image"},
		{"cut pairs", `{"Event":{"System":{"EventID":1},"EventData":{"Data":[{"@Name":"Image","#text":"/usr/bin/cu`, Salvaged, "truncated in Image"},
		{"broken rendered", `{"Event":{"System":{"EventID":1},"EventData":{"Image":"x",!}}}`, Salvaged, "broken JSON"},
		{"broken value", `{"Event":{"System":{"EventID":1},"EventData":{"Image":!}}}`, Salvaged, "broken JSON"},
		{"broken without colon", `{"EventID":1,"Image":"x","User" "u"}`, Salvaged, "broken JSON"},
		{"cut pair", `{"Event":{"System":{"EventID":1},"EventData":{"Data":[{"@Name":"Image","#te`, Salvaged, "truncated"},
		{"cut XML in text", `{"EventID":1,"EventData":` + quoted(`<EventData><Data Name="Image">/usr`) + `}`, Salvaged, "truncated in Image"},
		{"broken flat", `{"EventID":"1","Image":"/usr/bin/curl",oh no`, Salvaged, "broken JSON"},
		{"auditd", string(read(t, "splunk_security_content_linux_auditd_syscall.log")), Unsupported, "auditd"},
		{"auditd behind syslog", "Nov 1 00:00:00 h audispd: node=h type=EXECVE msg=audit(1.2:3): argc=1", Unsupported, "auditd"},
		{"audit in prose", "Nov 1 00:00:00 h app: audit(none)", Other, ""},
		{"auoms", string(lineRecords(read(t, "otrf_auoms.ndjson.gz"))[0]), Unsupported, "auoms"},
		{"osquery", string(read(t, "splunk_security_content_osquery.log")), Unsupported, "osquery"},
		{"falco", `{"output":"x","priority":"Warning","rule":"r","output_fields":{}}`, Unsupported, "falco"},
		{"crowdstrike", `{"event_simpleName":"ProcessRollup2","ImageFileName":"/bin/ls"}`, Unsupported, "crowdstrike"},
		{"laurel", `{"ID":"1:2","SYSCALL":{"pid":1}}`, Unsupported, "laurel"},
		{"JSON in JSON in JSON", nest(maxDepth + 2), Unreadable, "inside"},
		{"brackets", `{"EventID":1,"Image":"x","deep":` + strings.Repeat("[", 100_000), Salvaged, "truncated"},
		{"brackets in a wanted field", `{"EventID":1,"Image":` + strings.Repeat(`[{"a":`, 100_000), Salvaged, "truncated"},
		{"brackets in ECS", `{"event":{"category":["process"]},"process":` + strings.Repeat(`{"a":[`, 100_000), Salvaged, "truncated"},
		{"nulls", "\x00\x00\x00", Other, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			g := decodeOne(test.rec)
			if g.outcome != test.want || !strings.Contains(g.note, test.note) || test.note == "" && g.note != "" {
				t.Errorf("%s, note %q; want %s, note %q", g.outcome, g.note, test.want, test.note)
			}
		})
	}
}

func nest(depth int) string {
	s := `{"message":"x"}`
	for range depth {
		s = `{"_source":` + s + `}`
	}
	return s
}

func TestSalvageKeepsWhatWasThere(t *testing.T) {
	exploit := decodeAll(lineRecords(read(t, "otrf_azure_syslog.ndjson.gz")))[7]
	if exploit.outcome != Salvaged || exploit.note != "truncated in ParentCommandLine" {
		t.Fatalf("%s %q", exploit.outcome, exploit.note)
	}
	for name, want := range map[string]string{"EventID": "1", "Image": "/bin/bash", "User": "tomcat"} {
		if exploit.fields[name] != want {
			t.Errorf("%s: %q, want %q", name, exploit.fields[name], want)
		}
	}
	if c := exploit.fields["CommandLine"]; !strings.HasPrefix(c, "bash -c {echo,") || !strings.HasSuffix(c, "}|{base64,-d}|{bash,-i}") {
		t.Errorf("CommandLine: %q", c)
	}
	first := decodeOne(x[:strings.Index(x, "/curl")] + strings.ReplaceAll(x, "4005", "5006"))
	if first.fields["ProcessId"] != "4005" || first.fields["Image"] != "/usr/bin" {
		t.Errorf("the next event on the line has run into the first: %v", first.fields)
	}
	if _, ok := exploit.fields["ParentUser"]; ok {
		t.Error("ParentUser was behind the cut")
	}
}

func TestLargeRecord(t *testing.T) {
	const size = 50 << 20
	for _, rec := range []string{
		strings.Replace(x, "/usr/bin/curl", strings.Repeat("&lt;-a<b-", size/9), 1),
		`{"EventID":1,"CommandLine":"` + strings.Repeat(`\"-\\--`, size/7) + `","Image":"x"}`,
		"{" + strings.Repeat(`"k":"v",`, size/8) + `"EventID":1,"Image":"x"}`,
	} {
		if g := decodeOne(rec); g.outcome != Event || g.kind != "sysmon/1" {
			t.Errorf("%s %q", g.outcome, g.note)
		}
	}
}

func TestWindowsEventsAmongLinuxOnes(t *testing.T) {
	var outcomes []string
	for _, g := range decodeAll(lineRecords(read(t, "grapl_mixed_windows_linux_stream.xmll"))) {
		outcomes = append(outcomes, g.outcome.String())
	}
	if got, want := strings.Join(outcomes, " "), "foreign foreign event event event"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestPrettyEvents(t *testing.T) {
	all := decodeAll(eventRecords(read(t, "pberba_partial_pretty_xml_events.xml")))
	if len(all) != 9 {
		t.Fatalf("%d events", len(all))
	}
	for i, g := range all {
		if g.outcome != Event || g.fields["Image"] == "" && g.fields["TargetFilename"] == "" {
			t.Errorf("event %d: %s %q %v", i, g.outcome, g.note, g.fields)
		}
	}
	bell := decodeOne(string(read(t, "grapl_event_with_control_char.xml")))
	if bell.fields["CommandLine"] != "file \a" {
		t.Errorf("CommandLine %q", bell.fields["CommandLine"])
	}
}

func TestUnwantedKinds(t *testing.T) {
	w := &Wanted{Fields: []string{"Image", "CommandLine"}, Kinds: map[string]struct{}{"sysmon/1": {}, "ecs/file": {}}}
	d, r := New(w), NewRecord(w)
	for file := range otrfForms {
		for i, rec := range lineRecords(read(t, file)) {
			outcome := d.Decode(rec, r)
			if (outcome == Event || outcome == Salvaged) != (r.Kind == "sysmon/1") || r.Kind == "" {
				t.Fatalf("%s, record %d: %s, %s", file, i, outcome, r.Kind)
			}
			if outcome == Event && (!r.Cell(0).Set || !r.Cell(1).Set) {
				t.Fatalf("%s, record %d lacks a field", file, i)
			}
		}
	}
	if o := d.Decode([]byte(`{"event":{"category":["process"],"action":"exec"},"process":{"pid":1}}`), r); o != Unwanted || r.Kind != "ecs/process" {
		t.Errorf("%s %s", o, r.Kind)
	}
	for _, id := range []string{`1<`, `1\u003c`, `\u0031<`, `&#49;<`} { // not unwanted before they are read as they are meant
		rec := `{"MESSAGE":"<Event><System><Provider Name=\"Linux-Sysmon\"/><EventID>` + id + `\/EventID><\/System><EventData><\/EventData><\/Event>"}`
		if o := d.Decode([]byte(rec), r); o != Event || r.Kind != "sysmon/1" {
			t.Errorf("%s: %s %s", id, o, r.Kind)
		}
	}
}

func TestDecodersFollowTheirRecord(t *testing.T) {
	w := &Wanted{All: true}
	d := New(w)
	first, second := NewRecord(w), NewRecord(w)
	second.Slot([]byte("Image")) // so that its slots differ
	for _, r := range []*Record{first, second, first} {
		d.Decode([]byte(x), r)
		if g := plainly(Event, r); g.fields["Image"] != "/usr/bin/curl" || g.fields["CommandLine"] != command {
			t.Fatalf("%v", g.fields)
		}
	}
}

func TestNothingIsAllocatedPerEvent(t *testing.T) {
	for _, file := range []string{"otrf_flat_style.ndjson.gz", "otrf_raw_syslog_bsd.log.gz", "otrf_journald_o_json.ndjson.gz",
		"otrf_evtxdump_style.ndjson.gz", "otrf_xmltodict_style.ndjson.gz"} {
		records := lineRecords(read(t, file))
		w := &Wanted{Fields: tenFields}
		d, r := New(w), NewRecord(w)
		perFile := testing.AllocsPerRun(5, func() {
			for _, rec := range records {
				d.Decode(rec, r)
			}
		})
		if perFile > 2 { // one event is truncated, and its note says where
			t.Errorf("%s: %v allocations for %d events", file, perFile, len(records))
		}
	}
}

func TestRawIsTheRecord(t *testing.T) {
	w := &Wanted{}
	r := NewRecord(w)
	rec := []byte("  " + x)
	New(w).Decode(rec, r)
	if !bytes.Equal(r.Raw, rec) {
		t.Errorf("%q", r.Raw)
	}
}

func TestSameKeysOtherForm(t *testing.T) {
	plain := `{"message":"hello","event":{"kind":"event"},"process":{"pid":1}}`
	sysmon := `{"message":` + plainQuoted(x) + `,"event":{"kind":"event"},"process":{"pid":1}}`
	for i, g := range decodeAll([][]byte{[]byte(plain), []byte(sysmon), []byte(plain)}) {
		if want := [...]string{"ecs/other", "sysmon/1", "ecs/other"}[i]; g.kind != want {
			t.Errorf("document %d: %s, want %s", i, g.kind, want)
		}
	}
}
