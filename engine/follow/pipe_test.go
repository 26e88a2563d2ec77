package follow

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/iotest"
	"time"
)

func TestStdin(t *testing.T) {
	from, to := io.Pipe()
	f := begin(t, Options{Stdin: from}, "-")
	send := func(text string) {
		_, err := io.WriteString(to, text)
		f.must(err)
	}
	send("a\nhal")
	f.until(1)
	f.still()
	send("f\nno end")
	f.until(2)
	f.must(to.Close())
	f.want("a", "half", "no end")
}

// More than the files hold at a time goes through them, and nothing is left of it.
func TestSpool(t *testing.T) {
	var text strings.Builder
	const lines = 20_000
	for i := range lines {
		fmt.Fprintf(&text, "line %d\n", i)
	}
	f := begin(t, Options{Stdin: iotest.HalfReader(strings.NewReader(text.String())), Segment: 1000, Most: 500}, "-")
	f.until(lines)
	for i, line := range f.lines {
		if line != fmt.Sprintf("line %d", i) {
			t.Fatalf("line %d is %q", i, line)
		}
	}
	dir := f.w.stills.scratch.dir
	f.w.Close()
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder is still there: %v", err)
	}
}

func TestBrokenPipe(t *testing.T) {
	f := begin(t, Options{Stdin: io.MultiReader(strings.NewReader("a\n"), iotest.ErrReader(errors.New("bad")))}, "-")
	f.till(func() bool { return len(f.says) > 0 })
	f.want("a")
	if f.says[0] != "unreadable" {
		t.Errorf("said %q", f.says)
	}
}

func TestNamedPipe(t *testing.T) {
	f := prepare(t, nil)
	f.must(syscall.Mkfifo(f.path("pipe"), 0o600))
	f.start(Options{}, "pipe")
	for _, line := range []string{"a\n", "b\n"} { // writers come and go
		w, err := os.OpenFile(f.path("pipe"), os.O_WRONLY, 0)
		f.must(err)
		_, err = w.WriteString(line)
		f.must(errors.Join(err, w.Close()))
	}
	f.want("a", "b")
}

// One stream ends while others and a file go on, and all has ended with the last of them if there is no file.
func TestSeveralPipes(t *testing.T) {
	for _, args := range [][]string{{"-", "pipe", "log"}, {"-", "-"}} {
		from, to := io.Pipe()
		f := prepare(t, map[string]string{"log": "old\n"})
		f.must(syscall.Mkfifo(f.path("pipe"), 0o600))
		f.start(Options{Stdin: from}, args...)
		_, err := io.WriteString(to, "a\nb")
		f.must(errors.Join(err, to.Close()))
		if f.until(2); len(args) == 2 {
			f.want("a", "b")
			continue
		}
		f.still()
		if r := f.w.round(); r.Ended {
			t.Error("ended with its first pipe")
		}
		w, err := os.OpenFile(f.path("pipe"), os.O_WRONLY, 0)
		f.must(err)
		_, err = w.WriteString("c\n")
		f.must(errors.Join(err, w.Close()))
		f.until(3)
		f.write("log", "d\n")
		f.want("a", "b", "c", "d")
	}
}

// What a shell makes of <(command) ends with the command.
func TestPipeWithoutAName(t *testing.T) {
	from, to, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	f := begin(t, Options{}, fmt.Sprintf("/dev/fd/%d", from.Fd()))
	_, err = to.WriteString("a\n")
	f.must(err)
	f.until(1)
	_, err = to.WriteString("b\nno end")
	f.must(errors.Join(err, to.Close()))
	f.till(func() bool { return false })
	f.want("a", "b", "no end")
	if len(f.says) > 0 {
		t.Errorf("said %q", f.says)
	}
}

// endless is lines without an end, and how many bytes of them were read.
type endless struct {
	read, until atomic.Int64
}

func (e *endless) Read(p []byte) (int, error) {
	at := e.read.Load()
	if at >= e.until.Load() {
		return 0, io.EOF
	}
	n := min(int64(len(p)), e.until.Load()-at)
	for i := range n {
		p[i] = "0123456\n"[(at+i)%8]
	}
	e.read.Add(n)
	return int(n), nil
}

// A pipe that brings more than is answered has to wait, and loses nothing.
func TestFlood(t *testing.T) {
	const segment, all = 512 << 10, 16 << 20
	var e endless
	e.until.Store(all)
	f := begin(t, Options{Stdin: &e, Segment: segment, Most: 3 * segment}, "-")
	for before := int64(-1); e.read.Load() != before; time.Sleep(100 * time.Millisecond) {
		before = e.read.Load()
	}
	if n := e.read.Load(); n > (mostSegments+2)*(segment+256<<10) {
		t.Errorf("%d bytes were read while nobody answered", n)
	}
	f.until(all / 8)
	for i, line := range f.lines {
		if line != "0123456" {
			t.Fatalf("line %d is %q", i, line)
		}
	}
}

// What a process leaves that was killed goes with the next that follows a pipe, what one leaves that lives does not.
func TestLeftBehind(t *testing.T) {
	parent := t.TempDir()
	lives, killed := &scratch{parent: parent}, &scratch{parent: parent}
	for _, s := range []*scratch{lives, killed} {
		if _, err := s.folder(); err != nil {
			t.Fatal(err)
		}
	}
	if err := killed.lock.Close(); err != nil {
		t.Fatal(err)
	}
	next := &scratch{parent: parent}
	if _, err := next.folder(); err != nil {
		t.Fatal(err)
	}
	for _, s := range []*scratch{lives, next} {
		if _, err := os.Stat(s.dir); err != nil {
			t.Error(err)
		}
		s.close()
	}
	if left, err := os.ReadDir(parent); err != nil || len(left) > 0 {
		t.Errorf("%v is left, %v", left, err)
	}
}
