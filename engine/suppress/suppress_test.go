package suppress_test

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"spoor/datamodels"
	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/finding"
	"spoor/engine/rules"
	"spoor/engine/state"
	"spoor/engine/suppress"
)

// remembered is a memory.
type remembered map[state.Fingerprint]state.Throttle

func (m remembered) Throttles(list []state.Fingerprint) (map[state.Fingerprint]state.Throttle, error) {
	out := map[state.Fingerprint]state.Throttle{}
	for _, f := range list {
		if t, known := m[f]; known {
			out[f] = t
		}
	}
	return out, nil
}

// clock is a time of a day: 10:05, 10:05:30, and 24:00 and more are days after it.
func clock(t *testing.T, text string) int64 {
	t.Helper()
	if text == "" {
		return 0
	}
	var h, m, s int
	if n, _ := fmt.Sscanf(text, "%d:%d:%d", &h, &m, &s); n < 2 {
		t.Fatalf("%q is no time", text)
	}
	return time.Date(2026, 3, 1, h, m, s, 0, time.UTC).UnixNano()
}

// row is a row of name=value; of several values with a | between them; null is a column without a value.
func row(text string) (r finding.Row) {
	for word := range strings.FieldsSeq(text) {
		name, value, _ := strings.Cut(word, "=")
		var list []column.Value
		for v := range strings.SplitSeq(value, "|") {
			if v != "null" {
				list = append(list, column.Str(v))
			}
		}
		r.Names, r.Values = append(r.Names, name), append(r.Values, column.Multi(list))
	}
	return r
}

// found is a finding: when, in the run of which tick, and its rows, with a ; between events of a sequence.
type found struct{ at, tick, rows string }

func findings(t *testing.T, rule *rules.Rule, list []found, from int) (out []suppress.Finding) {
	for i, f := range list {
		x := suppress.Finding{Finding: &finding.Finding{Rule: rule}, At: clock(t, f.at), Tick: clock(t, f.tick)}
		for text := range strings.SplitSeq(f.rows, ";") {
			x.Rows = append(x.Rows, row(text))
		}
		x.Fingerprint[0], x.Fingerprint[1] = byte(from+i), byte(len(rule.Name))
		out = append(out, x)
	}
	return out
}

