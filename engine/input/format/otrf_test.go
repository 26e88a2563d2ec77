package format

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// otrfForms are the 93 events of one attack in many shapes.
var otrfForms = map[string]string{
	"otrf_azure_syslog.ndjson.gz": "azure", "otrf_bare_xml.xmll.gz": "xml", "otrf_evtxdump_style.ndjson.gz": "rendered",
	"otrf_flat_style.ndjson.gz": "flat", "otrf_fluentbit_syslog_style.ndjson.gz": "fluent", "otrf_journald_o_json.ndjson.gz": "journald",
	"otrf_raw_syslog_bsd.log.gz": "syslog", "otrf_raw_syslog_rhel_pid.log.gz": "syslog",
	"otrf_splunk_export_style.ndjson.gz": "splunk", "otrf_xmltodict_style.ndjson.gz": "rendered",
	"otrf_zircolite_style.ndjson.gz": "rendered", "otrf_oms_damaged_entities.log.gz": "syslog",
}

func TestSameEventsInEveryForm(t *testing.T) {
	want := decodeAll(lineRecords(read(t, "otrf_bare_xml.xmll.gz")))
	kinds := map[string]int{}
	for _, g := range want {
		kinds[g.kind]++
	}
	if len(want) != 93 || !maps.Equal(kinds, map[string]int{"sysmon/5": 50, "sysmon/1": 31, "sysmon/3": 6, "sysmon/11": 4, "sysmon/23": 2}) {
		t.Fatalf("%d events of kinds %v", len(want), kinds)
	}
	for file, envelope := range otrfForms {
		t.Run(file, func(t *testing.T) {
			all := decodeAll(lineRecords(read(t, file)))
			if len(all) != len(want) {
				t.Fatalf("%d records, want %d", len(all), len(want))
			}
			for i, g := range all {
				if g.meta.Envelope != envelope {
					t.Errorf("record %d: envelope %q, want %q", i, g.meta.Envelope, envelope)
				}
				if g.kind != want[i].kind {
					t.Fatalf("record %d: %s %s %q, want %s", i, g.outcome, g.kind, g.note, want[i].kind)
				}
				if envelope == "flat" { // which lost the provider's name
					g.fields["ProviderName"] = want[i].fields["ProviderName"]
				}
				if diff := differences(g.fields, want[i].fields); diff != "" {
					t.Errorf("record %d:%s", i, diff)
				}
			}
		})
	}
}

func differences(a, b map[string]string) string {
	names := sorted(b)
	for name := range a {
		if _, ok := b[name]; !ok {
			names = append(names, name)
		}
	}
	var out strings.Builder
	for _, name := range names {
		if x, y := a[name], b[name]; x != y {
			out.WriteString("\n  " + name + ": " + x + "\n  want: " + y)
		}
	}
	return out.String()
}

func sorted(fields map[string]string) []string { return slices.Sorted(maps.Keys(fields)) }
