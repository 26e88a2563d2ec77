package main

import (
	"bytes"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Services that are killed and stopped at any moment tell each finding, and none twice unless they say so.
func TestServiceIsKilled(t *testing.T) {
	s, spoor := newServed(t), program(t)
	random := rand.New(rand.NewPCG(3, 4))
	for i := range max(6, kills(t, 25)/3) {
		for range 1 + random.IntN(5) {
			s.happens("evil")
		}
		s.start(spoor, "--to", s.path("out.ndjson"), "-q")
		if i == 0 {
			s.tells("first", 1)
		}
		time.Sleep(time.Duration(random.IntN(600)) * time.Millisecond)
		s.happens("evil")
		if i%2 == 0 {
			_ = s.cmd.Process.Kill()
			s.ends()
			continue
		}
		_ = s.cmd.Process.Signal(syscall.SIGTERM)
		if code := s.ends(); code != 0 && !(code == -1 && s.said.String() == "") { // it may not be ready to be ended yet
			t.Errorf("SIGTERM: exit code %d, said %s", code, s.said)
		}
	}
	s.start(spoor, "--to", s.path("out.ndjson"), "-q")
	s.await("all findings", func() bool { return len(s.told().all) == s.events }) // some were told again
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	if code := s.ends(); code != 0 || s.said.String() != "" {
		t.Errorf("exit code %d, said %s", code, s.said)
	}
	for finding, n := range s.told().fresh {
		if n > 1 {
			t.Errorf("%s was told %d times as if it were new", finding, n)
		}
	}
}

// A service that is stopped while it tells what it found tells all of it, and counts it as told.
func TestServiceStopsInARound(t *testing.T) {
	s, spoor := newServed(t), program(t)
	const events = 200 // more than a pipe holds
	for range events {
		s.happens("evil")
	}
	out, to, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	s.said = &heard{}
	s.cmd = exec.Command(spoor, "schedule", s.path("rules"), "--data", s.path("log"), "--state", s.path("state"), "-q", "-o", "ndjson")
	s.cmd.Env, s.cmd.Stdout, s.cmd.Stderr = append(os.Environ(), "XDG_CONFIG_HOME="+s.path("config")), to, s.said
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = to.Close()
	first := make([]byte, 1)
	if _, err := out.Read(first); err != nil { // it writes, and waits for us
		t.Fatal(err)
	}
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	time.Sleep(100 * time.Millisecond)
	var rest bytes.Buffer
	if _, err := rest.ReadFrom(out); err != nil {
		t.Fatal(err)
	}
	if code := s.ends(); code != 0 || s.said.String() != "" || bytes.Count(rest.Bytes(), []byte("\n")) != events {
		t.Errorf("exit code %d, said %s, %d findings", code, s.said, bytes.Count(rest.Bytes(), []byte("\n")))
	}
	time.Sleep(1100 * time.Millisecond) // until the rule is due again
	s.start(spoor, "--once", "--to", s.path("out.ndjson"), "-q")
	if code := s.ends(); code != 0 || s.said.String() != "" {
		t.Errorf("--once: exit code %d, said %s", code, s.said)
	}
	if again := read(t, s.path("out.ndjson")); again != "" {
		t.Errorf("told again: %.200s", again)
	}
}

// Rules are read again when their files change. What is broken changes nothing, and is said once.
func TestServiceReadsAgain(t *testing.T) {
	s, spoor := newServed(t), program(t)
	s.happens("evil")
	s.start(spoor, "--to", s.path("out.ndjson"))
	s.tells("first", 1)
	s.write("rules/first.yml", strings.Replace(ruleOf("first", "evil"), "search ", "search ((( ", 1))
	s.await("a word about the broken rule", func() bool { return strings.Contains(s.said.String(), "is never closed") })
	s.happens("evil")
	s.tells("first", 2)
	s.write("rules/first.yml", ruleOf("first", "worse"))
	s.write("rules/second.yml", ruleOf("second", "evil"))
	s.await("new rules", func() bool { return strings.Contains(s.said.String(), "read again: 2 rules") })
	s.tells("second", 2)
	s.happens("worse")
	s.tells("first", 3)
	if err := os.Remove(s.path("rules/second.yml")); err != nil {
		t.Fatal(err)
	}
	s.await("less rules", func() bool { return strings.Contains(s.said.String(), "read again: 1 rule") })
	if err := os.Rename(s.path("out.ndjson"), s.path("out.1")); err != nil {
		t.Fatal(err)
	}
	s.happens("evil")
	s.happens("worse")
	s.tells("first", 1)
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	if code := s.ends(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	if n := strings.Count(s.said.String(), "are not taken over"); n != 1 {
		t.Errorf("said %d times what is broken: %s", n, s.said)
	}
	if out := read(t, s.path("out.ndjson")); strings.Contains(out, "second") || strings.Count(out, "\n") != 1 {
		t.Errorf("after a rule was removed and the file was moved: %s", out)
	}
}

// systemd is told when a service is ready, that it lives, and when it stops.
func TestServiceNotifies(t *testing.T) {
	s, spoor := newServed(t), program(t)
	name := filepath.Join(s.folder, "socket")
	socket, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: name, Net: "unixgram"})
	if err != nil {
		t.Skipf("no sockets: %v", err)
	}
	defer socket.Close()
	s.said = &heard{}
	s.cmd = exec.Command(spoor, "schedule", s.path("rules"), "--data", s.path("log"), "-q")
	s.cmd.Env = append(os.Environ(), "XDG_CONFIG_HOME="+s.path("config"), "NOTIFY_SOCKET="+name, "WATCHDOG_USEC=200000", "STATE_DIRECTORY="+s.path("own")+":/other")
	s.cmd.Stderr = s.said
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.cmd.Process.Kill() }()
	_ = socket.SetReadDeadline(time.Now().Add(time.Minute))
	s.happens("evil")
	next := func() string {
		buffer := make([]byte, 1000)
		n, err := socket.Read(buffer)
		if err != nil {
			t.Fatalf("%v; said %s", err, s.said)
		}
		return string(buffer[:n])
	}
	await := func(states ...string) {
		t.Helper()
		for _, state := range states {
			got := next()
			for !strings.Contains(got, state) && (strings.HasPrefix(got, "WATCHDOG=") || strings.HasPrefix(got, "STATUS=")) {
				got = next()
			}
			if !strings.Contains(got, state) {
				t.Errorf("%q, want %q", got, state)
			}
		}
	}
	await("READY=1\nSTATUS=1 rule; waiting; 0 findings told since the start")
	await("Z: 1 new, 0 grown, 0 late; 1 finding told since the start")
	for next() != "WATCHDOG=1" {
	}
	_ = s.cmd.Process.Signal(syscall.SIGHUP)
	await("RELOADING=1", "READY=1")
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	await("STOPPING=1")
	if code := s.ends(); code != 0 {
		t.Errorf("exit code %d, said %s", code, s.said)
	}
	if info, err := os.Stat(s.path("own")); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the state folder: %v, %v", info, err)
	}
}

// What is appended begins on a line of its own, whatever the last one came to.
func TestOpenBehind(t *testing.T) {
	for before, want := range map[string]string{"": "new\n", "old\n": "old\nnew\n", "half a li": "half a li\nnew\n"} {
		name := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(name, []byte(before), 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := openBehind(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte("new\n")); err != nil {
			t.Fatal(err)
		}
		_ = f.Close()
		if got := read(t, name); got != want {
			t.Errorf("%q: %q", before, got)
		}
	}
}
