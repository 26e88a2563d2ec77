package why_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"spoor/engine"
	"spoor/engine/why"
)

func TestTextFits(t *testing.T) {
	a := ask(t, question(t, engine.SPL, `search EventID=1 Image=*/x User=nobody CommandLine="*some long text*"`, starts, "", ""), 2)
	var b strings.Builder
	if err := a.Text(&b, why.Style{Name: "A rule", Width: 40}); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(b.String(), "\n")
	for _, line := range lines {
		if n := utf8.RuneCountInString(line); n > 40 {
			t.Errorf("%d places: %s", n, line)
		}
	}
	if lines[0] != `A rule did not fire: Image is` || lines[1] != `  "/usr/bin/b", not "*/x", and User is` {
		t.Errorf("the sentence is not told whole:\n%s", b.String())
	}
}

func TestProcessTable(t *testing.T) {
	a := ask(t, question(t, engine.EQL, `file where process.command_line : "*slow*" and process.executable == "/usr/bin/a"`, starts, "", ""), 5)
	var text, document strings.Builder
	if err := errors.Join(a.Text(&text, why.Style{}), a.JSON(&document, why.Style{})); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"process.command_line is \"a --fast\"  ← the start of its process\n", "process.executable is \"/usr/bin/a\"  ← Image \"/usr/bin/a\"\n"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("not in the text: %s\n%s", want, text.String())
		}
	}
	if want := `{"name":"process.command_line","value":"a --fast","from_process_table":true}`; !strings.Contains(document.String(), want) {
		t.Errorf("not in the document: %s\n%s", want, document.String())
	}
}

func TestColor(t *testing.T) {
	a := ask(t, question(t, engine.SPL, `search EventID=1 User=x`, starts, "", ""), 1)
	var b strings.Builder
	if err := a.Text(&b, why.Style{Name: "R", Color: true}); err != nil {
		t.Fatal(err)
	}
	if text := b.String(); !strings.Contains(text, "\x1b[1m    ▶ ✗ User=x  (query:1:18)\x1b[0m\n") || strings.Contains(text, "\x1b[1m    ▶ ✓") {
		t.Errorf("%q", text)
	}
}

func TestJSON(t *testing.T) {
	q := question(t, engine.EQL, `sequence by host.name with maxspan=1m [process where process.name == "a"] [process where process.name == "c"] until [file where true]`, starts, "", "")
	var b strings.Builder
	if err := ask(t, q, 3).JSON(&b, why.Style{Name: "R"}); err != nil {
		t.Fatal(err)
	}
	type member struct {
		Stage, Time string
		Line        int64
	}
	var got struct {
		SchemaVersion int `json:"schema_version"`
		Rule          string
		Fired         *bool
		Because       string
		Ways          []struct {
			Stages []struct {
				Name      string
				Keys      []struct{ Name, Value string }
				Condition struct{ Mark string }
			}
			Sequence struct {
				End    string
				Stage  string
				Events []member
				By     member
				Late   float64 `json:"late_seconds"`
				Gap    float64 `json:"gap_seconds"`
			}
		}
	}
	if err := json.Unmarshal([]byte(b.String()), &got); err != nil {
		t.Fatal(err)
	}
	if got.SchemaVersion != 1 || got.Rule != "R" || got.Fired == nil || *got.Fired || len(got.Ways) != 1 || strings.Count(b.String(), "\n") != 1 {
		t.Fatalf("%s", b.String())
	}
	way := got.Ways[0]
	if s := way.Sequence; s.End != "late" || s.Stage != "2" || s.Late != 14 || s.Gap != 74 || s.By != (member{"2", "2024-05-06T10:01:14.000Z", 3}) ||
		len(s.Events) != 1 || s.Events[0] != (member{"1", "2024-05-06T10:00:00.000Z", 1}) {
		t.Errorf("the sequence: %+v", s)
	}
	var stages []string
	for _, s := range way.Stages {
		stages = append(stages, s.Name+" "+s.Condition.Mark+" "+s.Keys[0].Name+" "+s.Keys[0].Value)
	}
	if text := strings.Join(stages, ", "); text != "1 false host.name h, 2 true host.name h, until false host.name h" {
		t.Errorf("the stages: %s", text)
	}
}
