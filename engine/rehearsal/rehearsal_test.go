package rehearsal_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
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
			"10:01:00 never max_signals max_signals gives the newest 2 of the run of 2024-05-06T10:05:00Z"},
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

// day is events of a day: pairs some time apart, many of them near edges of windows.
func day(random *rand.Rand) string {
	type one struct {
		at    time.Time
		image string
	}
	var all []one
	for range 150 {
		begin := at(0, 0).Add(time.Duration(random.IntN(24*60*60*10)) * 100 * time.Millisecond)
		if random.IntN(3) == 0 {
			begin = begin.Truncate(5 * time.Minute)
		}
		all = append(all, one{begin, "x"}, one{begin.Add(time.Duration(random.IntN(900)) * time.Second), "y"})
	}
	slices.SortStableFunc(all, func(a, b one) int { return a.at.Compare(b.at) })
	var text strings.Builder
	for _, e := range all {
		if e.at.Before(at(24, 0)) {
			text.WriteString(event(e.at.Format("15:04:05.000"), e.image))
		}
	}
	return text.String()
}

// What is never told is what no run finds: each tick is really run, over its window alone.
func TestAgreesWithRuns(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 2))
	in := logged(t, day(random))
	list := []*rules.Rule{
		elastic(t, `process where process.name == "x"`, "from = \"now-4m\"\nmax_signals = 1"),
		elastic(t, fmt.Sprintf(sequence, "15m"), `from = "now-9m"`),
		elastic(t, fmt.Sprintf(sequence, "3m"), `from = "now-6m"`),
		hourly(t, "EventID=1 Image=*/x", "earliest: -55m@m, latest: -5m@m"),
		hourly(t, "EventID=1 | bin _time span=10m | stats count by _time Image | where count>1", "earliest: -50m@m, latest: now"),
	}
	for i, rule := range list {
		copied := *rule
		copied.ID, copied.Name = fmt.Sprint("r", i), fmt.Sprint("r", i)
		list[i] = &copied
	}
	o := options(in, at(1, 0), at(5, 0))
	out, err := rehearsal.Run(t.Context(), list, o)
	if err != nil {
		t.Fatal(err)
	}
	for i, rule := range list {
		never := map[[16]byte]bool{}
		for _, c := range out.Cases {
			if c.Finding.Rule.Name == rule.Name && c.What == rehearsal.Never {
				found := detect.Found{Finding: c.Finding}
				never[found.Identify(0)] = true
			}
		}
		whole, told := really(t, in, rule, o)
		missing := 0
		for id := range whole {
			if !told[id] {
				missing++
				if !never[id] {
					t.Errorf("rule %d: a finding that no run tells is not among those never told", i)
				}
			}
		}
		if missing != len(never) || len(whole) == 0 {
			t.Errorf("rule %d: %d of %d never told, and no run tells %d", i, len(never), len(whole), missing)
		}
	}
}

// really is what one pass finds in all of a rule's windows, and what its runs find, each by itself.
func really(t *testing.T, in input.Inputs, rule *rules.Rule, o rehearsal.Options) (whole, told map[[16]byte]bool) {
	t.Helper()
	add := func(d detect.Options) map[[16]byte]bool {
		out := map[[16]byte]bool{}
		d.Run.Inputs = in
		report := detect.Run(t.Context(), []*rules.Rule{rule}, d)
		for f, err := range report.Findings() {
			if err != nil {
				t.Fatal(err)
			}
			found := detect.Found{Finding: f}
			out[found.Identify(0)] = true
		}
		return out
	}
	step := time.Hour
	if rule.Format == rules.Elastic {
		step = 5 * time.Minute
	}
	told = map[[16]byte]bool{}
	first, last := o.From.Add(step), o.To
	for tick := first; !tick.After(last); tick = tick.Add(step) {
		d := o.Detect
		d.Scheduled, d.Compile.Now = true, tick
		for id := range add(d) {
			told[id] = true
		}
	}
	d := o.Detect
	d.Compile.Earliest, d.Compile.Latest = begin(rule, first).Format(time.RFC3339Nano), end(rule, last).Format(time.RFC3339Nano)
	return add(d), told
}

// begin and end are of the windows of the rules above, said once more.
func begin(rule *rules.Rule, tick time.Time) time.Time {
	back := map[string]time.Duration{"now-4m": 4, "now-9m": 9, "now-6m": 6, "-55m@m": 55, "-50m@m": 50}
	return tick.Add(-back[rule.Schedule.Earliest] * time.Minute)
}

func end(rule *rules.Rule, tick time.Time) time.Time {
	switch rule.Schedule.Latest {
	case "-5m@m":
		return tick.Add(-5 * time.Minute)
	}
	if rule.Language == rules.EQL {
		return tick.Add(time.Nanosecond)
	}
	return tick
}
