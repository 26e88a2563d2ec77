package why_test

import (
	"fmt"
	"strings"
	"testing"

	"spoor/engine"
	"spoor/engine/why"
)

// outline is a condition and its parts, one a line: what decides has an exclamation mark.
func outline(c *why.Condition, depth int) string {
	mark := map[bool]string{true: "!", false: ""}[c.Decides]
	text := c.Op
	if c.Op == "" {
		text = c.Text
	}
	out := fmt.Sprintf("%s%s%s %s\n", strings.Repeat("  ", depth), mark, c.Mark, text)
	for _, p := range c.Parts {
		out += outline(p, depth+1)
	}
	return out
}

func TestConditions(t *testing.T) {
	for _, c := range []struct {
		name     string
		language engine.Language
		query    string
		line     int64
		want     string
	}{
		{"every condition is asked, though the first does not hold", engine.SPL, `search EventID=3 User=root`, 1, `
!false and
  !false EventID=3
  true User=root
`},
		{"what decides a disjunction", engine.SPL, `search (User=x OR NOT (User=root OR Image=*/b)) EventID=1`, 1, `
!false and
  !false or
    !false User=x
    !false not
      !true or
        !true User=root
        false Image=*/b
  true EventID=1
`},
		{"what makes a disjunction true", engine.SPL, `search User=x OR User=root`, 1, `
!true or
  false User=x
  !true User=root
`},
		{"a field that is absent, in search and in where", engine.SPL, `search EventID=1 NOT ParentImage=x | where NOT ParentImage="x"`, 1, `
!true and
  !true EventID=1
  !true not
    !absent ParentImage=x
!absent not
  !absent ParentImage="x"
`},
		{"a macro", engine.SPL, "search EventID=1 | `some_filter`", 1, `
!true EventID=1
`},
		{"a condition below others", engine.EQL, `process where user.name == "bob" and (process.pid == 7 or process.name like "x*")`, 1, `
!false and
  true (event.category == "process")
  !false user.name == "bob"
  !false or
    !false process.pid == 7
    !false process.name like "x*"
`},
		{"arguments, which an event holds as one text", engine.EQL, `process where process.args == "--slow"`, 1, `
!false and
  true (event.category == "process")
  !false process.args == "--slow"
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := ask(t, question(t, c.language, c.query, starts, "", ""), c.line)
			got := "\n"
			for _, cond := range a.Ways[0].Conditions {
				got += outline(cond, 0)
			}
			if got != c.want {
				t.Errorf("got%swant%s", got, c.want)
			}
		})
	}
}

// leaf is the first condition without parts that decides and is not true.
func leaf(list []*why.Condition) *why.Condition {
	for _, c := range list {
		if c.Decides && c.Op == "" && c.Mark != why.True {
			return c
		}
		if found := leaf(c.Parts); found != nil && c.Decides {
			return found
		}
	}
	return nil
}

func TestClosest(t *testing.T) {
	for _, c := range []struct {
		language             engine.Language
		query, closest, note string
	}{
		{engine.SPL, `search CommandLine IN ("*slow*", "a *fest*", "b --fast")`, `"b --fast"`, ""},
		{engine.SPL, `search CommandLine IN ("*zzz*", "a*z*--fast")`, `"a*z*--fast"`, ""},
		{engine.SPL, `search CommandLine IN ("zzz", "yyy")`, "", ""},
		{engine.SPL, `search CommandLine="b --fast"`, "", ""},
		{engine.SPL, `search EventID=1 | where CommandLine="A --FAST"`, `"A --FAST"`, "only the case of letters differs"},
		{engine.EQL, `process where process.command_line in ("x", "a *")`, `"a *"`, "`in` takes wildcards literally: as a pattern this one would match"},
	} {
		a := ask(t, question(t, c.language, c.query, starts, "", ""), 1)
		got := leaf(a.Ways[0].Conditions)
		if got == nil {
			t.Errorf("%s: no condition decides: %s", c.query, a.Because)
		} else if got.Closest != c.closest || got.Note != c.note {
			t.Errorf("%s: closest %s (%s), want %s (%s)", c.query, got.Closest, got.Note, c.closest, c.note)
		}
	}
}

func TestWhereConditionsStand(t *testing.T) {
	a := ask(t, question(t, engine.SPL, "search EventID=1\n User=x", starts, "", ""), 1)
	at := leaf(a.Ways[0].Conditions).At
	if line, col := at.Position(); line != 2 || col != 2 || at.String() != "User=x" {
		t.Errorf("%q at %d:%d", at, line, col)
	}
}

func TestSeen(t *testing.T) {
	query := `| tstats count from datamodel=Endpoint.Processes where Processes.process=x by Processes.user`
	q := question(t, engine.SPL, query, starts, "", "")
	var b strings.Builder
	if err := ask(t, q, 1).Text(&b, why.Style{Name: "R"}); err != nil {
		t.Fatal(err)
	}
	want := `R did not fire: Processes.process is "a --fast", not "x"

log:1  2024-05-06T10:00:00.000Z  h  sysmon/1
  ` + strings.SplitN(starts, "\n", 2)[0] + `

conditions on Endpoint.Processes
  ▶ ✗ Processes.process=x  (query:1:56)
        Processes.process is "a --fast"  ← CommandLine "a --fast"
`
	if got := named(q, b.String()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
