package rehearsal_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"spoor/datamodels"
	"spoor/engine"
	"spoor/engine/detect"
	"spoor/engine/input"
	"spoor/engine/rehearsal"
	"spoor/engine/rules"
	"spoor/macros"
)

func event(clock, image string) string {
	if len(clock) == len("15:04:05") {
		clock += ".000"
	}
	return fmt.Sprintf(`{"EventID":"1","Computer":"a","ProcessId":"7","UtcTime":"2024-05-06 %s","SystemTime":"2024-05-06T%sZ","Image":"/bin/%s"}`, clock, strings.Replace(clock, " ", "T", 1), image) + "\n"
}

// load is the rule of a text, in the format that the name of the file says.
func load(t *testing.T, name, text string) *rules.Rule {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	pack := &rules.Library{}
	if errs := pack.Load(path); errs.Failed() || len(pack.All()) != 1 {
		t.Fatal(errs)
	}
	return pack.All()[0]
}

// elastic is a rule of Elastic's that runs every five minutes.
func elastic(t *testing.T, query, more string) *rules.Rule {
	return load(t, "r.toml", "[rule]\nrule_id = \"e\"\nname = \"e\"\ntype = \"eql\"\nlanguage = \"eql\"\nrisk_score = 1\nseverity = \"low\"\ninterval = \"5m\"\n"+more+"\nquery = '''"+query+"'''\n")
}

// hourly is a rule of Splunk's that runs every hour.
func hourly(t *testing.T, query, when string) *rules.Rule {
	return load(t, "r.yml", "title: s\nlanguage: spl\nquery: '"+query+"'\nschedule: {cron: '0 * * * *', "+when+"}\n")
}

func logged(t *testing.T, text string) input.Inputs {
	t.Helper()
	path := filepath.Join(t.TempDir(), "log.json")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	in, errs := input.Resolve([]string{path}, nil)
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	return in
}

func options(in input.Inputs, from, to time.Time) rehearsal.Options {
	return rehearsal.Options{From: from, To: to, Detect: detect.Options{
		Compile: engine.Options{Models: datamodels.Builtin(), Macros: macros.Builtin(), Now: to}, Run: engine.RunOptions{Inputs: in, Workers: 2},
	}}
}

func at(hour, minute int) time.Time { return time.Date(2024, 5, 6, hour, minute, 0, 0, time.UTC) }

const sequence = `sequence by host.name with maxspan=%s [process where process.name == "x"] [process where process.name == "y"]`

