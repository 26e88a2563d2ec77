package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"spoor/engine/state"
)

// program is spoor as a program: the test binary is spoor when it is called by that name.
func program(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "spoor")
	if err := os.Symlink(self, name); err != nil {
		t.Fatal(err)
	}
	return name
}

func fdOf(f *os.File) string { return strconv.Itoa(int(f.Fd())) }

// silentShell is a shell without surroundings, and what is written in it.
func silentShell(t *testing.T) (s *shell, out, said *bytes.Buffer) {
	out, said = &bytes.Buffer{}, &bytes.Buffer{}
	return &shell{
		in: strings.NewReader(""), out: out, err: said, config: t.TempDir(),
		errWidth: func() int { return 0 }, env: func(string) string { return "" }, now: func() time.Time { return time.Unix(1.7e9, 0) },
	}, out, said
}

// While somebody has the lock a run does nothing and is content; a line says so when verbose, also when quiet at once.
func TestLockIsHeld(t *testing.T) {
	logs := filepath.Join("..", "..", "examples", "logs", "service_restarts.json")
	rules := filepath.Join("..", "..", "examples", "rules")
	lock := filepath.Join(t.TempDir(), "run lock")
	if err := os.WriteFile(lock, []byte("4711\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	release, err := state.Lock(lock)
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range [][]string{{"search", "EventID=1", logs}, {"eql", "process where true", logs}, {"detect", rules, "--data", logs}} {
		for flags, says := range map[string]string{"": "", "-q": "", "-v": "spoor: skipped=locked lock=\"" + lock + "\" pid=4711\n", "-qv": "spoor: skipped=locked lock=\"" + lock + "\" pid=4711\n"} {
			s, out, said := silentShell(t)
			args := append(command[:len(command):len(command)], "--lock", lock)
			if flags != "" {
				args = append(args, flags)
			}
			if code := run(context.Background(), args, s); code != done || out.Len() > 0 || said.String() != says {
				t.Errorf("%s %s: exit code %d, %q, said %q", command[0], flags, code, out, said)
			}
		}
	}
	release()
	s, out, _ := silentShell(t)
	if code := run(context.Background(), []string{"search", "-q", "EventID=1", logs, "--lock", lock}, s); code != done || out.Len() == 0 {
		t.Errorf("after its release: exit code %d", code)
	}
	if got := read(t, lock); got != strconv.Itoa(os.Getpid())+"\n" {
		t.Errorf("the lock says %q", got)
	}
}

// The same goes for a state that another run has, which needs no lock of its own.
func TestStateIsHeld(t *testing.T) {
	folder := hourOfEvils(t, 2)
	dir, rule, log := filepath.Join(folder, "state of runs"), filepath.Join(folder, "rule.yml"), filepath.Join(folder, "log")
	store, err := state.Open(dir, state.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range [][]string{{"detect", rule, "--data", log}, {"detect", rule, "--data", log, "--scheduled"}, {"schedule", rule, "--data", log, "--once"}} {
		for flags, says := range map[string]string{"": "", "-q": "", "-v": "spoor: skipped=locked state=\"" + dir + "\"\n", "-qv": "spoor: skipped=locked state=\"" + dir + "\"\n"} {
			s, out, said := silentShell(t)
			args := append(command[:len(command):len(command)], "--state", dir)
			if flags != "" {
				args = append(args, flags)
			}
			if code := run(context.Background(), args, s); code != done || out.Len() > 0 || said.String() != says {
				t.Errorf("%s %s: exit code %d, %q, said %q", command[0], flags, code, out, said)
			}
		}
	}
	store.Close()
	s, out, _ := silentShell(t)
	if code := run(context.Background(), []string{"detect", rule, "--data", log, "--state", dir, "-q"}, s); code != done || out.Len() == 0 {
		t.Errorf("once it is free: exit code %d, %q", code, out)
	}
}

// The lock of a run that was killed is free.
func TestLockOfTheDead(t *testing.T) {
	lock := filepath.Join(t.TempDir(), "deep", "lock")
	cmd := exec.Command(program(t), "search", "-q", "EventID=1", "-", "--lock", lock)
	cmd.Env = append(os.Environ(), "XDG_CONFIG_HOME="+t.TempDir())
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	for waited := time.Duration(0); !held(lock, cmd.Process.Pid); waited += 5 * time.Millisecond {
		if waited > time.Minute {
			t.Fatal("the run does not take the lock")
		}
		time.Sleep(5 * time.Millisecond)
	}
	if info, err := os.Stat(lock); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if info, err := os.Stat(filepath.Dir(lock)); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if _, err := state.Lock(lock); err != state.ErrBusy {
		t.Errorf("a run has the lock, and the error is %v", err)
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	release, err := state.Lock(lock)
	if err != nil {
		t.Fatalf("the lock of a dead process: %v", err)
	}
	release()
}

// held says whether a file names a process as the one that holds the lock.
func held(lock string, pid int) bool {
	body, _ := os.ReadFile(lock)
	return string(body) == strconv.Itoa(pid)+"\n"
}

// What is there under the name of a lock stays as it is.
func TestLockIsNoFileOfOthers(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{"log": "Mar  1 11:00:00 web1 cron[7]: x\n", "numbers": "12 13\n", "negative": "-3\n", "long": strings.Repeat("1", 100)} {
		file := filepath.Join(folder, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		s, _, said := silentShell(t)
		if code := run(context.Background(), []string{"search", "| makeresults", "--lock", file}, s); code != misused || !strings.Contains(said.String(), "is no lock") {
			t.Errorf("%s: exit code %d, said %q", name, code, said)
		}
		if got := read(t, file); got != text {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// A writer that holds back until something was found.
func TestReluctant(t *testing.T) {
	var out bytes.Buffer
	w := &reluctant{to: &out}
	for _, text := range []string{"[", "\n"} {
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.flush(); err != nil || out.Len() > 0 {
		t.Errorf("nothing was found: %q, %v", out.String(), err)
	}
	w.found.Store(true)
	if n, err := io.WriteString(w, "x"); n != 1 || err != nil || out.String() != "[\nx" {
		t.Errorf("%d, %v, %q", n, err, out.String())
	}
}
