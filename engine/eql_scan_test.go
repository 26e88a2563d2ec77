package engine_test

import (
	"fmt"
	"strings"
	"testing"

	"spoor/engine"
	"spoor/grammar/source"
)

// What a scan looks for first loses no event.
func TestEQLScans(t *testing.T) {
	var kinds strings.Builder
	for i := range 1100 {
		fmt.Fprintf(&kinds, "\"event.category\":\"c%d\"\n", i)
	}
	checkStatements(t, []statement{
		{"a decimal as text has not the digits of its record", `"process.Ext.relative_file_creation_time":1e3`,
			`process where string(process.Ext.relative_file_creation_time) == "1000"`, "1"},
		{"a decimal as text has not the digits of its record", `"process.Ext.relative_file_creation_time":".555"`,
			`process where string(process.Ext.relative_file_creation_time) like "0.55*"`, "1"},
		{"the keys of a rare event are numbers that others write in another way", `"process.name":"uncommon","x.count":1000000
			"process.name":"B","x.count":1e6`, `sequence by x.count [process where process.name == "uncommon"] [process where x.count > 1]`, "1,2"},
		{"so are those that no float can hold", `"process.name":"uncommon","x.count":9007199254740993
			"process.name":"B","x.count":9007199254740993`, `sequence by x.count [process where process.name == "uncommon"] [process where x.count > 1]`, "1,2"},
		{"a log of very many kinds of events", kinds.String() + `"event.type":"start","host.id":"h","process.entity_id":"e","process.parent.name":"systemd"
			"event.category":"network","host.id":"h","process.entity_id":"e"`, `any where process.parent.name == "systemd"`, "1101 1102"},
	})
}

// TestApproximatedWherever tells of events that are approximated even if only a later scan reads them.
func TestApproximatedWherever(t *testing.T) {
	file := writeLog(t, `{"@timestamp":"2026-01-05T00:00:01Z","event.category":"network","host.id":"h","process.name":"uncommon"}
<Event><System><Provider Name="Linux-Sysmon"/><EventID>1</EventID><TimeCreated SystemTime="2026-01-05T00:00:02Z"/><Computer>h</Computer></System>`+
		`<EventData><Data Name="UtcTime">2026-01-05 00:00:02.000</Data><Data Name="Image">/bin/nc</Data><Data Name="CommandLine">nc -l 1</Data></EventData></Event>
`)
	q := source.New("query", `sequence by host.id [network where process.name == "uncommon"] [process where process.args == "-l 1"]`)
	got := askEverywhere(t, q, engine.Options{Language: engine.EQL}, []string{file}, 3)
	if strings.Count(got.rows, "\n") != 2 || !strings.Contains(got.warnings, "process.args is approximated") {
		t.Errorf("%s%s%s", got.rows, got.errors, got.warnings)
	}
}