func decide(t *testing.T, list []suppress.Finding, m remembered, o suppress.Options) *suppress.Outcome {
	t.Helper()
	if o.Compile.Now.IsZero() {
		o.Compile.Now = time.Date(2026, 3, 5, 0, 0, 0, 0, time.UTC)
	}
	o.Compile.Models = datamodels.Builtin()
	out, err := suppress.Decide(context.Background(), list, m, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range out.Throttles {
		m[x.Fingerprint] = x.Throttle
	}
	return out
}

// said is decisions in short: what is told is + and how many are folded into it, what is suppressed -, what is silenced the silence.
func said(out *suppress.Outcome) string {
	var words []string
	for _, d := range out.Decisions {
		switch d.Verdict {
		case suppress.Tell:
			words = append(words, fmt.Sprintf("+%d", d.Suppressed))
		case suppress.Suppressed:
			words = append(words, "-")
		case suppress.Silenced:
			words = append(words, "s"+d.By)
		}
	}
	return strings.Join(words, " ")
}

func splunk(by []string, period string) *rules.Rule {
	return &rules.Rule{Name: "A", Format: rules.SavedSearch, Language: rules.SPL, Suppression: &rules.Suppression{By: by, Period: period}}
}

func elastic(by []string, period, missing string) *rules.Rule {
	return &rules.Rule{
		ID: "e", Name: "E", Format: rules.Elastic, Language: rules.EQL, Type: "eql", Schedule: rules.Schedule{Interval: "5m", Earliest: "now-9m", Latest: "now"},
		Suppression: &rules.Suppression{By: by, Period: period, Missing: missing},
	}
}

func TestDecide(t *testing.T) {
	user := []string{"user"}
	both := []string{"user", "dest"}
	host := []string{"host.name"}
	type runs [][]found
	for name, c := range map[string]struct {
		rule *rules.Rule
		runs runs
		want []string
	}{
		"no suppression": {&rules.Rule{Name: "A"}, runs{{{"10:00", "", "user=a"}, {"10:00", "", "user=a"}}}, []string{"+0 +0"}},

		// Splunk: after an alert no other for a period; by fields, for each combination of their values.
		"for a period of event time":          {splunk(nil, "1h"), runs{{{"10:00", "", "x=1"}, {"10:30", "", "x=2"}, {"10:59:59", "", "x=3"}, {"11:00", "", "x=4"}}}, []string{"+2 - - +0"}},
		"a bare number is seconds":            {splunk(nil, "60"), runs{{{"10:00", "", "x=1"}, {"10:00:59", "", "x=1"}, {"10:01", "", "x=1"}}}, []string{"+1 - +0"}},
		"by a field":                          {splunk(user, "1h"), runs{{{"10:00", "", "user=a"}, {"10:01", "", "user=b"}, {"10:02", "", "user=a"}, {"11:01", "", "user=a"}}}, []string{"+1 +0 - +0"}},
		"by a combination":                    {splunk(both, "1h"), runs{{{"10:00", "", "user=a dest=x"}, {"10:01", "", "user=a dest=y"}, {"10:02", "", "user=a dest=x"}}}, []string{"+1 +0 -"}},
		"values do not run into each other":   {splunk(both, "1h"), runs{{{"10:00", "", "user=ab dest=c"}, {"10:01", "", "user=a dest=bc"}}}, []string{"+0 +0"}},
		"one of the fields is missing":        {splunk(both, "1h"), runs{{{"10:00", "", "user=a"}, {"10:01", "", "user=a dest=null"}, {"10:02", "", "user=a dest=x"}}}, []string{"+1 - +0"}},
		"all fields are missing":              {splunk(both, "1h"), runs{{{"10:00", "", "x=1"}, {"10:01", "", "x=1"}}}, []string{"+0 +0"}},
		"the period counts from the tick":     {splunk(user, "1h"), runs{{{"9:10", "10:00", "user=a"}}, {{"10:05", "11:00", "user=a"}}}, []string{"+0", "+0"}},
		"the next tick is within":             {splunk(user, "2h"), runs{{{"9:10", "10:00", "user=a"}}, {{"10:05", "11:00", "user=a"}}, {{"11:05", "12:00", "user=a"}}}, []string{"+0", "-", "+1"}},
		"all rows of a run are one alert":     {splunk(nil, "2h"), runs{{{"9:10", "10:00", "x=1"}, {"9:11", "10:00", "x=2"}}, {{"10:05", "11:00", "x=3"}, {"10:06", "11:00", "x=4"}}, {{"11:05", "12:00", "x=5"}, {"11:06", "12:00", "x=6"}}}, []string{"+0 +0", "- -", "+2 +0"}},
		"by fields, rows of a run are folded": {splunk(user, "2h"), runs{{{"9:10", "10:00", "user=a"}, {"9:11", "10:00", "user=a"}}}, []string{"+1 -"}},
		"several ticks in one late run":       {splunk(user, "2h"), runs{{{"9:10", "10:00", "user=a"}, {"10:05", "11:00", "user=a"}, {"11:05", "12:00", "user=a"}}}, []string{"+1 - +0"}},
		"no period":                           {splunk(user, ""), runs{{{"10:00", "", "user=a"}, {"10:00", "", "user=a"}}}, []string{"+0 +0"}},

		// What was not told and not said yet is said by the next one that is told.
		"counted until the next one": {splunk(user, "1h"), runs{{{"10:00", "", "user=a"}}, {{"10:10", "", "user=a"}}, {{"10:20", "", "user=a"}, {"10:30", "", "user=a"}}, {{"11:00", "", "user=a"}}, {{"12:30", "", "user=a"}}}, []string{"+0", "-", "- -", "+3", "+0"}},

		// Nothing depends on the order in which findings come, and on how runs divide them.
		"out of order":                     {splunk(user, "1h"), runs{{{"10:50", "", "user=a"}, {"10:00", "", "user=a"}, {"11:10", "", "user=a"}}}, []string{"- +1 +0"}},
		"late, within the period":          {splunk(user, "1h"), runs{{{"10:30", "", "user=a"}}, {{"10:00", "", "user=a"}}, {{"11:29", "", "user=a"}}, {{"11:30", "", "user=a"}}}, []string{"+0", "-", "-", "+2"}},
		"late, long before the period":     {splunk(user, "1h"), runs{{{"10:30", "", "user=a"}}, {{"8:00", "", "user=a"}, {"8:30", "", "user=a"}}, {{"11:00", "", "user=a"}}}, []string{"+0", "+1 -", "-"}},
		"late rows of an alert that's out": {splunk(nil, "2h"), runs{{{"9:10", "10:00", "x=1"}}, {{"9:05", "10:00", "x=0"}}}, []string{"+0", "+0"}},
		"without any time":                 {splunk(user, "1h"), runs{{{"", "", "user=a"}, {"", "", "user=a"}}}, []string{"+1 -"}},

		// Elastic: one alert in a period, from the first event on, or in one execution.
		"within a period":                    {elastic(host, "6h", ""), runs{{{"10:00", "10:05", "host.name=a"}, {"10:01", "10:05", "host.name=a"}, {"10:02", "10:05", "host.name=b"}}, {{"15:59:59", "16:00", "host.name=a"}}, {{"16:00", "16:05", "host.name=a"}}}, []string{"+1 - +0", "-", "+1"}},
		"within an execution":                {elastic(host, "", "suppress"), runs{{{"10:00", "10:05", "host.name=a"}, {"10:01", "10:05", "host.name=a"}, {"10:02", "10:05", "host.name=b"}}, {{"10:06", "10:10", "host.name=a"}}}, []string{"+1 - +0", "+0"}},
		"two executions in one run":          {elastic(host, "", ""), runs{{{"10:00", "10:05", "host.name=a"}, {"10:06", "10:10", "host.name=a"}}}, []string{"+0 +0"}},
		"executions that nobody scheduled":   {elastic(host, "", ""), runs{{{"10:00:01", "", "host.name=a"}, {"10:04", "", "host.name=a"}, {"10:05", "", "host.name=a"}, {"10:05:01", "", "host.name=a"}}, {{"10:09", "", "host.name=a"}, {"10:11", "", "host.name=a"}}}, []string{"+2 - - +0", "- +1"}},
		"missing fields are alike":           {elastic(host, "1h", "suppress"), runs{{{"10:00", "", "x=1"}, {"10:01", "", "host.name=null"}}}, []string{"+1 -"}},
		"missing fields suppress by default": {elastic(host, "1h", ""), runs{{{"10:00", "", "x=1"}, {"10:01", "", "x=2"}}}, []string{"+1 -"}},
		"missing fields are told":            {elastic([]string{"host.name", "user.id"}, "1h", "doNotSuppress"), runs{{{"10:00", "", "host.name=a"}, {"10:01", "", "host.name=a"}, {"10:02", "", "host.name=a user.id=1"}, {"10:03", "", "host.name=a user.id=1"}}}, []string{"+0 +0 +1 -"}},
		"lists are alike in any order":       {elastic(host, "1h", ""), runs{{{"10:00", "", "host.name=a|b"}, {"10:01", "", "host.name=b|a"}, {"10:02", "", "host.name=a"}}}, []string{"+1 - +0"}},
		"a sequence has what its events share": {elastic(host, "1h", ""), runs{{{"10:00", "", "host.name=a user=x;host.name=a user=y"}, {"10:01", "", "host.name=a user=z;host.name=a"}, {"10:02", "", "host.name=a;host.name=b"}}},
			[]string{"+1 - +0"}},
		"lists of a sequence keep their order": {elastic([]string{"ips"}, "1h", ""), runs{{{"10:00", "", "ips=1|2;ips=1|2"}, {"10:01", "", "ips=2|1;ips=2|1"}, {"10:02", "", "ips=1|2;ips=1|2"}}}, []string{"+1 +0 -"}},
		"more fields than Kibana takes":        {elastic([]string{"a", "b", "c", "d"}, "1h", ""), runs{{{"10:00", "", "a=1 d=1"}, {"10:01", "", "a=1 d=2"}, {"10:02", "", "a=1 d=1"}}}, []string{"+1 +0 -"}},
		"a period that is none":                {elastic(host, "6x", ""), runs{{{"10:00", "", "host.name=a"}, {"10:01", "", "host.name=a"}}}, []string{"+0 +0"}},
	} {
		t.Run(name, func(t *testing.T) {
			memory, n := remembered{}, 0
			for i, run := range c.runs {
				if got := said(decide(t, findings(t, c.rule, run, n), memory, suppress.Options{Set: "s"})); got != c.want[i] {
					t.Errorf("run %d: %s, want %s", i+1, got, c.want[i])
				}
				n += len(run)
			}
		})
	}
}

// All rules of a group are suppressed when one of them is told, for the period of that one.
func TestGroup(t *testing.T) {
	long, short, other := splunk(nil, "2h"), splunk(nil, "10m"), splunk(nil, "1h")
	long.Name, short.Name, other.Name = "long", "a short one", "another group"
	long.Suppression.Group, short.Suppression.Group, other.Suppression.Group = "ssh", "ssh", "web"
	memory := remembered{}
	for i, c := range []struct {
		rule *rules.Rule
		found
		want string
	}{
		{short, found{"", "10:00", "x=1"}, "+0"},
		{long, found{"", "10:00", "x=1"}, "-"}, // of the same tick, but not of the same alert
		{other, found{"", "10:05", "x=1"}, "+0"},
		{long, found{"", "10:10", "x=1"}, "+1"},
		{short, found{"", "12:00", "x=1"}, "-"},
		{short, found{"", "12:10", "x=1"}, "+1"},
	} {
		if got := said(decide(t, findings(t, c.rule, []found{c.found}, i), memory, suppress.Options{})); got != c.want {
			t.Errorf("%d: %s of %s at %s, want %s", i, got, c.rule.Name, c.tick, c.want)
		}
	}
}

// Logs that are searched apart are suppressed apart.
func TestSets(t *testing.T) {
	memory := remembered{}
	for i, c := range []struct {
		set  state.Set
		want string
	}{{"a", "+0"}, {"b", "+0"}, {"a", "-"}} {
		if got := said(decide(t, findings(t, splunk(nil, "1h"), []found{{"10:00", "", "x=1"}}, i), memory, suppress.Options{Set: c.set})); got != c.want {
			t.Errorf("%d: %s, want %s", i, got, c.want)
		}
	}
}

// What is told says by what it is folded, and over which time.
func TestFolded(t *testing.T) {
	rule := elastic([]string{"host.name", "user.id"}, "1h", "")
	memory := remembered{}
	term := []finding.Term{{Field: "host.name", Values: []column.Value{column.Str("a")}}, {Field: "user.id"}}
	out := decide(t, findings(t, rule, []found{{"10:00", "", "host.name=a"}, {"10:20", "", "host.name=a"}}, 0), memory, suppress.Options{})
	if got, want := out.Decisions[0].Folded, (&finding.Folded{Terms: term, First: clock(t, "10:00"), Last: clock(t, "10:20")}); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	decide(t, findings(t, rule, []found{{"10:40", "", "host.name=a"}}, 2), memory, suppress.Options{})
	out = decide(t, findings(t, rule, []found{{"12:00", "", "host.name=a"}}, 3), memory, suppress.Options{})
	if got, want := out.Decisions[0].Folded, (&finding.Folded{Terms: term, First: clock(t, "10:00"), Last: clock(t, "12:00")}); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	for _, x := range out.Throttles {
		want := state.Throttle{Rule: "e", Until: clock(t, "13:00"), First: clock(t, "12:00"), Last: clock(t, "12:00"), Told: state.Fingerprint{3, 1}}
		if x.Throttle != want {
			t.Errorf("remembered %+v, want %+v", x.Throttle, want)
		}
	}
}

// Rules whose suppression says nothing that has a meaning are told in full, and the reason is said once.
func TestNotApplied(t *testing.T) {
	list := findings(t, splunk(nil, "soon"), []found{{"10:00", "", "x=1"}, {"10:01", "", "x=1"}}, 0)
	out := decide(t, list, remembered{}, suppress.Options{Compile: engine.Options{}})
	if got := said(out); got != "+0 +0" || len(out.Problems) != 1 || !strings.Contains(out.Problems[0].Error(), `"soon", which is no period`) {
		t.Errorf("%s, %v", got, out.Problems)
	}
}
