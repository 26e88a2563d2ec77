package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// spawn starts the program with a standard input that stays open and silent.
func spawn(t *testing.T, args ...string) (cmd *exec.Cmd, stdout, stderr *bytes.Buffer) {
	t.Helper()
	stdout, stderr = &bytes.Buffer{}, &bytes.Buffer{}
	cmd = exec.Command("spoor", args...)
	cmd.Stdout, cmd.Stderr = stdout, stderr
	cmd.Env = append(os.Environ(), "XDG_CONFIG_HOME="+t.TempDir())
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close() })
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := in.Write([]byte(event)); err != nil {
		t.Fatal(err)
	}
	return cmd, stdout, stderr
}

func TestInterrupt(t *testing.T) {
	folder := t.TempDir()
	cmd, stdout, stderr := spawn(t, "search", "EventID=1 | stats count", "-", "--to", filepath.Join(folder, "out.csv"))
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if entries, _ := os.ReadDir(folder); len(entries) > 0 || time.Now().After(deadline) {
			break // the file to write is there: the search has begun
		}
	}
	begun := time.Now()
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != int(interrupted) {
		t.Errorf("code %d: %s", code, stderr)
	}
	if d := time.Since(begun); d > 3*time.Second {
		t.Errorf("it took %v to stop", d)
	}
	if entries, _ := os.ReadDir(folder); len(entries) > 0 {
		t.Errorf("%v was left behind", entries)
	}
	if stdout.Len() > 0 || strings.Contains(stderr.String(), "goroutine") {
		t.Errorf("wrote %q, said %q", stdout, stderr)
	}
}

func TestReaderGoesAway(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("spoor", "generate", "--events", "100000")
	var stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = w, &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	w.Close()
	if _, err := r.Read(make([]byte, 100)); err != nil {
		t.Fatal(err)
	}
	r.Close()
	if err := cmd.Wait(); err != nil || stderr.Len() > 0 {
		t.Errorf("%v, said %q", err, stderr.String())
	}
}
