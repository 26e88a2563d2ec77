//go:build unix

package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"spoor/engine/nobody"
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

// What may not be read for a while goes on where it was when it may be read again; a state that may not be written is somebody's mistake.
func TestPermissions(t *testing.T) {
	if nobody.Runs(t) {
		return
	}
	folder := hourOfEvils(t, 2)
	logs := filepath.Join(folder, "logs")
	log := filepath.Join(logs, "log")
	change := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	change(os.Mkdir(logs, 0o700))
	change(os.Rename(filepath.Join(folder, "log"), log))
	dir := filepath.Join(folder, "state")
	for i, c := range []struct {
		change func() error
		data   string
		code   exit
		told   int
		says   string
	}{
		{func() error { return nil }, log, done, 2, ""},
		{func() error { return os.Chmod(log, 0) }, log, unread, 0, log + ": permission denied"},
		{func() error { return os.Chmod(log, 0o600) }, log, done, 0, ""},
		{func() error { return os.Chmod(logs, 0) }, log, unread, 0, log + ": permission denied"},
		{func() error { return errors.Join(os.Chmod(logs, 0o700), os.WriteFile(log, []byte(evils(3)), 0o600)) }, log, done, 1, ""},
		{func() error { return os.Chmod(dir, 0o500) }, log, done, 0, ""}, // what there is can be written to
		{func() error { return os.Chmod(dir, 0) }, log, misused, 0, "permission denied"},
		{func() error { return errors.Join(os.Chmod(dir, 0o700), os.Chmod(filepath.Join(dir, "state.db"), 0)) }, log, misused, 0, "permission denied"},
		{func() error { return os.Chmod(filepath.Join(dir, "state.db"), 0o600) }, log, done, 0, ""},
	} {
		change(c.change())
		s, out, said := silentShell(t)
		args := []string{"detect", filepath.Join(folder, "rule.yml"), "--data", c.data, "--state", dir, "--catch-up", "1h", "-o", "csv", "-q"}
		code := run(context.Background(), args, s)
		if told := strings.Count(out.String(), ",new,"); code != c.code || told != c.told || (said.Len() > 0) != (c.says != "") || !strings.Contains(said.String(), c.says) {
			t.Errorf("%d: exit code %d, told %d, said %q; want %d, %d, %q", i, code, told, said, c.code, c.told, c.says)
		}
	}
}

// What runs leave that are killed is removed by the next one, and nothing else.
func TestLeftByKilledRuns(t *testing.T) {
	folder, temporary := hourOfEvils(t, 2), t.TempDir()
	dir := filepath.Join(folder, "state")
	cmd := exec.Command(program(t), "detect", filepath.Join(folder, "rule.yml"), "--data", "-", "--state", dir, "--temp-dir", temporary, "-q")
	cmd.Env = append(os.Environ(), "XDG_CONFIG_HOME="+folder)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	copies := func() []string {
		names, _ := filepath.Glob(filepath.Join(temporary, "*"))
		return names
	}
	for begun := time.Now(); len(copies()) == 0 && time.Since(begun) < time.Minute; {
		time.Sleep(5 * time.Millisecond)
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	if len(copies()) != 1 {
		t.Fatalf("the run left %q", copies())
	}
	other := filepath.Join(temporary, "spoor-pipe-of-others")
	unfinished, damaged := filepath.Join(dir, "times.index.1234.unfinished"), filepath.Join(dir, "times.index.damaged")
	for _, name := range []string{other, unfinished, damaged} {
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, _, said := silentShell(t)
	if code := run(context.Background(), []string{"detect", filepath.Join(folder, "rule.yml"), "--data", filepath.Join(folder, "log"), "--state", dir, "--temp-dir", temporary, "-q"}, s); code != done {
		t.Errorf("exit code %d: %s", code, said)
	}
	if left := copies(); len(left) != 1 || left[0] != other {
		t.Errorf("there is %q", left)
	}
	if _, err := os.Stat(unfinished); err == nil {
		t.Errorf("%s is there", unfinished)
	}
	if _, err := os.Stat(damaged); err != nil {
		t.Error(err)
	}
}
