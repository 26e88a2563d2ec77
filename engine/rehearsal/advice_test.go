package rehearsal_test

import (
	"fmt"
	"strings"
	"testing"

	"spoor/engine/rehearsal"
	"spoor/engine/rules"
)

// A rule that follows the advice loses nothing, or tells nothing twice.
func TestAdvice(t *testing.T) {
	x, shells := `process where process.name == "x"`, "EventID=1 Image=*/x"
	for _, c := range []struct {
		name         string
		query        string
		splunk       bool
		when, advice string // of the rule, as it says it
		log          string
		what         rehearsal.What
	}{
		{"a sequence over the edge of windows that tile", fmt.Sprintf(sequence, "1m"), false, `from = "now-5m"`, `from = "now-6m"`,
			event("10:04:40", "x") + event("10:05:20", "y") + event("10:09:01", "x") + event("10:10:00", "y"), rehearsal.Never},
		{"a look-back that is shorter than maxspan", fmt.Sprintf(sequence, "10m"), false, `from = "now-9m"`, `from = "now-19m"`,
			event("10:00:30", "x") + event("10:10:20", "y") + event("11:04:59", "x") + event("11:14:58", "y"), rehearsal.Never},
		{"windows with gaps, and a sequence in one", fmt.Sprintf(sequence, "2m"), false, `from = "now-2m"`, `from = "now-5m"`, event("10:01:10", "x") + event("10:01:20", "y"), rehearsal.Never},
		{"a sequence without maxspan", `sequence by host.name [process where process.name == "x"] [process where process.name == "y"]`, false, `from = "now-5m"`, `from = "now-6m"`,
			event("10:04:40", "x") + event("10:05:20", "y"), rehearsal.Never},
		{"a gap", shells, true, "earliest: -50m@m, latest: now", "earliest: -60m@m", event("10:05:00", "x"), rehearsal.Never},
		{"a gap of windows that end before the tick", shells, true, "earliest: -30m, latest: -10m@m", "earliest: -70m", event("10:05:00", "x"), rehearsal.Never},
		{"a gap of seconds", x, false, `from = "now-4m"`, `from = "now-5m"`, event("10:05:30", "x"), rehearsal.Never},
		{"a group that has enough only in all", shells + " | stats count by Image | where count>=3", true, "earliest: -60m@m, latest: now", "earliest: -70m@m",
			event("10:50:00", "x") + event("10:55:00", "x") + event("11:05:00", "x"), rehearsal.Never},
		{"more than max_signals", x, false, "from = \"now-5m\"\nmax_signals = 1", "max_signals = 3", event("10:01:00", "x") + event("10:02:00", "x") + event("10:03:00", "x"), rehearsal.Never},
		{"written late", x, false, `from = "now-6m"`, `from = "now-22m"`, event("10:02:00", "z") + event("10:21:00", "z") + event("10:03:00", "x"), rehearsal.Late},
		{"an overlap", shells, true, "earliest: -70m@m, latest: -5m@m", "earliest: -65m@m", event("10:50:00", "x"), rehearsal.Twice},
	} {
		rule := func(when string) *rules.Rule {
			if c.splunk {
				return hourly(t, c.query, when)
			}
			return elastic(t, c.query, when)
		}
		o := options(logged(t, c.log), at(9, 0), at(13, 0))
		out, err := rehearsal.Run(t.Context(), []*rules.Rule{rule(c.when)}, o)
		if err != nil || len(out.Cases) == 0 || out.Cases[0].What != c.what {
			t.Fatalf("%s: %v, %+v", c.name, err, out)
		}
		if got := out.Cases[0].Advice; got != c.advice || c.what != rehearsal.Twice && got != out.Rules[0].Advice {
			t.Errorf("%s: advice %q, of the rule %q, want %q", c.name, got, out.Rules[0].Advice, c.advice)
		}
		if out, err = rehearsal.Run(t.Context(), []*rules.Rule{rule(follow(c.when, c.advice))}, o); err != nil {
			t.Fatal(err)
		}
		for _, one := range out.Cases {
			if !one.Dropped {
				t.Errorf("%s: with %s it is told %s: %s", c.name, c.advice, one.What, one.Why)
			}
		}
	}
}

// follow is what a rule says, with the advice in the place of what it said before.
func follow(when, advice string) string {
	name := strings.TrimRight(strings.FieldsFunc(advice, func(r rune) bool { return r == ':' || r == '=' })[0], " ")
	begin := strings.Index(when, name)
	length := strings.IndexAny(when[begin:], ",\n")
	if length < 0 {
		length = len(when) - begin
	}
	return when[:begin] + advice + when[begin+length:]
}

func TestAdviceByFormat(t *testing.T) {
	log := event("10:05:00", "x")
	for name, want := range map[string]string{
		"savedsearches.conf": "dispatch.earliest_time = -60m@m", "r.yml": "earliest: -60m@m",
	} {
		text := map[string]string{
			"savedsearches.conf": "[s]\nsearch = EventID=1 Image=*/x\ncron_schedule = 0 * * * *\ndispatch.earliest_time = -50m@m\ndispatch.latest_time = now\nenableSched = 1\n",
			"r.yml":              "title: s\nlanguage: spl\nquery: EventID=1 Image=*/x\nschedule: {cron: '0 * * * *', earliest: -50m@m, latest: now}\n",
		}[name]
		out, err := rehearsal.Run(t.Context(), []*rules.Rule{load(t, name, text)}, options(logged(t, log), at(9, 0), at(13, 0)))
		if err != nil || len(out.Cases) != 1 || out.Cases[0].Advice != want {
			t.Errorf("%s: %v %+v, want %s", name, err, out, want)
		}
	}
}
