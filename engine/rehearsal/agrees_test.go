package rehearsal_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"spoor/engine/detect"
	"spoor/engine/input"
	"spoor/engine/rehearsal"
	"spoor/engine/rules"
)

// day is events of a day: so many pairs some time apart, many of them near edges of windows.
func day(random *rand.Rand, pairs int) string {
	type one struct {
		at    time.Time
		image string
	}
	var all []one
	for range pairs {
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
	found := agrees(t, logged(t, day(random, 150)), at(1, 0), at(5, 0), []*rules.Rule{
		elastic(t, `process where process.name == "x"`, "from = \"now-4m\"\nmax_signals = 1"),
		elastic(t, fmt.Sprintf(sequence, "15m"), `from = "now-9m"`),
		elastic(t, fmt.Sprintf(sequence, "3m"), `from = "now-6m"`),
		hourly(t, "EventID=1 Image=*/x", "earliest: -55m@m, latest: -5m@m"),
		hourly(t, "EventID=1 | bin _time span=10m | stats count by _time Image | where count>1", "earliest: -50m@m, latest: now"),
	})
	if found != 5 {
		t.Errorf("%d rules found something", found)
	}
}

// The same where most windows hold nothing, of rules that find something there or not, whatever it depends on.
func TestAgreesWithRunsOfSparseLogs(t *testing.T) {
	found := 0
	for seed := range uint64(3) {
		in := logged(t, day(rand.New(rand.NewPCG(seed, 9)), 4))
		found += agrees(t, in, at(0, 0), at(14, 0), []*rules.Rule{
			hourly(t, "EventID=1 | stats count", "earliest: -60m@m, latest: now"),
			hourly(t, "EventID=1 Image=*/x | stats count | where count!=1", "earliest: -60m@m, latest: now"),
			hourly(t, "EventID=1 Image=*/y | stats count by Image", "earliest: -40m@m, latest: -20m@m"),
			hourly(t, "EventID=1 Image=*/y | stats count by Image", "earliest: -120m@m, latest: now"),
			hourly(t, "EventID=1 Image=*/x | stats count by Image | append [search EventID=1 Image=*/y earliest=-3h | stats count by Image]", "earliest: -30m@m, latest: now"),
			hourly(t, "EventID=1 Image=*/x earliest=-150m latest=-90m | stats count by Image", "earliest: -60m@m, latest: now"),
			hourly(t, "EventID=1 [search EventID=1 | head 1 | fields Image] | stats count by Image", "earliest: -50m@m, latest: now"),
			hourly(t, "EventID=1 | top limit=1 Image | join Image [search EventID=1 Image=*/y | stats count as n by Image]", "earliest: -50m@m, latest: now"),
			hourly(t, "EventID=1 | head 1 | table Image", "earliest: -50m@m, latest: now"),
		})
	}
	if found < 20 {
		t.Errorf("%d rules found something", found)
	}
}

// agrees rehearses rules, and runs them. It gives the number of those that find something in one pass.
func agrees(t *testing.T, in input.Inputs, from, to time.Time, list []*rules.Rule) (found int) {
	t.Helper()
	for i, rule := range list {
		copied := *rule
		copied.ID, copied.Name = fmt.Sprint("r", i), fmt.Sprint("r", i)
		list[i] = &copied
	}
	o := options(in, from, to)
	out, err := rehearsal.Run(t.Context(), list, o)
	if err != nil {
		t.Fatal(err)
	}
	for i, rule := range list {
		never := map[[16]byte]bool{}
		for _, c := range out.Cases {
			if c.Finding.Rule.Name == rule.Name && c.What == rehearsal.Never {
				never[c.Finding.Identify(0)] = true
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
		if missing != len(never) {
			t.Errorf("rule %d: %d of %d never told, and no run tells %d", i, len(never), len(whole), missing)
		}
		found += min(1, len(whole))
	}
	return found
}

// really is what one pass finds in all of a rule's windows, and what its runs find, each by itself.
func really(t *testing.T, in input.Inputs, rule *rules.Rule, o rehearsal.Options) (whole, told map[[16]byte]bool) {
	t.Helper()
	add := func(d detect.Options) map[[16]byte]bool {
		out := map[[16]byte]bool{}
		d.Run.Inputs, d.Keyed = in, true
		report := detect.Run(t.Context(), []*rules.Rule{rule}, d)
		for _, found := range report.FoundBy(report.Outcomes[0]) {
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
	minutes := 0
	if _, err := fmt.Sscanf(strings.TrimPrefix(rule.Schedule.Earliest, "now"), "-%dm", &minutes); err != nil {
		panic(rule.Schedule.Earliest)
	}
	return tick.Add(-time.Duration(minutes) * time.Minute)
}

func end(rule *rules.Rule, tick time.Time) time.Time {
	minutes := 0
	_, _ = fmt.Sscanf(rule.Schedule.Latest, "-%dm", &minutes)
	tick = tick.Add(-time.Duration(minutes) * time.Minute)
	if rule.Language == rules.EQL {
		return tick.Add(time.Nanosecond)
	}
	return tick
}
