package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// What a shell makes of a line for cron is a command of ours, whatever the paths are called.
func TestCronLineRuns(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no sh")
	}
	dir := filepath.Join(t.TempDir(), `it's a "100%" \\ folder; $HOME`)
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	rule := filepath.Join(dir, "a rule.yml")
	program := filepath.Join(dir, "show arguments")
	for name, text := range map[string]string{
		rule:    "title: Shells\nlanguage: spl\nschedule: {cron: \"0 * * * *\"}\nquery: search Image=*/sh\n",
		program: "#!/bin/sh\nprintf '%s\\0' \"$@\"\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	var out, problems bytes.Buffer
	s := &shell{
		in: strings.NewReader(""), out: &out, err: &problems, config: t.TempDir(),
		errWidth: func() int { return 0 }, env: func(string) string { return "" }, now: func() time.Time { return time.Unix(1.7e9, 0) },
	}
	data := filepath.Join(dir, "*.log")
	code := run(context.Background(), []string{"schedule", rule, "--data", data, "--state", dir, "--program", program, "--print", "cron", "--include", `name=*"x' %y*`, "--exclude", "a b"}, s)
	if code != misused { // for no rule is called so
		t.Fatalf("exit code %d: %s", code, problems.String())
	}
	code = run(context.Background(), []string{"schedule", rule, "--data", data, "--state", dir, "--program", program, "--print", "cron", "--exclude", `name="x' %y\`}, s)
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	command, ok := strings.CutPrefix(lines[len(lines)-1], "0 * * * * ")
	if code != done || !ok {
		t.Fatalf("exit code %d: %s%s", code, out.String(), problems.String())
	}
	shown, err := exec.Command(sh, "-c", strings.ReplaceAll(command, `\%`, "%")).Output() // as cron does
	got := strings.Split(strings.TrimSuffix(string(shown), "\x00"), "\x00")
	want := []string{"detect", rule, "--data", data, "--exclude", `name="x' %y\`, "--scheduled", "--state", dir, "--lock", filepath.Join(dir, "run.lock"), "-o", "table", "-q"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%s\ngave %q, %v\nwant %q", command, got, err, want)
	}
}
