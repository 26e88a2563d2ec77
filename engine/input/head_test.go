package input

import (
	"fmt"
	"strings"
	"testing"

	"spoor/engine/column"
)

// A needle in what the journal says of the program that wrote an event makes nobody read the event, unless its whole text is asked for.
func TestNeedlesAroundEvents(t *testing.T) {
	var log strings.Builder
	for i := range 100 {
		image := "/usr/bin/curl"
		if i%10 == 5 {
			image = "/usr/sbin/SERVICE"
		}
		fmt.Fprintf(&log, `{"_HOSTNAME":"web1","_SYSTEMD_UNIT":"sysmon.service","MESSAGE":"<Event><System><Provider Name=\"Linux-Sysmon\"/><EventID>1</EventID><EventRecordID>%d</EventRecordID></System>`+
			`<EventData><Data Name=\"Image\">%s</Data></EventData></Event>"}`+"\n", i, image)
	}
	in := text(t, log.String())
	for _, c := range []struct {
		name       string
		demand     Demand
		rows, read int64
	}{
		{"a field", Demand{Fields: []string{"Image"}}, 11, 12}, // the first tells what records look like; the last is read for the ledger
		{"a field of some kinds", Demand{Kinds: map[string][]string{"sysmon/1": {"Image"}}}, 11, 12},
		{"a field of the journal", Demand{Fields: []string{"_SYSTEMD_UNIT"}}, 100, 100},
		{"the text", Demand{Fields: []string{"Image", "_raw"}}, 100, 100},
		{"the text of some kinds", Demand{Kinds: map[string][]string{"sysmon/1": {"_raw"}}}, 100, 100},
		{"all fields", Demand{All: true}, 100, 100},
	} {
		c.demand.Needles, c.demand.Fields = []string{"service"}, append(c.demand.Fields, column.Position)
		s := New(in, Config{Demand: c.demand})
		rows := int64(len(rowsOf(t, s, 1)))
		if got := s.Ledger().Total; rows != c.rows || got.Events() != c.read || got.PassedOver != 100-c.read {
			t.Errorf("%s: %d rows, %d events read, %d passed over", c.name, rows, got.Events(), got.PassedOver)
		}
	}
}
