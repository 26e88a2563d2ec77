package main

import (
	"strings"
	"testing"
)

func TestLanguageOfAText(t *testing.T) {
	for text, want := range map[string]string{
		`process where true`: "EQL",
		"  // a comment\n/* and\nanother */ any where true":     "EQL",
		`"my category" where x == 1`:                            "EQL",
		"sequence by host.id with maxspan=5s\n  [a where true]": "EQL",
		`sample by user.id [a where true] [b where true]`:       "EQL",
		`process where a == "b" | head 5`:                       "EQL",
		`process where a == "b" | stats count`:                  "EQL",
		`| tstats count from datamodel=Endpoint.Processes`:      "SPL",
		"`sysmon` EventID=1":                                    "SPL",
		`search process where true`:                             "SPL",
		`EventID=1 Image=*/curl`:                                "SPL",
		`failed password | stats count by user`:                 "SPL",
		`failed password | head 5`:                              "",
		`nowhere to run`:                                        "",
		`sequence of events`:                                    "",
		``:                                                      "",
	} {
		got := ""
		switch {
		case likeEQL(text):
			got = "EQL"
		case likeSPL(text):
			got = "SPL"
		}
		if got != want {
			t.Errorf("%q looks like %q, want %q", text, got, want)
		}
	}
}

func TestTerminalNeverSeesControlCharactersOfEvents(t *testing.T) {
	for _, command := range [][]string{
		{"eql", "process where true", "-o", "table"}, {"eql", "process where true", "-o", "ndjson"}, {"eql", "process where true", "-o", "raw"},
		{"eql", "sequence by process.command_line [any where true] with runs=1 [any where true]", "-o", "table"},
		{"eql", "sequence by process.command_line [any where true] [any where true]", "-o", "json"},
		{"tree", "--pid", "7"}, {"tree", "--pid", "7", "-o", "ndjson"}, {"tree", "--pid", "7", "--wide"},
		{"why", "--eql", `process where process.command_line == "x"`, "--event", "-"},
		{"why", "--eql", `process where process.command_line == "x"`, "--event", "-", "-o", "ndjson"},
	} {
		s := newScreen(t, event+event)
		if code := s.run(append(command, "--color", "never")...); code != done {
			t.Fatalf("%s: code %d: %s", command, code, s.stderr.String())
		}
		if got := s.stdout.String() + s.stderr.String(); strings.ContainsAny(got, "\x1b\u202e") || !strings.Contains(got, `\u202e`) {
			t.Errorf("%s: %q", command, got)
		}
	}
}