func TestScenarios(t *testing.T) {
	x := `process where process.name == "x"`
	for _, c := range []struct {
		name string
		rule *rules.Rule
		log  string
		want string
	}{
		{"a window holds both events", elastic(t, fmt.Sprintf(sequence, "1m"), `from = "now-6m"`), event("10:01:00", "x") + event("10:01:30", "y"), ""},
		{"a sequence over the edge of windows that tile", elastic(t, fmt.Sprintf(sequence, "1m"), `from = "now-5m"`), event("10:04:40", "x") + event("10:05:20", "y"),
			"10:04:40 never edge its events are 40s apart, and windows overlap by 0s: 1 of 1 sequence over the edge at 2024-05-06T10:05:00Z"},
		{"the overlap holds it", elastic(t, fmt.Sprintf(sequence, "1m"), `from = "now-6m"`), event("10:04:40", "x") + event("10:05:20", "y"), ""},
		{"a look-back that is shorter than maxspan", elastic(t, fmt.Sprintf(sequence, "30m"), `from = "now-9m"`),
			event("10:00:30", "x") + event("10:12:00", "y") + event("10:20:30", "x") + event("10:20:40", "y"),
			"10:00:30 never look-back look-back of 9m is shorter than maxspan of 30m: 1 of 1 sequence over the edge at 2024-05-06T10:06:00Z"},
		{"an overlap is seen by Elastic once", elastic(t, x, `from = "now-9m"`), event("10:03:00", "x"),
			"10:03:00 twice (dropped) overlap told by the runs of 2024-05-06T10:05:00Z and 2024-05-06T10:10:00Z: their windows overlap by 4m"},
		{"and by Splunk twice", hourly(t, "EventID=1 Image=*/x", "earliest: -70m@m, latest: now"), event("10:55:00", "x") + event("10:20:00", "x"),
			"10:55:00 twice overlap told by the runs of 2024-05-06T11:00:00Z and 2024-05-06T12:00:00Z: their windows overlap by 10m"},
		{"a gap between windows", hourly(t, "EventID=1 Image=*/x", "earliest: -50m@m, latest: now"), event("10:05:00", "x") + event("10:15:00", "x"),
			"10:05:00 never gap no window holds 2024-05-06T10:05:00Z: one ends at 2024-05-06T10:00:00Z, the next one begins at 2024-05-06T10:10:00Z"},
		{"a gap in a group", hourly(t, "EventID=1 Image=*/x | stats count min(_time) as firstTime max(_time) as lastTime by Image", "earliest: -50m@m, latest: now"), event("10:05:00", "x") + event("10:08:00", "x"),
			"10:05:00 never gap no window holds 2024-05-06T10:05:00Z: one ends at 2024-05-06T10:00:00Z, the next one begins at 2024-05-06T10:10:00Z"},
		{"more than max_signals", elastic(t, x, "from = \"now-5m\"\nmax_signals = 2"), event("10:01:00", "x") + event("10:02:00", "x") + event("10:03:00", "x") + event("10:06:00", "x"),
			"10:01:00 never max_signals max_signals gives the newest 2 of 3 of the run of 2024-05-06T10:05:00Z"},
		{"left out by one window, told by another", elastic(t, x, "from = \"now-9m\"\nmax_signals = 2"),
			event("10:02:00", "x") + event("10:03:00", "x") + event("10:06:00", "x") + event("10:07:00", "x"),
			"10:06:00 twice (dropped) overlap told by the runs of 2024-05-06T10:10:00Z and 2024-05-06T10:15:00Z: their windows overlap by 4m|" +
				"10:07:00 twice (dropped) overlap told by the runs of 2024-05-06T10:10:00Z and 2024-05-06T10:15:00Z: their windows overlap by 4m"},
		{"a group that has enough only in all", hourly(t, "EventID=1 Image=*/x | stats count by Image | where count>=3", "earliest: -60m@m, latest: now"),
			event("10:50:00", "x") + event("10:55:00", "x") + event("11:05:00", "x"),
			"10:50:00 never edge its 3 records from 2024-05-06T10:50:00Z to 2024-05-06T11:05:00Z are in several windows, and none has enough of them"},
		{"a group in two hours is two findings", hourly(t, "EventID=1 Image=*/x | stats count by Image", "earliest: -60m@m, latest: now"), event("10:50:00", "x") + event("11:05:00", "x"), ""},
		{"the same event of a group in two windows", hourly(t, "EventID=1 Image=*/x | stats count by Image", "earliest: -70m@m, latest: now"), event("10:55:00", "x") + event("11:05:00", "x"),
			"10:55:00 twice overlap told by the runs of 2024-05-06T11:00:00Z and 2024-05-06T12:00:00Z: their windows overlap by 10m"},
		{"written after the last run whose window holds it", elastic(t, x, `from = "now-6m"`), event("10:02:00", "x") + event("10:21:00", "z") + event("10:03:00", "x"),
			"10:03:00 late arrival written by 2024-05-06T10:21:00Z, after the run of 2024-05-06T10:05:00Z, the last one whose window holds it"},
		{"written late, but before the run", elastic(t, x, `from = "now-6m"`), event("10:04:00", "z") + event("10:03:00", "x"), ""},
		{"late for one window, and not for the other", elastic(t, x, `from = "now-9m"`), event("10:06:00", "z") + event("10:03:00", "x"), ""},
		{"a sequence of which one event came late", elastic(t, fmt.Sprintf(sequence, "1m"), `from = "now-6m"`), event("10:02:10", "y") + event("10:09:00", "z") + event("10:02:00", "x"),
			"10:02:00 late arrival written by 2024-05-06T10:09:00Z, after the run of 2024-05-06T10:05:00Z, the last one whose window holds it"},
		{"a group that came late", hourly(t, "EventID=1 Image=*/x | stats count by Image", "earliest: -60m@m, latest: now"), event("11:05:00", "z") + event("10:55:00", "x"),
			"10:55:00 late arrival written by 2024-05-06T11:05:00Z, after the run of 2024-05-06T11:00:00Z, the last one whose window holds it"},
		{"rows that depend on others are answered window by window", hourly(t, "EventID=1 Image=*/x | head 1", "earliest: -60m@m, latest: now"), event("10:50:00", "x") + event("11:05:00", "x"), ""},
	} {
		got := rehearse(t, options(logged(t, c.log), at(9, 0), at(13, 0)), c.rule)
		if got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func rehearse(t *testing.T, o rehearsal.Options, rule *rules.Rule) string {
	t.Helper()
	out, err := rehearsal.Run(t.Context(), []*rules.Rule{rule}, o)
	if err != nil {
		t.Fatal(err)
	}
	if p := out.Rules[0].Problem; p != "" {
		t.Fatal(p)
	}
	var got []string
	for _, c := range out.Cases {
		dropped := ""
		if c.Dropped {
			dropped = " (dropped)"
		}
		got = append(got, fmt.Sprintf("%s %s%s %s %s", time.Unix(0, c.At).UTC().Format("15:04:05"), c.What, dropped, c.Reason, c.Why))
	}
	return strings.Join(got, "|")
}

func TestEvery(t *testing.T) {
	log := event("10:05:00", "x") + event("10:40:00", "x")
	o := options(logged(t, log), at(9, 0), at(13, 0))
	o.Every = 15 * time.Minute
	// A window of its own stays: of 50 minutes every quarter of an hour holds each event three or four times.
	got := rehearse(t, o, hourly(t, "EventID=1 Image=*/x", "earliest: -50m@m, latest: now"))
	if strings.Count(got, "twice") != 2 || !strings.HasPrefix(got, "10:05:00 twice overlap told by the runs of 2024-05-06T10:15:00Z, 2024-05-06T10:30:00Z and 2024-05-06T10:45:00Z") {
		t.Error(got)
	}
	if got := rehearse(t, o, load(t, "r.yml", "title: s\nlanguage: spl\nquery: EventID=1 Image=*/x\n")); got != "" {
		t.Errorf("without a window: %s", got)
	}
}

// A rule that finds something where there is nothing is answered there, too, however far that is from all events: by 239 of 240 overlapping windows.
func TestSilence(t *testing.T) {
	o := options(logged(t, event("10:05:00", "x")), at(-24*5, 0), at(24*5, 0))
	got := rehearse(t, o, hourly(t, "EventID=1 | stats count | where count=0", "earliest: -70m@m, latest: now"))
	if !strings.HasSuffix(got, " and 236 more: their windows overlap by 10m") {
		t.Error(got)
	}
}

func TestProblems(t *testing.T) {
	o := options(logged(t, event("10:05:00", "x")), at(9, 0), at(9, 30))
	list := []*rules.Rule{
		hourly(t, "EventID=1", "earliest: -1h"),
		load(t, "r.yml", "title: n\nlanguage: spl\nquery: EventID=1\n"),
		load(t, "r.toml", "[rule]\nrule_id = \"q\"\nname = \"q\"\ntype = \"query\"\nlanguage = \"kuery\"\nquery = \"a:b\"\n"),
	}
	out, err := rehearsal.Run(t.Context(), list, o)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"no run of it is due", "has no schedule", "KQL is not supported"} {
		if got := out.Rules[i].Problem; !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", list[i].Name, got, want)
		}
	}
}
