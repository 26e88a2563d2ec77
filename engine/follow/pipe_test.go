package follow

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"syscall"
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
	dir := f.w.pipes[0].dir
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
