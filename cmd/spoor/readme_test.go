package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"spoor/examples"
)

// readme is the first command in README.md's indented blocks that starts with the text.
func readme(t *testing.T, start string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "    "+start) {
			return strings.TrimSpace(line)
		}
	}
	t.Fatalf("README.md has no command that starts with %q", start)
	return ""
}

// runLine runs a command line of README.md from the project's folder, with spoor and stand-ins for other programs in its path.
func runLine(t *testing.T, line string, programs map[string]string) (stdout, stderr string) {
	t.Helper()
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("needs bash")
	}
	bin := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	// The test binary is spoor when it is called by that name: see TestMain.
	if err := os.Symlink(self, filepath.Join(bin, "spoor")); err != nil {
		t.Fatal(err)
	}
	for name, script := range programs {
		if err := os.WriteFile(filepath.Join(bin, name), []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("bash", "-c", line)
	cmd.Dir = filepath.Join("..", "..")
	cmd.Env = append(os.Environ(), "PATH="+bin+":"+os.Getenv("PATH"), "XDG_CONFIG_HOME="+bin, "LC_ALL=C.UTF-8")
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", line, err, errs.String())
	}
	return out.String(), errs.String()
}

const restarts = 8 // in examples/logs/service_restarts.*

func TestReadmeFile(t *testing.T) {
	out, _ := runLine(t, readme(t, "spoor search -f examples"), nil)
	if n := strings.Count(out, "\n"); n != restarts {
		t.Errorf("%d rows, want %d:\n%s", n, restarts, out)
	}
	first := readme(t, "go run ./cmd/spoor")
	if rest, ok := strings.CutPrefix(first, "go run ./cmd/"); !ok || rest != readme(t, "spoor search -f examples") {
		t.Errorf("the first command is not the first use: %s", first)
	}
}

// The pipe of README.md, on the example's journal, at a time when its events are recent.
func TestReadmePipe(t *testing.T) {
	line := strings.Replace(readme(t, "journalctl"), "detection.spl", "examples/searches/linux_service_restarted.spl", 1)
	line = strings.Replace(line, "--earliest -70m@m --latest -10m@m", "--earliest 0", 1)
	out, _ := runLine(t, line, map[string]string{"journalctl": "cat examples/logs/service_restarts.journal.json"})
	if n := strings.Count(out, "\n"); n != restarts {
		t.Errorf("%d rows, want %d:\n%s", n, restarts, out)
	}
}

// The lines of crontab in README.md are among those that run in scheduled_test.go.
func TestReadmeCron(t *testing.T) {
	for _, start := range []string{"10 * * * *", "*/5 * * * *"} {
		if line := readme(t, start); !strings.Contains(examples.Scheduled("crontab"), "\n"+line+"\n") {
			t.Errorf("the crontab of the examples has no line %s", line)
		}
	}
}

// The rule, the process tree and the question of README.md.
func TestReadmeEQL(t *testing.T) {
	out, _ := runLine(t, readme(t, "spoor eql"), nil)
	if n := strings.Count(out, `{"join_keys":`); n != 7 {
		t.Errorf("%d sequences, want 7:\n%s", n, out)
	}
	if out, _ = runLine(t, readme(t, "spoor tree"), nil); !strings.Contains(out, "telnet") {
		t.Errorf("no telnet in the tree:\n%s", out)
	}
	if out, _ = runLine(t, readme(t, "spoor why"), nil); !strings.Contains(out, "did not fire: stage 2 came 1ms too late: 5.001s after stage 1, and maxspan is 5s\n") {
		t.Errorf("not why the sequence broke:\n%s", out)
	}
}
