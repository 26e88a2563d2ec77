package input

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"spoor/engine/column"
)

// BenchmarkScan reads a file of events with one worker: with needles that few records hold, and for three fields of all.
func BenchmarkScan(b *testing.B) {
	for _, form := range []struct{ name, line string }{
		{"flat", `{"EventID":"%d","Version":"5","Channel":"Linux-Sysmon/Operational","EventRecordID":"%d","Computer":"web%d","SystemTime":"2025-03-20T07:23:00.832926000Z",` +
			`"UtcTime":"2025-03-20 07:23:00.837","ProcessId":"4711","Image":"/usr/bin/prog%d","CommandLine":"prog --%s ` + strings.Repeat("argument ", 30) + `","User":"root","ParentImage":"/bin/bash"}` + "\n"},
		{"xml", `Nov 24 08:30:01 web sysmon: <Event><System><Provider Name="Linux-Sysmon" Guid="{x}"/><EventID>%d</EventID><EventRecordID>%d</EventRecordID><Channel>Linux-Sysmon/Operational</Channel><Computer>web%d</Computer></System>` +
			`<EventData><Data Name="UtcTime">2025-03-20 07:23:00.837</Data><Data Name="ProcessId">4711</Data><Data Name="Image">/usr/bin/prog%d</Data><Data Name="CommandLine">prog --%s ` +
			strings.Repeat("argument ", 30) + `</Data><Data Name="User">root</Data><Data Name="ParentImage">/bin/bash</Data></EventData></Event>` + "\n"},
	} {
		var log strings.Builder
		for i := range 20_000 {
			verb := "stop"
			if i%1000 == 0 {
				verb = "restart"
			}
			fmt.Fprintf(&log, form.line, 1+4*(i%2), i, i%40, i%300, verb)
		}
		path := filepath.Join(b.TempDir(), "log")
		if err := os.WriteFile(path, []byte(log.String()), 0o600); err != nil {
			b.Fatal(err)
		}
		for _, needles := range [][]string{{"restart", "reload", "reenable"}, nil} {
			b.Run(fmt.Sprintf("%s/needles=%v", form.name, needles != nil), func(b *testing.B) {
				b.SetBytes(int64(log.Len()))
				b.ReportAllocs()
				for b.Loop() {
					s := New(Inputs{{Path: path, Size: int64(log.Len())}}, Config{Demand: Demand{Needles: needles,
						Kinds: map[string][]string{"sysmon/1": {"_time", "Image", "User", "ParentImage"}}}})
					rows := 0
					if err := s.Run(b.Context(), []Consumer{func(_ string, batch *column.Batch) (bool, error) { rows += batch.Rows; return false, nil }}); err != nil {
						b.Fatal(err)
					}
					if want := map[bool]int{true: 20, false: 10_000}[needles != nil]; rows != want {
						b.Fatalf("%d rows, want %d", rows, want)
					}
				}
			})
		}
	}
}
