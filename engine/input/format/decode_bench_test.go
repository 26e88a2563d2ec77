package format

import (
	"fmt"
	"strings"
	"testing"
)

// tenFields is what the published search of restarted services asks of an event.
var tenFields = []string{"UtcTime", "SystemTime", "Computer", "User", "ParentImage", "Image", "CommandLine", "ProcessId", "ParentProcessId",
	"ProcessGuid"}

func BenchmarkDecode(b *testing.B) {
	forms := []struct{ name, file string }{
		{"flat", "otrf_flat_style.ndjson.gz"}, {"xml", "otrf_bare_xml.xmll.gz"}, {"syslog", "otrf_raw_syslog_bsd.log.gz"},
		{"journald", "otrf_journald_o_json.ndjson.gz"}, {"evtx", "otrf_evtxdump_style.ndjson.gz"},
		{"xmltodict", "otrf_xmltodict_style.ndjson.gz"}, {"azure", "otrf_azure_syslog.ndjson.gz"},
	}
	kinds := []struct {
		name  string
		kinds map[string]struct{}
	}{{"every", nil}, {"starts", map[string]struct{}{"sysmon/1": {}}}, {"none", map[string]struct{}{}}}
	for _, f := range forms {
		records := lineRecords(read(b, f.file))
		for _, k := range kinds {
			b.Run(f.name+"/"+k.name, func(b *testing.B) {
				measure(b, records, &Wanted{Fields: tenFields, Kinds: k.kinds})
			})
		}
	}
	ecs := [][]byte{[]byte(strings.ReplaceAll(string(read(b, "ecs_rfc0030_real_4.json")), "\n", ""))}
	b.Run("ecs", func(b *testing.B) {
		measure(b, ecs, &Wanted{Fields: []string{"process.name", "process.command_line", "process.args", "host.id", "user.name"}})
	})
	for name, line := range jsonLines {
		var records [][]byte
		for i := range 100 {
			records = append(records, fmt.Appendf(nil, line, i%60, i*1103515245, i%7))
		}
		b.Run(name, func(b *testing.B) {
			measure(b, records, &Wanted{Fields: []string{"@timestamp", "user", "host.name", "MESSAGE", "process.name"}, JSON: true, Text: true})
		})
	}
	other := [][]byte{read(b, "splunk_security_content_linux_secure.log")}
	b.Run("other", func(b *testing.B) { measure(b, other, &Wanted{Fields: tenFields}) })
	b.Run("text", func(b *testing.B) {
		measure(b, other, &Wanted{Fields: []string{"process", "user"}, Text: true, Now: 1e18})
	})
	audit := lineRecords(read(b, "otrf_auditd.log"))
	calls := &Wanted{Fields: []string{"type", "comm", "exe", "SYSCALL", "UID", "ppid", "pid", "success"}, Text: true}
	b.Run("auditd/every", func(b *testing.B) { measure(b, audit, calls) })
	b.Run("auditd/all", func(b *testing.B) { measure(b, audit, &Wanted{All: true, Text: true}) })
	b.Run("auditd/paths", func(b *testing.B) {
		measure(b, audit, &Wanted{Fields: []string{"type", "name", "nametype", "OGID"}, Text: true, Kinds: map[string]struct{}{"auditd/PATH": {}}})
	})
}

// jsonLines are documents of which every one has the same outline.
var jsonLines = map[string]string{
	"json": `{"@timestamp":"2026-03-01T00:00:%02d.286Z","hostname":"web70","user":"user%d","n":957564863,"status":"ok","id":%d}`,
	"journal": `{"__REALTIME_TIMESTAMP":"16522926%02d399931","_HOSTNAME":"web1","PRIORITY":"6","_UID":"0","SYSLOG_IDENTIFIER":"sshd","_PID":"%d","_TRANSPORT":"syslog",` +
		`"_SYSTEMD_UNIT":"ssh.service","_BOOT_ID":"0d1c5b1d8c3e4f5a9b7c6d5e4f3a2b1c","MESSAGE":"Accepted publickey for user%d from 10.0.0.1 port 22 ssh2"}`,
	"elastic": `{"@timestamp":"2025-03-03T06:00:%02d.004Z","agent":{"type":"endpoint","version":"8.15.3"},"event":{"kind":"event","category":["process"],"type":["start"],` +
		`"sequence":%d},"host":{"id":"7d83adf42ae94e80","name":"web-%d","ip":["127.0.0.1","10.1.20.65"],"os":{"type":"linux","kernel":"5.15.0-105-generic"}},` +
		`"process":{"pid":625,"executable":"/usr/sbin/nginx","name":"nginx"}}`,
}

func measure(b *testing.B, records [][]byte, w *Wanted) {
	d, r := New(w), NewRecord(w)
	size := 0
	for _, rec := range records {
		size += len(rec)
		d.Decode(rec, r)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, rec := range records {
			d.Decode(rec, r)
		}
	}
}
