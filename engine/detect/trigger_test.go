package detect_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"spoor/engine"
	"spoor/engine/detect"
	"spoor/engine/rules"
)

// The rows of a saved search are findings only if they are an alert by what it says of their number, or of what they hold.
func TestTriggers(t *testing.T) {
	log := `{"EventID":"1","Computer":"web1","UtcTime":"2024-05-06 10:00:01.000","Image":"/bin/sh"}
{"EventID":"1","Computer":"web1","UtcTime":"2024-05-06 10:00:02.000","Image":"/bin/id"}
{"EventID":"1","Computer":"web2","UtcTime":"2024-05-06 10:00:03.000","Image":"/bin/sh"}`
	for _, c := range []struct {
		settings string // ; for the end of a line
		findings int
		said     string
	}{
		{"", 3, ""},
		{"counttype = always", 3, ""},
		{"counttype = number of events;relation = greater than;quantity = 0", 3, ""},
		{"counttype = number of events;relation = greater than;quantity = 2", 3, ""},
		{"counttype = number of events;relation = greater than;quantity = 3", 0, "no alert: it has 3 rows, and the condition is number of events greater than 3"},
		{"counttype = number of events;relation = less than;quantity = 4", 3, ""},
		{"counttype = number of events;relation = equal to;quantity = 3", 3, ""},
		{"counttype = number of events;relation = not equal to;quantity = 3", 0, "no alert"},
		{"counttype = number of hosts;relation = greater than;quantity = 1", 3, ""},
		{"counttype = number of hosts;relation = greater than;quantity = 2", 0, "the condition is number of hosts greater than 2"},
		{"counttype = number of sources;relation = equal to;quantity = 1", 3, ""},
		{"counttype = number of events;relation = rises by;quantity = 5", 3, "not applied: its alert is raised when the number of events rises by 5, which needs the run before"},
		{"counttype = number of events;relation = greater than;quantity = many", 3, ""},
		{"counttype = custom;alert_condition = search Image=*/id", 3, ""},
		{"counttype = custom;alert_condition = | stats count | where count > 5", 0, "no alert: it has 3 rows, and the condition is | stats count | where count > 5"},
		{"alert_condition = where Image=\"/bin/nc\"", 0, "no alert"},
		{"counttype = custom;alert_condition = nosuch 7", 3, "not applied: the condition of its alert, nosuch 7"},
	} {
		folder := t.TempDir()
		text := "[Starts]\nsearch = EventID=1 | table host source Image\n" + strings.ReplaceAll(c.settings, ";", "\n") + "\n"
		if err := os.WriteFile(filepath.Join(folder, "savedsearches.conf"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		l := &rules.Library{}
		if errs := l.Load(folder); len(errs) > 0 {
			t.Fatal(errs)
		}
		report := detect.Run(t.Context(), l.All(), detect.Options{Run: engine.RunOptions{Inputs: logged(t, log, false)}})
		x := report.Outcomes[0]
		if said := strings.Join(x.Reasons, "; "); x.Findings != c.findings || !strings.Contains(said, c.said) || (said == "") != (c.said == "") {
			t.Errorf("%s: %d findings, %s: %q; not %d, %q", c.settings, x.Findings, x.Verdict, said, c.findings, c.said)
		}
	}
}
