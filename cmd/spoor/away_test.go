//go:build unix

package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A pipe that took the place of a log, and into which nobody writes, keeps no run waiting; the log goes on where it was when it is back.
func TestPipeInsteadOfALog(t *testing.T) {
	defer func(was time.Duration) { writerPatience = was }(writerPatience)
	folder := hourOfEvils(t, 2)
	log := filepath.Join(folder, "log")
	detect := func(code exit) (told, said string) {
		t.Helper()
		s, out, heard := silentShell(t)
		args := []string{"detect", filepath.Join(folder, "rule.yml"), "--data", log, "--state", filepath.Join(folder, "state"), "-q", "-o", "csv"}
		if got := run(context.Background(), args, s); got != code {
			t.Errorf("exit code %d, want %d: %s", got, code, heard)
		}
		return out.String(), heard.String()
	}
	if told, _ := detect(done); strings.Count(told, ",new,") != 2 {
		t.Errorf("told %s", told)
	}
	if err := os.Remove(log); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(log, 0o600); err != nil {
		t.Fatal(err)
	}
	writerPatience = 50 * time.Millisecond
	if told, said := detect(unread); told != "" || !strings.Contains(said, log+": nobody writes to this pipe") {
		t.Errorf("told %s, said %s", told, said)
	}
	writerPatience = time.Minute
	go func() {
		pipe, err := os.OpenFile(log, os.O_WRONLY, 0)
		if err == nil {
			_, _ = pipe.WriteString(evils(3))
			_ = pipe.Close()
		}
	}()
	if told, said := detect(done); strings.Count(told, ",new,") != 1 {
		t.Errorf("told %s, said %s", told, said)
	}
	if err := os.Remove(log); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(log, []byte(evils(4)), 0o600); err != nil {
		t.Fatal(err)
	}
	if told, said := detect(done); strings.Count(told, ",new,") != 1 || said != "" {
		t.Errorf("told %s, said %s", told, said)
	}
}
