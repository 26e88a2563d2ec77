package format

import (
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
