package ruletest

import (
	"fmt"
	"testing"

	"spoor/engine/rules"
)

// Tests of the same logs share a session, in which each rule runs once.
func TestSessions(t *testing.T) {
	a, b := &rules.Rule{Name: "a"}, &rules.Rule{Name: "b"}
	list := []*Result{
		{Test: Test{Rule: a, Data: []string{"x", "y"}}},
		{Test: Test{Rule: b, Data: []string{"x", "y"}}},
		{Test: Test{Rule: a, Data: []string{"x", "y"}, Least: 3}},
		{Test: Test{Rule: a, Data: []string{"x"}}},
		{Test: Test{Rule: b, Data: []string{"x"}, Now: "2024-05-06"}},
		{Test: Test{Rule: b, Data: []string{"x"}, Sourcetype: "s"}},
		{Test: Test{Rule: b, Data: []string{"x"}, Host: "s"}},
		{Test: Test{Rule: b, Data: []string{"x"}}, Status: Skip},
	}
	var got []string
	for _, s := range sessions(list) {
		text := fmt.Sprint(s.data, len(s.tests))
		for _, r := range s.rules() {
			text += " " + r.Name
		}
		got = append(got, text)
	}
	if want := "[[x y] 3 a b [x] 1 a [x] 1 b [x] 1 b [x] 1 b]"; fmt.Sprint(got) != want {
		t.Errorf("got  %v\nwant %s", got, want)
	}
}
