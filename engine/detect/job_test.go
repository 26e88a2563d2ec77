package detect_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"spoor/engine"
	"spoor/engine/detect"
	"spoor/engine/rules"
	"spoor/engine/schedule"
)

func written(t *testing.T, text string) *rules.Rule {
	t.Helper()
	path := filepath.Join(t.TempDir(), "r.yml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	pack := &rules.Library{}
	if errs := pack.Load(path); len(errs) > 0 {
		t.Fatal(errs)
	}
	return pack.All()[0]
}

// Over windows that tile the day each sequence is found once: in the window in which it becomes complete.
func TestJobsTile(t *testing.T) {
	event := func(clock, image string) string {
		return fmt.Sprintf(`{"EventID":"1","Computer":"a","UtcTime":"2024-05-06 %s.000","Image":"/bin/%s"}`, clock, image) + "\n"
	}
	log := event("09:59:40", "x") + event("10:00:20", "y") + // over the edge
		event("10:30:00", "x") + event("10:30:10", "y") +
		event("10:59:30", "x") + // without y
		event("11:30:00", "y")
	hour := func(h int) time.Time { return time.Date(2024, 5, 6, h, 0, 0, 0, time.UTC) }
	for _, c := range []struct{ query, want string }{
		{`sequence by host.name with maxspan=1m [process where process.name == "x"] [process where process.name == "y"]`, "9: 10: 10:00:20 10:30:10 11: "},
		{`sequence by host.name with maxspan=1m [process where process.name == "x"] ![process where process.name == "y"]`, "9: 10: 11: 10:59:30 "},
		{`sequence by host.name with maxspan=1m [process where process.name == "y"] ![process where process.name == "x"]`, "9: 10: 10:00:20 10:30:10 11: 11:30:00 "},
		{`process where process.name == "y"`, "9: 10: 10:00:20 10:30:10 11: 11:30:00 "},
	} {
		r := written(t, "title: r\nlanguage: eql\nquery: '"+c.query+"'\n")
		var jobs []detect.Job
		for h := 9; h < 12; h++ {
			jobs = append(jobs, detect.Job{Rule: r, Window: schedule.Window{Tick: hour(h + 1), From: hour(h), To: hour(h + 1)}})
		}
		report := detect.RunJobs(t.Context(), jobs, detect.Options{Evidence: 1, Run: engine.RunOptions{Inputs: logged(t, log, false)}})
		got := ""
		for i, x := range report.Outcomes {
			if x.Problems.Failed() || x.Program == nil {
				t.Fatal(x.Problems)
			}
			got += fmt.Sprintf("%d: ", i+9)
			for _, f := range report.FoundBy(x) {
				got += time.Unix(0, f.Last).UTC().Format("15:04:05") + " "
			}
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.query, got, c.want)
		}
	}
}

// What a finding is known by is the same in other files, at other places, and whatever was counted.
func TestFoundKeys(t *testing.T) {
	event := func(clock, image string) string {
		return fmt.Sprintf(`{"EventID":"1","Computer":"a","UtcTime":"2024-05-06 %s.000","Image":"/bin/%s"}`, clock, image) + "\n"
	}
	first := event("10:00:00", "x") + event("10:00:10", "y")
	later := "another line\n" + first + event("10:00:20", "y")
	for _, query := range []string{`EventID=1 Image="*x"`, `EventID=1 | stats count by Image`, `EventID=1 Image="*x" | stats count`} {
		r := written(t, "title: r\nlanguage: spl\nquery: '"+query+"'\n")
		known := func(log string) string {
			var out []string
			report := detect.Run(t.Context(), []*rules.Rule{r}, detect.Options{Evidence: 1, Keyed: true, Run: engine.RunOptions{Inputs: logged(t, log, false)}})
			for _, f := range report.FoundBy(report.Outcomes[0]) {
				text := f.Key
				for _, record := range f.Known {
					text += " " + record.Identity
				}
				out = append(out, text)
			}
			return strings.Join(out, "|")
		}
		if a, b := known(first), known(later); a != b || a == "" {
			t.Errorf("%s: known by %s, and then by %s", query, a, b)
		}
	}
}
