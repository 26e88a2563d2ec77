package rehearsal_test

import (
	"fmt"
	"testing"

	"spoor/engine/rehearsal"
	"spoor/engine/rules"
)

// What rules suppress is no loss: it is counted apart.
func TestSuppression(t *testing.T) {
	throttled := func(more string) *rules.Rule {
		return load(t, "savedsearches.conf", "[s]\nsearch = EventID=1 Image=*/x | table _time Image Computer\ncron_schedule = 0 * * * *\ndispatch.earliest_time = -70m@m\ndispatch.latest_time = now\nenableSched = 1\nalert.suppress = 1\n"+more)
	}
	const x = `process where process.name == "x"`
	for _, c := range []struct {
		name string
		rule *rules.Rule
		log  string
		want string // found, twice, dropped, never, late, suppressed
	}{
		// Ticks at 11 and 12 hold it: within the two hours the second one tells nothing.
		{"an overlap is suppressed", throttled("alert.suppress.period = 2h\nalert.suppress.fields = Image\n"), event("10:55:00", "x"), "1 0 0 0 0 0"},
		{"for too short a time", throttled("alert.suppress.period = 30m\nalert.suppress.fields = Image\n"), event("10:55:00", "x"), "1 1 0 0 0 0"},
		{"others of the period", throttled("alert.suppress.period = 2h\nalert.suppress.fields = Image\n"), event("10:20:00", "x") + event("11:20:00", "x") + event("12:20:00", "x"), "3 0 0 0 0 1"},
		{"others by another field", throttled("alert.suppress.period = 2h\nalert.suppress.fields = _time\n"), event("10:20:00", "x") + event("11:20:00", "x"), "2 0 0 0 0 0"},
		{"one alert for all rows of a run", throttled("alert.suppress.period = 2h\n"), event("10:20:00", "x") + event("10:30:00", "x") + event("11:20:00", "x"), "3 0 0 0 0 1"},
		// Elastic: five events of an hour are one alert; that a look-back of 9m finds each again raises nothing.
		{"Elastic", elastic(t, x, "from = \"now-9m\"\nalert_suppression = {group_by = [\"host.name\"], duration = {value = 1, unit = \"h\"}}"),
			event("10:01:00", "x") + event("10:11:00", "x") + event("10:23:00", "x") + event("10:59:00", "x") + event("11:01:00", "x"), "5 0 2 0 0 3"},
		{"lost is not suppressed", elastic(t, x, "from = \"now-4m\"\nalert_suppression = {group_by = [\"host.name\"], duration = {value = 1, unit = \"h\"}}"),
			event("10:01:30", "x") + event("10:05:30", "x") + event("10:11:30", "x"), "3 0 0 1 0 1"},
	} {
		out, err := rehearsal.Run(t.Context(), []*rules.Rule{c.rule}, options(logged(t, c.log), at(9, 0), at(14, 0)))
		if err != nil || len(out.Problems) > 0 {
			t.Fatal(err, out.Problems)
		}
		s := out.Rules[0]
		if got := fmt.Sprint(s.Found, s.Twice, s.Dropped, s.Never, s.Late, s.Suppressed); got != c.want {
			t.Errorf("%s: %s, want %s (found, twice, dropped, never, late, suppressed): %s", c.name, got, c.want, s.Problem)
		}
		suppressed := 0
		for _, one := range out.Cases {
			if one.What == rehearsal.Suppressed {
				suppressed++
			}
		}
		if suppressed != s.Suppressed {
			t.Errorf("%s: %d cases of %d", c.name, suppressed, s.Suppressed)
		}
	}
}
