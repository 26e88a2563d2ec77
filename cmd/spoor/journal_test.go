package main

import (
	"bytes"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestJournaled(t *testing.T) {
	for _, c := range []struct {
		variable, link string
		want           bool
	}{
		{"8:12345", "socket:[12345]", true},
		{"8:12345", "socket:[54321]", false}, // the variable is inherited, the stream is another one
		{"8:12345", "pipe:[12345]", false},
		{"", "socket:[12345]", false},
		{"8:", "socket:[]", false},
		{"12345", "socket:[12345]", false},
	} {
		if got := journaled(c.variable, c.link); got != c.want {
			t.Errorf("%+v", c)
		}
	}
}

func TestLeveled(t *testing.T) {
	for _, c := range []struct{ level, text, want string }{
		{levelInfo, "no results", "<6>no results"},
		{levelInfo, "spoor: found=3", "<6>spoor: found=3"},
		{levelError, "spoor: no such thing\n  do another", "<3>spoor: no such thing\n<3>  do another"},
		{levelInfo, "error: a.log: gone\nwarning: b.log: odd\n  look at it\nnote: c", "<3>error: a.log: gone\n<4>warning: b.log: odd\n<4>  look at it\n<6>note: c"},
		{levelInfo, "a b.spl:1:3: error: what\n  | x\n  ^", "<3>a b.spl:1:3: error: what\n<3>  | x\n<3>  ^"},
		{levelInfo, "a rule in error: none", "<6>a rule in error: none"},
	} {
		if got := leveled(c.level, c.text); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

// A run whose error stream is the socket that JOURNAL_STREAM names tells the journal how grave its messages are, and any other run tells nobody.
func TestLevelsInTheJournal(t *testing.T) {
	here, there := sockets(t)
	link, err := os.Readlink("/proc/self/fd/" + fdOf(there))
	if err != nil {
		t.Skip("needs /proc")
	}
	inode := strings.Trim(strings.TrimPrefix(link, "socket:"), "[]")
	run := func(stream string) string {
		cmd := exec.Command(program(t), "search", "-v", "EventID=1 | stats count", "nosuch.json", filepath.Join("..", "..", "examples", "logs", "service_restarts.json"))
		cmd.Env = append(os.Environ(), "XDG_CONFIG_HOME="+t.TempDir(), "JOURNAL_STREAM="+stream)
		cmd.Stderr = there
		_ = cmd.Run() // exit code 3: a file is missing
		text := make([]byte, 1<<16)
		n, err := here.Read(text)
		if err != nil {
			t.Fatal(err)
		}
		for !bytes.Contains(text[:n], []byte("spoor: found=")) {
			more, err := here.Read(text[n:])
			if err != nil {
				t.Fatal(err)
			}
			n += more
		}
		return string(text[:n])
	}
	got := run("0:" + inode)
	for line := range strings.Lines(got) {
		if line[0] != '<' {
			t.Errorf("no level: %q", line)
		}
	}
	if !strings.HasPrefix(got, "<3>error: nosuch.json") || !strings.Contains(got, "\n<6>spoor: found=1 ") {
		t.Errorf("got %s", got)
	}
	if got = run("0:1"); strings.Contains(got, "<3>") || strings.Contains(got, "<6>") {
		t.Errorf("levels for somebody else's stream: %s", got)
	}
}

// sockets is two ends of a connection.
func sockets(t *testing.T) (here net.Conn, there *os.File) {
	t.Helper()
	l, err := net.Listen("unix", filepath.Join(t.TempDir(), "s"))
	if err != nil {
		t.Skip(err)
	}
	defer l.Close()
	out, err := net.Dial("unix", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	if here, err = l.Accept(); err != nil {
		t.Fatal(err)
	}
	there, err = out.(*net.UnixConn).File()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { here.Close(); out.Close(); there.Close() })
	return here, there
}
