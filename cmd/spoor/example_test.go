package main

import (
	"regexp"
	"strings"
	"testing"

	"spoor/engine"
	"spoor/examples"
)

// footer is what stands under a table: how many rows there were.
var footer = regexp.MustCompile(`(?s)(^|\n)[0-9]+ (row|sequence|sample|event)s?,.*$`)

// TestExamples runs the command lines of the help as the help shows them, all in one shell.
func TestExamples(t *testing.T) {
	var all []examples.Example
	for _, name := range examples.Scripts() {
		all = append(all, examples.Of(name)...)
	}
	const end = "=== end of an example"
	lines := []string{"export SPOOR_OUTPUT=table"}
	for _, e := range all {
		lines = append(lines, indented(e.Line), "echo; echo '"+end+"'; echo '"+end+"' >&2")
	}
	stdout, stderr := runLine(t, strings.Join(lines, "\n"), nil)
	outs, errs := strings.Split(stdout, "\n"+end+"\n"), strings.Split(stderr, end+"\n")
	if len(outs) != len(all)+1 || len(errs) != len(all)+1 {
		t.Fatalf("%d answers to %d examples", len(outs), len(all))
	}
	for i, e := range all {
		got := footer.ReplaceAllString(outs[i], "$1")
		if got != e.Shows || e.Shows == "" {
			t.Errorf("%s\n%s\nprints\n%swant\n%s%s", e.Title, e.Line, got, e.Shows, errs[i])
		}
		if strings.Contains(errs[i], "error:") {
			t.Errorf("%s\n%s", e.Line, errs[i])
		}
	}
}

// TestEveryCommandHasExamples holds that help shows what each command does.
func TestEveryCommandHasExamples(t *testing.T) {
	for _, c := range engine.Commands() {
		if !c.Runs {
			continue
		}
		list := examples.Of("commands/" + c.Name)
		if len(list) == 0 {
			t.Errorf("the script of %s has no example", c.Name)
		}
		for _, e := range list {
			if !regexp.MustCompile(`\b` + c.Name + `\b`).MatchString(e.Line) {
				if c.Name != "search" || !strings.HasPrefix(e.Line, "spoor search '") {
					t.Errorf("an example of %s does not use it: %s", c.Name, e.Line)
				}
			}
		}
	}
}
