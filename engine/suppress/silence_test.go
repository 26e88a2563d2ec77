package suppress_test

import (
	"reflect"
	"strings"
	"testing"

	"spoor/engine/finding"
	"spoor/engine/rules"
	"spoor/engine/state"
	"spoor/engine/suppress"
)

func TestSilences(t *testing.T) {
	rule := &rules.Rule{ID: "11-22", Name: "Linux SSH = Odd", Format: rules.SavedSearch}
	for name, c := range map[string]struct {
		silence state.Silence
		found   found
		want    string
	}{
		"any rule":                        {state.Silence{Rule: "*"}, found{"10:00", "", "x=1"}, "s1"},
		"no rule":                         {state.Silence{}, found{"10:00", "", "x=1"}, "s1"},
		"its name":                        {state.Silence{Rule: "linux ssh = odd"}, found{"10:00", "", "x=1"}, "s1"},
		"its id":                          {state.Silence{Rule: "11-22"}, found{"10:00", "", "x=1"}, "s1"},
		"a pattern":                       {state.Silence{Rule: "Linux *"}, found{"10:00", "", "x=1"}, "s1"},
		"another":                         {state.Silence{Rule: "Linux"}, found{"10:00", "", "x=1"}, "+0"},
		"before it ends":                  {state.Silence{Until: clock(t, "11:00")}, found{"10:59:59", "", "x=1"}, "s1"},
		"when it has ended":               {state.Silence{Until: clock(t, "11:00")}, found{"11:00", "", "x=1"}, "+0"},
		"what happened before it":         {state.Silence{Added: clock(t, "12:00")}, found{"10:00", "", "x=1"}, "s1"},
		"without a time, ended":           {state.Silence{Until: clock(t, "11:00")}, found{"", "", "x=1"}, "+0"},
		"true":                            {state.Silence{Where: `user="backup" AND x>5`}, found{"10:00", "", "user=backup x=10"}, "s1"},
		"false":                           {state.Silence{Where: `user="backup" AND x>5`}, found{"10:00", "", "user=backup x=4"}, "+0"},
		"a field is missing":              {state.Silence{Where: `user="backup"`}, found{"10:00", "", "x=1"}, "+0"},
		"nothing is known of what is not": {state.Silence{Where: `NOT owner="root"`}, found{"10:00", "", "x=1"}, "+0"},
		"a name with a dot":               {state.Silence{Where: `'process.name'="nc"`}, found{"10:00", "", "process.name=nc"}, "s1"},
		"a function":                      {state.Silence{Where: `like(path, "/opt/%")`}, found{"10:00", "", "path=/opt/x"}, "s1"},
		"one of several values":           {state.Silence{Where: `user="b"`}, found{"10:00", "", "user=a|b"}, "s1"},
		"one event of a sequence":         {state.Silence{Where: `user="b" AND x="2"`}, found{"10:00", "", "user=a x=1;user=b x=2"}, "s1"},
		"not of two events":               {state.Silence{Where: `user="b" AND x="1"`}, found{"10:00", "", "user=a x=1;user=b x=2"}, "+0"},
		"whom it concerns":                {state.Silence{Where: `host="web1" AND user="u"`}, found{"10:00", "", "x=1"}, "s1"},
		"the row knows better":            {state.Silence{Where: `host="web1"`}, found{"10:00", "", "host=db1"}, "+0"},
	} {
		t.Run(name, func(t *testing.T) {
			c.silence.ID = "1"
			list := findings(t, rule, []found{c.found}, 0)
			list[0].Entities = finding.Entities{Hosts: []string{"web1"}, Users: []string{"u"}}
			out := decide(t, list, remembered{}, suppress.Options{Silences: []state.Silence{c.silence}})
			if got := said(out); got != c.want || out.Problems != nil {
				t.Errorf("%s, want %s; %v", got, c.want, out.Problems)
			}
			if hits := out.Hits["1"]; (hits == 1) != (c.want == "s1") {
				t.Errorf("%d hits", hits)
			}
		})
	}
}

// The first silence counts, each finding once; what is silenced suppresses nothing.
func TestSilencesFirst(t *testing.T) {
	list := findings(t, splunk([]string{"user"}, "1h"), []found{{"10:00", "", "user=a test=1"}, {"10:10", "", "user=a"}, {"10:20", "", "user=a test=1"}, {"10:30", "", "user=a"}}, 0)
	silences := []state.Silence{{ID: "3", Where: `test=1`}, {ID: "4", Where: `test=1 OR false()`}}
	out := decide(t, list, remembered{}, suppress.Options{Silences: silences})
	if got := said(out); got != "s3 +1 s3 -" {
		t.Error(got)
	}
	if want := map[string]int{"3": 2}; !reflect.DeepEqual(out.Hits, want) {
		t.Errorf("hits %v", out.Hits)
	}
	var lines []string
	for _, w := range out.Withheld(list) {
		lines = append(lines, w.String())
	}
	want := []string{`2 findings of "A" silenced by 3`, `1 finding of "A" suppressed: one alert of equal user every 1h`}
	if !reflect.DeepEqual(lines, want) {
		t.Errorf("%q", lines)
	}
}

// A silence that cannot be understood silences nothing, and that is said.
func TestBadSilence(t *testing.T) {
	for _, text := range []string{`user=`, `nosuch(user)`, `1=1 | outputlookup x.csv`, `[search x]`, `user`} {
		list := findings(t, &rules.Rule{Name: "A"}, []found{{"10:00", "", "user=a"}}, 0)
		out := decide(t, list, remembered{}, suppress.Options{Silences: []state.Silence{{ID: "7", Where: text}}})
		if got := said(out); got != "+0" {
			t.Errorf("%s: %s", text, got)
		}
		if text == "user" { // not an error of the language: a text is not true
			continue
		}
		if len(out.Problems) != 1 || !strings.Contains(out.Problems[0].Error(), "silence 7 is not applied: ") {
			t.Errorf("%s: %v", text, out.Problems)
		}
	}
}
